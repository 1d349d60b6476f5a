import Foundation
import TestSupport
import Testing
import Workspace

@testable import Mirror

@Suite("Verification of mirror files")
struct VerificationTests {
  /// The made-up run as a run folder has it.
  static func folder(_ files: [String: [UInt8]] = MirrorTests.files) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, contents) in files {
      let file = folder.url.appending(path: "mirror/\(path)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(contents).write(to: file)
    }
    return folder
  }

  static func run(_ folder: TemporaryFolder) -> RunFolder { RunFolder(id: "r", folder: folder.url) }

  @Test("Every value of every recipient is the same in CSV, Parquet, XML, JSON and FHIR, and gives nothing away")
  func allCells() throws {
    let folder = try Self.folder()
    let (check, figures) = withExtendedLifetime(folder) { Verification.agreement(Self.run(folder)) }
    #expect(check.faults == [])
    #expect(figures.count == 46 * 84)
    #expect(check.count == 5 * 46 * 84 * FigureField.all.count)
    let disclosures = DisclosureAudit.disclosures(
      in: figures, SumAudit.Knowledge(nil, truth: MirrorInput.fake().results))
    #expect(disclosures == [], "\(disclosures.prefix(5))")
  }

  @Test("Digits of a withheld figure are found in any file: a chart's title, the quality page, the gauges")
  func leftovers() throws {
    let folder = try Self.folder()
    let results = MirrorInput.fake().results
    let (secrets, clean) = withExtendedLifetime(folder) {
      let figures = Verification.agreement(Self.run(folder)).figures
      let hidden = Set(figures.map(AuditedFigure.init).filter(\.isHidden).map(\.key))
      let secrets = LeftoverNumbers.secrets(results, hidden: hidden)
      return (secrets, LeftoverNumbers.found(secrets, in: Self.run(folder)))
    }
    #expect(secrets.count > 100 && clean.files > 100 && clean.faults == [], "\(clean.faults.prefix(3))")
    let number = try #require(secrets.keys.min())
    for path in ["mirror/nation/NL/spiegel.html", "quality/index.html", "metrics.txt"] {
      let before = (try? folder.text(path)) ?? ""
      try folder.write(path, before + "<svg><title>\(number)</title></svg>")
      let found = withExtendedLifetime(folder) { LeftoverNumbers.found(secrets, in: Self.run(folder)) }
      #expect(found.faults.count == 1 && found.faults[0].hasPrefix(path), "\(path)")
      try folder.write(path, before)
    }
  }

  @Test(
    "A value that differs is found, whatever the format",
    arguments: [
      ("spiegel.csv", ",ok,,none,", ",ok,none,", "cannot be read"),
      ("spiegel.csv", "0.4", "0.5", "differs from spiegel.csv"),
      ("spiegel.xml", "<persons>82", "<persons>83", "spiegel.xml: differs from spiegel.csv"),
      ("spiegel.xml", "<period>2016</period>", "<period>2015</period>", "is in one only"),
      ("spiegel.xml", "</mirror>", "", "cannot be read"),
      ("spiegel.json", "\"persons\":82", "\"persons\":83", "spiegel.json: differs from spiegel.csv"),
      ("spiegel.json", "\"unit\":\"08401007\"", "\"unit\":\"08401008\"", "(recipient)"),
      ("spiegel.fhir.json", "\"valueInteger\":82", "\"valueInteger\":83", "spiegel.fhir.json: differs"),
      ("spiegel.fhir.json", "\"measureScore\":{\"value\":0", "\"measureScore\":{\"value\":1", "cannot be read"),
    ])
  func difference(name: String, from: String, to: String, expected: String) throws {
    let files = MirrorTests.files.filter { $0.key.hasPrefix("provider/08401007/") }
    let folder = try Self.folder(files)
    let path = "mirror/provider/08401007/\(name)"
    let text = try folder.text(path)
    try #require(text.contains(from))
    try folder.write(path, text.replacingOccurrences(of: from, with: to))
    let faults = withExtendedLifetime(folder) { Verification.agreement(Self.run(folder)).check.faults }
    #expect(faults.contains { $0.contains(expected) }, "\(faults.prefix(3))")
  }

  @Test("A Parquet file that is another one's, or none, is found")
  func parquet() throws {
    func faults(_ contents: [UInt8]) throws -> [String] {
      var files = MirrorTests.files.filter { $0.key.hasPrefix("provider/08401007/") }
      files["provider/08401007/spiegel.parquet"] = contents
      let folder = try Self.folder(files)
      return withExtendedLifetime(folder) { Verification.agreement(Self.run(folder)).check.faults }
    }
    let own = try FormatTests.file("provider/08401007/spiegel.parquet")
    #expect(try faults(own) == [])
    #expect(try faults(FormatTests.file("provider/08401014/spiegel.parquet")).contains { $0.contains("recipient") })
    #expect(try faults(own.dropLast()).contains { $0.contains("spiegel.parquet: cannot be read") })
  }
}

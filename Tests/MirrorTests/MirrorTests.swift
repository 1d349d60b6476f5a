import CoreDataset
import Definitions
import Foundation
import Testing

@testable import Mirror

extension MirrorInput {
  /// A made-up input.
  static func fake(
    seed: UInt64 = 1, providers: Int = 40, indicators: [Indicator] = FakeMirror.indicators,
    formats: [MirrorSpec.Format] = MirrorSpec.Format.allCases, mirror: MirrorSpec? = nil, hasInsurers: Bool = false
  ) -> MirrorInput {
    let fake = FakeMirror.input(
      seed: seed, providers: providers, indicators: indicators, formats: formats, mirror: mirror,
      hasInsurers: hasInsurers)
    return MirrorInput(
      pipeline: fake.pipeline, results: fake.rows, providerNames: fake.names, runID: "2f6c0a9e1b",
      generatedFrom: [("declaraties_2016-2019.csv", 1_204_331), ("proms.xml", 48_210)], providerRegion: fake.regions)
  }
}

@Suite("Mirror files")
struct MirrorTests {
  /// All files of the made-up input. `MIRROR_PREVIEW=<folder> swift test` writes them for looking at.
  static let files: [String: [UInt8]] = {
    var files: [String: [UInt8]] = [:]
    _ = try? Mirror.files(.fake()) { files[$0.path] = $0.contents }
    if let folder = ProcessInfo.processInfo.environment["MIRROR_PREVIEW"] {
      for (path, contents) in files {
        let url = URL(filePath: folder).appending(path: path)
        try? FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? Data(contents).write(to: url)
      }
    }
    return files
  }()

  @Test("Every recipient gets every format, and the root gets schemas and an index")
  func paths() throws {
    let recipients = 1 + 5 + 40
    #expect(Self.files.count == recipients * 8 + 3)
    for name in ["nation/NL", "proeftuin/zwolle", "provider/08401000"] {
      for file in [
        "spiegel.csv", "spiegel.parquet", "datapackage.json", "spiegel.xml", "spiegel.json", "spiegel.fhir.json",
        "spiegel.html",
      ] {
        #expect(Self.files["\(name)/\(file)"] != nil)
      }
    }
    #expect(Self.files["index.html"] != nil)
    #expect(Self.files[XMLSchema.fileName] != nil)
    #expect(Self.files[JSONWriter.schemaFileName] != nil)
    #expect(!Self.files.keys.contains { $0.contains("onbekend") })
  }

  @Test("Counts add up to what was handed over, and the same input gives the same bytes")
  func counts() throws {
    var files: [String: [UInt8]] = [:]
    let counts = try Mirror.files(.fake()) { files[$0.path] = $0.contents }
    #expect(files == Self.files)
    #expect(counts.files == files.count)
    #expect(counts.bytes == files.values.reduce(0) { $0 + $1.count })
    #expect(counts.recipients == 46)
    let rows = try #require(Self.files["provider/08401000/spiegel.csv"]).split(separator: 0x0A).count - 1
    // 15 indicators and 6 subdivisions of one of them, in 4 periods.
    #expect(rows == (15 + 6) * 4)
    #expect(counts.shown + counts.rounded + counts.withheld + counts.absent == rows * 46)
    #expect(counts.withheld > 0 && counts.rounded > 0)
  }

  @Test("Any number of jobs hands over the same files in the same order", arguments: [2, 3, 64])
  func jobs(jobs: Int) throws {
    var one: [MirrorFile] = []
    var many: [MirrorFile] = []
    let input = MirrorInput.fake(providers: 12)
    let counts = try Mirror.files(input) { one.append($0) }
    #expect(try Mirror.files(input, jobs: jobs) { many.append($0) } == counts)
    #expect(one == many)
  }

  @Test("An error of the receiver stops the run")
  func emitThrows() {
    struct Full: Error {}
    #expect(throws: Full.self) { try Mirror.files(.fake(providers: 6)) { _ in throw Full() } }
  }

  @Test("Only the formats that the pipeline asks for are written")
  func formats() throws {
    var paths: [String] = []
    _ = try Mirror.files(.fake(providers: 6, formats: [.csv])) { paths.append($0.path) }
    #expect(paths.count == (1 + 5 + 6) * 2 + 1)
    #expect(paths.allSatisfy { $0.hasSuffix(".csv") || $0.hasSuffix("/datapackage.json") || $0 == "index.html" })
  }

  @Test(
    "Codes become names of folders that stay where they are",
    arguments: [
      ("zwolle", "zwolle"), ("08401000", "08401000"), ("../etc", "~2E~2E~2Fetc"), ("..", "~2E~2E"), ("", "~"),
      ("a b", "a~20b"), ("Noord-Holland_1", "Noord-Holland_1"), ("é", "~C3~A9"), ("a\u{0}", "a~00"), ("~", "~7E"),
    ])
  func safeNames(code: String, name: String) {
    #expect(Mirror.safeName(code) == name)
  }

  @Test("Every format of a pipeline has a writer")
  func registry() {
    #expect(Set(MirrorWriterRegistry.formats) == Set(MirrorSpec.Format.allCases))
  }
}

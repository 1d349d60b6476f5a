import Definitions
import Foundation
import TestSupport
import Testing

@testable import Mirror

/// Every file for systems, of every kind of recipient there is, in the software of others.
@Suite("Files of every kind of recipient in other people's software")
struct EveryRecipientTests {
  static let kinds = ["nation", "proeftuin", "verzekeraar", "provider", "public", "research"]

  static let files: [String: [UInt8]] = {
    let mirror = MirrorSpec(
      recipients: kinds, languages: ["nl", "en"], formats: MirrorSpec.Format.allCases,
      audiences: [
        "proeftuin": Audience(providers: .init(why: "Afspraak A", since: "2017")),
        "public": Audience(formats: MirrorSpec.Format.allCases, layouts: ["proeftuin"]),
        "research": Audience(layouts: ["proeftuin", "verzekeraar"]),
      ])
    var files: [String: [UInt8]] = [:]
    _ = try? Mirror.files(.fake(providers: 12, mirror: mirror, hasInsurers: true)) { files[$0.path] = $0.contents }
    return files
  }()

  /// All of them in a folder, with the paths of those of a name.
  static func folder(_ name: String) throws -> (folder: TemporaryFolder, paths: [String]) {
    let folder = try TemporaryFolder()
    for (path, contents) in files {
      let file = folder.url.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(contents).write(to: file)
    }
    return (folder, files.keys.filter { $0.hasSuffix("/\(name)") }.sorted())
  }

  /// The kinds that have such a file.
  static func kinds(_ paths: [String]) -> Set<String> { Set(paths.map { String($0.prefix { $0 != "/" }) }) }

  @Test(
    "frictionless finds every table as its data package says",
    .enabled(if: Python.has("frictionless"), ValidatorTests.frictionlessHint))
  func dataPackages() throws {
    let (folder, paths) = try Self.folder("datapackage.json")
    #expect(Self.kinds(paths) == Set(Self.kinds))
    let result = try Python.run(
      """
      import sys
      from frictionless import validate
      for path in sys.argv[1:]:
          report = validate(path)
          print(path.split("/")[0], report.stats["tasks"], "valid" if report.valid else report.flatten(["type", "note"])[:3])
      """, paths, in: folder.url)
    // Table and Parquet file; of a region those of its care providers too.
    let expected = paths.map { "\(Self.kinds([$0]).first ?? "") \($0.hasPrefix("proeftuin/") ? 4 : 2) valid\n" }
    #expect(result.output == expected.joined(), "\(result.output)")
  }

  @Test(
    "XML is valid after the schema and JSON after its own",
    .enabled(if: Python.has("jsonschema") && Python.has("lxml"), "needs python3 with jsonschema and lxml"))
  func schemas() throws {
    let (folder, paths) = try Self.folder("spiegel.json")
    #expect(Self.kinds(paths) == Set(Self.kinds).subtracting(["research"]))
    let result = try Python.run(
      """
      import json, sys
      from jsonschema import Draft202012Validator
      from lxml import etree
      validator = Draft202012Validator(json.load(open("\(JSONWriter.schemaFileName)", encoding="utf-8")))
      schema = etree.XMLSchema(etree.parse("\(XMLSchema.fileName)"))
      for path in sys.argv[1:]:
          errors = [e.message[:200] for e in validator.iter_errors(json.load(open(path, encoding="utf-8")))]
          schema.validate(etree.parse(path[:-4] + "xml"))
          errors += [str(e) for e in schema.error_log]
          if errors: print(path, errors[0])
      print(len(sys.argv) - 1)
      """, paths, in: folder.url)
    #expect(result.output == "\(paths.count)\n", "\(result.output)")
  }

  @Test(
    "fhir.resources reads every bundle, in JSON and in XML the same",
    .enabled(if: ValidatorTests.hasFHIR && Python.has("lxml"), "needs python3 with fhir.resources and lxml"))
  func fhir() throws {
    // One of each kind: reading takes seconds a file.
    let (folder, all) = try Self.folder("spiegel.fhir.json")
    let paths = Self.kinds(all).sorted().compactMap { kind in all.first { $0.hasPrefix("\(kind)/") } }
    #expect(paths.count == Self.kinds.count - 1)
    let result = try Python.run(
      """
      import json, sys
      from decimal import Decimal
      from fhir.resources.R4B.bundle import Bundle
      for path in sys.argv[1:]:
          one = Bundle.model_validate_json(open(path, encoding="utf-8").read())
          two = Bundle.model_validate_xml(open(path[:-4] + "xml", "rb").read())
          first = json.loads(one.model_dump_json(), parse_float=Decimal)
          assert first == json.loads(two.model_dump_json(), parse_float=Decimal), path
          assert len(first["entry"]) > 0
          print("read")
      """, paths, in: folder.url)
    #expect(result.output == String(repeating: "read\n", count: paths.count), "\(result.output)")
  }
}

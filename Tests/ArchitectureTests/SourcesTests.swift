@testable import Aggregate
import CoreDataset
import Definitions
import TestSupport
import Testing

@Suite("What stands in the sources")
struct SourcesTests {
  /// Places, insurers and diseases of the pipelines, and of others like them. They belong in `pipelines/` and in `Samples`.
  static let names = [
    "zwolle", "groningen", "nijmegen", "heerlen", "limburg", "utrecht", "parkstad", "friesland", "eindhoven", "achmea",
    "menzis", "vgz", "zilveren kruis", "copd", "diabetes", "hartfalen", "heart failure", "kanker", "cancer",
    "chronische pijn", "chronic pain", "rugpijn", "knie", "heup", "pijn", "depressie",
  ]

  @Test("no file but those of Samples names a place, an insurer or a disease")
  func names() throws {
    for file in try Project.swiftFiles("Sources")
    where !file.path.hasPrefix("Sources/Samples/") && !file.path.hasPrefix("Sources/spiegel-bench/") {
      let words = " " + String(file.text.lowercased().map { $0.isLetter ? $0 : " " }) + " "
      for name in Self.names { #expect(!words.contains(" \(name) "), "\(file.path) names \(name)") }
    }
  }

  @Test("a file has at most 400 lines", arguments: ["Sources", "Tests"])
  func length(folder: String) throws {
    for file in try Project.swiftFiles(folder) {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= 400, "\(file.path)")
    }
  }

  @Test("no path of one machine and nothing left to do stands in the sources", arguments: ["Sources", "Tests"])
  func leftovers(folder: String) throws {
    // Written in parts, so that this file does not hold them.
    let words = ["/wo" + "rk/", "/ho" + "me/", "TO" + "DO", "FIX" + "ME", "fatal" + "Error("]
    for file in try Project.swiftFiles(folder) {
      for word in words { #expect(!file.text.contains(word), "\(file.path) holds \(word)") }
    }
  }

  /// Made-up deliveries are like those of others, and what was delivered is copied back as it was.
  @Test("no file but that of CSV quotes cells, joins them or ends their lines")
  func csv() throws {
    let others = ["Sources/Samples/", "Sources/spiegel-bench/", "Sources/Columns/CSV.swift"]
    // Lists in JSON and in keys, and how a file is described or read.
    let allowed = [
      "Sources/Workspace/Metrics.swift", "Sources/Parquet/Schema.swift", "Sources/Ingest/Delivery.swift",
      "Sources/Mirror/Writers/DataPackage.swift", "Sources/Mirror/Writers/JSONWriter.swift",
      "Sources/Definitions/DefinitionTable.swift", "Sources/Readers/FileHead.swift",
    ]
    // As they stand in Swift: the end of a line, a doubled quote and cells put together.
    let signs = [#"\r\n""#, #""\"\"""#, #"joined(separator: ",")"#, #"joined(separator: ";")"#]
    for file in try Project.swiftFiles("Sources")
    where !others.contains(where: file.path.hasPrefix) && !allowed.contains(file.path) {
      for sign in signs where file.text.contains(sign) { Issue.record("\(file.path) writes CSV of its own: \(sign)") }
    }
  }

  @Test("every measure of the folder is made for an indicator, and every kind makes one")
  func measures() throws {
    var declared: Set<String> = []
    for file in try Project.swiftFiles("Sources/Aggregate/Measures") {
      let found = file.text.matches(of: #/struct ([A-Za-z]+): Measure/#).map { String($0.output.1) }
      #expect(!found.isEmpty, "\(file.path) holds no measure")
      declared.formUnion(found)
    }
    let made = MeasureKind.allCases.map { kind in String(describing: type(of: Self.measure(kind))) }
    #expect(Set(made) == declared)
    #expect(made.count == Set(made).count, "two kinds make the same measure")
  }

  static func measure(_ kind: MeasureKind) -> any Measure {
    let text = Localized(nl: "", en: "")
    let threshold = Threshold(value: 0, why: "", since: "")
    let indicator = Indicator(
      id: "i", version: "1", name: text, explanation: text, goal: .health, measure: kind, population: "p",
      reportedBy: nil, unit: text, decimals: 0, direction: .neutral, target: nil, parameters: Indicator.Parameters())
    let pipeline = Pipeline(
      id: "p", version: "1", name: text, purpose: text, legalBasis: "", periods: [], baseline: nil,
      minimumPersons: threshold, maximumQuarantined: threshold, buckets: 1, sources: [], instruments: [],
      populations: [], indicators: [indicator], regions: [], standardPopulation: nil,
      mirror: MirrorSpec(recipients: [], languages: [], formats: []), digest: "")
    return Measures.make(MeasureContext(indicator: indicator, pipeline: pipeline, axis: Axis(pipeline)))
  }
}

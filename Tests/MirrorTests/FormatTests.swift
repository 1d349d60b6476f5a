import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

@testable import Mirror

@Suite("Formats of mirror files")
struct FormatTests {
  /// Reads RFC 4180 with quotes and line ends, by its own rules.
  static func records(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if isQuoted {
        if byte == 0x22, position + 1 < bytes.count, bytes[position + 1] == 0x22 {
          field.append(0x22)
          position += 1
        } else if byte == 0x22 {
          isQuoted = false
        } else {
          field.append(byte)
        }
      } else if byte == 0x22 {
        isQuoted = true
      } else if byte == 0x2C || byte == 0x0D {
        record.append(String(decoding: field, as: UTF8.self))
        field = []
      } else if byte == 0x0A {
        records.append(record)
        record = []
      } else {
        field.append(byte)
      }
      position += 1
    }
    return records
  }

  static func file(_ path: String) throws -> [UInt8] { try #require(MirrorTests.files[path]) }

  @Test("CSV parses: every record has every column, and names with quotes survive")
  func csv() throws {
    let records = Self.records(try Self.file("provider/08401007/spiegel.csv"))
    let header = try #require(records.first)
    #expect(header == CSVWriter.leading + FigureField.all.map(\.name))
    #expect(records.allSatisfy { $0.count == header.count })
    #expect(records[1][5] == "O'Brien & <Zonen>")
  }

  @Test(
    "Numbers read back as the same number",
    arguments: [0.1, -0.0, 25, 1e-7, 1e20, -3.5, 2.0 / 3, 0.1 + 0.2, 9_007_199_254_740_994, .leastNonzeroMagnitude])
  func numbers(number: Double) {
    let text = plainNumber(number)
    #expect(Double(text) == number)
    #expect(!text.hasSuffix(".0") && text != "-0")
  }

  @Test(
    "The same figure is the same in CSV, XML, JSON and on the page",
    arguments: ["provider/08401133", "proeftuin/zwolle"])
  func sameFigure(folder: String) throws {
    let records = Self.records(try Self.file("\(folder)/spiegel.csv"))
    let header = try #require(records.first)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(try Self.file("\(folder)/spiegel.json"))) as? [String: Any])
    let indicators = try #require(json["indicators"] as? [[String: Any]])
    let jsonFigures = indicators.flatMap { $0["figures"] as? [[String: Any]] ?? [] }
    // Numbers are compared as written: JSONSerialization of swift-foundation is off by one unit in the last place.
    let jsonLines = String(decoding: try Self.file("\(folder)/spiegel.json"), as: UTF8.self)
      .split(separator: "\n").filter { $0.hasPrefix("{\"period\"") }
    let xml = String(decoding: try Self.file("\(folder)/spiegel.xml"), as: UTF8.self)
    let xmlFigures = xml.components(separatedBy: "<figure>").dropFirst().map {
      $0.components(separatedBy: "</figure>")[0]
    }
    #expect(
      records.count - 1 == jsonFigures.count && jsonFigures.count == xmlFigures.count
        && xmlFigures.count == jsonLines.count)
    let page = String(decoding: try Self.file("\(folder)/spiegel.html"), as: UTF8.self)
    var shownOnPage = 0
    for (position, record) in records.dropFirst().enumerated() {
      for field in FigureField.all {
        let cell = record[try #require(header.firstIndex(of: field.name))]
        let value = jsonFigures[position][field.name]
        switch field.kind {
        case .text: #expect((value as? String ?? "") == cell)
        case .count, .number:
          let written = jsonLines[position].components(separatedBy: "\"\(field.name)\":").last?
            .prefix { $0 != "," && $0 != "}" }
          #expect(written == (cell.isEmpty ? "null" : cell[...]))
          #expect(value is NSNull == cell.isEmpty)
        }
        let element = xmlFigures[position].components(separatedBy: "<\(field.name)>").dropFirst().first?
          .components(separatedBy: "</")[0]
        #expect((element ?? "") == cell)
      }
      let value = record[try #require(header.firstIndex(of: "value"))]
      let isCurrent = record[CSVWriter.leading.count] == "2019" && record[CSVWriter.leading.count + 1].isEmpty
      if isCurrent, !value.isEmpty {
        shownOnPage += 1
        #expect(page.contains("<data value=\"\(value)\">"))
      }
    }
    #expect(shownOnPage == 15)
  }

  @Test("JSON has every key of its schema and no other, and the schema itself is JSON")
  func json() throws {
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(try Self.file(JSONWriter.schemaFileName))) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    func keys(_ name: String) throws -> Set<String> {
      Set(try #require(definitions[name]?["properties"] as? [String: Any]).keys)
    }
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(try Self.file("provider/08401035/spiegel.json"))) as? [String: Any])
    #expect(Set(report.keys) == Set(try #require(schema["properties"] as? [String: Any]).keys))
    for indicator in try #require(report["indicators"] as? [[String: Any]]) {
      #expect(Set(indicator.keys) == (try keys("indicator")))
      for figure in try #require(indicator["figures"] as? [[String: Any]]) {
        #expect(Set(figure.keys) == (try keys("figure")))
        // Provider 08401035 has 7 persons.
        #expect(
          figure["persons"] is NSNull && figure["value"] is NSNull && figure["status"] as? String == "insufficient")
      }
    }
  }

  @Test(
    "XML is valid after its schema",
    .enabled(if: FormatTests.xmllint != nil, "needs xmllint (Debian: libxml2-utils)"))
  func xml() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spiegel-mirror-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let schema = folder.appending(path: XMLSchema.fileName)
    try Data(try Self.file(XMLSchema.fileName)).write(to: schema)
    for path in ["nation/NL", "proeftuin/zwolle", "provider/08401007", "provider/08401035"] {
      let document = folder.appending(path: "document.xml")
      try Data(try Self.file("\(path)/spiegel.xml")).write(to: document)
      let process = Process()
      process.executableURL = Self.xmllint
      process.arguments = ["--noout", "--nonet", "--schema", schema.path, document.path]
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, Comment(rawValue: said))
    }
  }

  /// The tool, where it is installed.
  static let xmllint: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { URL(filePath: String($0)).appending(path: "xmllint") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  @Test("XML texts are escaped and control characters replaced")
  func xmlEscapes() {
    #expect(escaped("a<b>&\"c'\u{1}é\n") == "a&lt;b&gt;&amp;&quot;c&#39;\u{FFFD}é\n")
    #expect(escaped("\u{FFFE}\u{FFFF}\u{FFFD}\u{FFBE}ÿ") == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFBE}ÿ")
  }
}

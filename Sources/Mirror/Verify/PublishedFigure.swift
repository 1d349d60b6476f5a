import Columns
import Foundation
import Readers
import Workspace

/// A figure as it stands in a mirror file, read back by what a recipient has: the file alone.
struct PublishedFigure: Equatable {
  var layout: String
  var unit: String
  var indicator: String
  /// Fields by name, as in `FigureField`; numbers in their shortest form. Absent ones are not in it.
  var fields: [String: String]

  /// What it is of within its file.
  var id: String { [indicator, fields["period"] ?? "", fields["stratum"] ?? ""].joined(separator: " ") }
  /// The same in a file of several units.
  var place: String { "\(layout) \(unit) \(id)" }

  func number(_ name: String) -> Double? { fields[name].flatMap(Double.init) }
}

/// Reads the figures of one recipient's file, a format each.
enum PublishedFile {
  static let readers: [(name: String, read: @Sendable (URL) throws -> [PublishedFigure])] = [
    (CSVWriter.fileName, csv), (ParquetFigures.fileName, parquet), (XMLWriter.fileName, xml),
    (JSONWriter.fileName, json), (FHIRWriter.fileName, fhir),
  ]

  /// Why a file cannot be read.
  struct Damaged: Error { let reason: String }

  private static let isNumber = Dictionary(uniqueKeysWithValues: FigureField.all.map { ($0.name, $0.kind != .text) })

  /// A value as it is compared: numbers in their shortest form.
  private static func plain(_ name: String, _ text: String) -> String {
    isNumber[name] == true ? Double(text).map(plainNumber) ?? text : text
  }

  // MARK: - CSV

  static func csv(_ file: URL) throws -> [PublishedFigure] {
    let records = CSV.records([UInt8](try Data(contentsOf: file)))
    guard let header = records.first, let layout = header.firstIndex(of: "layout"),
      let unit = header.firstIndex(of: "unit"), let indicator = header.firstIndex(of: "indicator")
    else { throw Damaged(reason: "has no header with layout, unit and indicator") }
    return try records.dropFirst().map { record in
      guard record.count == header.count else { throw Damaged(reason: "a record has \(record.count) fields") }
      var fields: [String: String] = [:]
      for (name, value) in zip(header, record) where isNumber[name] != nil && !value.isEmpty {
        fields[name] = plain(name, CSV.original(value))
      }
      return PublishedFigure(
        layout: CSV.original(record[layout]), unit: CSV.original(record[unit]),
        indicator: CSV.original(record[indicator]), fields: fields)
    }
  }

  // MARK: - XML

  static func xml(_ file: URL) throws -> [PublishedFigure] {
    let names = FigureField.all.map(\.name)
    let places = ["../../../recipient/@layout", "../../../recipient/@unit", "../@id"]
    do throws(ReadError) {
      var reader = try XMLReader(path: file.path, record: "/mirror/indicators/indicator/figure", fields: places + names)
      var figures: [PublishedFigure] = []
      while let batch = try reader.next() {
        for row in 0..<batch.count {
          func text(_ column: Int) -> String {
            let field = batch.column(column)[row]
            return String(decoding: (0..<field.count).map { field[$0] }, as: UTF8.self)
          }
          var fields: [String: String] = [:]
          for (position, name) in names.enumerated() {
            let value = text(places.count + position)
            if !value.isEmpty { fields[name] = plain(name, value) }
          }
          figures.append(PublishedFigure(layout: text(0), unit: text(1), indicator: text(2), fields: fields))
        }
      }
      return figures
    } catch {
      throw Damaged(reason: "\(error)")
    }
  }

  // MARK: - JSON

  private enum Value: Decodable {
    case text(String)
    case number(Double)
    case null

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .number(try container.decode(Double.self))
      }
    }

    var plain: String? {
      switch self {
      case .text(let text): text
      case .number(let number): plainNumber(number)
      case .null: nil
      }
    }
  }

  private struct Report: Decodable {
    struct Recipient: Decodable {
      var layout: String
      var unit: String
    }
    struct Indicator: Decodable {
      var id: String
      var figures: [[String: Value]]
    }
    var recipient: Recipient
    var indicators: [Indicator]
  }

  static func json(_ file: URL) throws -> [PublishedFigure] {
    let report = try JSONDecoder().decode(Report.self, from: try Data(contentsOf: file))
    return report.indicators.flatMap { indicator in
      indicator.figures.map { figure in
        PublishedFigure(
          layout: report.recipient.layout, unit: report.recipient.unit, indicator: indicator.id,
          fields: figure.compactMapValues(\.plain))
      }
    }
  }

  // MARK: - FHIR

  private struct Bundle: Decodable {
    struct Extension: Decodable {
      var url: String
      var valueString: String?
      var valueInteger: Int?
      var valueDecimal: Double?
    }
    struct Quantity: Decodable { var value: Double? }
    struct Group: Decodable {
      var `extension`: [Extension]?
      var measureScore: Quantity?
      var stratifier: [Stratifier]?
    }
    struct Stratifier: Decodable { var stratum: [Group]? }
    struct Identifier: Decodable {
      var system: String
      var value: String
    }
    struct Reporter: Decodable { var identifier: Identifier }
    struct Resource: Decodable {
      var resourceType: String
      var measure: String?
      var reporter: Reporter?
      var group: [Group]?
    }
    struct Entry: Decodable { var resource: Resource }
    var entry: [Entry]
  }

  static func fhir(_ file: URL) throws -> [PublishedFigure] {
    let bundle = try JSONDecoder().decode(Bundle.self, from: try Data(contentsOf: file))
    var figures: [PublishedFigure] = []
    for resource in bundle.entry.map(\.resource) where resource.resourceType == "MeasureReport" {
      guard let reporter = resource.reporter?.identifier,
        let indicator = resource.measure?.split(separator: "|").first?.split(separator: ":").last
      else { throw Damaged(reason: "a MeasureReport has no measure or reporter") }
      let prefix = "urn:spiegel:layout:"
      let layout = reporter.system.hasPrefix(prefix) ? String(reporter.system.dropFirst(prefix.count)) : "provider"
      for group in (resource.group ?? []).flatMap({ [$0] + ($0.stratifier ?? []).flatMap { $0.stratum ?? [] } }) {
        var fields: [String: String] = [:]
        for one in group.extension ?? [] {
          guard let name = one.url.split(separator: "#").last.map(String.init), isNumber[name] != nil else { continue }
          fields[name] = one.valueString ?? one.valueInteger.map(String.init) ?? one.valueDecimal.map(plainNumber)
        }
        guard fields["value"] == group.measureScore?.value.map(plainNumber) else {
          throw Damaged(reason: "a measureScore is not the value beside it")
        }
        figures.append(
          PublishedFigure(
            layout: layout.removingPercentEncoding ?? layout, unit: reporter.value,
            indicator: indicator.removingPercentEncoding ?? String(indicator), fields: fields))
      }
    }
    return figures
  }
}

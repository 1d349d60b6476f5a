import CoreDataset
import Definitions
import Workspace

/// The description of the tables of a recipient that programs read: a data package after the Frictionless *Data Package*,
/// *Tabular Data Resource* and *Table Schema* specifications, version 1 (specs.frictionlessdata.io). Size and hash tell a
/// reader whether the table is the one described. A Parquet file says itself what columns it has; it is a plain resource.
enum DataPackage {
  static let fileName = "datapackage.json"

  /// Whether a file is a table that is described.
  static func describes(_ path: String) -> Bool { path.hasSuffix(".csv") || isParquet(path) }
  private static func isParquet(_ path: String) -> Bool { path.hasSuffix(".parquet") }

  /// The description of the tables of a recipient.
  static func write(_ report: MirrorReport, describing tables: [MirrorFile]) -> [UInt8] {
    var output: [UInt8] = []
    let pipeline = report.pipeline
    let isTabular = !tables.contains { isParquet($0.path) }
    output.write("{\n\"profile\":\"\(isTabular ? "tabular-data-package" : "data-package")\",\n")
    output.members([
      ("name", name(["spiegel", pipeline.id, report.recipient.audience, report.recipient.unit])),
      ("title", "\(pipeline.name.nl): \(report.recipient.name)"), ("version", pipeline.version),
      ("description", "Mirror information. Small numbers are protected: a number that may not be seen is empty."),
    ])
    output.write(",\n\"resources\":[")
    for (position, table) in tables.enumerated() {
      output.write(position == 0 ? "{\n" : ",{\n")
      resource(table, to: &output)
    }
    output.write("]\n}\n")
    return output
  }

  private static func resource(_ table: MirrorFile, to output: inout [UInt8]) {
    let hash = "sha256:\(ContentDigest.of(bytes: table.contents))"
    if isParquet(table.path) {
      output.write("\"profile\":\"data-resource\",\n")
      output.members([
        ("name", table.path.replacing(".", with: "-")), ("path", table.path), ("type", "file"), ("format", "parquet"),
        ("mediatype", "application/vnd.apache.parquet"), ("hash", hash),
        ("description", "The same columns and figures as the CSV file."),
      ])
      output.write(",\"bytes\":\(table.contents.count)}")
      return
    }
    output.write("\"profile\":\"tabular-data-resource\",\n")
    output.members([
      ("name", table.path.replacing(".csv", with: "")), ("path", table.path), ("format", "csv"),
      ("mediatype", "text/csv"), ("encoding", "utf-8"), ("hash", hash),
    ])
    output.write(",\"bytes\":\(table.contents.count),\n")
    output.write("\"dialect\":{\"delimiter\":\",\",\"lineTerminator\":\"\\r\\n\",\"quoteChar\":\"\\\"\",")
    output.write("\"doubleQuote\":true,\"header\":true},\n\"schema\":{\"missingValues\":[\"\"],\"fields\":[\n")
    output += schema
    output.write("\n]}}")
  }

  /// A name that the specification allows: lower case letters, digits, `-`, `_` and `.`.
  private static func name(_ parts: [String]) -> String {
    parts.map { part in
      String(
        part.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
    }.joined(separator: ".")
  }

  private static let leading: [(name: String, meaning: String, values: [String]?)] = [
    ("pipeline", "Id of the pipeline.", nil),
    ("pipeline_version", "Version of its definitions.", nil),
    ("run", "Id of the run.", nil),
    ("layout", "nation, provider or the id of a region layout.", nil),
    ("unit", "Code of the unit within the layout.", nil),
    ("unit_name", "Name of the unit.", nil),
    ("indicator", "Id of the indicator.", nil),
    ("indicator_name_nl", "Its name in Dutch.", nil),
    ("indicator_name_en", "Its name in English.", nil),
    ("goal", "What the indicator is about.", Goal.allCases.map(\.rawValue)),
    ("measure", "How the figure is computed.", MeasureKind.allCases.map(\.rawValue)),
    ("unit_of_measure", "Unit of the value, in Dutch.", nil),
    ("direction", "Which way is better.", Direction.allCases.map(\.rawValue)),
  ]

  /// Texts that may be empty because a definition may leave them so.
  private static let mayBeEmpty: Set<String> = ["unit_of_measure"]

  /// The fields of a table; those of all tables are the same.
  private static let schema: [UInt8] = Array(
    (leading.map { field($0.name, "string", $0.meaning, isRequired: !mayBeEmpty.contains($0.name), values: $0.values) }
      + FigureField.all.map { field in
        switch field.kind {
        case .text:
          Self.field(field.name, "string", field.meaning, isRequired: field.isRequired, values: values[field.name])
        case .count: Self.field(field.name, "integer", field.meaning, isRequired: false, isCount: true)
        case .number: Self.field(field.name, "number", field.meaning, isRequired: false)
        }
      }).joined(separator: ",\n").utf8)

  private static let values: [String: [String]] = [
    "status": ResultStatus.allCases.map(\.rawValue), "protection": Protection.inFiles.map(\.rawValue),
  ]

  private static func field(
    _ name: String, _ type: String, _ meaning: String, isRequired: Bool, isCount: Bool = false,
    values: [String]? = nil
  ) -> String {
    var output: [UInt8] = []
    output.write("{")
    output.members([("name", name), ("type", type), ("description", meaning)])
    var constraints: [String] = []
    if isRequired { constraints.append("\"required\":true") }
    if isCount { constraints.append("\"minimum\":0") }
    if let values {
      constraints.append("\"enum\":[" + values.map { "\"\($0)\"" }.joined(separator: ",") + "]")
    }
    if !constraints.isEmpty { output.write(",\"constraints\":{\(constraints.joined(separator: ","))}") }
    output.write("}")
    return String(decoding: output, as: UTF8.self)
  }
}

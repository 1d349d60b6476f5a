import CoreDataset
import Definitions

/// One tidy table after RFC 4180: UTF-8, comma, CRLF, decimal point, one row per figure, names of columns in English.
///
/// A text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab or carriage return first) gets an
/// apostrophe in front (OWASP, *CSV Injection*). Numbers are written as they are.
enum CSVWriter: MirrorWriter {
  static let format = MirrorSpec.Format.csv

  /// Columns that say whose figure it is and what it measures, before those of the figure.
  static let leading = [
    "pipeline", "pipeline_version", "run", "layout", "unit", "unit_name", "indicator", "indicator_name_nl",
    "indicator_name_en", "goal", "measure", "unit_of_measure", "direction",
  ]

  static func beside(_ report: MirrorReport, _ contents: [UInt8]) -> [MirrorFile] {
    var tables = [MirrorFile(path: fileName, contents: contents)]
    if report.agreement != nil {
      tables.append(MirrorFile(path: providersFileName, contents: write(report.others)))
    }
    return tables.dropFirst() + [
      MirrorFile(path: DataPackage.fileName, contents: DataPackage.write(report, describing: tables))
    ]
  }

  /// The figures of the care providers of a region that sees them.
  static let providersFileName = "providers.csv"

  static func write(_ report: MirrorReport) -> [UInt8] {
    // Who computes with figures gets those of all units in one table.
    write(report.recipient.audience == MirrorSpec.research ? [report] + report.others : [report])
  }

  private static func write(_ reports: [MirrorReport]) -> [UInt8] {
    var output: [UInt8] = []
    output.write((leading + FigureField.all.map(\.name)).joined(separator: ","))
    output.write("\r\n")
    for report in reports { append(report, to: &output) }
    return output
  }

  private static func append(_ report: MirrorReport, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + 300 * report.counts.shown + 1024)
    var common: [UInt8] = []
    for text in [
      report.pipeline.id, report.pipeline.version, report.runID, report.recipient.layout, report.recipient.unit,
      report.recipient.name,
    ] {
      append(text, to: &common)
      common.write(",")
    }
    var indicatorID: String?
    var indicatorColumns: [UInt8] = []
    report.forEachFigure { part, figure in
      if part.indicator.id != indicatorID {
        indicatorID = part.indicator.id
        indicatorColumns = columns(of: part.indicator)
      }
      output += common
      output += indicatorColumns
      for (position, field) in FigureField.all.enumerated() {
        if position > 0 { output.append(UInt8(ascii: ",")) }
        switch field.value(figure) {
        case .text(let text): append(text, to: &output)
        case .count(let count): output.write(String(count))
        case .number(let number): output.write(plainNumber(number))
        case .absent: break
        }
      }
      output.write("\r\n")
    }
  }

  private static func columns(of indicator: Indicator) -> [UInt8] {
    var columns: [UInt8] = []
    for text in [
      indicator.id, indicator.name.nl, indicator.name.en, indicator.goal.rawValue, indicator.measure.rawValue,
      indicator.unit.nl, indicator.direction.rawValue,
    ] {
      append(text, to: &columns)
      columns.append(UInt8(ascii: ","))
    }
    return columns
  }

  /// Appends a text, quoted where needed and never as a formula.
  static func append(_ text: String, to output: inout [UInt8]) {
    var needsQuotes = false
    for byte in text.utf8 where byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D { needsQuotes = true }
    let isFormula: Bool
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: isFormula = true
    default: isFormula = false
    }
    if needsQuotes { output.append(0x22) }
    if isFormula { output.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == 0x22 { output.append(0x22) }
      output.append(byte)
    }
    if needsQuotes { output.append(0x22) }
  }
}

import Columns
import CoreDataset
import Definitions

/// One tidy table after RFC 4180: UTF-8, comma, CRLF, decimal point, one row per figure, names of columns in English.
enum CSVWriter: MirrorWriter {
  static let format = MirrorSpec.Format.csv

  /// Columns that say whose figure it is and what it measures, before those of the figure.
  static let leading = [
    "pipeline", "pipeline_version", "run", "layout", "unit", "unit_name", "indicator", "indicator_name_nl",
    "indicator_name_en", "goal", "measure", "unit_of_measure", "direction",
  ]

  static func files(_ report: MirrorReport) -> [MirrorFile] {
    // Who computes with figures gets those of all units in one table.
    let own = report.recipient.audience == MirrorSpec.research ? [report] + report.others : [report]
    var files = [MirrorFile(path: fileName, contents: write(own))]
    if report.agreement != nil {
      files.append(MirrorFile(path: providersFileName, contents: write(report.others)))
    }
    return files
  }

  /// The figures of the care providers of a region that sees them.
  static let providersFileName = "providers.csv"

  private static func write(_ reports: [MirrorReport]) -> [UInt8] {
    var output = CSV.file([leading + FigureField.all.map(\.name)])
    for report in reports { append(report, to: &output) }
    return output
  }

  private static func append(_ report: MirrorReport, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + 300 * report.counts.shown + 1024)
    for part in report.indicators {
      var leading: [UInt8] = []
      for text in leadingTexts(report, part.indicator) {
        CSV.append(cell: Array(text.utf8)[...], to: &leading)
        leading.append(UInt8(ascii: ","))
      }
      for values in part.values {
        output += leading
        for (field, isText) in FigureField.isText.enumerated() {
          if field > 0 { output.append(UInt8(ascii: ",")) }
          if isText { CSV.append(cell: values[field], to: &output) } else { output += values[field] }
        }
        CSV.endRecord(&output)
      }
    }
  }

  /// The values of the leading columns.
  static func leadingTexts(_ report: MirrorReport, _ indicator: Indicator) -> [String] {
    [
      report.pipeline.id, report.pipeline.version, report.runID, report.recipient.layout, report.recipient.unit,
      report.recipient.name, indicator.id, indicator.name.nl, indicator.name.en, indicator.goal.rawValue,
      indicator.measure.rawValue, indicator.unit.nl, indicator.direction.rawValue,
    ]
  }
}

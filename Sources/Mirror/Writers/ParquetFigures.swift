import Columns
import CoreDataset
import Definitions
import Parquet

/// The table of the CSV file as Apache Parquet: the same columns in the same order, counts as whole numbers, numbers as
/// doubles, an absent value as null.
enum ParquetFigures: MirrorWriter {
  static let format = MirrorSpec.Format.parquet

  /// The figures of the care providers of a region that sees them.
  static let providersFileName = "providers.parquet"

  static func files(_ report: MirrorReport) -> [MirrorFile] {
    let own = report.recipient.audience == MirrorSpec.research ? [report] + report.others : [report]
    var files = [MirrorFile(path: fileName, contents: write(own))]
    if report.agreement != nil {
      files.append(MirrorFile(path: providersFileName, contents: write(report.others)))
    }
    return files
  }

  private static let columns =
    CSVWriter.leading.map { ColumnSpec($0, .code, isNullable: true) }
    + FigureField.all.map { field in
      switch field.kind {
      case .text: ColumnSpec(field.name, .code, isNullable: !field.isRequired)
      case .count: ColumnSpec(field.name, .long, isNullable: true)
      case .number: ColumnSpec(field.name, .decimal, isNullable: true)
      }
    }

  private static func write(_ reports: [MirrorReport]) -> [UInt8] {
    var leading = CSVWriter.leading.map { _ in CodeColumn() }
    var texts = FigureField.all.map { _ in CodeColumn() }
    var counts = FigureField.all.map { _ in [Int64]() }
    var numbers = FigureField.all.map { _ in [Double]() }
    var rows = 0
    for report in reports {
      for part in report.indicators {
        let names = CSVWriter.leadingTexts(report, part.indicator)
        for figure in part.figures + part.strata.flatMap(\.figures) {
          rows += 1
          for (position, name) in names.enumerated() { leading[position].append(name.isEmpty ? nil : name) }
          for (position, field) in FigureField.all.enumerated() {
            switch (field.kind, field.value(figure)) {
            case (.text, .text(let text)): texts[position].append(text)
            case (.text, _): texts[position].append(nil)
            case (.count, .count(let count)): counts[position].append(Int64(count))
            case (.count, _): counts[position].append(Missing.int64)
            case (.number, .number(let number)): numbers[position].append(number)
            case (.number, _): numbers[position].append(.nan)
            }
          }
        }
      }
    }
    let group =
      leading.map { Column.code($0) }
      + FigureField.all.enumerated().map { position, field in
        switch field.kind {
        case .text: .code(texts[position])
        case .count: .long(counts[position])
        case .number: .decimal(numbers[position])
        }
      }
    do throws(ParquetError) {
      return try ParquetWriter.bytes(of: group, rows: rows, columns: columns)
    } catch {
      // Columns are made after `columns` just above, and a report has far fewer rows than a file may have.
      preconditionFailure("a table of figures does not fit its own columns: \(error.reason)")
    }
  }
}

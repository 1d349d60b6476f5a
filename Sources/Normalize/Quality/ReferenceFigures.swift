import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// A figure of the run beside a published one.
struct ReferenceRow: Sendable {
  let figure: ReferenceFigure
  /// Nil where the run has nothing to compute it of.
  let own: Double?
  /// What it was computed of: persons or insured years.
  let denominator: Double
}

/// Computes the figures of a run that a pipeline holds against published ones.
enum ReferenceFigures {
  static func rows(
    _ quality: BucketQuality, _ pipeline: Pipeline, _ manifest: Manifest, _ run: RunFolder
  ) -> [ReferenceRow] {
    pipeline.quality.references.map { figure in
      let (own, denominator) =
        switch figure.kind {
        case .shareOfWomen: women(quality)
        case .shareOf65AndOlder: aged(figure.year ?? 0, pipeline, run)
        case .eurosPerInsuredYear: euros(figure.year ?? 0, quality, pipeline, run)
        }
      return ReferenceRow(figure: figure, own: own, denominator: denominator)
    }
  }

  private static func women(_ quality: BucketQuality) -> (Double?, Double) {
    guard let column = Core.person.index(of: "sex") else { return (nil, 0) }
    var counts: [String: Int] = [:]
    for (origin, profiles) in quality.profiles where origin.table == Core.person.name {
      counts.merge(profiles[column].codes, uniquingKeysWith: +)
    }
    let (men, women) = (counts["male"] ?? 0, counts["female"] ?? 0)
    return men + women == 0 ? (nil, 0) : (Double(women) / Double(men + women), Double(men + women))
  }

  private static func aged(_ year: Int, _ pipeline: Pipeline, _ run: RunFolder) -> (Double?, Double) {
    var (all, old) = (0, 0)
    read(Core.person, ["birth_year", "died_on"], pipeline, run) { columns in
      guard case .integer(let years) = columns[0], case .day(let deaths) = columns[1] else { return }
      for row in years.indices where years[row] != Missing.int32 && Int(years[row]) <= year {
        if deaths[row] != Missing.int32 && Int(Day(deaths[row]).year) < year { continue }
        all += 1
        if year - Int(years[row]) >= 65 { old += 1 }
      }
    }
    return all == 0 ? (nil, 0) : (Double(old) / Double(all), Double(all))
  }

  /// Euros that insurers report of care that begins in a year, or totals of its periods, over insured years. Days that two
  /// periods of a person share count twice.
  private static func euros(
    _ year: Int, _ quality: BucketQuality, _ pipeline: Pipeline, _ run: RunFolder
  ) -> (Double?, Double) {
    let months = quality.plan.months
    let stride = months.count + 1
    let inYear = months.names.indices.filter { months.names[$0].hasPrefix("\(year)-") }
    let insurers = Set(pipeline.sources.filter { $0.reportedBy == .insurer }.map(\.id))
    var cents: Int64 = 0
    for (origin, volume) in quality.volumes
    where origin.table == Core.claimLine.name && insurers.contains(origin.source) {
      for unit in 0..<volume.cents.count / stride {
        for month in inYear { cents += volume.cents[unit * stride + month] }
      }
    }
    let (first, last) = (Years.first(Int32(year)), Years.last(Int32(year)))
    var days = 0
    read(Core.insuredPeriod, ["from", "to"], pipeline, run) { columns in
      guard case .day(let from) = columns[0], case .day(let to) = columns[1] else { return }
      for row in from.indices {
        let end = to[row] == Missing.int32 ? last : min(to[row], last)
        days += max(0, Int(end) - Int(max(from[row], first)) + 1)
      }
    }
    let years = Double(days) / Double(last - first + 1)
    return years == 0 || inYear.isEmpty ? (nil, 0) : (Double(cents) / 100 / years, years)
  }

  /// Reads columns of a table of all buckets; what cannot be read is left out, since the files were written just now.
  private static func read(
    _ table: CoreTable, _ columns: [String], _ pipeline: Pipeline, _ run: RunFolder, _ use: ([Column]) -> Void
  ) {
    for bucket in 0..<pipeline.buckets {
      let file = run.core(table.name, bucket: bucket).appending(path: "part-0.parquet")
      guard let reader = try? ParquetReader(path: file.path) else { continue }
      for group in reader.rowGroups.indices where reader.rowGroups[group] > 0 {
        if let found = try? reader.read(group: group, columns: columns) { use(found) }
      }
    }
  }
}

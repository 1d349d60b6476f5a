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

/// An age band: shares of all persons, one's own beside published ones.
struct AgePyramidRow: Encodable, Equatable, Sendable {
  let from: Int
  /// Nil for the last band.
  let to: Int?
  let men: Double
  let publishedMen: Double
  let women: Double
  let publishedWomen: Double

  private enum CodingKeys: String, CodingKey {
    case from, to, men, women
    case publishedMen = "published_men"
    case publishedWomen = "published_women"
  }
}

/// Reads totals of groups, a record at a time.
private enum GroupReader {
  struct Group {
    let sex: String
    let ageBand: String
    let persons: Int
    let insuredYears: Double
    var cents: Int64
  }

  /// Those of the periods that begin in a year, or of all; what cannot be read is left out.
  static func read(_ pipeline: Pipeline, _ run: RunFolder, year: Int?, _ use: (Group) -> Void) {
    let periods = Set(pipeline.periods.filter { year == nil || Int($0.from.year) == year }.map(\.id))
    let file = run.core(Core.groupTotal.name).appending(path: "part-0.parquet")
    let names = ["period", "sex", "age_band", "persons", "insured_years", "amount_cents", "delivery", "record"]
    guard let reader = try? ParquetReader(path: file.path) else { return }
    var last = (delivery: "", record: Int32.min)
    var group: Group?
    for number in reader.rowGroups.indices where reader.rowGroups[number] > 0 {
      guard let columns = try? reader.read(group: number, columns: names), case .code(let period) = columns[0],
        case .code(let sex) = columns[1], case .code(let band) = columns[2], case .integer(let persons) = columns[3],
        case .decimal(let years) = columns[4], case .cents(let cents) = columns[5],
        case .code(let delivery) = columns[6], case .integer(let records) = columns[7]
      else { continue }
      for row in records.indices where periods.contains(period[row] ?? "") {
        // A record has a row for each column of amounts.
        let place = (delivery: delivery[row] ?? "", record: records[row])
        if place == last {
          group?.cents += cents[row]
          continue
        }
        last = place
        if let group { use(group) }
        group = Group(
          sex: sex[row] ?? "", ageBand: band[row] ?? "", persons: Int(persons[row]), insuredYears: years[row],
          cents: cents[row])
      }
    }
    if let group { use(group) }
  }
}

/// Computes the figures of a run that a pipeline holds against published ones.
enum ReferenceFigures {
  static func rows(
    _ quality: BucketQuality, _ pipeline: Pipeline, _ manifest: Manifest, _ run: RunFolder
  ) -> [ReferenceRow] {
    pipeline.quality.references.map { figure in
      let (own, denominator) =
        switch figure.kind {
        case .shareOfWomen: women(quality, figure.year, pipeline, run)
        case .shareOf65AndOlder: aged(figure.year ?? 0, pipeline, run)
        case .eurosPerInsuredYear: euros(figure.year ?? 0, quality, pipeline, run)
        }
      return ReferenceRow(figure: figure, own: own, denominator: denominator)
    }
  }

  /// Of totals of groups their persons in a year, or in all periods.
  private static func women(
    _ quality: BucketQuality, _ year: Int?, _ pipeline: Pipeline, _ run: RunFolder
  ) -> (Double?, Double) {
    if hasGroups(pipeline) {
      var persons: [String: Int] = [:]
      GroupReader.read(pipeline, run, year: year) { persons[$0.sex, default: 0] += $0.persons }
      let (men, women) = (persons["male"] ?? 0, persons["female"] ?? 0)
      return men + women == 0 ? (nil, 0) : (Double(women) / Double(men + women), Double(men + women))
    }
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
    if hasGroups(pipeline) {
      var (cents, years) = (Int64(0), 0.0)
      GroupReader.read(pipeline, run, year: year) {
        cents += $0.cents
        years += $0.insuredYears
      }
      return years == 0 ? (nil, 0) : (Double(cents) / 100 / years, years)
    }
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

  private static func hasGroups(_ pipeline: Pipeline) -> Bool {
    pipeline.sources.contains { $0.delivers == .groupTotal }
  }

  /// Persons by age band and sex beside published ones: of persons who are born and not dead before the year, or of totals of
  /// groups; empty without either.
  static func pyramid(_ pipeline: Pipeline, _ run: RunFolder) -> [AgePyramidRow] {
    guard let published = pipeline.quality.agePyramid else { return [] }
    var own = (men: published.men.map { _ in 0 }, women: published.women.map { _ in 0 })
    func add(_ age: Int, _ sex: String?, _ persons: Int) {
      guard let band = published.band(age) else { return }
      if sex == "male" { own.men[band] += persons }
      if sex == "female" { own.women[band] += persons }
    }
    if hasGroups(pipeline) {
      GroupReader.read(pipeline, run, year: published.year) { group in
        // A band of the delivery counts in the published band that its first age lies in.
        if let age = Int(group.ageBand.prefix { $0.isNumber }) { add(age, group.sex, group.persons) }
      }
    } else {
      read(Core.person, ["birth_year", "sex", "died_on"], pipeline, run) { columns in
        guard case .integer(let years) = columns[0], case .code(let sexes) = columns[1],
          case .day(let deaths) = columns[2]
        else { return }
        for row in years.indices where years[row] != Missing.int32 {
          let age = published.year - Int(years[row])
          if age < 0 || deaths[row] != Missing.int32 && Int(Day(deaths[row]).year) < published.year { continue }
          add(age, sexes[row], 1)
        }
      }
    }
    let (all, publishedAll) = (
      Double((own.men + own.women).reduce(0, +)), (published.men + published.women).reduce(0, +)
    )
    guard all > 0, publishedAll > 0 else { return [] }
    return published.starts.indices.map { band in
      AgePyramidRow(
        from: published.starts[band], to: band + 1 < published.starts.count ? published.starts[band + 1] - 1 : nil,
        men: Double(own.men[band]) / all, publishedMen: published.men[band] / publishedAll,
        women: Double(own.women[band]) / all, publishedWomen: published.women[band] / publishedAll)
    }
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

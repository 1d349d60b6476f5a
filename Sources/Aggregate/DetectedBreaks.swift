import Columns
import CoreDataset
import Definitions

/// Breaks in series that nobody has to declare, because the definitions and the data show them:
///
/// - `mapping`: a code list gives a code another meaning from a day on, and the indicator counts the one meaning and not the
///   other. The period of that day is the first that is of another series.
/// - `instrument`: before a period most scores of the instrument were converted from those of another, and in it they are
///   not, or the other way round.
///
/// A change of the definition itself is no break within a run, for all periods of a run are made by one definition; reports
/// and `spiegel compare` say what it moved since the last published run.
struct DetectedBreaks: Sendable {
  /// How scores of an instrument came about, by period.
  struct Origins: Sendable, Equatable {
    var own = 0
    var converted = 0
    var isMostlyConverted: Bool { converted > own }
  }
  /// Origins of the scores of each instrument by position of the period.
  private(set) var origins: [String: [Int: Origins]] = [:]

  /// Counts the scores of a bucket.
  mutating func add(_ bucket: Bucket, _ axis: Axis) {
    let width = bucket.moments.count
    for (number, course) in bucket.courses.enumerated() {
      for measurement in bucket.measurements[number * width..<(number + 1) * width] where !measurement.value.isNaN {
        let day = course.indexDate == Missing.int32 ? measurement.completedOn : course.indexDate
        let period = axis.period(day)
        guard period >= 0 else { continue }
        let instrument = bucket.instruments.values[Int(course.instrument)]
        if measurement.isConverted {
          origins[instrument, default: [:]][period, default: Origins()].converted += 1
        } else {
          origins[instrument, default: [:]][period, default: Origins()].own += 1
        }
      }
    }
  }

  mutating func merge(_ other: DetectedBreaks) {
    origins.merge(other.origins) { one, more in
      one.merging(more) { Origins(own: $0.own + $1.own, converted: $0.converted + $1.converted) }
    }
  }

  /// The causes of breaks of an indicator, by id of the first period after each.
  func causes(_ indicator: Indicator, _ pipeline: Pipeline, _ axis: Axis) -> [String: String] {
    var causes: [String: String] = [:]
    for period in mappingPeriods(indicator, pipeline, axis) where period > 0 {
      causes[axis.periods[period].id] = SeriesSpec.Break.Cause.mapping.rawValue
    }
    for period in instrumentPeriods(indicator) {
      causes[axis.periods[period].id] = SeriesSpec.Break.Cause.instrument.rawValue
    }
    return causes
  }

  private func instrumentPeriods(_ indicator: Indicator) -> [Int] {
    guard let instrument = indicator.parameters.instrument, let found = origins[instrument] else { return [] }
    let periods = found.sorted { $0.key < $1.key }
    return zip(periods, periods.dropFirst()).filter { $0.value.isMostlyConverted != $1.value.isMostlyConverted }
      .map { $1.key }
  }

  private func mappingPeriods(_ indicator: Indicator, _ pipeline: Pipeline, _ axis: Axis) -> [Int] {
    var periods: [Int] = []
    for source in pipeline.sources where [.claimLine, .claimHeader].contains(source.delivers) {
      if let party = indicator.reportedBy, source.reportedBy != party { continue }
      for field in source.fields {
        let before = Dictionary(grouping: field.decisions, by: \.local)
        for line in field.decisions {
          guard let from = line.from?.number,
            let earlier = before[line.local]?.first(where: { $0.holds(on: from - 1) }),
            indicator.tellsApart(field.target, earlier.standard, line.standard)
          else { continue }
          periods.append(axis.period(from))
        }
      }
    }
    return periods
  }
}

extension Indicator {
  /// Whether it counts claim lines with one code of a column and not those with another.
  func tellsApart(_ column: String, _ a: String, _ b: String) -> Bool {
    if a == b || measure.parameters.needs == .responses || measure.parameters.needs == .groupTotals { return false }
    switch column {
    case "care_type":
      if parameters.byCareType || parameters.byCareLine || measure == .claimRate { return true }
      // Readmissions are of medical-specialist care where nothing else is said.
      let usual: [CareType] = measure == .readmission ? [.medicalSpecialist] : []
      let types = parameters.careTypes.isEmpty ? usual : parameters.careTypes
      func counts(_ code: String) -> Bool {
        guard let type = CareType(rawValue: code) else { return false }
        return (types.isEmpty || types.contains(type))
          && (parameters.careLines.isEmpty || parameters.careLines.contains(type.line))
      }
      return counts(a) != counts(b)
    case "activity":
      let sets =
        switch measure.parameters.needs {
        case .stays: [[Activity.admission], [.bedDay], [.absenceDay], [.emergencyVisit]]
        default:
          measure == .emergencyRate
            ? [[.emergencyVisit]] : [parameters.activities, parameters.among, parameters.starts].filter { !$0.isEmpty }
        }
      func counts(_ code: String) -> [Bool] {
        let activity = Activity(rawValue: code)
        return sets.map { set in activity.map(set.contains) ?? false }
      }
      return counts(a) != counts(b)
    default: return false
    }
  }
}

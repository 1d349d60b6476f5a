import Columns
import CoreDataset
import Definitions
import Statistics

/// Compares those who are in a figure made of questionnaires with the others on the same care path: who answers may not be
/// like who does not.
///
/// A care path of the population whose index date lies in a period counts for the nation, the region of residence on that
/// day and the care provider in charge. Its person is a responder when the figure has what it needs of that path: the
/// scores, or the answer. Standardised differences (Austin 2009).
struct ResponseBias: Sendable {
  /// The reason of a figure whose responders differ.
  static let reason = "responders-differ"
  private let indicator: Indicator
  private let scores: MeasureContext.Scores

  /// Nil for indicators that are not made of questionnaires, and for the response itself; nil too for a pipeline without
  /// claims.
  init?(_ context: MeasureContext) {
    guard Self.isCompared(context.indicator), context.pipeline.sources.contains(where: { $0.delivers == .claimLine })
    else { return nil }
    indicator = context.indicator
    scores = context.scores
  }

  /// Whether an indicator is made of questionnaires that some fill in and others do not.
  static func isCompared(_ indicator: Indicator) -> Bool {
    [.responses, .responsesAndClaims].contains(indicator.measure.parameters.needs) && indicator.measure != .responseRate
  }

  /// The sums of a bucket.
  func sums(_ bucket: Bucket, _ members: Membership, _ axis: Axis, _ prior: PriorCare) -> ResponseSums {
    let responders = responders(bucket)
    var sums = ResponseSums()
    let (female, male) = (Self.code(.female), Self.code(.male))
    for (number, entry) in bucket.carePaths.enumerated() {
      let (path, provider) = (entry.path, entry.provider)
      let person = Int(path.person)
      let period = path.indexDate == Missing.int32 ? -1 : axis.period(path.indexDate)
      guard period >= 0, members.contains(path: path.path), members.contains(person, year: axis.years[period])
      else { continue }
      var values = [Int64](repeating: Missing.int64, count: ResponseSums.characteristics.count)
      if bucket.birthYear[person] != Missing.int32 { values[0] = Int64(axis.years[period] - bucket.birthYear[person]) }
      if bucket.sex[person] == female { values[1] = 1 }
      if bucket.sex[person] == male { values[1] = 0 }
      values[2] = prior.cents[number]
      values[3] = prior.careDays[number]
      let isIn = responders.contains(path)
      for cell in UnitsOf.measurement(
        bucket, axis, person: person, day: path.indexDate, provider: provider, period)
      {
        let unit: DesignSums.Unit =
          cell.unit < axis.fixedUnits
          ? .fixed(cell.unit) : .provider(bucket.providers.values[cell.unit - axis.fixedUnits])
        sums.add(values, responded: isIn, DesignSums.Place(unit: unit, period: period))
      }
    }
    return sums
  }

  private static func code(_ sex: Sex) -> UInt8 { UInt8(Sex.allCases.firstIndex(of: sex) ?? 0) }

  /// The care paths of which the figure has what it needs.
  private func responders(_ bucket: Bucket) -> Set<Bucket.CarePath> {
    let parameters = indicator.parameters
    guard let instrument = bucket.instruments.find(scores.instrument) else { return [] }
    let names = [parameters.from, parameters.to, parameters.pairedWith].compactMap(\.self)
    let moments = names.compactMap { bucket.moments.find($0) }
    guard moments.count == names.count else { return [] }
    if let name = parameters.item {
      guard let item = bucket.items.find(name) else { return [] }
      return Set(
        bucket.answers.lazy
          .filter { answer in
            answer.instrument == instrument && answer.item == item && moments.allSatisfy { $0 == answer.moment }
          }
          .map { Bucket.CarePath(person: $0.person, path: $0.path, indexDate: $0.indexDate) })
    }
    guard let scale = bucket.scales.find(scores.scale) else { return [] }
    let width = bucket.moments.count
    var found: Set<Bucket.CarePath> = []
    for (number, course) in bucket.courses.enumerated() where course.instrument == instrument && course.scale == scale {
      let measured = bucket.measurements[number * width..<(number + 1) * width]
      let start = measured.startIndex
      guard moments.allSatisfy({ !measured[start + Int($0)].value.isNaN }),
        !parameters.requiresPrediction || measured.contains(where: { !$0.predicted.isNaN })
      else { continue }
      found.insert(Bucket.CarePath(person: course.person, path: course.path, indexDate: course.indexDate))
    }
    return found
  }

  /// A comparison for each figure of the whole population, in their order.
  static func rows(_ figures: [ResultRow], _ sums: ResponseSums, _ axis: Axis) -> [ResponseBiasRow] {
    figures.filter { $0.stratum.isEmpty }.flatMap { figure -> [ResponseBiasRow] in
      guard let place = axis.place(of: figure), let groups = sums.groups[place] else { return [] }
      return ResponseSums.characteristics.enumerated().map { number, characteristic in
        row(figure, characteristic, groups[2 * number], groups[2 * number + 1])
      }
    }
  }

  private static func row(
    _ figure: ResultRow, _ characteristic: ResponseBiasRow.Characteristic, _ others: ResponseSums.Group,
    _ responders: ResponseSums.Group
  ) -> ResponseBiasRow {
    var row = ResponseBiasRow(figure, characteristic)
    let unit = characteristic == .costBefore ? 100.0 : 1
    let isShare = characteristic == .women
    let (a, b) = (responders.group(unit, isShare: isShare), others.group(unit, isShare: isShare))
    row.responders = Double(responders.count)
    row.nonResponders = Double(others.count)
    (row.mean, row.deviation) = (a?.mean, a?.variance.squareRoot())
    (row.otherMean, row.otherDeviation) = (b?.mean, b?.variance.squareRoot())
    guard let a, let b else {
      row.reason =
        responders.count == 0 && others.count == 0
        ? "not-known" : others.count == 0 ? "all-responded" : Undefined.tooFewObservations.rawValue
      return row
    }
    guard let difference = StandardisedDifference(a, b) else {
      row.reason = Undefined.noSpread.rawValue
      return row
    }
    row.difference = difference.value
    row.lower95 = difference.limits(.percent95).lower
    row.upper95 = difference.limits(.percent95).upper
    row.differs = difference.isNoticeable
    return row
  }

  /// Makes figures of which responders differ from others indicative, and says so.
  static func flag(_ rows: inout [ResultRow], _ biases: [ResponseBiasRow]) {
    struct Key: Hashable {
      let indicator: String
      let layout: String
      let unit: String
      let period: String
    }
    let differing = Set(
      biases.lazy.filter { $0.differs == true }
        .map { Key(indicator: $0.indicator, layout: $0.layout, unit: $0.unit, period: $0.period) })
    if differing.isEmpty { return }
    for index in rows.indices where rows[index].status == .ok || rows[index].status == .indicative {
      let row = rows[index]
      guard row.value != nil, row.stratum.isEmpty,
        differing.contains(
          Key(indicator: row.indicator, layout: row.layout, unit: row.unit, period: row.period))
      else { continue }
      rows[index].status = .indicative
      if row.reason.isEmpty { rows[index].reason = reason }
    }
  }
}

/// Sums over responders and others per unit, period and characteristic: whole numbers, so that any split gives the same.
struct ResponseSums: Equatable, Sendable {
  /// In order of the groups.
  static let characteristics = ResponseBiasRow.Characteristic.allCases

  /// Sums over a group.
  struct Group: Equatable, Sendable {
    var count: Int64 = 0
    var x: Int128 = 0
    var xx: Int128 = 0

    mutating func merge(_ other: Group) {
      count += other.count
      x += other.x
      xx += other.xx
    }

    /// Mean and variance in a unit; nil for fewer than two.
    func group(_ unit: Double, isShare: Bool) -> StandardisedDifference.Group? {
      guard count > 1 else { return nil }
      let mean = Double(x) / Double(count) / unit
      if isShare { return StandardisedDifference.Group(count: Int(count), share: mean) }
      let n = Int128(count)
      let variance = Double(n * xx - x * x) / Double(n) / Double(n - 1) / unit / unit
      return StandardisedDifference.Group(count: Int(count), mean: mean, variance: variance)
    }
  }

  /// Of each characteristic those who are not in the figure, then those who are.
  private(set) var groups: [DesignSums.Place: [Group]] = [:]

  /// Adds a care path; a value that is not known is `Missing.int64`.
  mutating func add(_ values: [Int64], responded: Bool, _ place: DesignSums.Place) {
    var sums = groups[place] ?? Array(repeating: Group(), count: 2 * Self.characteristics.count)
    groups[place] = nil
    for (number, value) in values.enumerated() where value != Missing.int64 {
      let value = Int128(value)
      sums[2 * number + (responded ? 1 : 0)].merge(Group(count: 1, x: value, xx: value * value))
    }
    groups[place] = sums
  }

  /// Adds those of other buckets.
  mutating func merge(_ other: ResponseSums) {
    for (place, more) in other.groups {
      guard var own = groups[place] else {
        groups[place] = more
        continue
      }
      for index in own.indices { own[index].merge(more[index]) }
      groups[place] = own
    }
  }
}

extension Axis {
  /// Where the sums of a figure are.
  func place(of row: ResultRow) -> DesignSums.Place? {
    guard let period = periods.firstIndex(where: { $0.id == row.period }) else { return nil }
    switch row.unitKind {
    case .nation: return DesignSums.Place(unit: .fixed(0), period: period)
    case .provider: return DesignSums.Place(unit: .provider(row.unit), period: period)
    case .region, .insurer:
      guard let layout = layouts.firstIndex(where: { $0.id == row.layout }),
        let unit = layouts[layout].units.firstIndex(where: { $0.code == row.unit })
      else { return nil }
      return DesignSums.Place(unit: .fixed(layoutStarts[layout] + unit), period: period)
    }
  }
}

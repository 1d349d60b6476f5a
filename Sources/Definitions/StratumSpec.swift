import CoreDataset

/// Something by which the persons of an indicator are divided, each person in one part. The parts add up to the whole.
public enum StratumSpec: Sendable, Equatable {
  /// Age in the year of the period, in bands that begin at these ages, ascending.
  case age(starts: [Int])
  /// Sex as registered.
  case sex
  /// Insurer on the first insured day of the year of the period: a unit of a layout by insurer.
  case insurer(layout: String, units: [String])
  /// An answer to a question; who has none is a part of its own.
  case item(instrument: String, item: String, moment: String, range: ClosedRange<Int>)

  /// Who cannot be placed.
  public static let unknown = "unknown"

  /// The key of its parts in results, before the `=`.
  public var key: String {
    switch self {
    case .age: "age"
    case .sex: "sex"
    case .insurer: "insurer"
    case .item(let instrument, let item, _, _): "\(instrument).\(item)"
    }
  }

  /// The parts as they stand in results, in order, the unknown ones last.
  public var parts: [String] {
    let names =
      switch self {
      case .age(let starts):
        zip(starts, starts.dropFirst().map { "-\($0 - 1)" } + ["+"]).map { "\($0)\($1)" } + [Self.unknown]
      case .sex: Sex.allCases.map(\.rawValue)
      case .insurer(_, let units): units + [Self.unknown]
      case .item(_, _, _, let range): range.map(String.init) + [Self.unknown]
      }
    return names.map { "\(key)=\($0)" }
  }
}

/// Age bands as deliveries name them.
public enum AgeBand {
  /// The first age of a band such as `40 t/m 44`, `00-17` or `90+`; nil where it does not begin with one.
  public static func first(_ band: String) -> Int? {
    Int(band.prefix { $0.isASCII && $0.isNumber })
  }
}

extension MeasureKind {
  /// Why changes cannot be set against those of another population; nil where they can.
  public var reasonAgainstOtherPopulation: String? {
    switch self {
    case .modelledGain, .modelledShare: "its model is of the population of the indicator"
    case .groupCostRatio, .groupCostPerPersonYear, .groupCostShare: "totals of groups have no populations"
    case .claimRate: "its inhabitants are those of the standard population"
    default: nil
    }
  }
}

/// Reads `strata` of an indicator.
struct StrataDecoder {
  let measure: MeasureKind
  let declared: Declared
  let folder: DefinitionFolder
  /// Most answers that an item may have.
  static let mostParts = 20

  private enum By: String, CaseIterable {
    case age, sex, insurer, item
  }

  func decode(_ place: Value) -> [StratumSpec] {
    var specs: [StratumSpec] = []
    for entry in place.list() ?? [] {
      guard let spec = entry.fields({ one($0) }) else { continue }
      if specs.contains(where: { $0.key == spec.key }) { entry.complain("\"\(spec.key)\" is there twice") }
      specs.append(spec)
    }
    return specs
  }

  private func one(_ fields: Fields) -> StratumSpec? {
    let byPlace = fields.required("by")
    guard let by = byPlace?.choice(By.self) else { return nil }
    let isOfGroups = measure.parameters.needs == .groupTotals
    if isOfGroups || measure == .claimRate, by != .age && by != .sex {
      byPlace?.complain(
        isOfGroups
          ? "totals of groups have parts by age and sex only"
          : "claim-rate has parts by age and sex only, for inhabitants are known by these")
      // One mistake is enough: what belongs to the other kinds is not unknown.
      for key in ["layout", "instrument", "item", "moment"] { _ = fields.optional(key) }
      return nil
    }
    switch by {
    case .sex: return .sex
    case .age:
      guard let place = fields.required("bands"), let bands = place.list()?.map({ $0.whole(0...130) }) else {
        return nil
      }
      let starts = bands.compactMap(\.self)
      guard starts.count == bands.count else { return nil }
      if starts.first != 0 || zip(starts, starts.dropFirst()).contains(where: { $0 >= $1 }) {
        place.complain(
          "\"bands\" are the first ages of age bands from 0 on, in ascending order, for example [0, 50, 65]")
        return nil
      }
      if isOfGroups, declared.areSourcesComplete {
        let known = Pipeline.ageBands(of: declared.sources).compactMap(AgeBand.first)
        if let other = starts.first(where: { !known.contains($0) }) {
          place.complain(
            "no delivered age band begins at \(other); they begin at \(known.map(String.init).joined(separator: ", "))")
          return nil
        }
      }
      if measure == .claimRate, let known = declared.standardBandStarts,
        let other = starts.first(where: { !known.contains($0) })
      {
        place.complain(
          "no age band of the standard population begins at \(other); they begin at "
            + known.map(String.init).joined(separator: ", "))
        return nil
      }
      return .age(starts: starts)
    case .insurer: return insurer(fields)
    case .item: return item(fields)
    }
  }

  private func insurer(_ fields: Fields) -> StratumSpec? {
    guard let place = fields.required("layout"), let id = place.text() else { return nil }
    let byInsurer = declared.layouts.filter(\.isByInsurer)
    guard let layout = byInsurer.first(where: { $0.id == id }) else {
      // A layout whose table is wrong has been complained of.
      if !declared.layoutIds.contains(id) || declared.layouts.contains(where: { $0.id == id }) {
        place.complain(Wording.dangling("region layout by insurer", id, known: byInsurer.map(\.id)))
      }
      return nil
    }
    return .insurer(layout: id, units: layout.units.dropLast().map(\.code))
  }

  private func item(_ fields: Fields) -> StratumSpec? {
    let decoder = ParameterDecoder(measure: measure, declared: declared, folder: folder)
    let instrument = decoder.instrument(fields.required("instrument"))
    let itemPlace = fields.required("item")
    let momentPlace = fields.required("moment")
    guard let instrument, let code = itemPlace?.text(), let moment = momentPlace?.text() else { return nil }
    guard let item = instrument.items.first(where: { $0.code == code }) else {
      itemPlace?.complain(Wording.dangling("item", code, known: instrument.items.map(\.code)))
      return nil
    }
    if let moments = declared.moments(of: instrument.id), !moments.contains(moment) {
      momentPlace?.complain(Wording.dangling("source of \"\(instrument.id)\" at moment", moment, known: moments))
    }
    let range = Int(item.minimum)...Int(item.maximum)
    if range.count > Self.mostParts || Double(range.lowerBound) != item.minimum {
      itemPlace?.complain("item \"\(code)\" has more than \(Self.mostParts) answers; each would be a stratum")
      return nil
    }
    return .item(instrument: instrument.id, item: code, moment: moment, range: range)
  }
}

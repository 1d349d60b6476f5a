extension PipelineDecoder {
  /// The instruments that `pipeline.yaml` names, from the pipeline's own folder or from the one beside it.
  mutating func decodeInstruments(_ place: Value?) {
    for item in place?.list() ?? [] {
      guard let id = item.text() else { continue }
      if declared.instrumentIds.contains(id) {
        item.complain(Wording.duplicate("instrument", id))
        continue
      }
      declared.instrumentIds.append(id)
      let paths = ["instruments/\(id).yaml", "../instruments/\(id).yaml"]
      guard let path = paths.first(where: { folder.has($0) }) else {
        item.complain("there is no file for instrument \"\(id)\": neither \(paths[0]) nor \(paths[1])")
        continue
      }
      if let instrument = folder.problems.unlessWrong({ folder.yaml(path)?.fields { decodeInstrument($0, id) } }) {
        declared.instruments.append(instrument)
      }
    }
    checkCrosswalks()
  }

  mutating func decodeInstrument(_ fields: Fields, _ id: String) -> Instrument? {
    let version = version(fields, id: id)
    let name = fields.required("name")?.localized()
    let reference = fields.required("reference")?.text()
    let licence = fields.required("licence")?.text()
    let loinc = fields.optional("loinc")?.text()
    let doubleAnswer =
      fields.has("double-answer") ? fields.optional("double-answer")?.choice(DoubleAnswer.self) : .missing
    let outOfRange = fields.has("out-of-range") ? fields.optional("out-of-range")?.choice(OutOfRange.self) : .answer
    let moments = fields.has("moments") ? fields.optional("moments").flatMap { decodeMoments($0) } : []
    let items = fields.required("items").flatMap { decodeItems($0) }
    let scalePlaces = fields.required("scales")?.list()
    if scalePlaces?.isEmpty == true { fields.keyPlace("scales").complain("there is no scale; an instrument needs one") }
    var scales: [Scale] = []
    var isComplete = true
    for place in scalePlaces ?? [] {
      guard let items else { break }
      if let scale = place.fields({ ScaleDecoder(items: items, earlier: scales, folder: folder).decode($0) }) {
        if scales.contains(where: { $0.code == scale.code }) {
          place.complain(Wording.duplicate("scale", scale.code))
        }
        scales.append(scale)
      } else {
        isComplete = false
      }
    }
    let crosswalks =
      fields.has("crosswalks") ? fields.optional("crosswalks").flatMap { decodeCrosswalks($0, scales, of: id) } : []
    guard isComplete, let version, let name, let reference, let licence, let items, scalePlaces != nil,
      let doubleAnswer, let outOfRange, let moments, let crosswalks
    else { return nil }
    return Instrument(
      id: id, version: version, name: name, reference: reference, licence: licence, items: items, scales: scales,
      loinc: loinc, doubleAnswer: doubleAnswer, outOfRange: outOfRange, moments: moments, crosswalks: crosswalks)
  }

  /// Items as `{code: "1", range: [0, 10]}`, or several that are alike as `{codes: ["1", "2"], range: [0, 10]}`.
  private func decodeItems(_ place: Value) -> [Instrument.Item]? {
    guard let list = place.list() else { return nil }
    var items: [Instrument.Item] = []
    var isComplete = true
    for entry in list {
      let some: [Instrument.Item]? = entry.fields { fields in
        let codes = fields.has("codes") ? fields.optional("codes")?.texts() : fields.required("code")?.texts()
        let range = fields.required("range").flatMap { decodeRange($0) }
        let loinc = fields.optional("loinc")?.texts()
        let values = fields.optional("values")?.numbers()
        let answerCodes = fields.optional("answer-codes").map { decodeAnswerCodes($0, range) } ?? [:]
        guard let codes, let range else { return nil }
        if let loinc, loinc.count != codes.count {
          fields.keyPlace("loinc").complain(
            Wording.expected("a LOINC code for each of the \(codes.count) items", found: "\(loinc.count)"))
        }
        if let values, Double(values.count) != range.upperBound - range.lowerBound + 1 {
          fields.keyPlace("values").complain(
            Wording.expected(
              "a value for each answer from \(Wording.short(range.lowerBound)) to \(Wording.short(range.upperBound))",
              found: "\(values.count)"))
        }
        return codes.enumerated().map { position, code in
          let loinc = loinc.flatMap { $0.indices.contains(position) ? $0[position] : nil }
          return .init(
            code: code, minimum: range.lowerBound, maximum: range.upperBound, loinc: loinc, values: values,
            answerCodes: answerCodes)
        }
      }
      guard let some else {
        isComplete = false
        continue
      }
      for item in some {
        if items.contains(where: { $0.code == item.code }) { entry.complain(Wording.duplicate("item", item.code)) }
        items.append(item)
      }
    }
    return isComplete ? items : nil
  }
}

/// `[lowest, highest]`.
func decodeRange(_ place: Value) -> ClosedRange<Double>? {
  guard let numbers = place.numbers() else { return nil }
  guard numbers.count == 2, numbers[0] < numbers[1] else {
    place.complain(Wording.expected("[lowest, highest]", found: Wording.list(numbers)))
    return nil
  }
  return numbers[0]...numbers[1]
}

/// Reads one scale of an instrument and checks that its rule, its items and its range agree.
struct ScaleDecoder {
  let items: [Instrument.Item]
  let earlier: [Scale]
  let folder: DefinitionFolder

  func decode(_ fields: Fields) -> Scale? {
    let code = fields.required("code")?.text()
    let name = fields.required("name")?.localized()
    let rulePlace = fields.required("rule")
    let isMeanOfScales = rulePlace.map(Self.isMeanOfScales) ?? false
    let chosen = isMeanOfScales ? [] : fields.required("items").flatMap { positions($0, allowsAll: true) }
    let reversed = fields.optional("reversed").flatMap { positions($0, allowsAll: false) } ?? []
    let rule = chosen.flatMap { chosen in rulePlace.flatMap { decodeRule($0, chosen) } }
    let parts = if case .meanOfScales(let scales) = rule { scales.count } else { chosen?.count ?? 0 }
    let missing =
      fields.optional("missing").flatMap { $0.fields { decodeMissing($0, parts) } }
      ?? Scale.MissingRule(atLeast: parts, isPersonMean: false)
    let range = fields.required("range").flatMap { decodeRange($0) }
    let decimals = fields.optional("decimals")?.whole(0...6)
    let direction = fields.required("direction")?.choice(Direction.self)
    let important = fields.optional("minimal-important-change")?.threshold(0...Double.infinity)
    let acceptable = fields.optional("acceptable-state")?.threshold(range)
    let loinc = fields.optional("loinc")?.text()
    if let chosen, !reversed.allSatisfy({ chosen.contains($0) }) {
      fields.keyPlace("reversed").complain("a reversed item is not one of the items of the scale")
    }
    guard let code, let name, let chosen, let rule, let range, let direction else { return nil }
    if let possible = possible(rule, chosen),
      abs(possible.lowerBound - range.lowerBound) > 1e-9
        || abs(possible.upperBound - range.upperBound) > 1e-9
    {
      fields.keyPlace("range").complain(
        Wording.expected(
          "the range that follows from items and rule, [\(Self.shown(possible.lowerBound)), "
            + "\(Self.shown(possible.upperBound))]",
          found: "[\(Self.shown(range.lowerBound)), \(Self.shown(range.upperBound))]"))
    }
    return Scale(
      code: code, name: name, items: chosen, reversed: Set(reversed), rule: rule, missing: missing,
      minimum: range.lowerBound, maximum: range.upperBound, decimals: decimals, direction: direction,
      minimalImportantChange: important, acceptableState: acceptable, loinc: loinc)
  }

  /// A number to nine decimals: sums of decrements are not exact.
  private static func shown(_ value: Double) -> String { Wording.short((value * 1e9).rounded() / 1e9) }

  private static func isMeanOfScales(_ rule: Value) -> Bool {
    rule.isMapping && rule.pairs()?.contains { $0.key.text() == "mean-of-scales" } == true
  }

  private func positions(_ place: Value, allowsAll: Bool) -> [Int]? {
    if allowsAll, place.isScalar, place.text() == "all" { return Array(items.indices) }
    guard let list = place.list() else { return nil }
    var positions: [Int] = []
    var isComplete = true
    for entry in list {
      guard let code = entry.text() else {
        isComplete = false
        continue
      }
      guard let position = items.firstIndex(where: { $0.code == code }) else {
        entry.complain(Wording.dangling("item", code, known: items.map(\.code)))
        isComplete = false
        continue
      }
      if positions.contains(position) { entry.complain(Wording.duplicate("item", code)) }
      positions.append(position)
    }
    return isComplete ? positions : nil
  }

  private func decodeMissing(_ fields: Fields, _ count: Int) -> Scale.MissingRule? {
    let atLeast = fields.required("at-least")?.whole(1...max(1, count))
    let isPersonMean = fields.optional("person-mean")?.flag() ?? false
    guard let atLeast else { return nil }
    return Scale.MissingRule(atLeast: atLeast, isPersonMean: isPersonMean)
  }

  /// A word, or one of `lookup`, `value-set`, `mean-of-scales` and `state-table` with what belongs to it.
  private func decodeRule(_ place: Value, _ chosen: [Int]) -> Scale.Rule? {
    if place.isMapping {
      return place.fields { fields in
        if let lookup = fields.optional("lookup") { return lookup.fields { decodeLookup($0, chosen) } }
        if let valueSet = fields.optional("value-set") { return valueSet.fields { decodeValueSet($0, chosen) } }
        if let scales = fields.optional("mean-of-scales") { return decodeMeanOfScales(scales) }
        if let table = fields.optional("state-table") { return decodeStateTable(table, chosen) }
        return nil
      }
    }
    guard let word = place.text() else { return nil }
    switch word {
    case "sum": return .sum
    case "mean": return .mean
    case "percentage-of-range": return .percentageOfRange
    case "delivered": return .delivered
    default:
      place.complain(
        Wording.unknown(
          word,
          known: [
            "sum", "mean", "percentage-of-range", "delivered", "lookup", "value-set", "mean-of-scales", "state-table",
          ]))
      return nil
    }
  }

  private func decodeLookup(_ fields: Fields, _ chosen: [Int]) -> Scale.Rule? {
    let first = fields.required("first")?.whole(-1000...1000)
    let values = fields.required("values")?.numbers()
    guard let first, let values else { return nil }
    let low = chosen.reduce(0) { $0 + items[$1].lowestValue }
    let high = chosen.reduce(0) { $0 + items[$1].highestValue }
    if Double(first) != low || Double(first + values.count - 1) != high {
      fields.place.complain(
        Wording.expected(
          "a value for each sum from \(Wording.short(low)) to \(Wording.short(high))",
          found: "\(first) to \(first + values.count - 1)"))
    }
    return .lookup(first: first, values: values)
  }

  private func decodeValueSet(_ fields: Fields, _ chosen: [Int]) -> Scale.Rule? {
    let start = fields.required("start")?.number()
    let anyProblem = fields.optional("any-problem")?.number() ?? 0
    let anyWorst = fields.optional("any-worst")?.number() ?? 0
    let decrements: [[Double]]? = fields.required("decrements")?.fields { lists in
      let all = chosen.map { position -> [Double]? in
        let item = items[position]
        let place = lists.required(item.code)
        guard let list = place?.numbers() else { return nil }
        if Double(list.count) != item.maximum - item.minimum + 1 || list.first != 0 {
          place?.complain(
            Wording.expected(
              "a decrement for each level from \(Wording.short(item.minimum)) to \(Wording.short(item.maximum)), "
                + "the first 0", found: Wording.list(list)))
          return nil
        }
        return list
      }
      return all.contains(nil) ? nil : all.compactMap(\.self)
    }
    guard let start, let decrements else { return nil }
    return .valueSet(start: start, anyProblem: anyProblem, anyWorst: anyWorst, decrements: decrements)
  }

  private func decodeMeanOfScales(_ place: Value) -> Scale.Rule? {
    guard let list = place.list() else { return nil }
    for entry in list {
      if let code = entry.text(), !earlier.contains(where: { $0.code == code }) {
        entry.complain(Wording.dangling("earlier scale", code, known: earlier.map(\.code)))
      }
    }
    return place.texts().map { .meanOfScales($0) }
  }

  /// The lowest and highest score that the rule can give; nil where it does not follow.
  private func possible(_ rule: Scale.Rule, _ chosen: [Int]) -> ClosedRange<Double>? {
    let lows = chosen.map { items[$0].lowestValue }
    let highs = chosen.map { items[$0].highestValue }
    switch rule {
    case .sum: return lows.reduce(0, +)...highs.reduce(0, +)
    case .mean:
      guard !chosen.isEmpty else { return nil }
      return lows.reduce(0, +) / Double(chosen.count)...highs.reduce(0, +) / Double(chosen.count)
    case .percentageOfRange: return 0...100
    case .lookup(_, let values): return (values.min() ?? 0)...(values.max() ?? 0)
    case .valueSet(let start, let anyProblem, let anyWorst, let decrements):
      let worst = decrements.reduce(0) { $0 + ($1.max() ?? 0) }
      let lowest = start - anyProblem - anyWorst - worst
      return min(lowest, start)...max(lowest, start)
    case .stateTable(let values): return (values.min() ?? 0)...(values.max() ?? 0)
    case .meanOfScales, .delivered: return nil
    }
  }
}

import Definitions

/// A scale, laid out so that scoring a response takes one pass over its items and no allocation.
struct ScoringPlan: Sendable {
  /// An item of the scale.
  struct Term: Sendable {
    /// Position in the instrument.
    let item: Int
    /// Lowest answer.
    let minimum: Double
    /// The lowest and the highest value that an answer counts for.
    let lowest: Double
    let highest: Double
    /// Whether it counts the other way round.
    let isReversed: Bool
    /// What each answer counts for; empty: the answer itself.
    let values: [Double]
    /// What each level takes off the value of a health state, in millionths, or adds to the number of the state in a
    /// table; empty for other rules.
    let decrements: [Int64]
  }

  /// The rule, with all that does not depend on answers worked out.
  enum Rule: Sendable {
    /// Sum; over fewer items at the person's mean, or as it is.
    case sum(isPersonMean: Bool)
    case mean
    case percentageOfRange
    case lookup(first: Int, values: [Double])
    /// Millionths, so that decimal fractions add up exactly.
    case valueSet(start: Int64, anyProblem: Int64, anyWorst: Int64)
    /// A value per state.
    case stateTable([Double])
    /// Positions of other scales.
    case meanOfScales([Int])
    case delivered
  }

  let rule: Rule
  let terms: [Term]
  let atLeast: Int
  /// Items, or scales for the mean of scales.
  let expected: Int
  /// 10 to the number of decimals; nil: not rounded.
  let rounding: Double?

  private static let millionths = 1e6

  init(_ scale: Scale, of instrument: Instrument) {
    var levels: [[Int64]] = []
    func exact(_ value: Double) -> Int64 { Int64((value * Self.millionths).rounded()) }
    switch scale.rule {
    case .sum: rule = .sum(isPersonMean: scale.missing.isPersonMean)
    case .mean: rule = .mean
    case .percentageOfRange: rule = .percentageOfRange
    case .lookup(let first, let values): rule = .lookup(first: first, values: values)
    case .valueSet(let start, let anyProblem, let anyWorst, let decrements):
      rule = .valueSet(start: exact(start), anyProblem: exact(anyProblem), anyWorst: exact(anyWorst))
      levels = decrements.map { $0.map(exact) }
    case .stateTable(let values):
      rule = .stateTable(values)
      levels = Self.places(scale, of: instrument)
    case .meanOfScales(let codes):
      rule = .meanOfScales(codes.compactMap { code in instrument.scales.firstIndex { $0.code == code } })
    case .delivered: rule = .delivered
    }
    terms = scale.items.enumerated().map { position, index in
      let item = instrument.items[index]
      return Term(
        item: index, minimum: item.minimum, lowest: item.lowestValue, highest: item.highestValue,
        isReversed: scale.reversed.contains(index), values: item.values ?? [],
        decrements: levels.indices.contains(position) ? levels[position] : [])
    }
    if case .meanOfScales(let positions) = rule { expected = positions.count } else { expected = terms.count }
    atLeast = max(1, scale.missing.atLeast)
    rounding = scale.decimals.map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
  }

  /// What each level of each item adds to the number of a state.
  private static func places(_ scale: Scale, of instrument: Instrument) -> [[Int64]] {
    var step: Int64 = 1
    return scale.items.reversed().map { index -> [Int64] in
      let count = Int64(instrument.items[index].maximum - instrument.items[index].minimum) + 1
      defer { step *= count }
      return (0..<count).map { $0 * step }
    }.reversed()
  }

  /// What the answered items add up to.
  struct Tally {
    var answered = 0
    /// Whether an answer lies between two that count for something.
    var isBetween = false
    var sum = 0.0
    var lowest = 0.0
    var highest = 0.0
    /// Decrements in millionths, and whether any level is above the first, or at the last.
    var taken: Int64 = 0
    var isAnyProblem = false
    var isAnyWorst = false
  }

  /// Adds up the answers. NaN is not answered.
  @inline(__always)
  func tally(_ answers: Span<Double>) -> Tally {
    var tally = Tally()
    let terms = terms.span
    for index in terms.indices {
      let item = terms[index].item
      let answer = answers[item]
      if answer.isNaN { continue }
      guard let value = Self.value(of: answer, terms[index]) else {
        tally.isBetween = true
        continue
      }
      tally.answered &+= 1
      tally.sum += value
      tally.lowest += terms[index].lowest
      tally.highest += terms[index].highest
      if !terms[index].decrements.isEmpty { take(answer, terms[index], &tally) }
    }
    return tally
  }

  @inline(__always)
  private func take(_ answer: Double, _ term: Term, _ tally: inout Tally) {
    let step = answer - term.minimum
    guard step == step.rounded(), step >= 0, step < Double(term.decrements.count) else {
      tally.isBetween = true
      return
    }
    let level = Int(step)
    tally.taken &+= term.decrements[level]
    if level > 0 { tally.isAnyProblem = true }
    if level == term.decrements.count &- 1 { tally.isAnyWorst = true }
  }

  /// What an answer counts for; nil for an answer between two that have a value.
  @inline(__always)
  static func value(of answer: Double, _ term: Term) -> Double? {
    var value = answer
    if !term.values.isEmpty {
      let step = answer - term.minimum
      guard step == step.rounded(), step >= 0, step < Double(term.values.count) else { return nil }
      value = term.values[Int(step)]
    }
    return term.isReversed ? term.lowest + term.highest - value : value
  }

  /// The score before it is rounded; NaN when there is none.
  @inline(__always)
  func value(_ tally: Tally) -> Double {
    let isComplete = tally.answered == expected
    switch rule {
    case .sum(let isPersonMean):
      return isPersonMean && !isComplete ? tally.sum * Double(expected) / Double(tally.answered) : tally.sum
    case .mean: return tally.sum / Double(tally.answered)
    case .percentageOfRange:
      let width = tally.highest - tally.lowest
      return width > 0 ? 100 * (tally.sum - tally.lowest) / width : .nan
    case .lookup(let first, let values):
      let index = tally.sum - Double(first)
      guard isComplete, index == index.rounded(), index >= 0, index < Double(values.count) else { return .nan }
      return values[Int(index)]
    case .valueSet(let start, let anyProblem, let anyWorst):
      guard isComplete, !tally.isBetween else { return .nan }
      let whole =
        start - tally.taken - (tally.isAnyProblem ? anyProblem : 0) - (tally.isAnyWorst ? anyWorst : 0)
      return Double(whole) / Self.millionths
    case .stateTable(let values):
      guard isComplete, !tally.isBetween else { return .nan }
      return values[Int(tally.taken)]
    case .meanOfScales, .delivered: return .nan
    }
  }

  /// Half away from zero, as people round. A score that is a decimal fraction on paper, such as −0.5945, must not fall on
  /// the other side because of its binary form: the last bits are taken off first.
  @inline(__always)
  func rounded(_ value: Double) -> Double {
    guard let rounding else { return value }
    let cleaned = (value * rounding * 1e6).rounded() / 1e6
    return cleaned.rounded(.toNearestOrAwayFromZero) / rounding
  }
}

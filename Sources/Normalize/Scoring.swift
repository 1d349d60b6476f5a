public import Definitions

/// Makes scores of answers, by the rules of an instrument: the one place where questionnaires are scored.
public struct Scorer: Sendable {
  /// The instrument.
  public let instrument: Instrument
  private let plans: [ScoringPlan]

  /// A scorer for an instrument.
  public init(instrument: Instrument) {
    self.instrument = instrument
    plans = instrument.scales.map { ScoringPlan($0, of: instrument) }
  }

  /// Why there is no score.
  public enum Reason: String, Sendable {
    /// Fewer items were answered than the missing rule asks for.
    case tooFewAnswers = "too-few-answers"
    /// An answer lies between two that count for something, or the sum is not in the table.
    case noValue = "no-value"
    /// The instrument has no rule for this scale, and the source delivers no score.
    case notDelivered = "not-delivered"
  }

  /// What came of one scale.
  public struct Outcome: Equatable, Sendable {
    /// The score; NaN where there is none.
    public var value: Double
    /// Answered items of the scale; for the mean of scales, scales that have a score.
    public var answered: Int32
    /// Why there is no score; nil where there is one.
    public var reason: Reason?

    /// An outcome.
    public init(value: Double = .nan, answered: Int32 = 0, reason: Reason? = nil) {
      self.value = value
      self.answered = answered
      self.reason = reason
    }
  }

  /// Scores one response.
  ///
  /// - Parameters:
  ///   - answers: one number per item of the instrument, in its order; NaN where not answered. Answers outside the range
  ///     of their item must have been set aside before.
  ///   - outcomes: one outcome per scale, in the order of the instrument; what stood there is replaced.
  public func score(_ answers: Span<Double>, into outcomes: inout MutableSpan<Outcome>) {
    let plans = plans.span
    for scale in plans.indices { outcomes[scale] = outcome(plans[scale], answers, outcomes.span) }
  }

  /// The outcomes of all scales, in order of the instrument.
  public func outcomes(_ answers: [Double]) -> [Outcome] {
    var outcomes = Array(repeating: Outcome(), count: plans.count)
    var span = outcomes.mutableSpan
    score(answers.span, into: &span)
    return outcomes
  }

  @inline(__always)
  private func outcome(_ plan: ScoringPlan, _ answers: Span<Double>, _ earlier: Span<Outcome>) -> Outcome {
    if case .meanOfScales(let positions) = plan.rule { return Self.mean(of: positions, plan, earlier) }
    let tally = plan.tally(answers)
    let answered = Int32(truncatingIfNeeded: tally.answered)
    if case .delivered = plan.rule { return Outcome(answered: answered, reason: .notDelivered) }
    guard tally.answered >= plan.atLeast else {
      return Outcome(answered: answered, reason: tally.isBetween ? .noValue : .tooFewAnswers)
    }
    let value = plan.value(tally)
    if value.isNaN {
      let isShort = tally.answered < plan.expected && !tally.isBetween
      return Outcome(answered: answered, reason: isShort ? .tooFewAnswers : .noValue)
    }
    return Outcome(value: plan.rounded(value), answered: answered)
  }

  /// The mean of the scales that have a score.
  private static func mean(of positions: [Int], _ plan: ScoringPlan, _ earlier: Span<Outcome>) -> Outcome {
    var sum = 0.0
    var count = 0
    for position in positions where !earlier[position].value.isNaN {
      sum += earlier[position].value
      count += 1
    }
    if count < plan.atLeast { return Outcome(answered: Int32(count), reason: .tooFewAnswers) }
    return Outcome(value: plan.rounded(sum / Double(count)), answered: Int32(count))
  }

  /// Whether a delivered score is the computed one, rounded to the decimals that the delivered one has.
  public static func agree(delivered: Double, computed: Double) -> Bool {
    var unit = 1.0
    for _ in 0..<6 {
      let scaled = delivered / unit
      if abs(scaled - scaled.rounded()) < 1e-6 { break }
      unit /= 10
    }
    return abs(delivered - computed) <= unit / 2 + 1e-9
  }

  /// Number of items of a scale, or of scales for the mean of scales.
  public func expected(_ scale: Int) -> Int { plans[scale].expected }
}

/// Scores with their names, for tests and for those who look at one response.
extension Scorer {
  /// A score and how it came about.
  public struct Score: Equatable, Sendable {
    /// Scale code.
    public let scale: String
    /// The score; nil where there is none.
    public let value: Double?
    /// Answered items of the scale.
    public let answered: Int
    /// Items of the scale.
    public let expected: Int
    /// Why there is no score.
    public let reason: Reason?
  }

  /// The scores of all scales, in order of the instrument; `answers` as in `score`.
  public func scores(_ answers: [Double]) -> [Score] {
    zip(instrument.scales, outcomes(answers)).enumerated().map { index, pair in
      Score(
        scale: pair.0.code, value: pair.1.value.isNaN ? nil : pair.1.value, answered: Int(pair.1.answered),
        expected: expected(index), reason: pair.1.reason)
    }
  }

  /// The working of a score: what each item counts for, and what the rule makes of it.
  public struct Working: Sendable {
    /// An item of the scale.
    public struct Term: Sendable {
      /// Item code.
      public let item: String
      /// The answer; nil when not answered.
      public let answer: Double?
      /// What it counts for; nil when not answered or between two that count for something.
      public let value: Double?
      /// Whether it counts the other way round.
      public let isReversed: Bool
    }
    /// Scale code.
    public let scale: String
    /// Items of the scale, in order of the instrument's scale.
    public let terms: [Term]
    /// Sum of the values.
    public let sum: Double
    /// Lowest and highest sum that the answered items can give.
    public let range: ClosedRange<Double>
    /// The score before it is rounded; nil where there is none.
    public let unrounded: Double?
  }

  /// The working of each scale that is made of items, by scale.
  public func workings(_ answers: [Double]) -> [Working] {
    zip(instrument.scales, plans).map { scale, plan in
      let tally = plan.tally(answers.span)
      let value = tally.answered >= plan.atLeast ? plan.value(tally) : .nan
      return Working(
        scale: scale.code,
        terms: plan.terms.map { term in
          let answer = answers[term.item]
          return Working.Term(
            item: instrument.items[term.item].code, answer: answer.isNaN ? nil : answer,
            value: answer.isNaN ? nil : ScoringPlan.value(of: answer, term), isReversed: term.isReversed)
        },
        sum: tally.sum, range: min(tally.lowest, tally.highest)...max(tally.lowest, tally.highest),
        unrounded: value.isNaN ? nil : value)
    }
  }
}

/// What counts when one question has two different answers.
public enum DoubleAnswer: String, Sendable, CaseIterable {
  /// Neither: the question counts as not answered.
  case missing
  /// The worse one, by the direction of the first scale that the item belongs to.
  case worst
  /// The one that comes first in the delivery.
  case first
}

/// What is set aside when an answer is outside the range of its item.
public enum OutOfRange: String, Sendable, CaseIterable {
  /// The answer: the question counts as not answered.
  case answer
  /// The whole questionnaire.
  case response
}

/// When a measurement counts as one of a moment: so many days after (negative: before) the index date.
public struct MomentWindow: Sendable, Equatable {
  /// The moment, for example `T1`.
  public let moment: String
  /// The day that is meant. Of several measurements the one nearest to it counts.
  public let target: Int
  /// First and last day.
  public let days: ClosedRange<Int>

  /// What stands for the moment of a measurement that has no label, until its window is known.
  public static let unlabelled = "?"

  /// A window.
  ///
  /// - Precondition: the target lies in the window.
  public init(moment: String, target: Int, days: ClosedRange<Int>) {
    precondition(days.contains(target))
    self.moment = moment
    self.target = target
    self.days = days
  }
}

/// How a score of this instrument becomes a score of another one: start + factor · score.
public struct Crosswalk: Sendable, Equatable {
  /// Scale of this instrument.
  public let scale: String
  /// The other instrument.
  public let toInstrument: String
  /// Scale of the other instrument.
  public let toScale: String
  /// The score that 0 becomes.
  public let start: Double
  /// What a point counts for.
  public let factor: Double
  /// Where the conversion was published.
  public let reference: String

  /// A crosswalk.
  public init(
    scale: String, toInstrument: String, toScale: String, start: Double, factor: Double, reference: String
  ) {
    self.scale = scale
    self.toInstrument = toInstrument
    self.toScale = toScale
    self.start = start
    self.factor = factor
    self.reference = reference
  }

  /// A score on the other scale.
  public func converted(_ score: Double) -> Double { start + factor * score }
}

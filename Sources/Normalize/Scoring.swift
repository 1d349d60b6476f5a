import Definitions

/// Makes scores of answers, by the rules of an instrument.
struct Scorer {
  let instrument: Instrument

  /// A score and how it came about.
  struct Score: Equatable {
    /// Scale code.
    let scale: String
    /// The score; nil when the missing rule forbids one.
    let value: Double?
    /// Answered items of the scale.
    let answered: Int
    /// Items of the scale.
    let expected: Int
  }

  /// The scores of all scales, in order of the instrument.
  ///
  /// - Parameter answers: one number per item of the instrument, in its order; NaN where not answered. Answers outside the
  ///   range of their item must have been set aside before.
  func scores(_ answers: [Double]) -> [Score] {
    var scores: [Score] = []
    for scale in instrument.scales {
      if case .meanOfScales(let codes) = scale.rule {
        let values = codes.compactMap { code in scores.first { $0.scale == code }?.value }
        let value = values.count >= max(1, scale.missing.atLeast) ? values.reduce(0, +) / Double(values.count) : nil
        scores.append(
          Score(
            scale: scale.code, value: value.map { rounded($0, scale.decimals) }, answered: values.count,
            expected: codes.count))
        continue
      }
      scores.append(score(scale, answers))
    }
    return scores
  }

  private func score(_ scale: Scale, _ answers: [Double]) -> Score {
    var values: [Double] = []
    var minimum = 0.0
    var maximum = 0.0
    for index in scale.items where !answers[index].isNaN {
      let item = instrument.items[index]
      guard let value = Self.value(of: answers[index], item) else { continue }
      values.append(scale.reversed.contains(index) ? item.lowestValue + item.highestValue - value : value)
      minimum += item.lowestValue
      maximum += item.highestValue
    }
    let expected = scale.items.count
    guard values.count >= scale.missing.atLeast, !values.isEmpty else {
      return Score(scale: scale.code, value: nil, answered: values.count, expected: expected)
    }
    let sum = values.reduce(0, +)
    let isComplete = values.count == expected
    let value: Double? =
      switch scale.rule {
      case .sum:
        isComplete ? sum : scale.missing.isPersonMean ? sum * Double(expected) / Double(values.count) : sum
      case .mean: sum / Double(values.count)
      case .percentageOfRange: maximum > minimum ? 100 * (sum - minimum) / (maximum - minimum) : nil
      case .lookup(let first, let table): isComplete ? lookup(sum, first, table) : nil
      case .valueSet(let start, let anyProblem, let anyWorst, let decrements):
        isComplete ? utility(scale, values, start, anyProblem, anyWorst, decrements) : nil
      case .meanOfScales, .delivered: nil
      }
    return Score(
      scale: scale.code, value: value.map { rounded($0, scale.decimals) }, answered: values.count, expected: expected)
  }

  /// What an answer counts for; nil for an answer between two that have a value.
  private static func value(of answer: Double, _ item: Instrument.Item) -> Double? {
    guard let values = item.values else { return answer }
    let step = answer - item.minimum
    return step == step.rounded() && values.indices.contains(Int(step)) ? values[Int(step)] : nil
  }

  private func lookup(_ sum: Double, _ first: Int, _ table: [Double]) -> Double? {
    let index = Int(sum) - first
    return table.indices.contains(index) && sum == sum.rounded() ? table[index] : nil
  }

  private func utility(
    _ scale: Scale, _ levels: [Double], _ start: Double, _ anyProblem: Double, _ anyWorst: Double,
    _ decrements: [[Double]]
  ) -> Double? {
    var value = start
    for (position, level) in levels.enumerated() {
      let step = Int(level - instrument.items[scale.items[position]].minimum)
      // An answer between two levels, which the range check lets through, has no value.
      guard level == level.rounded(), decrements[position].indices.contains(step) else { return nil }
      value -= decrements[position][step]
    }
    if zip(levels, scale.items).contains(where: { $0 > instrument.items[$1].minimum }) { value -= anyProblem }
    let isWorst = zip(levels, scale.items).contains { $0 == instrument.items[$1].maximum }
    return isWorst ? value - anyWorst : value
  }

  /// Half away from zero, as people round. A score that is a decimal fraction on paper, such as −0.5945, must not fall on
  /// the other side because of its binary form: the last bits are taken off first.
  private func rounded(_ value: Double, _ decimals: Int?) -> Double {
    guard let decimals else { return value }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = value * scale
    let cleaned = (scaled * 1e6).rounded() / 1e6
    return cleaned.rounded(.toNearestOrAwayFromZero) / scale
  }
}

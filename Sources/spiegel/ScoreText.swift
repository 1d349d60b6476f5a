import Columns
import Definitions
import Normalize

/// Scores of one response in words and in lines of CSV.
struct ScoreText {
  private let instrument: Instrument
  private let scorer: Scorer

  init(_ instrument: Instrument) {
    self.instrument = instrument
    scorer = Scorer(instrument: instrument)
  }

  /// Names of the columns of `records`.
  static let header = [
    "line", "id", "instrument", "scale", "value", "answered", "expected", "status", "reason", "delivered", "agrees",
  ]

  /// A record of CSV for each scale.
  func records(_ response: AnswerFile.Response) -> [[String]] {
    results(response).map { result -> [String] in
      func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
      let reason: String = result.value == nil ? result.score.reason?.rawValue ?? "" : ""
      let agrees: String = result.agrees.map { $0 ? "yes" : "no" } ?? ""
      let score = result.score
      let counts: [String] = ["\(score.answered)", "\(score.expected)"]
      let place: [String] = ["\(response.line)", response.id, instrument.id, result.scale.code]
      return place + [number(result.value)] + counts + [result.status, reason, number(result.delivered), agrees]
    }
  }

  /// The scores with how they came about, for people.
  func working(_ response: AnswerFile.Response) -> String {
    var text = "line \(response.line)" + (response.id.isEmpty ? "" : ", \(response.id)") + "\n"
    for remark in response.remarks { text += "  \(remark)\n" }
    let workings = scorer.workings(response.answers)
    for (index, result) in results(response).enumerated() {
      text += "  \(result.scale.code): \(headline(result))\n"
      if !workings[index].terms.isEmpty { text += "    \(items(workings[index]))\n" }
      if let step = step(result, workings[index], response) { text += "    \(step)\n" }
      if let agrees = result.agrees, let delivered = result.delivered {
        text += "    delivered \(shown(delivered)): \(agrees ? "the same" : "differs from the computed score")\n"
      }
      for crosswalk in instrument.crosswalks where crosswalk.scale == result.scale.code {
        guard let value = result.value else { continue }
        text += "    as \(crosswalk.toInstrument) \(crosswalk.toScale): \(shown(crosswalk.start)) + "
        text += "\(shown(crosswalk.factor)) × \(shown(value)) = \(shown(crosswalk.converted(value)))\n"
      }
    }
    return text
  }

  private struct Result {
    let scale: Scale
    let score: Scorer.Score
    let value: Double?
    let delivered: Double?
    let status: String
    /// Whether a delivered score is the computed one; nil where there are not both.
    let agrees: Bool?
  }

  private func results(_ response: AnswerFile.Response) -> [Result] {
    zip(instrument.scales, scorer.scores(response.answers)).enumerated().map { index, pair in
      let (scale, score) = pair
      let number = response.delivered[index]
      let delivered = number.isNaN ? nil : number
      let counts = scale.rule == .delivered ? delivered.flatMap { scale.isPossible($0) ? $0 : nil } : score.value
      let status = counts == nil ? "incomplete" : scale.rule == .delivered ? "delivered" : "computed"
      let agrees =
        scale.rule == .delivered
        ? nil
        : score.value.flatMap { value in
          delivered.map { Scorer.agree(delivered: $0, computed: value) }
        }
      return Result(scale: scale, score: score, value: counts, delivered: delivered, status: status, agrees: agrees)
    }
  }

  private func headline(_ result: Result) -> String {
    let scale = result.scale
    let direction =
      switch scale.direction {
      case .higherBetter: "higher is better"
      case .lowerBetter: "lower is better"
      case .neutral: "neither way is better"
      }
    let range = "\(shown(scale.minimum)) to \(shown(scale.maximum)), \(direction)"
    let counts = "\(result.score.answered) of \(result.score.expected) " + (scale.isOfScales ? "scales" : "answered")
    if let value = result.value { return "\(shown(value)) (\(range)); \(counts); \(result.status)" }
    let why =
      switch result.score.reason {
      case .tooFewAnswers: "too few answers, at least \(max(1, scale.missing.atLeast)) are needed"
      case .noValue: "an answer or sum between two that have a value"
      case .notDelivered, nil: "no score delivered within the range, and no rule to compute one"
      }
    return "no score (\(range)); \(counts); \(why)"
  }

  /// `1=2; 2=–; 3=4→1`: the answers, and what they count for where that is something else.
  private func items(_ working: Scorer.Working) -> String {
    "items "
      + working.terms.map { term in
        let name = term.item + (term.isReversed ? " (reversed)" : "")
        guard let answer = term.answer else { return "\(name)=–" }
        guard let value = term.value else { return "\(name)=\(shown(answer))→no value" }
        return value == answer ? "\(name)=\(shown(answer))" : "\(name)=\(shown(answer))→\(shown(value))"
      }.joined(separator: "; ")
  }

  /// What the rule makes of the answers; nil where there is no score to explain.
  private func step(_ result: Result, _ working: Scorer.Working, _ response: AnswerFile.Response) -> String? {
    guard result.value != nil else { return nil }
    let scale = result.scale
    let (answered, expected) = (result.score.answered, result.score.expected)
    let sum = shown(working.sum)
    var text: String
    switch scale.rule {
    case .sum:
      text = "sum \(sum)"
      if answered < expected, scale.missing.isPersonMean {
        text += " × \(expected) / \(answered) = \(shown(working.unrounded ?? .nan))"
      }
    case .mean: text = "mean \(sum) / \(answered) = \(shown(working.unrounded ?? .nan))"
    case .percentageOfRange:
      text = "100 × (\(sum) − \(shown(working.range.lowerBound))) / (\(shown(working.range.upperBound)) − "
      text += "\(shown(working.range.lowerBound))) = \(shown(working.unrounded ?? .nan))"
    case .lookup: text = "sum \(sum), in the table \(shown(working.unrounded ?? .nan))"
    case .valueSet(let start, let anyProblem, let anyWorst, let decrements):
      text = values(start, anyProblem, anyWorst, decrements, working) + " = \(shown(working.unrounded ?? .nan))"
    case .stateTable:
      let state = working.terms.map { shown($0.answer ?? .nan) }.joined()
      text = "state \(state), in the table \(shown(working.unrounded ?? .nan))"
    case .meanOfScales(let codes):
      let scores = scorer.scores(response.answers)
      let parts = codes.compactMap { code in scores.first { $0.scale == code }?.value }
      text = "mean of scales (\(parts.map(shown).joined(separator: " + "))) / \(parts.count)"
    case .delivered: return nil
    }
    return scale.decimals.map { "\(text), to \($0) decimals \(shown(result.value ?? .nan))" } ?? text
  }

  private func values(
    _ start: Double, _ anyProblem: Double, _ anyWorst: Double, _ decrements: [[Double]], _ working: Scorer.Working
  ) -> String {
    var text = shown(start)
    var isAny = false
    var isWorst = false
    for (term, list) in zip(working.terms, decrements) {
      guard let answer = term.answer, let index = instrument.index(ofItem: term.item) else { continue }
      let level = Int(answer - instrument.items[index].minimum)
      isAny = isAny || level > 0
      isWorst = isWorst || level == list.count - 1
      if list.indices.contains(level), level > 0 { text += " − \(shown(list[level])) (\(term.item))" }
    }
    if isAny, anyProblem != 0 { text += " − \(shown(anyProblem)) (any problem)" }
    if isWorst, anyWorst != 0 { text += " − \(shown(anyWorst)) (any worst)" }
    return text
  }
}

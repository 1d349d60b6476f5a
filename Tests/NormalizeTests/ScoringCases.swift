import Definitions
@testable import Normalize
import TestSupport
import Testing

/// Cases per questionnaire and scale, one a line: `instrument scale | answers | score`. Answers stand in the order of the
/// questionnaire, `-` for a question not answered, or as `item=answer`. The scores were worked out apart from the engine,
/// from the published rules.
enum ScoringCases {
  struct Case: Sendable, CustomTestStringConvertible {
    let instrument: String
    let scale: String
    let answers: [String]
    /// Nil where the missing rule forbids a score.
    let score: Double?
    var testDescription: String { "\(instrument) \(scale) \(answers.joined(separator: " "))" }

    init?(_ line: Substring) {
      let parts = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
      guard parts.count == 3, parts[0].count == 2, parts[2].count == 1 else { return nil }
      let score = Double(parts[2][0])
      if score == nil && parts[2][0] != "none" { return nil }
      (instrument, scale, answers, self.score) = (parts[0][0], parts[0][1], parts[1], score)
    }

    /// A number per item; NaN where not answered.
    func numbers(_ instrument: Instrument) throws -> [Double] {
      if answers.contains(where: { $0.contains("=") }) {
        var numbers = Array(repeating: Double.nan, count: instrument.items.count)
        for answer in answers {
          let pair = answer.split(separator: "=").map(String.init)
          numbers[try #require(instrument.index(ofItem: pair[0]))] = try #require(Double(pair[1]))
        }
        return numbers
      }
      #expect(answers.count == instrument.items.count, "\(instrument.id)")
      return try answers.map { $0 == "-" ? .nan : try #require(Double($0)) }
    }
  }

  static let all = (sums + "\n" + tables).split(separator: "\n").map { Case($0) }
}

@Suite("Every questionnaire, case by case")
struct ScoringCaseTests {
  static let cases = ScoringCases.all.compactMap(\.self)

  @Test("every line is a case")
  func readable() { #expect(!ScoringCases.all.contains { $0 == nil }) }

  @Test("the score of the case", arguments: cases)
  func score(_ example: ScoringCases.Case) throws {
    let instrument = try #require(try Instruments.all.get()[example.instrument])
    let score = try #require(
      Scorer(instrument: instrument).scores(try example.numbers(instrument)).first { $0.scale == example.scale })
    if let expected = example.score {
      #expect(abs(try #require(score.value) - expected) < 1e-9)
      #expect(score.reason == nil)
    } else {
      #expect(score.value == nil && score.reason == .tooFewAnswers)
    }
  }

  /// A questionnaire that is added needs its cases.
  @Test("each scale has its lowest, its highest, a score between, and one that is not there")
  func complete() throws {
    for instrument in try Instruments.all.get().values where !["ache", "mood"].contains(instrument.id) {
      for scale in instrument.scales where scale.rule != .delivered {
        let cases = Self.cases.filter { $0.instrument == instrument.id && $0.scale == scale.code }
        let scores = cases.compactMap(\.score)
        let name = "\(instrument.id) \(scale.code)"
        #expect(scores.contains { abs($0 - scale.minimum) < 1e-9 }, "\(name): no lowest")
        #expect(scores.contains { abs($0 - scale.maximum) < 1e-9 }, "\(name): no highest")
        #expect(scores.contains { $0 > scale.minimum && $0 < scale.maximum }, "\(name): none between")
        #expect(cases.contains { $0.score == nil }, "\(name): none that is not there")
      }
    }
  }

  /// The missing rule at its limit and one past it, by the definition itself: whatever the answers.
  @Test("as many answers as the rule asks for are enough, one less is not")
  func limits() throws {
    for instrument in try Instruments.all.get().values {
      let scorer = Scorer(instrument: instrument)
      for (index, scale) in instrument.scales.enumerated() where !scale.items.isEmpty && !scale.isOfScales {
        for answered in [scale.missing.atLeast, scale.missing.atLeast - 1] {
          var answers = Array(repeating: Double.nan, count: instrument.items.count)
          for item in scale.items.prefix(answered) { answers[item] = instrument.items[item].minimum }
          let outcome = scorer.outcomes(answers)[index]
          #expect(outcome.answered == answered)
          #expect(outcome.value.isNaN == (answered < scale.missing.atLeast), "\(instrument.id) \(scale.code)")
        }
      }
    }
  }

  static let valueSets = [
    "eq-5d-5l-nl", "eq-5d-3l-nl-2006", "eq-5d-3l-nl-2026", "eq-5d-3l-uk", "eq-5d-5l-nl-crosswalk",
  ]

  @Test("a worse state is never worth more", arguments: valueSets)
  func monotonic(id: String) throws {
    let instrument = try #require(try Instruments.all.get()[id])
    let scorer = Scorer(instrument: instrument)
    let levels = Int(instrument.items[0].maximum)
    func value(_ state: Int) -> Double {
      var rest = state
      let answers = (0..<5).map { _ -> Double in
        defer { rest /= levels }
        return Double(rest % levels + 1)
      }
      return scorer.outcomes(answers)[0].value
    }
    var step = 1
    var compared = 0
    let states = (0..<5).reduce(1) { count, _ in count * levels }
    for _ in 0..<5 {
      for state in 0..<states where state / step % levels < levels - 1 {
        #expect(value(state + step) <= value(state))
        compared += 1
      }
      step *= levels
    }
    #expect(compared == 5 * states / levels * (levels - 1))
  }

  @Test("the working of a score is what the score is made of")
  func workings() throws {
    let instrument = try #require(try Instruments.all.get()["promis-slaap-4a"])
    let working = Scorer(instrument: instrument).workings([4, 5, 3, .nan])[0]
    #expect(working.terms.map(\.value) == [2, 1, 3, nil])
    #expect(working.terms.map(\.isReversed) == [true, true, false, false])
    #expect(working.sum == 6 && working.unrounded == nil)
    #expect(Scorer(instrument: instrument).workings([4, 5, 3, 1])[0].unrounded == 43.8)
  }
}

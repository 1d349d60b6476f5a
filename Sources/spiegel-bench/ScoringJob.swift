import Definitions
import Foundation
import Normalize
import Workspace

/// Scores made-up answers to every questionnaire of a folder, as many answers to each: what scoring alone takes.
///
///     spiegel-bench scoring [INSTRUMENTS] [--answers N] [--jobs N] [--runs N]
struct ScoringJob {
  private var folder = "pipelines/instruments"
  private var answers = 10_000_000
  private var jobs = 2
  private var runs = 5

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func number(_ name: String) throws -> Int {
      guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
        throw BenchError("\(name) needs a number above 0")
      }
      return value
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--answers": answers = try number(argument)
      case "--jobs": jobs = try number(argument)
      case "--runs": runs = try number(argument)
      default: folder = argument
      }
    }
  }

  /// Responses to one questionnaire, back to back.
  private struct Batch: Sendable {
    let scorer: Scorer
    let answers: [Double]
    var width: Int { scorer.instrument.items.count }
  }

  func run() throws {
    let instruments = try Instrument.loadAll(folder: URL(filePath: folder)).filter { !$0.items.isEmpty }
    let batches = self.batches(instruments)
    let total = batches.reduce(0) { $0 + $1.answers.count }
    let responses = batches.reduce(0) { $0 + $1.answers.count / $1.width }
    print("\(total) answers, \(responses) responses, \(instruments.count) instruments, \(jobs) threads")
    var times: [Double] = []
    let clock = ContinuousClock()
    for run in 1...runs {
      let start = clock.now
      let scores = try inParallel(batches.count, jobs: jobs) { (index) throws(Problem) in Self.score(batches[index]) }
      let seconds = (clock.now - start) / .seconds(1)
      times.append(seconds)
      print("run \(run): \(Self.short(seconds)) s, \(scores.reduce(0, +)) scores")
    }
    print("median \(Self.short(median(times))) s, \(Int(Double(total) / median(times) / 1e6)) million answers a second")
  }

  /// The number of scores that the answers give.
  private static func score(_ batch: Batch) -> Int {
    var outcomes = Array(repeating: Scorer.Outcome(), count: batch.scorer.instrument.scales.count)
    var count = 0
    for start in stride(from: 0, to: batch.answers.count, by: batch.width) {
      var span = outcomes.mutableSpan
      batch.scorer.score(batch.answers.span.extracting(start..<start + batch.width), into: &span)
      for outcome in outcomes where !outcome.value.isNaN { count += 1 }
    }
    return count
  }

  /// Batches small enough to divide over threads; one answer in fifty is missing.
  private func batches(_ instruments: [Instrument]) -> [Batch] {
    let parts = 8
    let each = answers / instruments.count / parts
    var state: UInt64 = 20_261_121
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    return instruments.flatMap { instrument in
      let scorer = Scorer(instrument: instrument)
      return (0..<parts).map { _ in
        let responses = max(1, each / instrument.items.count)
        let answers = (0..<responses).flatMap { _ in
          instrument.items.map { item -> Double in
            if next() % 50 == 0 { return .nan }
            return item.minimum + Double(next() % UInt64(item.maximum - item.minimum + 1))
          }
        }
        return Batch(scorer: scorer, answers: answers)
      }
    }
  }

  private static func short(_ seconds: Double) -> String { "\((seconds * 1000).rounded() / 1000)" }
}

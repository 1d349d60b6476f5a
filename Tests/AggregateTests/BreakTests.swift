import Columns
import CoreDataset
import Definitions
import Testing

@testable import Aggregate

@Suite("Breaks in series that nobody has to declare")
struct BreakTests {
  /// A source of claims in which the code X meant one kind of care, and another from a day on.
  static func source(_ column: String, _ before: String, _ after: String, from day: String) throws -> Source {
    let first = try #require(Day(day))
    var field = FieldMapping(target: column, columns: ["c"], codes: ["X": after], unknown: .reject)
    field.decisions = [
      CodeDecision(local: "X", standard: before, to: Day(first.number - 1)),
      CodeDecision(local: "X", standard: after, from: first),
      // A code that is new breaks nothing: there was no such care.
      CodeDecision(local: "N", standard: after, from: first),
    ]
    return Source(
      id: "claims", version: "1", reportedBy: .insurer, delivers: .claimLine, namePatterns: [],
      format: .delimited(delimiter: 0x3B, hasHeader: true, skipLines: 0), encoding: .utf8, amounts: AmountFormat(),
      dates: [], missing: [], fields: [field], questionnaires: [])
  }

  static func causes(_ trial: Trial) -> [String: String] {
    let pipeline = trial.pipeline
    return DetectedBreaks().causes(pipeline.indicators[0], pipeline, Axis(pipeline))
  }

  @Test("a code that goes from care that counts to care that does not, or back")
  func mapping() throws {
    var trial = Trial(kind: .costPerPersonYear)
    trial.sources = [try Self.source("care_type", "paramedical", "pharmacy", from: "2016-01-01")]
    // All care: the line counts before and after.
    #expect(Self.causes(trial) == [:])
    trial.parameters.careTypes = [.pharmacy]
    #expect(Self.causes(trial) == ["2016": "mapping"])
    trial.parameters.careTypes = [.paramedical, .pharmacy]
    #expect(Self.causes(trial) == [:])
    trial.parameters.careTypes = [.medicalSpecialist]
    #expect(Self.causes(trial) == [:])
    trial.parameters.careTypes = []
    trial.parameters.byCareType = true
    #expect(Self.causes(trial) == ["2016": "mapping"])
    trial.parameters.byCareType = false
    // Paramedical care is first line, pharmacy neither, and general practice first line too.
    trial.parameters.careLines = [.first]
    #expect(Self.causes(trial) == ["2016": "mapping"])
    trial.sources = [try Self.source("care_type", "paramedical", "general-practice", from: "2016-01-01")]
    #expect(Self.causes(trial) == [:])
    trial.parameters.careLines = []
    // The period in which the day lies.
    trial.parameters.careTypes = [.pharmacy]
    trial.sources = [try Self.source("care_type", "paramedical", "pharmacy", from: "2016-07-01")]
    #expect(Self.causes(trial) == ["2016": "mapping"])
    // A change on the first day of all has nothing before it.
    trial.sources = [try Self.source("care_type", "paramedical", "pharmacy", from: "2015-01-01")]
    #expect(Self.causes(trial) == [:])
    // What another party reports is not counted.
    trial.reportedBy = .provider
    trial.sources = [try Self.source("care_type", "paramedical", "pharmacy", from: "2016-01-01")]
    #expect(Self.causes(trial) == [:])
  }

  @Test("an activity, and the activities that stays are made of")
  func activity() throws {
    let source = try Self.source("activity", "consult", "bed-day", from: "2016-01-01")
    var trial = Trial(kind: .eventRate)
    trial.sources = [source]
    trial.parameters.activities = [.consult]
    #expect(Self.causes(trial) == ["2016": "mapping"])
    trial.parameters.activities = [.imaging]
    #expect(Self.causes(trial) == [:])
    var stays = Trial(kind: .stayRate)
    stays.sources = [source]
    #expect(Self.causes(stays) == ["2016": "mapping"])
    stays.kind = .scoreChange
    #expect(Self.causes(stays) == [:])
  }

  @Test("scores that are converted from those of another instrument in one period and not in the next")
  func instrument() throws {
    var trial = OutcomeTests.trial(.scoreLevel)
    let axis = Axis(trial.pipeline)
    func person(_ id: UInt64, _ index: String) -> Human {
      Human(id: id, courses: [.init(index: index, scores: ["T0": 5])])
    }
    var before = bucket([person(1, "2015-02-01"), person(2, "2015-03-01"), person(3, "2015-04-01")])
    // Two of the three of 2015 are converted; of 2016 none is.
    for number in [0, 3] { before.measurements[number].isConverted = true }
    var breaks = DetectedBreaks()
    breaks.add(before, axis)
    var others = DetectedBreaks()
    others.add(bucket([person(4, "2016-02-01")]), axis)
    breaks.merge(others)
    let pipeline = trial.pipeline
    #expect(breaks.causes(pipeline.indicators[0], pipeline, axis) == ["2016": "instrument"])
    before.measurements[3].isConverted = false
    var few = DetectedBreaks()
    few.add(before, axis)
    few.merge(others)
    #expect(few.causes(pipeline.indicators[0], pipeline, axis) == [:])
    // It stands in the figures, and what the definition says goes before it.
    let measure = Measures.make(MeasureContext(indicator: pipeline.indicators[0], pipeline: pipeline, axis: axis))
    let sums = trial.sums([[person(1, "2015-02-01"), person(4, "2016-02-01")]])
    func marks(_ trial: Trial) -> [String?] {
      Figures(
        indicator: trial.pipeline.indicators[0], pipeline: trial.pipeline, measure: measure, axis: axis,
        breaks: ["2016": "instrument"]
      ).rows(sums).filter { $0.unit == "NL" }.map(\.seriesBreak)
    }
    #expect(marks(trial) == [nil, "instrument"])
    trial.series.breaks = [.init(from: "2016", cause: .definition, why: "")]
    #expect(marks(trial) == [nil, "definition"])
  }
}

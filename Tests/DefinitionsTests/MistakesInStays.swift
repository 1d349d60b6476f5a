import Testing

extension Mistakes {
  private static func edit(_ measure: String, _ messages: String...) -> Mistake {
    Mistake(
      "indicators/cost.yaml", "measure: claim-rate, parameters: {care-lines: [first]}", measure, messages: messages)
  }

  /// Parameters of measures of stays; the mistake stands in line 14.
  static let stays = [
    edit(
      "measure: readmission, parameters: {follow-up-days: 30}",
      "indicators/cost.yaml:14:80: expected {value: …, why: …, since: …}, found \"30\""),
    edit(
      "measure: readmission, parameters: {follow-up-days: {value: 0, why: w, since: 2026}}",
      "indicators/cost.yaml:14:88: 0 is not between 1 and 366"),
    edit(
      "measure: readmission, parameters: {attribute-to: middle}",
      "indicators/cost.yaml:14:78: unknown value \"middle\"; expected one of: first, last"),
    edit(
      "measure: emergency-rate, parameters: {admitted: perhaps}",
      "indicators/cost.yaml:14:77: expected true or false, found \"perhaps\""),
    edit(
      "measure: avoidable-admissions",
      "indicators/cost.yaml:14:5: measure avoidable-admissions needs \"parameters\": diagnosis-list"),
    edit(
      "measure: avoidable-admissions, parameters: {diagnosis-list: codes/none.csv}",
      "indicators/cost.yaml:14:89: there is no file codes/none.csv"),
    edit(
      "measure: stay-rate, parameters: {excluded-diagnoses: [\"\"]}",
      "indicators/cost.yaml:14:83: expected a text, found \"\""),
    edit(
      "measure: stay-rate, parameters: {activities: [admission]}",
      "indicators/cost.yaml:14:62: measure stay-rate does not take \"activities\"; it takes care-types, diagnoses, "
        + "diagnosis-list, excluded-diagnoses, unplanned"),
  ]
}

@Suite("Mistakes in lists of diagnoses")
struct DiagnosisListTests {
  private func problems(_ list: String) throws -> [String] {
    var pipeline = SmallPipeline()
    try pipeline.edit(
      "indicators/cost.yaml", "measure: claim-rate, parameters: {care-lines: [first]}",
      "measure: avoidable-admissions, parameters: {diagnosis-list: codes/list.csv}")
    pipeline.files["codes/list.csv"] = list
    return try pipeline.problems()
  }

  @Test func right() throws { #expect(try problems("# source\ndiagnosis;group\nI50;heart\n") == []) }

  @Test func wrong() throws {
    #expect(
      try problems("diagnosis;group\nI50;heart\nI50;heart\n;asthma\n") == [
        "codes/list.csv:3:1: diagnosis \"I50\" occurs twice",
        "codes/list.csv:4:1: every code starts with nothing; give a diagnosis code",
      ])
    #expect(
      try problems("code;group\nI50;heart\n") == [
        "codes/list.csv:1:1: expected the header diagnosis;group, found \"code;group\""
      ])
  }
}

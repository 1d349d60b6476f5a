import Testing

@Suite("Mistakes in code lists")
struct CodeListMistakes {
  private func problems(_ list: String) throws -> [String] {
    var pipeline = SmallPipeline()
    pipeline.files["sources/other.yaml"] = """
      version: "1"
      reported-by: insurer
      delivers: claim_line
      recognise: {name: "other*.csv"}
      format: {type: delimited, delimiter: ",", encoding: utf-8}
      fields:
        claim: {column: id}
        line: {column: number}
        person: {column: bsn, form: bsn}
        care_type: {column: care, codes: codes/other.csv}
        start: {column: day}
        amount_cents: {column: amount}
      """
    pipeline.files["codes/other.csv"] = list
    return try pipeline.problems()
  }

  @Test(arguments: [
    "local;standard\na;pharmacy\n", "local;standard;from;to\na;pharmacy;;2015-12-31\na;dental;2016-01-01;\n",
    "local;standard;decided_by;decided_on\na;pharmacy;J. Jansen;2026-01-05\n",
    "local;standard;from;to;decided_by;decided_on\na;pharmacy;;;J. Jansen;2026-01-05\n",
  ])
  func right(list: String) throws { #expect(try problems(list) == []) }

  @Test(arguments: [
    (
      "local;standard;from;to\na;pharmacy;;2016-01-01\na;dental;2016-01-01;\n",
      "codes/other.csv:3:1: code \"a\" occurs twice on some days"
    ),
    ("local;standard\na;pharmacy\na;dental\n", "codes/other.csv:3:1: code \"a\" occurs twice"),
    (
      "local;standard;from;to\na;pharmacy;2016-01-02;2016-01-01\n",
      "codes/other.csv:2:1: the last day, 2016-01-01, lies before the first, 2016-01-02"
    ),
    (
      "local;standard;from;to\na;pharmacy;1-1-2016;\n",
      "codes/other.csv:2:1: expected a date as yyyy-MM-dd, found \"1-1-2016\""
    ),
    (
      "local;standard;decided_by;decided_on\na;pharmacy;;2026-01-05\n",
      "codes/other.csv:2:1: the line does not say who decided it"
    ),
    (
      "local;standard;decided_by;decided_on\na;pharmacy;J. Jansen;\n",
      "codes/other.csv:2:1: the line does not say when it was decided"
    ),
  ])
  func wrong(list: String, message: String) throws { #expect(try problems(list) == [message]) }
}

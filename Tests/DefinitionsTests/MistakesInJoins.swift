import Testing

@Suite("Mistakes in what puts lines and heads of claims together")
struct JoinMistakes {
  static let head = """
    version: "1"
    reported-by: insurer
    delivers: claim_header
    recognise: {name: "head*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: id}
      person: {column: bsn, form: bsn}
      care_type: {constant: pharmacy}
      start: {column: day}
    """
  static let lines = """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "detail*.csv"}
    join: {source: head, on: claim}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: id}
      line: {column: number}
      amount_cents: {column: amount}
    """

  private func problems(
    _ change: (old: String, new: String) = ("", ""), head: (old: String, new: String) = ("", "")
  ) throws -> [String] {
    var pipeline = SmallPipeline()
    func changed(_ text: String, _ change: (old: String, new: String)) -> String {
      change.old.isEmpty ? text : text.replacing(change.old, with: change.new)
    }
    pipeline.files["sources/head.yaml"] = changed(Self.head, head)
    pipeline.files["sources/detail.yaml"] = changed(Self.lines, change)
    return try pipeline.problems()
  }

  @Test func right() throws { #expect(try problems() == []) }

  @Test(arguments: [
    (
      "source: head", "source: haed",
      [
        "sources/detail.yaml:5:7: there is no source of claim_header \"haed\"; there is: head",
        "sources/head.yaml: delivers heads of claims, and no source of claim_line has it under \"join\"",
      ]
    ),
    (
      "on: claim", "on: person",
      ["sources/detail.yaml:5:7: lines and heads are joined on the number of the claim; \"on\" is \"claim\""]
    ),
    (", on: claim", "", ["sources/detail.yaml:5:7: missing key \"on\""]),
    (
      "reported-by: insurer", "reported-by: provider",
      ["sources/detail.yaml:5:7: the heads are reported by insurer, the lines by provider"]
    ),
    (
      "line: {column: number}", "line: {column: number}\n  start: {column: day}",
      ["sources/detail.yaml:5:7: \"start\" is a field of the lines and of source head; leave one of them out"]
    ),
    (
      "  amount_cents: {column: amount}", "",
      ["sources/detail.yaml:7:1: claim_line needs the field \"amount_cents\""]
    ),
  ])
  func wrong(old: String, new: String, messages: [String]) throws {
    let found = try problems((old, new))
    for message in messages { #expect(found.contains(message), "\(found)") }
    #expect(!found.isEmpty)
  }

  @Test func wrongHead() throws {
    #expect(
      try problems(head: ("  start: {column: day}", "")) == [
        "sources/detail.yaml:5:7: claim_line needs the field \"start\", of the lines or of source head"
      ])
    #expect(
      try problems(head: ("claim: {column: id}", "line: {column: id}")).contains {
        $0.hasPrefix("sources/head.yaml:7:3: ") && $0.contains("claim_header") && $0.contains("\"line\"")
      })
  }
}

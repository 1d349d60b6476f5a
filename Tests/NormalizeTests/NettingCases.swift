import TestPipelines

/// Bills with credits, each drawn up by hand, with what must come of them.
struct NettingCase: CustomStringConvertible, Sendable {
  /// Why it must come out so.
  let why: String
  /// Lines per delivery, in order of delivery.
  let deliveries: [[Bill]]
  /// What the core dataset holds: claim, line and amount in cents.
  let core: [String]
  /// Credits kept apart: claim, line, amount in cents and reason.
  var apart: [String] = []
  var description: String { why }

  /// One line of a bill; the parts that a case is not about are the same in all.
  struct Bill: Sendable {
    let claim: String
    let line: Int
    let person: Int
    let provider: String
    let code: String
    let start: String
    let euros: String
    let corrects: String
    let correctsLine: String
    let care: String

    init(
      _ claim: String, _ line: Int, _ euros: String, corrects: String = "", line correctsLine: String = "",
      person: Int = 0, provider: String = "01000001", code: String = "190021", start: String = "2015-03-01",
      care: String = "ms"
    ) {
      (self.claim, self.line, self.euros, self.corrects, self.correctsLine) = (
        claim, line, euros, corrects, correctsLine
      )
      (self.person, self.provider, self.code, self.start, self.care) = (person, provider, code, start, care)
    }

    init(
      _ claim: String, _ euros: String, corrects: String = "", line correctsLine: String = "",
      person: Int = 0, provider: String = "01000001", code: String = "190021", start: String = "2015-03-01",
      care: String = "ms"
    ) {
      self.init(
        claim, 1, euros, corrects: corrects, line: correctsLine, person: person, provider: provider, code: code,
        start: start, care: care)
    }

    var text: String {
      "\(claim),\(line),\(Persons.number(person)),\(provider),\(care),\(code),\(start),\(euros),\(corrects),\(correctsLine)\n"
    }
  }

  /// Methods §10: a credit is netted with its debit on provider, person, code, date and reference; both go if the sum is
  /// 0, a partial credit leaves the net amount, an unmatched credit goes to a bucket of its own with its sign.
  static let byReference: [NettingCase] = [
    NettingCase(
      why: "a full credit takes the line away: the sum is 0, so that neither counts as volume or cost",
      deliveries: [[Bill("D1", "100"), Bill("D2", "50"), Bill("C1", "-100", corrects: "D1", line: "1")]],
      core: ["D2 1 5000"]),
    NettingCase(
      why: "a partial credit leaves the net amount on the one line: volume one, cost 60",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-40", corrects: "D1", line: "1")]], core: ["D1 1 6000"]),
    NettingCase(
      why: "two partial credits add up; the cent that is left still counts",
      deliveries: [
        [
          Bill("D1", "100"), Bill("C1", "-40", corrects: "D1", line: "1"),
          Bill("C2", "-59.99", corrects: "D1", line: "1"),
        ]
      ], core: ["D1 1 1"]),
    NettingCase(
      why: "two partial credits that add up to the whole take the line away",
      deliveries: [
        [Bill("D1", "100"), Bill("C1", "-40", corrects: "D1", line: "1"), Bill("C2", "-60", corrects: "D1", line: "1")]
      ], core: []),
    NettingCase(
      why: "the credit comes in a later delivery, as it mostly does",
      deliveries: [[Bill("D1", "100")], [Bill("C1", "-100", corrects: "D1", line: "1")]], core: []),
    NettingCase(
      why: "the credit stands before its debit, in an earlier delivery: order of files means nothing to a reference",
      deliveries: [[Bill("C1", "-30", corrects: "D1", line: "1")], [Bill("D1", "100")]], core: ["D1 1 7000"]),
    NettingCase(
      why: "re-declared under a new number: credit takes the old line away, the new one counts",
      deliveries: [
        [Bill("D1", "100")],
        [Bill("C1", "-100", corrects: "D1", line: "1"), Bill("D2", "80", corrects: "D1", line: "1")],
      ], core: ["D2 1 8000"]),
    NettingCase(
      why: "re-declared twice: each credit takes back the line that it names",
      deliveries: [
        [Bill("D1", "100")], [Bill("C1", "-100", corrects: "D1", line: "1"), Bill("D2", "80")],
        [Bill("C2", "-80", corrects: "D2", line: "1"), Bill("D3", "90")],
      ], core: ["D3 1 9000"]),
    NettingCase(
      why: "one line of a claim of two is credited; the other stays",
      deliveries: [[Bill("D1", 1, "100"), Bill("D1", 2, "100"), Bill("C1", "-100", corrects: "D1", line: "2")]],
      core: ["D1 1 10000"]),
    NettingCase(
      why: "a credit that names the claim alone goes to the line of that claim with the same care",
      deliveries: [[Bill("D1", 1, "100", code: "190007"), Bill("D1", 2, "100"), Bill("C1", "-100", corrects: "D1")]],
      core: ["D1 1 10000"]),
    NettingCase(
      why: "of two lines alike the one that is taken back whole goes before the one that is large enough",
      deliveries: [[Bill("D1", 1, "100"), Bill("D1", 2, "40"), Bill("C1", "-40", corrects: "D1")]],
      core: ["D1 1 10000"]),
    NettingCase(
      why: "of two lines alike none of which is taken back whole, the first with enough left",
      deliveries: [[Bill("D1", 1, "30"), Bill("D1", 2, "100"), Bill("C1", "-40", corrects: "D1")]],
      core: ["D1 1 3000", "D1 2 6000"]),
    NettingCase(
      why: "a credit with the number of its own debit is no re-delivery of it",
      deliveries: [[Bill("D1", "100")], [Bill("D1", "-100")]], core: []),
    NettingCase(
      why: "a partial credit with the number of its own debit",
      deliveries: [[Bill("D1", "100"), Bill("D1", "-25")]], core: ["D1 1 7500"]),
    NettingCase(
      why: "of a credit delivered twice with the same number one counts, as of any line",
      deliveries: [
        [Bill("D1", "100"), Bill("C1", "-40", corrects: "D1", line: "1")],
        [Bill("C1", "-40", corrects: "D1", line: "1")],
      ], core: ["D1 1 6000"]),
    NettingCase(
      why: "a debit delivered again is credited once, in the amount of the later delivery",
      deliveries: [[Bill("D1", "100")], [Bill("D1", "90"), Bill("C1", "-90", corrects: "D1", line: "1")]], core: []),
    NettingCase(
      why: "a line of 0 euros is care that was given: it stays, as a line of its own",
      deliveries: [[Bill("D1", "0"), Bill("D2", "10"), Bill("C1", "-10", corrects: "D2", line: "1")]], core: ["D1 1 0"]),
  ]

  static let unmatched: [NettingCase] = [
    NettingCase(
      why:
        "a credit for a line of before the first delivery is kept apart: the line's cost is not in this dataset either",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-70", corrects: "D0", line: "1")]], core: ["D1 1 10000"],
      apart: ["C1 1 -7000 no-such-line"]),
    NettingCase(
      why: "the line that is named is there, but not that number of line",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-100", corrects: "D1", line: "2")]], core: ["D1 1 10000"],
      apart: ["C1 1 -10000 no-such-line"]),
    NettingCase(
      why: "another provider than that of the line: the reference is wrong, or the provider",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-100", corrects: "D1", line: "1", provider: "01000002")]],
      core: ["D1 1 10000"], apart: ["C1 1 -10000 other-care"]),
    NettingCase(
      why: "the line that is named is of another person who has a credit too: as if it were not there, in any bucket",
      deliveries: [
        [
          Bill("D1", "100", person: 1), Bill("C0", "-1", corrects: "D1", line: "1", person: 1),
          Bill("C1", "-100", corrects: "D1", line: "1"), Bill("C2", "-100", corrects: "D1"),
        ]
      ], core: ["D1 1 9900"], apart: ["C1 1 -10000 no-such-line", "C2 1 -10000 no-such-line"]),
    NettingCase(
      why: "another day than that of the line",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-100", corrects: "D1", line: "1", start: "2015-03-02")]],
      core: ["D1 1 10000"], apart: ["C1 1 -10000 other-care"]),
    NettingCase(
      why: "another performance than that of the line",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-100", corrects: "D1", line: "1", code: "190007")]],
      core: ["D1 1 10000"], apart: ["C1 1 -10000 other-care"]),
    NettingCase(
      why: "more than was billed cannot be taken back: both numbers stay visible, nothing goes below 0",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-100.01", corrects: "D1", line: "1")]], core: ["D1 1 10000"],
      apart: ["C1 1 -10001 more-than-left"]),
    NettingCase(
      why: "credited twice under two numbers: the second has nothing left to take back",
      deliveries: [
        [
          Bill("D1", "100"), Bill("C1", "-100", corrects: "D1", line: "1"),
          Bill("C2", "-100", corrects: "D1", line: "1"),
        ]
      ], core: [], apart: ["C2 1 -10000 more-than-left"]),
    NettingCase(
      why: "the debit is set aside for its code, so that there is nothing to take back",
      deliveries: [[Bill("D1", "100", care: "??"), Bill("C1", "-100", corrects: "D1", line: "1")]], core: [],
      apart: ["C1 1 -10000 no-such-line"]),
    NettingCase(
      why: "the credit is set aside for its code: its debit stays as it was",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-100", corrects: "D1", line: "1", care: "??")]], core: ["D1 1 10000"]
    ),
    NettingCase(
      why: "a credit takes back no credit",
      deliveries: [[Bill("C1", "-50", corrects: "D0", line: "1"), Bill("C2", "-50", corrects: "C1", line: "1")]],
      core: [], apart: ["C1 1 -5000 no-such-line", "C2 1 -5000 no-such-line"]),
  ]

  static let withoutReference: [NettingCase] = [
    NettingCase(
      why: "without reference: the same care with exactly the opposite amount is the line that it takes back",
      deliveries: [[Bill("D1", "100"), Bill("D2", "40"), Bill("C1", "-100")]], core: ["D2 1 4000"]),
    NettingCase(
      why: "without reference a part of an amount could be of any line: kept apart",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-40")]], core: ["D1 1 10000"], apart: ["C1 1 -4000 no-reference"]),
    NettingCase(
      why: "of two lines alike one is taken back, and it makes no difference which",
      deliveries: [[Bill("D1", "100"), Bill("D2", "100"), Bill("C1", "-100")]], core: ["D2 1 10000"]),
    NettingCase(
      why: "of three credits for two lines alike the third has none left",
      deliveries: [[Bill("D1", "9"), Bill("D2", "9"), Bill("C1", "-9"), Bill("C2", "-9"), Bill("C3", "-9")]], core: [],
      apart: ["C3 1 -900 no-reference"]),
    NettingCase(
      why: "a line of which a part is taken back by reference is no longer the opposite of a credit of the whole",
      deliveries: [[Bill("D1", "100"), Bill("C1", "-40", corrects: "D1", line: "1"), Bill("C2", "-100")]],
      core: ["D1 1 6000"], apart: ["C2 1 -10000 no-reference"]),
    NettingCase(
      why: "the same care of another person is another line",
      deliveries: [[Bill("D1", "100", person: 1), Bill("C1", "-100")]], core: ["D1 1 10000"],
      apart: ["C1 1 -10000 no-reference"]),
  ]
}

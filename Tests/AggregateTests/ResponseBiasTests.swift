import Columns
import CoreDataset
import Definitions
import Foundation
import Testing

@testable import Aggregate

@Suite("Responders beside those who did not answer")
struct ResponseBiasTests {
  static func source(_ party: ReportedBy, _ delivers: Delivers) -> Source {
    Source(
      id: "\(party)-\(delivers)", version: "1", reportedBy: party, delivers: delivers, namePatterns: [],
      format: .delimited(delimiter: 0x3B, hasHeader: true, skipLines: 0), encoding: .utf8, amounts: AmountFormat(),
      dates: [], missing: [], fields: [], questionnaires: [])
  }

  static var trial: Trial {
    var trial = Trial(kind: .scoreChange)
    trial.parameters.instrument = "ache"
    trial.parameters.scale = "total"
    trial.parameters.from = "T0"
    trial.parameters.to = "T1"
    trial.sources = [
      source(.insurer, .claimLine), source(.provider, .claimLine), source(.insurer, .insuredPeriod),
    ]
    return trial
  }

  /// Somebody on the care path from 1 February 2016: 365 days before it is 1 February 2015.
  static func human(
    _ id: UInt64, born: Int32, _ sex: Sex, answers: Bool, claims: [Human.Claim], insuredFrom: String = "2015-02-01"
  ) -> Human {
    var human = Human(id: id, birthYear: born, sex: sex)
    human.insured = [
      (insuredFrom, "2015-12-31", 1011), ("2016-01-01", nil, id % 2 == 0 ? 1011 : 1012),
    ]
    human.claims = claims
    human.courses = [.init(provider: "p1", scores: answers ? ["T0": 10, "T1": 5] : ["T0": 10])]
    return human
  }

  /// Euros on the first day of the year before, and lines that do not count: a day too early, on the index date itself, and
  /// what a hospital reports of the same care.
  static func claims(_ euros: Int64) -> [Human.Claim] {
    [
      .init(day: "2015-02-01", cents: euros * 100), .init(day: "2015-01-31", cents: 7_000),
      .init(day: "2016-02-01", cents: 7_000), .init(day: "2015-06-01", cents: 7_000, reportedBy: .provider),
    ]
  }

  static let people = [
    human(1, born: 1950, .female, answers: true, claims: claims(100)),
    human(2, born: 1952, .female, answers: true, claims: claims(200)),
    human(3, born: 1954, .female, answers: true, claims: claims(300)),
    human(4, born: 1956, .male, answers: true, claims: claims(400)),
    // Two lines on one day and one on another: two days of care.
    human(
      5, born: 1970, .female, answers: false,
      claims: [
        .init(day: "2015-03-01", cents: 10_000), .init(day: "2015-03-01", cents: 5_000),
        .init(day: "2016-01-31", cents: 10_000),
      ]),
    human(6, born: 1972, .male, answers: false, claims: claims(250)),
    human(7, born: 1974, .male, answers: false, claims: claims(250)),
    // Insured a day too late to know what was before.
    human(8, born: 1976, .male, answers: false, claims: claims(999), insuredFrom: "2015-02-02"),
  ]

  private func row(
    _ rows: [ResponseBiasRow], _ characteristic: ResponseBiasRow.Characteristic, _ unit: String = "NL"
  ) throws -> ResponseBiasRow {
    try #require(rows.first { $0.unit == unit && $0.period == "2016" && $0.characteristic == characteristic })
  }

  @Test("four who answered and four who did not, worked out by hand")
  func byHand() throws {
    let rows = Self.trial.tables([Self.people]).responseBiases
    // Ages 66, 64, 62, 60 and 46, 44, 42, 40: both variances (9 + 1 + 1 + 9) / 3.
    let age = try row(rows, .age)
    #expect(age.responders == 4 && age.nonResponders == 4 && age.mean == 63 && age.otherMean == 43)
    #expect(near(age.deviation, (20.0 / 3).squareRoot()))
    let difference = 20 / (20.0 / 3).squareRoot()
    #expect(near(age.difference, difference))
    #expect(near(age.lower95, difference - 1.959963984540054 * (8.0 / 16 + 60.0 / 16).squareRoot()))
    #expect(age.differs == true)
    // 3 of 4 and 1 of 4 women: variances 3/16 each; 0.5 / √(3/16); the interval reaches 0.
    let women = try row(rows, .women)
    #expect(women.mean == 0.75 && women.otherMean == 0.25)
    #expect(near(women.difference, 0.5 / (3.0 / 16).squareRoot()))
    #expect(women.differs == false)
    // 100, 200, 300, 400 beside 250, 250, 250: means are the same.
    let cost = try row(rows, .costBefore)
    #expect(cost.responders == 4 && cost.nonResponders == 3)
    #expect(cost.mean == 250 && cost.otherMean == 250 && cost.difference == 0 && cost.differs == false)
    #expect(near(cost.deviation, (50_000.0 / 3).squareRoot()))
    // 1, 1, 1, 1 beside 2, 1, 1: (1 − 4/3) / √(1/3 / 2).
    let days = try row(rows, .careDaysBefore)
    #expect(near(days.difference, (1 - 4.0 / 3) / (1.0 / 6).squareRoot()))
    // The provider has all of them; each region half.
    #expect(try row(rows, .age, "p1").difference == age.difference)
    #expect(try row(rows, .age, "a").responders == 2)
  }

  @Test("any split into buckets gives the same")
  func split() {
    let whole = Self.trial.tables([Self.people]).responseBiases
    let parts = Self.trial.tables([Array(Self.people[5...]), Array(Self.people[..<2]), Array(Self.people[2..<5])])
    #expect(parts.responseBiases == whole && !whole.isEmpty)
  }

  @Test("what is not known has a reason: everybody answered, or the year before lies before the first period")
  func reasons() throws {
    let answered = Self.trial.tables([Array(Self.people[..<4])]).responseBiases
    #expect(try row(answered, .age).reason == "all-responded" && row(answered, .age).difference == nil)
    var early = Self.people
    for index in early.indices { early[index].courses[0].index = "2015-03-01" }
    let rows = Self.trial.tables([early]).responseBiases.filter { $0.unit == "NL" && $0.period == "2015" }
    #expect(rows.first { $0.characteristic == .costBefore }?.reason == "not-known")
    #expect(rows.first { $0.characteristic == .age }?.differs == true)
  }

  @Test("a figure of which responders differ is indicative, and others are not touched")
  func flag() throws {
    let biases = Self.trial.tables([Self.people]).responseBiases
    func figure(_ unit: String, _ layout: String, stratum: String = "", reason: String = "") -> ResultRow {
      var row = ResultRow(
        indicator: "i", definitionVersion: "1", layout: layout, unit: unit, unitKind: .nation, period: "2016",
        stratum: stratum, reason: reason)
      row.value = 1
      return row
    }
    var rows = [
      figure("NL", "nation"), figure("NL", "nation", stratum: "sex=male"), figure("c", "land"),
      figure("NL", "nation", reason: "claims-incomplete"),
    ]
    ResponseBias.flag(&rows, biases)
    #expect(rows[0].status == .indicative && rows[0].reason == "responders-differ")
    #expect(rows[1].status == .ok && rows[2].status == .ok)
    #expect(rows[3].status == .indicative && rows[3].reason == "claims-incomplete")
  }

  @Test("nothing is compared without claims, nor of the response itself or of costs")
  func notCompared() {
    var trial = Self.trial
    trial.sources = []
    #expect(trial.tables([Self.people]).responseBiases.isEmpty)
    trial = Self.trial
    trial.kind = .responseRate
    #expect(trial.tables([Self.people]).responseBiases.isEmpty)
    trial.kind = .costPerPersonYear
    #expect(trial.tables([Self.people]).responseBiases.isEmpty)
  }
}

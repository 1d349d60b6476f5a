@testable import Aggregate
import CoreDataset
import Definitions
import Statistics
import Testing

@Suite("Costs, care use and events")
struct CostTests {
  /// All of 2016 in region a, part of the year in b, and half the year in each.
  static let three = [
    Human(
      id: 0, insured: [("2015-01-01", nil, 1011)],
      claims: [.init(day: "2016-05-01", cents: 100_000), .init(day: "2015-05-01", cents: 77_700)]),
    Human(
      id: 1, insured: [("2016-03-15", "2016-12-31", 1012)],
      claims: [.init(day: "2016-12-31", cents: 50_000), .init(day: "2016-12-31", cents: -10_000)]),
    Human(
      id: 2, insured: [("2016-01-01", "2016-06-30", 1011), ("2016-07-01", "2016-12-31", 1012)],
      claims: [.init(day: "2016-06-30", cents: 3000), .init(day: "2016-07-01", cents: 5000)]),
  ]

  @Test("cost per person-year in a leap year, with a partial year and a credit")
  func nation() throws {
    let row = try #require(Trial(kind: .costPerPersonYear).figure(Self.three))
    let years = 1 + 292.0 / 366 + 1
    #expect(near(row.denominator, years))
    #expect(row.numerator == 1480)
    #expect(near(row.value, 1480 / years))
    #expect(row.persons == 3 && row.measured == 3)
    #expect(row.status == .indicative && row.reason == "fewer-than-30")
  }

  @Test("who contributes to an amount, by person and by care provider, in any split")
  func contributors() throws {
    func human(_ id: UInt64, _ claims: [(cents: Int64, provider: String)]) -> Human {
      Human(
        id: id, insured: [("2016-01-01", "2016-12-31", 1011)],
        claims: claims.map { .init(day: "2016-05-01", cents: $0.cents, provider: $0.provider) })
    }
    let people = [
      human(0, [(50_000, "A"), (10_000, "B")]), human(1, [(30_000, "B")]), human(2, [(10_000, "C")]), human(3, []),
    ]
    for buckets in [[people], people.reversed().map { [$0] }] {
      for unit in ["NL", "a"] {
        let found = Trial(kind: .costPerPersonYear).rows(buckets).first { $0.unit == unit && $0.period == "2016" }
        let row = try #require(found)
        // Persons have 600, 300 and 100 euros, providers bill 500, 400 and 100.
        #expect(row.persons == 4 && row.contributors == 3 && near(row.remainder, 100.0 / 600))
        #expect(near(row.largest, 0.6) && near(row.largestTwo, 0.9))
        #expect(row.providers == 3 && near(row.providerRemainder, 0.2))
        #expect(near(row.providerLargest, 0.5) && near(row.providerLargestTwo, 0.9))
      }
    }
    var share = Trial(kind: .costShare)
    share.parameters.careTypes = [.pharmacy]
    let none = try #require(share.rows([people]).first { $0.unit == "NL" && $0.period == "2016" })
    // Nobody has the chosen care; the rest is of three.
    #expect(none.contributors == 3 && none.providers == nil)
  }

  @Test("an ordinary year has 365 days")
  func ordinaryYear() throws {
    let people = [Human(id: 0, insured: [("2015-03-15", nil, 1011)], claims: [.init(day: "2015-05-01", cents: 80_000)])]
    let row = try #require(Trial(kind: .costPerPersonYear).figure(people, "NL", "2015"))
    #expect(near(row.denominator, 292.0 / 365))
    #expect(near(row.value, 1000))
  }

  @Test("who moves counts in each region for the days and the care there")
  func movers() throws {
    let a = try #require(Trial(kind: .costPerPersonYear).figure(Self.three, "a"))
    #expect(near(a.denominator, 1 + 182.0 / 366))
    #expect(a.numerator == 1030)
    #expect(a.persons == 2)
    let b = try #require(Trial(kind: .costPerPersonYear).figure(Self.three, "b"))
    #expect(near(b.denominator, (292.0 + 184) / 366))
    #expect(b.numerator == 450)
  }

  @Test(
    "days that periods share count once",
    arguments: [
      [("2016-01-01", "2016-06-30"), ("2016-04-01", "2016-12-31")],
      [("2016-01-01", "2016-12-31"), ("2016-04-01", "2016-05-31")],
      [("2016-01-01", "2016-12-31"), ("2016-01-01", "2016-12-31")],
      [("2014-01-01", "2015-12-31"), ("2016-01-01", "2017-12-31")],
      [("2016-01-01", "2016-01-01"), ("2016-01-02", "2030-01-01")],
    ])
  func overlap(periods: [(String, String)]) throws {
    let people = [Human(id: 0, insured: periods.map { ($0.0, $0.1, 1011) })]
    #expect(near(Trial(kind: .costPerPersonYear).figure(people)?.denominator, 1))
    #expect(near(Trial(kind: .costPerPersonYear).figure(people, "a")?.denominator, 1))
  }

  @Test("without insured days there is no figure, and it says so")
  func uninsured() throws {
    let people = [Human(id: 0, claims: [.init(day: "2016-05-01", cents: 100)])]
    let row = try #require(Trial(kind: .costPerPersonYear).figure(people))
    #expect(row.value == nil)
    #expect(row.status == .insufficient && row.reason == "no-insured-days")
    let rate = try #require(Trial(kind: .eventRate).figure(people))
    #expect(rate.value == nil && rate.status == .insufficient && rate.reason == "no-insured-days")
  }

  @Test("a credit that is larger than the cost stays negative")
  func negative() throws {
    let people = [
      Human(id: 0, insured: [("2016-01-01", nil, 1011)], claims: [.init(day: "2016-05-01", cents: -12_345)])
    ]
    #expect(near(Trial(kind: .costPerPersonYear).figure(people)?.value, -123.45))
  }

  @Test("the interval is that of a ratio of sums over persons")
  func interval() throws {
    let row = try #require(Trial(kind: .costPerPersonYear).figure(Self.three))
    let days = [366.0, 292, 366]
    let cents = [100_000.0, 40_000, 8000]
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    let ratio = try #require(
      Interval.ratioOfSums(
        n: 3, sumX: sum(days), sumY: sum(cents), sumXX: sum(days.map { $0 * $0 }),
        sumXY: sum(zip(days, cents).map { $0 * $1 }), sumYY: sum(cents.map { $0 * $0 }), .percent95))
    let limits = try #require(ratio.limits)
    #expect(near(row.lower95, limits.lower * 3.66))
    #expect(near(row.upper95, limits.upper * 3.66))
  }

  @Test("per kind of care the days are those of everybody, and the parts add up to the whole")
  func byCareType() throws {
    var trial = Trial(kind: .costPerPersonYear)
    trial.parameters.byCareType = true
    var people = Self.three
    people[0].claims.append(.init(day: "2016-02-02", cents: 2000, care: .pharmacy))
    let whole = try #require(trial.figure(people))
    let pharmacy = try #require(trial.figure(people, stratum: "care_type=pharmacy"))
    let hospital = try #require(trial.figure(people, stratum: "care_type=medical-specialist"))
    #expect(pharmacy.measured == 1 && pharmacy.persons == 3)
    #expect(near(pharmacy.denominator, 2 + 292.0 / 366))
    #expect(near(whole.value, (pharmacy.value ?? 0) + (hospital.value ?? 0)))
    #expect(trial.figure(people, stratum: "care_type=dental") == nil)
  }

  @Test("only lines of the care, the activity, the diagnosis and the party that are asked for")
  func selection() throws {
    let people = [
      Human(
        id: 0, insured: [("2016-01-01", nil, 1011)],
        claims: [
          .init(day: "2016-01-01", cents: 100, care: .pharmacy, diagnosis: "M54.1"),
          .init(day: "2016-01-01", cents: 1000, care: .medicalSpecialist, activity: .consult, diagnosis: "M17"),
          .init(day: "2016-01-01", cents: 10_000, care: .generalPractice, reportedBy: .provider),
        ])
    ]
    func cost(_ change: (inout Trial) -> Void) -> Double? {
      var trial = Trial(kind: .costPerPersonYear)
      change(&trial)
      return trial.figure(people)?.numerator
    }
    #expect(cost { _ in } == 111)
    #expect(cost { $0.parameters.careTypes = [.pharmacy] } == 1)
    #expect(cost { $0.parameters.careLines = [.first] } == 100)
    #expect(cost { $0.parameters.careLines = [.neither, .second] } == 11)
    #expect(cost { $0.parameters.activities = [.consult, .imaging] } == 10)
    #expect(cost { $0.parameters.diagnoses = ["M5"] } == 1)
    #expect(cost { $0.reportedBy = .insurer } == 11)
    #expect(cost { $0.reportedBy = .provider } == 100)
  }

  @Test("share of the first line in all cost")
  func share() throws {
    var trial = Trial(kind: .costShare)
    trial.parameters.careLines = [.first]
    let people = [
      Human(
        id: 0, insured: [("2016-01-01", nil, 1011)],
        claims: [
          .init(day: "2016-01-01", cents: 3000, care: .generalPractice), .init(day: "2016-01-01", cents: 6000),
        ]),
      Human(
        id: 1, insured: [("2016-01-01", nil, 1012)], claims: [.init(day: "2016-01-01", cents: 1000, care: .pharmacy)]),
    ]
    let row = try #require(trial.figure(people))
    #expect(near(row.value, 0.3))
    #expect(row.numerator == 30 && row.denominator == 100 && row.persons == 2)
    #expect(near(trial.figure(people, "a")?.value, 3000.0 / 9000))
    #expect(trial.figure(people, "b")?.value == 0)
    #expect(trial.figure([])?.reason == "no-cost")
  }

  @Test("different specialties per person with care, each counted once")
  func distinct() throws {
    var trial = Trial(kind: .distinctPerPerson)
    trial.parameters.distinct = .specialty
    let codes = ["0303", "0303", "0305", nil, "0306"]
    let people = [
      Human(
        id: 0, insured: [("2016-01-01", nil, 1011)],
        claims: codes.map { .init(day: "2016-04-01", cents: 1, specialty: $0) }),
      Human(
        id: 1, insured: [("2016-01-01", nil, 1011)], claims: [.init(day: "2016-04-01", cents: 1, specialty: "0303")]),
      Human(id: 2, insured: [("2016-01-01", nil, 1011)]),
    ]
    let row = try #require(trial.figure(people))
    #expect(row.value == 2)
    #expect(row.persons == 2)
    #expect(near(row.standardDeviation, 2.0.squareRoot()))
    trial.parameters.distinct = .provider
    #expect(trial.figure(people)?.value == 1)
    #expect(trial.figure(people, "b")?.reason == "no-observations")
  }

  @Test("an event is once per person, provider and day, and a credit is none")
  func events() throws {
    var trial = Trial(kind: .eventRate)
    trial.parameters.activities = [.emergencyVisit]
    func visit(_ day: String, _ provider: String, _ cents: Int64 = 100) -> Human.Claim {
      .init(day: day, cents: cents, activity: .emergencyVisit, provider: provider)
    }
    let people = [
      Human(
        id: 0, insured: [("2016-01-01", nil, 1011)],
        claims: [
          visit("2016-01-01", "1"), visit("2016-01-01", "1"), visit("2016-01-01", "2"), visit("2016-01-02", "1"),
          visit("2016-01-03", "1", -100), visit("2016-01-04", "1", 0), .init(day: "2016-02-01", cents: 5),
        ]),
      Human(id: 1, insured: [("2016-01-01", nil, 1011)], claims: [visit("2016-01-01", "1")]),
    ]
    let row = try #require(trial.figure(people))
    #expect(row.numerator == 5)
    #expect(row.value == 2500)
    let limits = try #require(Interval.poisson(5, .percent95))
    #expect(near(row.lower95, limits.lower * 500) && near(row.upper95, limits.upper * 500))
  }

  @Test("claim lines per inhabitant, standardised as the library does it")
  func claimRate() throws {
    let population = StandardPopulation(
      id: "s", layout: "land", bandStarts: [0, 18, 65], bands: ["0", "18", "65"], sexes: [.male, .female],
      persons: [100, 110, 400, 380, 90, 120, 0, 10, 200, 300, 50, 60, 0, 0, 0, 0, 0, 0])
    var trial = Trial(kind: .claimRate)
    trial.standard = population
    var people: [Human] = []
    var lines = [Double](repeating: 0, count: 6)
    for number in 0..<40 {
      let band = number % 3
      let sex: Sex = number % 2 == 0 ? .male : .female
      let claims = (0...(number % 4)).map { _ in
        Human.Claim(
          day: "2016-07-01", cents: 250, care: .pharmacy, postcode: 1011, birthYear: [2010, 1980, 1940][band], sex: sex)
      }
      lines[band * 2 + (sex == .male ? 0 : 1)] += Double(claims.count)
      people.append(Human(id: UInt64(number), claims: claims))
    }
    let row = try #require(trial.figure(people, "a", stratum: "care_type=pharmacy"))
    let total = lines.reduce(0, +)
    #expect(row.numerator == total && row.denominator == 1200 && row.persons == 40)
    #expect(near(row.value, total / 1.2))
    #expect(near(row.amount, total * 2.5))
    let strata = (0..<6).map {
      Standardisation.DirectStratum(
        observed: lines[$0], population: population.persons[$0],
        standard: population.persons[$0] + population.persons[6 + $0])
    }
    #expect(near(row.adjusted, try Standardisation.direct(strata).rate * 1000))
    #expect(row.adjusted != row.value)
    #expect(trial.figure(people, "NL", stratum: "care_type=pharmacy")?.reason == "no-inhabitants")
    #expect(trial.figure(Array(people.prefix(3)), "a", stratum: "care_type=pharmacy")?.adjusted == nil)
    trial.standard = nil
    #expect(trial.figure(people, "a", stratum: "care_type=pharmacy")?.reason == "no-standard-population")
  }

  @Test(
    "claim lines of each sex and age, per inhabitant of that sex or age; parts and kinds of care add up to the whole")
  func claimRateParts() throws {
    var trial = Trial(kind: .claimRate)
    trial.standard = StandardPopulation(
      id: "s", layout: "land", bandStarts: [0, 18, 65], bands: ["0", "18", "65"], sexes: [.male, .female],
      persons: [100, 110, 400, 380, 90, 120, 0, 10, 200, 300, 50, 60, 0, 0, 0, 0, 0, 0])
    trial.strata = [.sex, .age(starts: [0, 65])]
    // Age and sex are those of the claim line, whatever is registered.
    func line(_ born: Int32?, _ sex: Sex?, _ care: CareType) -> Human.Claim {
      Human.Claim(day: "2016-07-01", cents: 100, care: care, postcode: 1011, birthYear: born, sex: sex)
    }
    let people = [
      Human(
        id: 0, birthYear: 1990, sex: .male,
        claims: [
          line(1940, .male, .pharmacy), line(1940, .female, .pharmacy), line(1980, .male, .generalPractice),
        ]),
      Human(id: 1, birthYear: 1940, sex: .female, claims: [line(nil, nil, .pharmacy), line(2010, nil, .pharmacy)]),
      Human(id: 2, birthYear: nil, sex: .unknown, claims: [line(nil, nil, .generalPractice)]),
    ]
    func row(_ stratum: String) throws -> ResultRow { try #require(trial.figure(people, "a", stratum: stratum)) }
    let expected: [(String, lines: Double, persons: Int, inhabitants: Double?)] = [
      ("", 6, 3, 1200), ("care_type=pharmacy", 4, 2, 1200), ("care_type=general-practice", 2, 2, 1200),
      ("sex=male", 2, 1, 590), ("sex=female", 3, 2, 610), ("sex=unknown", 1, 1, nil), ("age=0-64", 2, 2, 990),
      ("age=65+", 3, 2, 210), ("age=unknown", 1, 1, nil),
    ]
    for part in expected {
      let row = try row(part.0)
      #expect(row.numerator == part.lines && row.persons == part.persons, "\(part.0)")
      #expect(row.amount == part.lines)
      #expect(part.inhabitants.map { near(row.value, part.lines / $0 * 1000) } ?? (row.value == nil), "\(part.0)")
      #expect(row.denominator == part.inhabitants)
      if part.inhabitants == nil { #expect(row.reason == "no-inhabitants") }
    }
    #expect(!trial.rows([people]).contains { $0.stratum == "sex=other" })
    // Women of 65 and over: 2 lines of 120; of 0 to 17 one of 110; weights are the women of both regions.
    trial.parameters.interval = .fayFeuer
    let weights: (Double, Double, Double) = (120, 680, 180)
    let rate = (weights.0 * 1 / 110 + weights.2 * 2 / 120) / (weights.0 + weights.1 + weights.2) * 1000
    #expect(near(try row("sex=female").adjusted, rate))
    // Of 65 and over, both sexes: one line of 90 men and two of 120 women, by weights of 140 and 180.
    #expect(near(try row("age=65+").adjusted, (140.0 / 90 + 180.0 * 2 / 120) / 320 * 1000))
  }

  /// A worked example of methods §2a: three strata of 1,000, 800 and 500 persons, weights 5,000, 3,000 and 2,000.
  @Test(
    "the interval of the standardised rate is Dobson's, or Fay and Feuer's for few lines too",
    arguments: [
      ([4, 10, 30], [1000, 800, 500], Indicator.Parameters.RateInterval.dobson, 17.75, 12.880449, 23.848507),
      ([4, 10, 30], [1000, 800, 500], .fayFeuer, 17.75, 12.882985, 23.977782),
      ([0, 3, 5], [600, 400, 200], .fayFeuer, 7.25, 3.101857, 14.506802),
    ] as [([Int], [Double], Indicator.Parameters.RateInterval, Double, Double, Double)])
  func intervals(
    lines: [Int], persons: [Double], interval: Indicator.Parameters.RateInterval, rate: Double, lower: Double,
    upper: Double
  ) throws {
    var trial = Trial(kind: .claimRate)
    // Weights are the inhabitants of both regions together.
    trial.standard = StandardPopulation(
      id: "s", layout: "land", bandStarts: [0, 18, 65], bands: ["0", "18", "65"], sexes: [.male],
      persons: persons + zip([5000, 3000, 2000], persons).map { $0 - $1 } + [0, 0, 0])
    trial.parameters.interval = interval
    let claims = zip(lines, [2010, 1980, 1940] as [Int32]).flatMap { count, born in
      (0..<count).map { _ in
        Human.Claim(day: "2016-07-01", cents: 1, care: .pharmacy, postcode: 1011, birthYear: born, sex: .male)
      }
    }
    let row = try #require(trial.figure([Human(id: 0, claims: claims)], "a", stratum: "care_type=pharmacy"))
    #expect(near(row.adjusted, rate))
    #expect(near(row.adjustedLower95, lower, 1e-6) && near(row.adjustedUpper95, upper, 1e-6))
  }

  @Test("population: care path, diagnosis, age in the year and sex")
  func population() throws {
    var people = [
      Human(
        id: 0, birthYear: 1998, sex: .male, insured: [("2016-01-01", nil, 1011)],
        claims: [.init(day: "2016-01-01", cents: 100, diagnosis: "M54.5")]),
      Human(
        id: 1, birthYear: 1999, sex: .female, insured: [("2016-01-01", nil, 1011)],
        claims: [.init(day: "2016-01-01", cents: 1000, diagnosis: "M5")]),
      Human(
        id: 2, birthYear: nil, sex: .unknown, insured: [("2016-01-01", nil, 1011)],
        claims: [.init(day: "2016-01-01", cents: 10_000)]),
    ]
    people[1].courses = [.init(scores: [:])]
    func cost(_ conditions: [Population.Condition]) -> Double? {
      Trial(kind: .costPerPersonYear, conditions: conditions).figure(people)?.numerator
    }
    #expect(cost([]) == 111)
    #expect(cost([.age(from: 18, to: 99)]) == 1)
    #expect(cost([.age(from: 0, to: 17)]) == 10)
    #expect(cost([.diagnosis(startsWith: ["M54", "X"])]) == 1)
    #expect(cost([.diagnosis(startsWith: ["M5"])]) == 11)
    #expect(cost([.sex([.female, .other])]) == 10)
    #expect(cost([.carePath(["knee"])]) == 10)
    #expect(cost([.carePath(["hip"])]) == nil)
    #expect(cost([.diagnosis(startsWith: ["M5"]), .sex([.male])]) == 1)
  }
}

@testable import Aggregate
import CoreDataset
import Definitions
import Statistics
import Testing

@Suite("Figures by models of the delivery")
struct ModelTests {
  /// Eighteen patients of three providers, worked out with R's `lm`; age L under 60, M 60 to 69, S 70 and over.
  static let ages = Array("LMSMSLSSMSMLLLMMSL")
  static let sexes = Array("MVVMVMVVMMVVMMVMVV")
  static let before: [Double] = [18, 15, 20, 22, 12, 25, 10, 14, 16, 12, 19, 21, 24, 26, 20, 18, 15, 23]
  static let after: [Double] = [40, 38, 36, 44, 30, 45, 28, 33, 35, 30, 37, 42, 43, 46, 40, 41, 34, 44]

  /// The eighteen, each so many times: the coefficients stay, and there are enough of them for a model.
  static func patients(times: Int) -> [Human] {
    var people: [Human] = []
    for copy in 0..<times {
      for number in 0..<18 {
        let age = ["L": 50, "M": 65, "S": 75][ages[number]] ?? 0
        let isMan = sexes[number] == "M"
        people.append(
          Human(
            id: UInt64(copy * 18 + number), birthYear: Int32(2016 - age), sex: isMan ? .male : .female,
            insured: [("2016-01-01", nil, 1011)],
            courses: [.init(provider: "p\(number / 6)", scores: ["T0": before[number], "T1": after[number]])],
            answers: [.init(path: "knee", item: "1", value: isMan ? 1 : 2)]))
      }
    }
    return people
  }

  static func trial(_ kind: MeasureKind, _ spec: CaseMixSpec) -> Trial {
    var trial = OutcomeTests.trial(kind) {
      $0.caseMix = spec
      $0.outcome = .improved
    }
    trial.scaleDirection = .higherBetter
    return trial
  }

  static let spec = CaseMixSpec(age: .init([0, 60, 70], reference: 0), sex: .male)

  static func term(_ tables: IndicatorTables, _ name: String) throws -> ModelRow {
    try #require(tables.models.first { $0.term == name && $0.period == "2016" })
  }

  @Test("gains adjusted by least squares are those of R")
  func gains() throws {
    let tables = Self.trial(.modelledGain, Self.spec).tables([Self.patients(times: 10)])
    for (term, value) in [
      ("intercept", 24.946121048), ("score", 0.807907415), ("age=60-69", -0.501079794), ("age=70+", -4.138822748),
      ("sex=female", -0.180021042),
    ] { #expect(near(try Self.term(tables, term).estimate, value)) }
    #expect(near(try Self.term(tables, "model").rSquared, 0.944431086))
    #expect(try Self.term(tables, "model").persons == 180)
    #expect(try Self.term(tables, "age=0-59").note == "reference" && Self.term(tables, "age=0-59").persons == 60)
    #expect(try Self.term(tables, "sex=other").note == "no-persons")
    let gains = try ["p0", "p1", "p2"].map { unit in
      try #require(tables.rows.first { $0.unit == unit && $0.period == "2016" })
    }
    #expect(near(gains[0].value, 20.220696360) && near(gains[1].value, 18.966861710))
    #expect(near(gains[2].value, 20.145775270))
    // The crude gain of the first provider is 20.166667.
    #expect(near(gains[0].expected, 20.166666667 - 0.442918582))
    let nation = try #require(tables.rows.first { $0.unit == "NL" && $0.period == "2016" })
    #expect(near(nation.value, 19.777777778))
    // The squares of 18 residuals with deviation 1.310969559, ten times.
    #expect(near(nation.standardDeviation, (1.310969559 * 1.310969559 * 17 * 10 / 179).squareRoot()))
  }

  @Test("a part of the population is set against the model of all, and its units against the part")
  func parts() throws {
    var trial = Self.trial(.modelledGain, CaseMixSpec(age: .init([0, 60, 70], reference: 0)))
    trial.strata = [.sex]
    let tables = trial.tables([Self.patients(times: 10)])
    let nation = tables.rows.filter { $0.unit == "NL" && $0.period == "2016" }
    let whole = try #require(nation.first { $0.stratum.isEmpty })
    let men = try #require(nation.first { $0.stratum == "sex=male" })
    let women = try #require(nation.first { $0.stratum == "sex=female" })
    // Observed and expected gains of the parts add up to those of the whole, which a model with an intercept makes equal.
    let (m, w) = (Double(men.measured), Double(women.measured))
    let (ofMen, ofWomen) = (try #require(men.value), try #require(women.value))
    let expected = (try #require(men.expected)) * m + (try #require(women.expected)) * w
    #expect(m + w == 180 && whole.measured == 180)
    #expect(near(whole.value, (ofMen * m + ofWomen * w) / 180) && near(expected / 180, 19.777777778))
    // With sex in the model the parts gain what it predicts: their residuals are 0.
    var adjusted = Self.trial(.modelledGain, Self.spec)
    adjusted.strata = [.sex]
    let even = adjusted.tables([Self.patients(times: 10)]).rows.filter { $0.unit == "NL" && $0.period == "2016" }
    #expect(even.count == 3 && even.allSatisfy { near($0.value, 19.777777778, 1e-7) })
    #expect(abs(ofMen - ofWomen) > 0.001)
    // One provider of one sex: the mean of its residuals by R's model.
    let some = try #require(
      adjusted.tables([Self.patients(times: 10)]).rows.first {
        $0.unit == "p0" && $0.stratum == "sex=male" && $0.period == "2016"
      })
    // Patients 1, 4 and 6 of provider A are men, the second of them aged 60 to 69.
    let residuals = [
      40 - (24.946121048 + 18 * 0.807907415), 44 - (24.946121048 + 22 * 0.807907415 - 0.501079794),
      45 - (24.946121048 + 25 * 0.807907415),
    ]
    #expect(some.measured == 30)
    #expect(near(some.value, 19.777777778 + residuals.reduce(0, +) / 3, 1e-7))
  }

  @Test("what each term adds to the prediction of a unit, for explanations")
  func explained() throws {
    let trial = Self.trial(.modelledGain, Self.spec)
    let pipeline = trial.pipeline
    let axis = Axis(pipeline)
    let measure = Measures.make(MeasureContext(indicator: pipeline.indicators[0], pipeline: pipeline, axis: axis))
    let sums = try #require(trial.sums([Self.patients(times: 10)]).design)
    let model = try #require(
      measure.model(sums, period: 1)?.explained(sums, DesignSums.Place(unit: .provider("p0"), period: 1)))
    #expect(model.kind == "linear" && model.records == 180 && near(model.fit, 0.944431086))
    #expect(model.terms.map(\.name) == ["intercept", "score", "age=60-69", "age=70+", "sex=female"])
    // Of provider A: a mean first score of 112/6; two of six aged 60 to 69, two older; three women.
    let means = [1, 112.0 / 6, 2.0 / 6, 2.0 / 6, 3.0 / 6]
    for (term, mean) in zip(model.terms, means) { #expect(near(term.mean, mean)) }
    // Its mean second score is 233/6, which is 0.442918582 more than predicted.
    #expect(near(model.terms.reduce(0) { $0 + $1.contribution }, 233.0 / 6 - 0.442918582, 1e-7))
    #expect(measure.model(sums, period: 1)?.explained(sums, DesignSums.Place(unit: .provider("?"), period: 1)) == nil)
  }

  @Test("an answer as a characteristic gives the same figures")
  func answers() throws {
    let item = CaseMixSpec.Item("1", of: "mood", at: "T0", range: 1...3, reference: 1, merged: [3: 2])
    let byAnswer = CaseMixSpec(age: .init([0, 60, 70], reference: 0), items: [item])
    let one = Self.trial(.modelledGain, byAnswer).tables([Self.patients(times: 10)])
    #expect(near(try Self.term(one, "1=2").estimate, -0.180021042))
    #expect(try Self.term(one, "1=unknown").note == "no-persons")
    // Threes are merged into twos; who did not answer is a level.
    var people = Self.patients(times: 10)
    for index in people.indices where people[index].sex == .female { people[index].answers[0].value = 3 }
    #expect(near(try Self.term(Self.trial(.modelledGain, byAnswer).tables([people]), "1=2").estimate, -0.180021042))
    for index in people.indices where people[index].sex == .female { people[index].answers = [] }
    #expect(
      near(try Self.term(Self.trial(.modelledGain, byAnswer).tables([people]), "1=unknown").estimate, -0.180021042))
  }

  @Test("a column that depends on others is dropped and named")
  func dependent() throws {
    let twice = CaseMixSpec(
      age: .init([0, 60, 70], reference: 0), sex: .male,
      items: [CaseMixSpec.Item("1", of: "mood", at: "T0", range: 1...2, reference: 1)])
    let tables = Self.trial(.modelledGain, twice).tables([Self.patients(times: 10)])
    #expect(try Self.term(tables, "1=2").note == "dropped" && Self.term(tables, "1=2").estimate == nil)
    #expect(near(try Self.term(tables, "sex=female").estimate, -0.180021042))
  }

  @Test("a model on too few people, or with a level of a few, is refused and there is no figure")
  func refused() throws {
    let few = Self.trial(.modelledGain, Self.spec).tables([Self.patients(times: 1)])
    let row = try #require(few.rows.first { $0.unit == "p0" && $0.period == "2016" })
    // Six of the men and six to eight of each age are under ten.
    #expect(row.value == nil && row.status == .insufficient && row.reason == "small-level")
    #expect(try Self.term(few, "model").note.hasPrefix("small-level: age=0-59, age=60-69, age=70+, sex=male"))
    let none = Self.trial(.modelledGain, CaseMixSpec()).tables([Self.patients(times: 1)])
    #expect(try Self.term(none, "model").note == "too-few-observations")
    #expect(none.rows.first { $0.unit == "NL" && $0.period == "2016" }?.reason == "too-few-observations")
  }

  /// Twenty patients, worked out with R's `glm`: the score before is the only characteristic.
  static func risks(times: Int) -> [Human] {
    let scores: [Double] = [50, 55, 60, 65, 70, 75, 80, 85, 62, 58, 66, 72, 78, 84, 90, 68, 74, 59, 81, 77]
    let events = [0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0]
    var people: [Human] = []
    for copy in 0..<times {
      for number in 0..<20 {
        let after = scores[number] + (events[number] == 1 ? 5 : 0)
        people.append(
          Human(
            id: UInt64(copy * 20 + number), insured: [("2016-01-01", nil, 1011)],
            courses: [.init(provider: number < 10 ? "A" : "B", scores: ["T0": scores[number], "T1": after])]))
      }
    }
    return people
  }

  @Test("observed over expected by a logistic model are those of R")
  func shares() throws {
    let tables = Self.trial(.modelledShare, CaseMixSpec()).tables([Self.risks(times: 10)])
    #expect(near(try Self.term(tables, "intercept").estimate, -13.908236520, 1e-6))
    #expect(near(try Self.term(tables, "score").estimate, 0.186822105, 1e-6))
    let whole = try Self.term(tables, "model")
    #expect(near(whole.cStatistic, 0.875) && near(whole.brier, 0.144086398, 1e-6))
    #expect(near(whole.observed, 80) && near(whole.expected, 80, 1e-8))
    let a = try #require(tables.rows.first { $0.unit == "A" && $0.period == "2016" })
    #expect(a.numerator == 30 && near(a.expected, 28.24062407, 1e-7) && near(a.ratio, 1.062299471, 1e-7))
    #expect(near(a.value, 0.424919788, 1e-7))
    let limits = try #require(Interval.poissonExact(30, .percent95))
    #expect(near(a.lower95, limits.lower * 0.4 / 28.24062407, 1e-7))
    let b = try #require(tables.rows.first { $0.unit == "B" && $0.period == "2016" })
    #expect(near(b.ratio, 0.966008556, 1e-7))
    let nation = try #require(tables.rows.first { $0.unit == "NL" && $0.period == "2016" })
    #expect(nation.ratio == 1 && near(nation.value, 0.4))
  }

  @Test("a logistic model that predicts perfectly, or has nothing to predict, is refused")
  func separation() throws {
    var people = Self.risks(times: 10)
    for index in people.indices {
      let before = people[index].courses[0].scores["T0"] ?? 0
      people[index].courses[0].scores["T1"] = before > 70 ? before + 5 : before
    }
    let perfect = Self.trial(.modelledShare, CaseMixSpec()).tables([people])
    #expect(perfect.rows.first { $0.unit == "A" && $0.period == "2016" }?.reason == "separation")
    for index in people.indices { people[index].courses[0].scores["T1"] = 0 }
    let none = Self.trial(.modelledShare, CaseMixSpec()).tables([people])
    #expect(none.rows.first { $0.unit == "A" && $0.period == "2016" }?.reason == "no-spread")
    #expect(try Self.term(none, "model").note == "no-spread")
  }

  @Test("figures by a model are compared as others are")
  func compared() throws {
    var gains = Self.trial(.modelledGain, Self.spec)
    gains.comparison = ComparisonSpec(limits: .normal)
    let rows = gains.tables([Self.patients(times: 10)]).rows
    let p1 = try #require(rows.first { $0.unit == "p1" && $0.period == "2016" })
    let deviation = (1.310969559 * 1.310969559 * 170 / 179).squareRoot()
    #expect(near(p1.funnelLower998, 19.777777778 - 3.090232306167814 * deviation / 60.0.squareRoot(), 1e-8))
    #expect(p1.funnelBand == "low")
    var shares = Self.trial(.modelledShare, CaseMixSpec())
    shares.comparison = ComparisonSpec(limits: .exact)
    let a = try #require(shares.tables([Self.risks(times: 10)]).rows.first { $0.unit == "A" && $0.period == "2016" })
    let limits = try #require(Funnel.ratio(target: 0.4, expected: 28.24062407, .percent95))
    #expect(near(a.funnelUpper95, limits.upper, 1e-7) && a.funnelBand == "within")
  }
}

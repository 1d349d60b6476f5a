@testable import Aggregate
import CoreDataset
import Definitions
import Testing

@Suite("Small and strange populations")
struct SmallPopulationTests {
  enum Case: String, CaseIterable {
    case nobody, two, identical, zeros, missing, oneProvider, emptyRegion
  }

  static func people(_ population: Case) -> [Human] {
    func human(_ number: Int, score: Double?, change: Double?, cents: Int64, provider: String, postcode: Int32) -> Human
    {
      var scores: [String: Double] = [:]
      if let score { scores["T0"] = score }
      if let score, let change { scores["T1"] = score + change }
      return Human(
        id: UInt64(number), birthYear: score == nil ? nil : 1960, sex: score == nil ? .unknown : .female,
        insured: [("2015-01-01", nil, postcode)],
        claims: score == nil
          ? []
          : [
            .init(
              day: "2016-05-01", cents: cents, care: .generalPractice, activity: .emergencyVisit, provider: "01000001",
              specialty: "0310")
          ],
        courses: [.init(provider: provider, scores: scores, predicted: scores["T1"].map { ["T1": $0 - 1] } ?? [:])],
        answers: score.map { [.init(path: "knee", provider: provider, value: $0 == 0 ? 0 : 9)] } ?? [],
        providers: [provider],
        stays: score == nil
          ? []
          : [
            .init(
              from: "2016-03-01", to: "2016-03-02", bedDays: cents == 0 ? 0 : 2, isUnplanned: true, provider: provider),
            .init(
              from: "2016-03-20", to: "2016-03-22", bedDays: cents == 0 ? 0 : 3, isUnplanned: cents != 0,
              provider: provider),
          ])
    }
    return switch population {
    case .nobody: []
    case .two:
      (0..<2).map {
        human($0, score: 10 + Double($0), change: 5, cents: 100, provider: "p\($0)", postcode: 1011 + Int32($0))
      }
    case .identical:
      (0..<60).map {
        human($0, score: 20, change: 5, cents: 500, provider: "p\($0 % 3)", postcode: 1011 + Int32($0 % 2))
      }
    case .zeros:
      (0..<60).map { human($0, score: 0, change: 0, cents: 0, provider: "p\($0 % 3)", postcode: 1011 + Int32($0 % 2)) }
    case .missing:
      (0..<60).map {
        human($0, score: nil, change: nil, cents: 0, provider: "p\($0 % 3)", postcode: 1011 + Int32($0 % 2))
      }
    case .oneProvider:
      (0..<200).map {
        human(
          $0, score: Double($0 % 40), change: Double($0 % 7) - 3, cents: Int64($0), provider: "p",
          postcode: 1011 + Int32($0 % 2))
      }
    case .emptyRegion:
      (0..<200).map {
        human(
          $0, score: Double($0 % 40), change: Double($0 % 7) - 3, cents: Int64($0), provider: "p\($0 % 3)",
          postcode: 1011)
      }
    }
  }

  /// Every number of a row.
  static func numbers(_ row: ResultRow) -> [Double] {
    [
      row.numerator, row.denominator, row.amount, row.value, row.standardDeviation, row.lower95, row.upper95,
      row.lower998, row.upper998, row.expected, row.ratio, row.adjusted, row.baselineValue, row.change, row.target,
      row.funnelLower95, row.funnelUpper95, row.funnelLower998, row.funnelUpper998, row.reliability,
    ].compactMap(\.self)
  }

  @Test(arguments: MeasureKind.allCases, Case.allCases)
  func areSensible(_ kind: MeasureKind, _ population: Case) {
    let tables = SplitTests.trial(kind).tables([Self.people(population)])
    #expect(!tables.rows.isEmpty || kind.chance == nil)
    for row in tables.rows {
      let name = "\(population.rawValue) \(row.layout) \(row.unit) \(row.period) \(row.stratum)"
      #expect(Self.numbers(row).allSatisfy { $0.isFinite }, "\(name)")
      if let value = row.value {
        #expect(row.status == .ok && row.reason.isEmpty || row.status == .indicative && !row.reason.isEmpty, "\(name)")
        #expect(row.persons > 0, "\(name)")
        if let lower = row.lower95, let upper = row.upper95 {
          // The adjusted interval of a net promoter score is not centred on the score.
          #expect(lower <= upper && (kind == .netPromoterScore || lower <= value && value <= upper), "\(name)")
        }
      } else {
        #expect(row.status == .insufficient && !row.reason.isEmpty, "\(name)")
        #expect(row.lower95 == nil && row.funnelBand == nil && row.reliability == nil, "\(name)")
      }
    }
    for row in tables.comparisons {
      let numbers = [
        row.target, row.phi, row.tauSquared, row.dispersionP, row.rankability, row.expectedOutside95,
        row.expectedOutside998,
      ]
      #expect(numbers.compactMap(\.self).allSatisfy { $0.isFinite }, "\(population.rawValue) \(row.layout)")
      #expect(row.units > 1 || !row.reason.isEmpty, "\(population.rawValue) \(row.layout)")
    }
  }

  @Test(
    "differences of differences are there with numbers, or not there with a reason",
    arguments: MeasureKind.allCases.filter { $0.reasonAgainstOtherPopulation == nil }, Case.allCases)
  func differences(_ kind: MeasureKind, _ population: Case) {
    for row in SplitTests.trial(kind).tables([Self.people(population)]).differences {
      let name = "\(population.rawValue) \(row.layout) \(row.unit) \(row.period)"
      let numbers = [row.value, row.baselineValue, row.otherValue, row.otherBaselineValue, row.difference]
      #expect(numbers.compactMap(\.self).allSatisfy { $0.isFinite }, "\(name)")
      #expect(row.difference != nil || !row.reason.isEmpty, "\(name)")
      if let lower = row.lower95, let upper = row.upper95 { #expect(lower <= upper && lower.isFinite, "\(name)") }
    }
  }

  @Test("what is said of stays, readmissions, waits and gain for cost")
  func careReasons() throws {
    func row(_ kind: MeasureKind, _ population: Case, _ unit: String = "NL") throws -> ResultRow {
      try #require(SplitTests.trial(kind).figure(Self.people(population), unit))
    }
    // Two persons with two stays each in one year: 2,000 stays per 1,000 years, on few persons.
    let two = try row(.stayRate, .two)
    #expect(two.value == 2000 && two.reason == "fewer-than-30")
    #expect(try row(.bedDays, .two).value == 5000)
    // Of their four discharges two are followed by an unplanned stay within 30 days.
    #expect(try row(.readmission, .two).value == 0.5)
    // With zeros there are stays without bed days, and no unplanned return.
    #expect(try row(.bedDays, .zeros).value == 0)
    #expect(try row(.readmission, .zeros).value == 0)
    #expect(try row(.readmission, .missing).reason == "no-observations")
    #expect(try row(.stayRate, .missing).value == 0)
    #expect(try row(.stayRate, .emptyRegion, "b").reason == "no-insured-days")
    #expect(try row(.healthGainPerCost, .zeros).reason == "no-cost")
    #expect(try row(.healthGainPerCost, .missing).reason == "no-observations")
    // Everybody gains 5 points less than nothing, pain being worse, for the same 5 euros.
    let identical = try row(.healthGainPerCost, .identical)
    #expect(near(identical.value, -1000) && identical.lower95 == identical.upper95)
    #expect(try row(.waitingTime, .missing).reason == "no-observations")
  }

  @Test("what is said of them")
  func reasons() throws {
    func reason(_ kind: MeasureKind, _ population: Case, _ unit: String) -> String? {
      SplitTests.trial(kind).figure(Self.people(population), unit)?.reason
    }
    #expect(reason(.scoreChange, .two, "NL") == "fewer-than-30")
    #expect(reason(.scoreChange, .missing, "NL") == "no-observations")
    #expect(reason(.scoreChange, .emptyRegion, "b") == "no-observations")
    #expect(reason(.costPerPersonYear, .emptyRegion, "b") == "no-insured-days")
    #expect(reason(.costShare, .zeros, "NL") == "no-cost")
    #expect(reason(.modelledGain, .two, "NL") == "small-level")
    #expect(reason(.modelledShare, .zeros, "NL") == "no-spread")
    #expect(reason(.adjustedGain, .two, "p0") == "fewer-than-30")
    let tables = SplitTests.trial(.scoreShare).tables([Self.people(.oneProvider)])
    #expect(tables.comparisons.first { $0.layout == "provider" && $0.period == "2016" }?.reason == "one-unit")
  }
}

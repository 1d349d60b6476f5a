import Foundation
import Samples
import TestSupport
import Testing

/// Whether what is made looks like the country, on five thousand people. The bounds are those of the field, wide
/// enough for the chance that is in heavy-tailed costs.
struct BelievableTests {
  private static let delivery = Result { try Delivery(persons: 5000, seed: 1) }

  private struct Line {
    let person: String
    let agb: String
    let activity: String
    let diagnosis: String
    let day: String
    let cents: Int
  }

  /// The lines of the insurer by year, read once.
  private static let linesByYear = Result {
    try Delivery.years.reduce(into: [String: [Line]]()) { years, year in
      years[year] = try delivery.get().fields("verzekeraar-declaraties-\(year).csv").dropFirst().map { row in
        Line(
          person: row[2], agb: row[4], activity: row[6], diagnosis: row[8],
          day: row[9].split(separator: "-").reversed().joined(), cents: try #require(Delivery.cents(row[12])))
      }
    }
  }

  private func lines(_ year: String) throws -> [Line] { try Self.linesByYear.get()[year, default: []] }

  @Test func costPerInsuredYear() throws {
    let insured = try Self.delivery.get().fields("verzekerden.csv").dropFirst()
    // Periods within one year count for half; good enough for the bounds below.
    let people = Double(Set(insured.map { $0[0] }).count)
    for year in Delivery.years {
      let cents = try lines(year).reduce(0) { $0 + $1.cents }
      let mean = Double(cents) / 100 / people
      #expect((1600...2500).contains(mean), "\(year): \(mean) euro a person")
    }
  }

  @Test func fewPeopleSeeManySpecialties() throws {
    var specialties: [String: Set<Substring>] = [:]
    for line in try lines("2015") where line.agb.hasPrefix("06") {
      specialties[line.person, default: []].insert(line.diagnosis.prefix(4))
    }
    let many = specialties.values.count { $0.count >= 10 }
    #expect(many > 0)
    #expect(Double(many) / 5000 < 0.03)
    #expect((specialties.values.map(\.count).max() ?? 0) <= 27)
  }

  @Test func generalPractitionerBeforeSpecialist() throws {
    var general: [String: String] = [:]
    var specialist: [String: String] = [:]
    for year in Delivery.years {
      for line in try lines(year) {
        if line.agb.hasPrefix("01") { general[line.person] = min(general[line.person] ?? line.day, line.day) }
        if line.agb.hasPrefix("06"), ["consult", "dagbehandeling"].contains(line.activity) {
          specialist[line.person] = min(specialist[line.person] ?? line.day, line.day)
        }
      }
    }
    let tooEarly = specialist.count { person, day in general[person].map { $0 >= day } ?? true }
    #expect(specialist.count > 1000)
    #expect(tooEarly == 0)
  }

  /// New care in the living labs from 1 July 2016: fewer specialist and more first-line visits for who has pain.
  @Test func theNewCareIsSeenInTheLabs() throws {
    let delivery = try Self.delivery.get()
    // Patients with a table are in three labs or elsewhere; providers tell which by the sixth digit of their code.
    var patients: [String: Bool] = [:]
    for row in delivery.fields("prom-pijn.csv").dropFirst() {
      patients[row[1]] = row[2].dropFirst(5).first != "6"
    }
    func specialistLines(_ year: String, inLabs: Bool) throws -> Int {
      try lines(year).count { $0.agb.hasPrefix("06") && patients[$0.person] == inLabs }
    }
    let labs = Double(try specialistLines("2018", inLabs: true)) / Double(try specialistLines("2015", inLabs: true))
    let elsewhere =
      Double(try specialistLines("2018", inLabs: false)) / Double(try specialistLines("2015", inLabs: false))
    #expect(labs < 0.85 * elsewhere)
    #expect((0.7...1.3).contains(elsewhere))
  }

  @Test func bothSidesOfHospitalCareNearlyAgree() throws {
    let delivery = try Self.delivery.get()
    var insurer: [String: Int] = [:]
    for name in Delivery.insurerFiles {
      for row in delivery.fields(name).dropFirst() where row[4].hasPrefix("06") {
        insurer["\(row[0])/\(row[1])"] = Delivery.cents(row[12])
      }
    }
    var missing = 0
    var different = 0
    var total = 0
    for name in Delivery.hospitalFiles {
      for row in delivery.fields(name, ",").dropFirst() {
        total += 1
        switch insurer.removeValue(forKey: "\(row[0])/\(row[1])") {
        case .none: missing += 1
        case .some(let cents): if cents != Delivery.cents(row[11]) { different += 1 }
        }
      }
    }
    #expect((0.007...0.014).contains(Double(missing + insurer.count) / Double(total)))
    #expect((0.015...0.025).contains(Double(different) / Double(total)))
  }

  /// Share of every age band and sex against the figures of CBS: within five standard errors.
  @Test(.enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
  func agePyramid() throws {
    let source = try CSVTable(Shared.file("data/regions/population-postcode4.csv"), delimiter: ";")
    var expected: [String: Double] = [:]
    for row in source.rows {
      let first = source.value(row, "age_band").prefix { $0.isNumber }
      expected["\(first)M", default: 0] += Double(source.value(row, "male")) ?? 0
      expected["\(first)V", default: 0] += Double(source.value(row, "female")) ?? 0
    }
    let total = expected.values.reduce(0, +)
    var found: [String: Int] = [:]
    var seen: Set<String> = []
    for row in try Self.delivery.get().fields("verzekerden.csv").dropFirst() where seen.insert(row[0]).inserted {
      let age = 2016 - (try #require(Int(row[2].suffix(4))))
      found["\(min(age / 5 * 5, 95))\(row[3])", default: 0] += 1
    }
    for (group, people) in expected {
      let share = people / total
      let error = (share * (1 - share) / 5000).squareRoot()
      #expect(abs(Double(found[group] ?? 0) / 5000 - share) < 5 * error, "\(group)")
    }
  }
}

import Statistics
import TestSupport
import Testing

@Suite("PHE's tables: funnels", .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct PHEFunnelTests {
  static let labels: [Funnel.Band: String] = [
    .lowSignal: "Low (0.001)", .lowAttention: "Low (0.025)", .within: "Not significant",
    .highAttention: "High (0.025)", .highSignal: "High (0.001)",
  ]

  /// Numerator and denominator of each care trust.
  static func trusts() throws -> [(row: PHERow, x: Double, n: Double)] {
    try PHETable("testdata_funnel_prop_inputs").rows.map {
      ($0, try #require($0.number(1)), try #require($0.number(2)))
    }
  }

  static func limits(_ target: Double, _ n: Double, _ level: Level) -> Limits? {
    Funnel.proportion(target: target, n: n, level, method: .normal)
  }

  /// Limits of proportions are normal limits in percent, printed to `digits` decimals.
  static func checkProportions(_ trusts: [(row: PHERow, x: Double, n: Double)], _ name: String, digits: Int) throws {
    let target = trusts.reduce(0) { $0 + $1.x } / trusts.reduce(0) { $0 + $1.n }
    let rows = try PHETable(name).rows
    #expect(rows.count == 100)
    for row in rows {
      let n = try #require(row.number(0))
      expectPrinted(target * 100, try #require(row.number(5)), digits: digits)
      for (level, column) in [(Level.percent95, 1), (.percent998, 3)] {
        let limits = Self.limits(target, n, level)?.scaled(by: 100)
        expectPrinted(
          limits, try #require(row.number(column)), try #require(row.number(column + 1)), digits: digits)
      }
    }
  }

  @Test("Limits of proportions")
  func proportions() throws {
    try Self.checkProportions(try Self.trusts(), "testdata_funnel_prop_outputs", digits: 6)
    try Self.checkProportions(
      try Self.trusts().filter { $0.n < 31_000 }, "testdata_funnel_prop_outputs_with_axis_variation", digits: 8)
  }

  @Test("Labels of proportions")
  func proportionLabels() throws {
    let trusts = try Self.trusts()
    #expect(trusts.count == 303)
    let target = trusts.reduce(0) { $0 + $1.x } / trusts.reduce(0) { $0 + $1.n }
    for (row, x, n) in trusts {
      let band = Funnel.band(
        x / n, limits95: try #require(Self.limits(target, n, .percent95)),
        limits998: try #require(Self.limits(target, n, .percent998)))
      #expect(Self.labels[band] == row.fields[3], "\(row.fields)")
    }
  }

  @Test("Labels of ratios")
  func ratioLabels() throws {
    let rows = try PHETable("testdata_funnel_ratio_inputs").rows
    #expect(rows.count == 300)
    for row in rows {
      let band = Funnel.band(observed: try #require(row.number(0)), expected: try #require(row.number(1)))
      #expect(band.map { Self.labels[$0] } == row.fields[2], "\(row.fields)")
    }
  }

  @Test("Labels of crude and directly standardised rates", arguments: ["dsr", "crude"])
  func rateLabels(_ kind: String) throws {
    for zeros in [true, false] {
      let rows = try PHETable("testdata_funnel_rate_dsr_inputs").rows.filter { zeros || $0.number("count") != 0 }
      let units = try rows.map { row -> (count: Double, time: Double?) in
        let count = try #require(row.number("count"))
        let rate = row.number(kind == "dsr" ? "rate_dsr" : "rate_crude_per_100000")
        // The population is derived from the rate, so that a standardised rate gets the one it would come from.
        let derived = count > 0 ? rate.map { count / $0 * 100_000 } : (kind == "dsr" ? nil : row.number("pop"))
        return (count, derived)
      }
      let target = units.reduce(0) { $0 + $1.count } / units.reduce(0) { $0 + ($1.time ?? 0) }
      for (row, unit) in zip(rows, units) {
        let expected = row["\(kind)_per_100000_\(zeros ? "with" : "without")_0"]
        if kind == "dsr", unit.count < 10 {
          #expect(expected.hasPrefix("Not applicable"), "\(row.fields)")
          continue
        }
        let band = Funnel.band(observed: unit.count, expected: try #require(unit.time), target: target)
        #expect(band.map { Self.labels[$0] } == expected, "\(row.fields)")
      }
    }
  }

  /// PHE finds an exact limit by halving v = E/(E + 1 + O) until the step is at most 1e-7. That leaves an error of one
  /// step, 2⁻²⁴, in v, and so this one in E; and half a unit of the ninth digit by printing.
  static func bisectionError(_ expected: Double, _ observed: Double) -> Double {
    let sum = expected + 1 + observed
    return 0x1p-24 * sum * sum / (1 + observed) * 1.001 + 5e-9 * expected
  }

  static func checkExact(_ row: PHERow, observed: Double, level: Level, lower: Int, upper: Int, scale: Double) throws {
    let exact = try #require(Interval.poissonExact(observed, level))
    for (value, column) in [(exact.upper, lower), (exact.lower, upper)] {
      let printed = try #require(row.number(column)) * scale
      #expect(abs(value - printed) <= Self.bisectionError(value, observed), "\(row.fields)")
    }
  }

  @Test("Expected events at which an observed count reaches a limit are its exact interval")
  func ratios() throws {
    let rows = try PHETable("testdata_funnel_ratio_outputs").rows.filter { $0.number(0) != nil }
    #expect(rows.count == 100)
    for row in rows {
      let observed = try #require(row.number(0))
      try Self.checkExact(row, observed: observed, level: .percent95, lower: 1, upper: 4, scale: 1)
      try Self.checkExact(row, observed: observed, level: .percent998, lower: 7, upper: 10, scale: 1)
    }
  }

  @Test("Populations at which a count of events reaches a limit of a rate over three years")
  func rates() throws {
    let input = try PHETable("testdata_funnel_rate_input_funnels").rows
    let pairs = try input.map { (count: try #require($0.number("ev")), rate: try #require($0.number("rate"))) }
    let target = pairs.reduce(0) { $0 + $1.count } / pairs.reduce(0) { $0 + 100_000 * $1.count / $1.rate }
    let rows = try PHETable("testdata_funnel_rate_outputs").rows
    #expect(rows.count == 100)
    for row in rows {
      expectPrinted(target * 100_000, try #require(row.number("baseline")), digits: 7)
      try Self.checkPopulations(row, scale: target * 3)
    }
  }

  /// The rates behind these two tables are not among the inputs; their baseline is taken as it is printed.
  @Test("Populations at which a count of events reaches a limit of a crude rate", arguments: ["2", "3"])
  func crudeRates(_ number: String) throws {
    let rows = try PHETable("testdata_funnel_rate_outputs_\(number)").rows
    #expect(rows.count == 100)
    for row in rows { try Self.checkPopulations(row, scale: try #require(row.number("baseline")) * 3 / 100_000) }
  }

  static func checkPopulations(_ row: PHERow, scale: Double) throws {
    let observed = try #require(row.number(0))
    try checkExact(row, observed: observed, level: .percent95, lower: 1, upper: 3, scale: scale)
    try checkExact(row, observed: observed, level: .percent998, lower: 5, upper: 7, scale: scale)
  }
}

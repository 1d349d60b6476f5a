import Statistics
import TestSupport
import Testing

@Suite("PHE's tables: standardisation", .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct PHEStandardisationTests {
  /// The European standard population of 2013 in 19 bands.
  static let europe: [Double] = [
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
  ]

  /// The multiplier that a result's `statistic` names.
  static func multiplier(_ row: PHERow) throws -> Double {
    try #require(Double(row["statistic"].split(separator: " ").last.map(String.init) ?? ""))
  }

  static func strata(_ rows: [PHERow], _ column: String, _ standard: [Double]) throws
    -> [Standardisation.DirectStratum]
  {
    try zip(rows, standard).map { row, weight in
      // The extract is complete: an empty count is no event.
      .init(observed: row.number(column) ?? 0, population: try #require(row.number("pop")), standard: weight)
    }
  }

  static func check(_ result: Standardisation.Direct, _ row: PHERow, tenfold: Bool = false) throws {
    let scale = try multiplier(row)
    #expect(near(result.observed, try #require(row.number("total_count"))))
    #expect(near(result.population, try #require(row.number("total_pop"))))
    #expect(near(result.rate * scale, try #require(row.number("value"))))
    expectColumns(result.limits95.scaled(by: scale), row, "lower95_0cl", "upper95_0cl")
    expectColumns(result.limits998.scaled(by: scale * (tenfold ? 10 : 1)), row, "lower99_8cl", "upper99_8cl")
  }

  @Test("Directly standardised rates")
  func direct() throws {
    let data = try PHETable("testdata_DSR_ISR__testdata_multiarea").rows
    let old = try PHETable("testdata_DSR_ISR__testdata_1976").rows
    let results = try PHETable("testdata_DSR_ISR__testresults_DSR").rows.filter { $0["method"] == "Dobson" }
    #expect(results.count == 8)
    for row in results {
      if row["area"] == "testdata_1976" {
        let strata = try Self.strata(old, "count", old.map { $0.number("esp1976") ?? 0 })
        // Its 99.8% limits are printed ten times too high, beside a value and 95% limits that are right.
        try Self.check(try Standardisation.direct(strata), row, tenfold: true)
        continue
      }
      let strata = try Self.strata(data.filter { $0["area"] == row["area"] }, "count", Self.europe)
      #expect(strata.count == 19)
      if row.number("value") == nil {
        #expect(throws: Undefined.tooFewEvents) { try Standardisation.direct(strata) }
      } else {
        try Self.check(try Standardisation.direct(strata), row)
      }
    }
  }

  @Test("Directly standardised rates of events that repeat in a person")
  func repeated() throws {
    let data = try PHETable("testdata_DSR_ISR__testdata_nonindepe").rows
    let results = try PHETable("testdata_DSR_ISR__testresults_DSR").rows.filter { $0["area"].contains("nonind") }
    #expect(results.count == 4)
    for row in results {
      let area = data.filter { $0["area"] == row["area"] }
      let classes = try (1...4).map { frequency in
        (frequency: Double(frequency), strata: try Self.strata(area, "f\(frequency)", Self.europe))
      }
      if row.number("value") == nil {
        #expect(throws: Undefined.tooFewEvents) { try Standardisation.direct(byFrequency: classes) }
      } else {
        try Self.check(try Standardisation.direct(byFrequency: classes), row)
      }
    }
  }

  @Test("Wrong counts and populations are refused")
  func refused() throws {
    for (name, reason) in [("err1", Undefined.invalidInput), ("err3", .invalidInput)] {
      let rows = try PHETable("testdata_DSR_ISR__testdata_\(name)").rows
      #expect(throws: reason) { try Standardisation.direct(Self.strata(rows, "count", Self.europe)) }
    }
    let negative = try PHETable("testdata_DSR_ISR__testdata_err4").rows
    let standard = try negative.map { try #require($0.number("stdpop")) }
    #expect(throws: Undefined.invalidInput) { try Standardisation.direct(Self.strata(negative, "count", standard)) }
    let empty = try PHETable("testdata_DSR_ISR__testdata_err2").rows.filter { $0["area"] == "Area1" }
    #expect(throws: Undefined.invalidInput) { try Standardisation.direct(Self.strata(empty, "count", Self.europe)) }
  }

  @Test("Indirectly standardised rates and ratios")
  func indirect() throws {
    let data = try PHETable("testdata_DSR_ISR__testdata_multiarea_isr").rows
    let errors = try PHETable("testdata_DSR_ISR__testdata_err2").rows
    let reference = try PHETable("testdata_DSR_ISR__refdata").rows
    let results = try PHETable("testdata_DSR_ISR__testresults_ISR").rows
    #expect(results.count == 16)
    for row in results {
      let area = (row["area"].hasPrefix("Area") ? errors : data).filter { $0["area"] == row["area"] }
      let strata = zip(area, reference).map { unit, stratum in
        Standardisation.IndirectStratum(
          population: unit.number("pop") ?? 0, referenceObserved: stratum.number("refcount") ?? 0,
          referencePopulation: stratum.number("refpop") ?? 0)
      }
      #expect(strata.count == 19)
      let result = try Standardisation.indirect(observed: try #require(row.number("observed")), strata: strata)
      #expect(near(result.expected, try #require(row.number("expected"))))
      let rate = try #require(result.referenceRate)
      let scale = try Self.multiplier(row) * (row["statistic"].contains("ratio") ? 1 : rate)
      #expect(near(result.ratio * scale, try #require(row.number("value"))))
      expectColumns(result.limits95.scaled(by: scale), row, "lower95_0cl", "upper95_0cl")
      if row.number("lower99_8cl") != nil {
        expectColumns(result.limits998.scaled(by: scale), row, "lower99_8cl", "upper99_8cl")
      }
    }
  }
}

import Statistics
import TestSupport
import Testing

@Suite("PHE's tables: intervals", .enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct PHEIntervalTests {
  @Test("Byar's and Wilson's intervals")
  func byarWilson() throws {
    let rows = try PHETable("testdata_Byars_Wilson__testdata_B_W").rows
    #expect(rows.count == 13)
    for row in rows {
      let level: Level = row["confidence"] == "95%" ? .percent95 : .percent998
      let x = try #require(row.number("x"))
      if row["method"] == "Byars" {
        expectColumns(Interval.byar(x, level), row, "lowercl", "uppercl")
      } else {
        expectColumns(Interval.wilson(x, of: try #require(row.number("n")), level), row, "lowercl", "uppercl")
      }
    }
  }

  @Test("Rates: exact below 10, Byar's from 10 on; nothing without numerator or denominator")
  func rates() throws {
    let rows = try PHETable("testdata_Rate__testdata_Rate").rows
    #expect(rows.count == 20)
    for row in rows {
      let n = row.number("Denominator")
      let scale = try #require(row.number("multiplier"))
      func limits(_ level: Level) -> Limits? {
        guard let x = row.number("Numerator"), let n else { return nil }
        return Interval.poisson(x, level)?.scaled(by: scale / n)
      }
      expectColumns(limits(.percent95), row, "lower95_0cl", "upper95_0cl")
      expectColumns(limits(.percent998), row, "lower99_8cl", "upper99_8cl")
    }
  }

  @Test("Rates of summed areas")
  func groupedRates() throws {
    for row in try PHETable("testdata_Rate__testdata_Rate_g").rows {
      let scale = try #require(row.number("multiplier"))
      guard let x = row.number("Numerator"), let n = row.number("Denominator") else { continue }
      expectColumns(Interval.poisson(x, .percent95)?.scaled(by: scale / n), row, "lowercl", "uppercl")
    }
  }

  @Test("Proportions")
  func proportions() throws {
    let rows = try PHETable("testdata_Proportion__testdata_Prop").rows
    #expect(rows.count == 19)
    for row in rows {
      let scale = try #require(row.number("multiplier"))
      func limits(_ level: Level) -> Limits? {
        guard let x = row.number("Numerator"), let n = row.number("Denominator") else { return nil }
        return Interval.wilson(x, of: n, level)?.scaled(by: scale)
      }
      expectColumns(limits(.percent95), row, "lower95_0cl", "upper95_0cl")
      expectColumns(limits(.percent998), row, "lower99_8cl", "upper99_8cl")
    }
    for row in try PHETable("testdata_Proportion__testdata_Prop_g").rows {
      guard let x = row.number("Numerator"), let n = row.number("Denominator") else { continue }
      expectColumns(Interval.wilson(x, of: n, .percent95), row, "lowercl", "uppercl")
    }
  }

  @Test("Means")
  func means() throws {
    let values = try PHETable("testdata_Mean__testdata_Mean").rows
    let results = try PHETable("testdata_Mean__testdata_Mean_results").rows
    #expect(results.count == 3)
    for row in results {
      let group = values.filter { row["area"] == "No grouping" || $0["area"] == row["area"] }
        .compactMap { $0.number("values") }
      let average = try #require(mean(group))
      let deviation = try #require(standardDeviation(group))
      #expect(Double(group.count) == row.number("value_count"))
      #expect(near(average, try #require(row.number("value"))))
      #expect(near(deviation, try #require(row.number("stdev"))))
      func limits(_ level: Level) -> Limits? {
        Interval.meanT(mean: average, sd: deviation, n: group.count, level)
      }
      expectColumns(limits(.percent95), row, "lower95_0cl", "upper95_0cl")
      expectColumns(limits(.percent998), row, "lower99_8cl", "upper99_8cl")
    }
  }

  @Test("Quantile groups: deciles in regions, septiles of an indicator, quartiles of everything")
  func quantileGroups() throws {
    let rows = try PHETable("testdata_Quantiles__testdata_Quantiles").rows.filter { $0["Test"].hasPrefix("Good") }
    func check(_ set: String, _ count: Int, by key: (PHERow) -> String, inverted: (PHERow) -> Bool) {
      let groups = Dictionary(grouping: rows.filter { $0["GroupSet"] == set }, by: key)
      #expect(!groups.isEmpty)
      for group in groups.values {
        let result = Statistics.quantileGroups(
          group.map { $0.number("Value") }, count: count, inverted: inverted(group[0]))
        #expect(result == group.map { Int($0["QuantileInGrp"]) }, "\(set) \(key(group[0]))")
      }
    }
    func polarity(_ row: PHERow) -> Bool {
      ["rag - low is good", "true"].contains(row["Polarity"].lowercased())
    }
    check("IndSexReg", 10, by: { $0["IndSexRef"] + "|" + $0["ParentCode"] }, inverted: polarity)
    check("IndSex", 7, by: { $0["IndSexRef"] }, inverted: polarity)
    check("None", 4, by: { _ in "" }, inverted: { _ in true })
  }
}

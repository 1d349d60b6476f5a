import Foundation
import TestSupport
import Testing

/// The open data of Vektis over 2015 against figures that were computed apart from this program, with exact decimals.
@Suite(.enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint)))
struct VektisTests {
  private struct Run: Sendable {
    let outcome: CommandOutcome
    let workspace: RunWorkspace
    /// By indicator, layout and unit; only the whole.
    let figures: [String: Figure]
  }
  private struct Figure: Sendable {
    let persons: Double?
    let numerator: Double?
    let denominator: Double?
    let value: Double?
    let expected: Double?
    let ratio: Double?
    let adjusted: Double?
    let reason: String
    let hasInterval: Bool
  }

  private static let run = Result {
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let outcome = try Spiegel.run(
      "run", Spiegel.pipeline("vektis-open"), "--input", Shared.file("data/vektis-open-2015").path, "--workspace",
      workspace.folder.path)
    let table = try ParquetTable(workspace.current.appending(path: "results/results.parquet"))
    func texts(_ name: String) -> [String] { table.texts(name) }
    func numbers(_ name: String) -> [Double?] { table.numbers(name) }
    let (indicators, layouts, units, strata) = (texts("indicator"), texts("layout"), texts("unit"), texts("stratum"))
    let (persons, numerators, denominators) = (numbers("persons"), numbers("numerator"), numbers("denominator"))
    let (values, expected, ratios) = (numbers("value"), numbers("expected"), numbers("ratio"))
    let (adjusted, reasons) = (numbers("adjusted"), texts("reason"))
    let limits = ["lower95", "upper95", "lower998", "upper998"].map(numbers)
    var figures: [String: Figure] = [:]
    for row in 0..<table.rows where strata[row].isEmpty {
      figures["\(indicators[row]) \(layouts[row]) \(units[row])"] = Figure(
        persons: persons[row], numerator: numerators[row], denominator: denominators[row], value: values[row],
        expected: expected[row], ratio: ratios[row], adjusted: adjusted[row], reason: reasons[row],
        hasInterval: limits.contains { $0[row] != nil })
    }
    return Run(outcome: outcome, workspace: workspace, figures: figures)
  }

  private static let ratio = "kosten-naast-verwacht"

  /// Name as Vektis writes it → CBS code.
  private static func codes() throws -> [String: String] {
    let table = try DefinitionLines("vektis-open/codes/gemeenten-2017.csv")
    return Dictionary(uniqueKeysWithValues: table.rows.map { ($0[0], $0[1]) })
  }

  /// A decimal fraction with two decimals as whole hundredths.
  private static func hundredths(_ text: String) throws -> Int64 {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    try #require(parts.count == 2 && parts[1].count == 2)
    return try #require(Int64(parts[0] + parts[1]))
  }

  /// What a published figure says, to 1e-8 of its size.
  private static func agrees(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return false }
    return abs(value - expected) <= 1e-8 * max(1, abs(expected))
  }

  @Test func everyRecordIsAccepted() throws {
    let run = try Self.run.get()
    #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
    let manifest = try RunWorkspace.manifest(run.workspace.current)
    let delivery = try #require(manifest.deliveries.first)
    #expect(manifest.deliveries.count == 1)
    #expect(delivery.read == 14_735 && delivery.accepted == 14_735)
    #expect(delivery.quarantined == 0 && delivery.superseded == 0 && delivery.valuesSetAside == 0)
    #expect(manifest.coreRows["group_total"] == 14_735 * 22)
    // The rest record is noted, and no municipality is without a region.
    #expect(manifest.notes == ["group_total records without unit": 1])
    #expect(run.outcome.output.contains("group_total records without unit 1"))
  }

  /// The core dataset holds, per sex and age band, the cents and hundredths of years of the independent table; the rest
  /// record is what is left, and both together are what the manifest accounts for.
  @Test func totalsAreExact() throws {
    let run = try Self.run.get()
    let table = try ParquetTable(run.workspace.current.appending(path: "core/group_total"))
    let (sexes, bands, units) = (table.texts("sex"), table.texts("age_band"), table.texts("unit"))
    let (years, cents, records) = (
      table.numbers("insured_years"), table.numbers("amount_cents"), table.numbers("record")
    )
    var sums: [String: (cents: Int64, years: Int64)] = [:]
    var last: Double?
    var rest: Int64 = 0
    for row in 0..<table.rows {
      let amount = Int64(try #require(cents[row]))
      if units[row].isEmpty { rest += amount }
      let key = "\(sexes[row]) \(bands[row])"
      sums[key, default: (0, 0)].cents += amount
      if records[row] != last { sums[key]?.years += Int64((try #require(years[row]) * 100).rounded()) }
      last = records[row]
    }
    let national = try CSVTable(Shared.file("expected/vektis-2015-national.csv"), delimiter: ";")
    #expect(national.rows.count == 38 && sums.count == 38 + 1)
    var total = rest
    for row in national.rows {
      let sex = national.value(row, "geslacht") == "M" ? "male" : "female"
      let ages = national.value(row, "leeftijdsklasse").split { !$0.isNumber }.map {
        $0.count == 1 ? "0\($0)" : "\($0)"
      }
      let sum = try #require(sums["\(sex) \(ages.count == 1 ? "90+" : ages.joined(separator: "-"))"])
      let expected = try Self.hundredths(national.value(row, "cost_eur"))
      #expect(sum.cents == expected)
      #expect(sum.years == (try Self.hundredths(national.value(row, "insured_years"))))
      total += expected
    }
    // The rest record's own amounts, added from the last line of the file.
    let file = Shared.file("data/vektis-open-2015/Vektis Open Databestand Zorgverzekeringswet 2015 - gemeente.csv")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let line = try #require(text.split(separator: "\n").last { $0.hasPrefix(";;;") })
    let amounts = line.split(separator: ";", omittingEmptySubsequences: false).dropFirst(5)
    #expect(amounts.count == 22)
    #expect(rest == (try amounts.reduce(0) { $0 + (try Self.hundredths(String($1))) }))
    #expect(try RunWorkspace.manifest(run.workspace.current).deliveries[0].acceptedCents == total)
    let nation = try #require(run.figures["kosten-per-verzekerdejaar nation NL"])
    #expect(nation.numerator == Double(total) / 100)
    #expect(run.figures["kosten-per-verzekerdejaar gemeente onbekend"]?.numerator == Double(rest) / 100)
  }

  @Test func everyMunicipalityHasItsRatio() throws {
    let run = try Self.run.get()
    let codes = try Self.codes()
    let table = try CSVTable(Shared.file("expected/vektis-2015-gemeente-scr.csv"), delimiter: ";")
    #expect(table.rows.count == 388)
    for row in table.rows {
      let name = table.value(row, "gemeente")
      let code = try #require(codes[name])
      let figure = try #require(run.figures["\(Self.ratio) gemeente \(code)"], "\(name)")
      #expect(figure.persons == Double(table.value(row, "persons")), "\(name)")
      #expect(figure.numerator == Double(table.value(row, "cost_eur")), "\(name)")
      #expect(Self.agrees(figure.expected, Double(table.value(row, "expected_eur"))), "\(name)")
      #expect(Self.agrees(figure.ratio, Double(table.value(row, "scr"))), "\(name)")
      #expect(figure.value == figure.ratio, "\(name)")
      #expect(!figure.hasInterval && figure.reason == "no-interval-from-totals", "\(name)")
      let cost = try #require(run.figures["kosten-per-verzekerdejaar gemeente \(code)"], "\(name)")
      #expect(Self.agrees(cost.denominator, Double(table.value(row, "insured_years"))), "\(name)")
      #expect(Self.agrees(cost.ratio, Double(table.value(row, "scr"))), "\(name)")
    }
    let nation = try #require(run.figures["\(Self.ratio) nation NL"])
    #expect(Self.agrees(nation.ratio, 1) && Self.agrees(nation.expected, nation.numerator))
  }

  /// Actual and expected cost of a region are those of its municipalities together; every municipality is in one.
  @Test func everyRegionHasItsRatio() throws {
    let run = try Self.run.get()
    let codes = try Self.codes()
    var office = Dictionary(
      uniqueKeysWithValues: try DefinitionLines("regions/zorgkantoor-2019-gemeente.csv").rows.map { ($0[0], $0[1]) })
    #expect(office.count == 355)
    // Those dissolved have the region of all that their territory went to.
    let mergers = Dictionary(grouping: try DefinitionLines("regions/gemeentelijke-herindeling.csv").rows) { $0[0] }
    for (code, lines) in mergers where lines[0][2] >= "2018" {
      let offices = Set(lines.compactMap { office[$0[1]] })
      #expect(offices.count == 1, "\(code)")
      office[code] = offices.first
    }
    #expect(Set(codes.values).isSubset(of: Set(office.keys)) && Set(codes.values).count == 388)
    let table = try CSVTable(Shared.file("expected/vektis-2015-gemeente-scr.csv"), delimiter: ";")
    var sums: [String: (actual: Int64, expected: Double)] = [:]
    for row in table.rows {
      let code = try #require(codes[table.value(row, "gemeente")])
      let region = try #require(office[code])
      sums[region, default: (0, 0)].actual += try Self.hundredths(table.value(row, "cost_eur"))
      sums[region]?.expected += try #require(Double(table.value(row, "expected_eur")))
    }
    #expect(sums.count == 31)
    for (region, sum) in sums {
      let figure = try #require(run.figures["\(Self.ratio) zorgkantoor \(region)"], "\(region)")
      #expect(figure.numerator == Double(sum.actual) / 100, "\(region)")
      #expect(Self.agrees(figure.expected, sum.expected), "\(region)")
      #expect(Self.agrees(figure.ratio, Double(sum.actual) / 100 / sum.expected), "\(region)")
    }
    #expect(run.figures["\(Self.ratio) zorgkantoor onbekend"] == nil)
  }

  /// First-line care of each municipality, added here from the columns of the file.
  @Test func everyMunicipalityHasItsFirstLineShare() throws {
    let run = try Self.run.get()
    let codes = try Self.codes()
    let file = Shared.file("data/vektis-open-2015/Vektis Open Databestand Zorgverzekeringswet 2015 - gemeente.csv")
    let text = try #require(String(data: try Data(contentsOf: file), encoding: .windowsCP1252))
    let lines = text.split(separator: "\n").map { $0.split(separator: ";", omittingEmptySubsequences: false) }
    let header = lines[0].map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    let firstLine = header.indices.filter { index in
      ["HUISARTS", "PARAMEDISCHE", "VERPLEGING_EN_VERZORGING", "KRAAMZORG", "VERLOSKUNDIGE", "MONDZORG"].contains {
        header[index].hasPrefix("KOSTEN_" + $0)
      }
    }
    #expect(firstLine.count == 4 + 2 + 1 + 1 + 1 + 1)
    var sums: [String: (first: Int64, all: Int64)] = [:]
    for line in lines.dropFirst() {
      let name = String(line[2])
      for index in 5..<line.count {
        let cents = try Self.hundredths(line[index].trimmingCharacters(in: .whitespacesAndNewlines))
        sums[name, default: (0, 0)].all += cents
        if firstLine.contains(index) { sums[name]?.first += cents }
      }
    }
    #expect(sums.count == 388 + 1)
    for (name, sum) in sums where !name.isEmpty {
      let code = try #require(codes[name])
      let figure = try #require(run.figures["aandeel-eerste-lijn gemeente \(code)"], "\(name)")
      #expect(figure.numerator == Double(sum.first) / 100 && figure.denominator == Double(sum.all) / 100, "\(name)")
      #expect(Self.agrees(figure.value, Double(sum.first) / Double(sum.all)), "\(name)")
    }
  }

  @Test func mirrorFilesAreThere() throws {
    let mirror = try Self.run.get().workspace.current.appending(path: "mirror")
    func folders(_ layout: String) throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: mirror.appending(path: layout).path).count
    }
    #expect(try folders("gemeente") == 388)
    #expect(try folders("zorgkantoor") == 31)
    #expect(try folders("nation") == 1)
    let csv = try CSVTable(mirror.appending(path: "gemeente/0518/spiegel.csv"), delimiter: ",")
    let row = try #require(csv.rows.first { csv.value($0, "indicator") == Self.ratio })
    #expect(Self.agrees(Double(csv.value(row, "ratio")), 1.105595852))
    #expect(csv.value(row, "lower95").isEmpty && csv.value(row, "reason") == "no-interval-from-totals")
  }
}

/// A small table of a pipeline, without its comments and header.
struct DefinitionLines {
  let rows: [[String]]

  init(_ path: String) throws {
    let file = Shared.package.appending(path: "pipelines/\(path)")
    let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(whereSeparator: \.isNewline)
    rows = lines.filter { !$0.hasPrefix("#") }.dropFirst().map {
      $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

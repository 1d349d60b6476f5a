import Columns
import CoreDataset
import Definitions
import Testing

extension Mistakes {
  /// `quality.yaml`.
  static let quality = [
    quality("as-of: soon", "1:8: expected a date as yyyy-MM-dd, found \"soon\""),
    quality("threshold: []", "1:1: unknown key \"threshold\"; did you mean \"thresholds\"?"),
    quality(
      "thresholds: [{check: claim_line.provider.knwn, value: 0.1, why: agreed, since: 2026}]",
      "1:22: there is no check \"claim_line.provider.knwn\"; did you mean \"claim_line.provider.known\"?"),
    quality(
      "thresholds: [{check: something-else-altogether, value: 0.1, why: agreed, since: 2026}]",
      "1:22: there is no check \"something-else-altogether\"; \"spiegel quality\" lists them"),
    quality(
      "thresholds: [{check: claim_line.provider.known, value: 0.1, since: 2026}]",
      "1:14: a threshold needs \"why\": the reference or the decision behind the number"),
    quality(
      "thresholds: [{check: claim_line.provider.known, value: 10, why: agreed, since: 2026}]",
      "1:56: 10 is not between 0 and 1"),
    quality(
      "thresholds: [{check: claim_line.provider.known, value: 0.1, why: agreed, since: 2026, severity: bad}]",
      "1:97: unknown value \"bad\"; expected one of: info, warning, critical"),
    check("table: claim_line", "table: claims", "6:12: there is no table \"claims\"; there is: " + coreTables),
    check(
      "    column: quantity", "    column: quantty",
      "7:13: claim_line has no column \"quantty\"; did you mean \"quantity\"?"),
    check(
      "{column: quantity, above: 60}", "{column: person.age, above: 60}",
      "8:25: claim_line has no column \"person.age\"; did you mean \"person.sex\"?"),
    check(
      "{column: quantity, above: 60}", "{column: start, above: 60}",
      "8:39: expected a date as yyyy-MM-dd, found \"60\""),
    check(
      "{column: quantity, above: 60}", "{column: activity, above: 60}",
      "8:42: only days, numbers and amounts can be below or above a limit"),
    check(
      "{column: quantity, above: 60}", "{column: quantity, one-of: [a]}", "8:43: the column does not hold codes"),
    check(
      "{column: quantity, above: 60}", "{column: quantity, after: provider}",
      "8:42: \"provider\" is of another kind (code) than the column (integer)"),
    check(
      "{column: quantity, above: 60}", "{column: quantity}",
      "8:16: a condition has one test beside \"column\": missing, below, above, one-of, none-of, not-digits, before, after or "
        + "differs-from"),
    check(
      "{column: quantity, above: 60}", "",
      "8:5: \"violated\" needs a condition; without any all rows would be at fault"),
    check("id: many", "id: Many", "2:9: the id of a check is lower case letters, digits, \".\", \"_\" and \"-\""),
    check("id: many", "id: person.known", "2:5: check \"person.known\" occurs twice"),
    check(
      "severity: warning", "severity: warning\n    consequence: stop",
      "6:18: only a critical check has consequences; its severity is warning"),
    quality(
      "references: [{figure: share-of-women, name: {nl: a, en: b}, value: 0.5}]",
      "1:14: a published figure needs \"source\": where it was published"),
    quality(
      "references: [{figure: euros-per-insured-year, name: {nl: a, en: b}, value: 2000, source: x}]",
      "1:14: missing key \"year\""),
  ]

  private static let coreTables =
    "person, insured_period, provider, claim_line, claim_correction, care_path, response, answer, score, group_total"

  /// A check that has no mistakes.
  static let rightCheck = """
    checks:
      - id: many
        text: {nl: Veel, en: Many}
        category: plausibility
        severity: warning
        table: claim_line
        column: quantity
        violated: [{column: quantity, above: 60}]
        threshold: {value: 0.01, why: agreed, since: 2026}
    """

  private static func check(_ old: String, _ new: String, _ message: String) -> Mistake {
    quality(rightCheck.replacing(old, with: new), message)
  }

  private static func quality(_ text: String, _ messages: String...) -> Mistake {
    Mistake("quality.yaml", "", text, messages: messages.map { "quality.yaml:\($0)" })
  }
}

@Suite struct QualityDefinitionTests {
  @Test(arguments: Mistakes.quality) func mistakes(_ mistake: Mistake) throws { try mistake.check() }

  @Test func withoutTheFileTheCatalogueHolds() throws {
    let quality = try SmallPipeline().load().quality
    #expect(quality.checks == QualityCatalogue.all)
    // The periods end in 2016.
    #expect(quality.asOf.description == "2017-12-31")
  }

  @Test func checksAndThresholdsOfThePipeline() throws {
    var pipeline = SmallPipeline()
    pipeline.files["quality.yaml"] =
      Mistakes.rightCheck + """

        as-of: 2020-02-29
        thresholds:
          - {check: many, value: 0.5, why: agreed again, since: 2026-02, severity: critical}
          - {check: claim_line.start.after-death, value: 0.02, why: late bills, since: 2026, severity: info}
        """
    let quality = try pipeline.load().quality
    #expect(quality.asOf.description == "2020-02-29")
    let own = try #require(quality.checks.last)
    #expect(own.id == "many" && own.severity == .critical && own.consequence == .block && own.threshold == 0.5)
    #expect(own.why == "agreed again (2026-02)")
    #expect(own.method == .rows(among: [], violated: [CheckCondition("quantity", .above(60))]))
    let late = try #require(quality.checks.first { $0.id == "claim_line.start.after-death" })
    #expect(late.threshold == 0.02 && late.severity == .info && late.consequence == .none)
    #expect(try pipeline.load().digest != SmallPipeline().load().digest)
  }

  @Test func idsAreUniqueAndColumnsAreThere() {
    #expect(Set(QualityCatalogue.all.map(\.id)).count == QualityCatalogue.all.count)
    for check in QualityCatalogue.all {
      guard case .rows(let among, let violated) = check.method else { continue }
      let table = Core.all.first { $0.name == check.table }
      let known = CheckCondition.personColumns + CheckCondition.runDays
      for condition in among + violated {
        #expect(known.contains(condition.column) || table?.index(of: condition.column) != nil, "\(check.id)")
      }
      for column in check.columns { #expect(known.contains(column) || table?.index(of: column) != nil, "\(check.id)") }
      #expect(!check.why.isEmpty && !check.dutch.isEmpty && !check.english.isEmpty)
      #expect((check.severity == .critical) == (check.consequence != .none), "\(check.id)")
    }
  }

  /// An indicator is touched by what its figures are made of, and by nothing else.
  @Test func indicatorsThatUseAColumn() throws {
    let pipeline = try SmallPipeline().load()
    #expect(pipeline.indicators(using: "claim_line", ["amount_cents"]) == ["cost", "claims"])
    #expect(pipeline.indicators(using: "claim_line", ["quantity"]) == [])
    #expect(pipeline.indicators(using: "claim_line", ["birth_year"]) == ["claims"])
    #expect(pipeline.indicators(using: "score", ["value"]) == ["pain"])
    #expect(pipeline.indicators(using: "person", ["birth_year"]) == ["pain"])
    #expect(pipeline.indicators(using: "claim_line", []) == ["cost", "claims"])
  }
}

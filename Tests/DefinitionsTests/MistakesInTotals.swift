extension Mistakes {
  /// A source of totals, without mistakes.
  static let totalsSource = """
    version: "1"
    reported-by: insurer
    delivers: group_total
    recognise: {name: "totals*.csv"}
    format: {type: delimited, delimiter: ";", encoding: utf-8}
    fields:
      unit: {column: place}
      period: {constant: "2015"}
      sex: {column: sex, codes: {M: male, V: female}, unknown: reject}
      age_band: {column: age, codes: {young: 00-49, old: 50+}, unknown: reject}
      insured_years: {column: years}
      persons: {column: people}
    amounts:
      every: "COST_*"
      columns:
        general-practice: [COST_GP, COST_GP_OTHER]
        pharmacy: COST_PHARMACY
    """

  /// An indicator of such totals, without mistakes.
  static let totalsIndicator = """
    version: "1"
    name: {nl: Verhouding, en: Ratio}
    explanation: {nl: Verhouding, en: Ratio}
    goal: cost
    measure: group-cost-ratio
    population: all
    unit: {nl: keer, en: times}
    decimals: 2
    direction: neutral
    """

  /// `sources/totals.yaml`, which is in the pipeline of these tests only.
  static let totals = [
    Mistake(
      "sources/totals.yaml", "  unit: {column: place}", "  unit: {column: place}\n  care_type: {column: care}",
      "sources/totals.yaml:8:3: group_total has no column \"care_type\"; it has: unit, period, sex, age_band, "
        + "insured_years, persons"),
    Mistake(
      "sources/totals.yaml", "  persons: {column: people}\n", "",
      "sources/totals.yaml:6:1: group_total needs the field \"persons\""),
    Mistake(
      "sources/totals.yaml", "codes: {young: 00-49, old: 50+}, unknown: reject", "required: true",
      "sources/totals.yaml:6:1: \"age_band\" needs \"codes\", and \"unknown\" other than keep: the bands must be "
        + "known beforehand"),
    Mistake(
      "sources/totals.yaml", "{constant: \"2015\"}", "{constant: \"2014\"}",
      "sources/totals.yaml:6:1: there is no period \"2014\"; did you mean \"2015\"?"),
    Mistake(
      "sources/totals.yaml", "every", "evry", "sources/totals.yaml:14:3: unknown key \"evry\"; did you mean \"every\"?"),
    Mistake(
      "sources/totals.yaml", "  columns:", "  column:",
      "sources/totals.yaml:14:3: missing key \"columns\"",
      "sources/totals.yaml:15:3: unknown key \"column\"; did you mean \"columns\"?"),
    Mistake(
      "sources/totals.yaml", "pharmacy: COST_PHARMACY", "farmacy: COST_PHARMACY",
      "sources/totals.yaml:17:5: unknown value \"farmacy\"; did you mean \"pharmacy\"?"),
    Mistake(
      "sources/totals.yaml", "pharmacy: COST_PHARMACY", "pharmacy: COST_GP",
      "sources/totals.yaml:17:15: column \"COST_GP\" occurs twice; its amounts would count twice"),
    Mistake(
      "sources/totals.yaml", "pharmacy: COST_PHARMACY", "pharmacy: []",
      "sources/totals.yaml:17:15: no column is given for \"pharmacy\"; leave it out or add one"),
    Mistake(
      "sources/totals.yaml", "encoding: utf-8}", "encoding: utf-8, header: false}",
      "sources/totals.yaml:7:18: expected the number of a column, from 1, in a file without header, found \"place\"",
      "sources/totals.yaml:9:17: expected the number of a column, from 1, in a file without header, found \"sex\"",
      "sources/totals.yaml:10:22: expected the number of a column, from 1, in a file without header, found \"age\"",
      "sources/totals.yaml:11:27: expected the number of a column, from 1, in a file without header, found \"years\"",
      "sources/totals.yaml:12:21: expected the number of a column, from 1, in a file without header, found \"people\"",
      "sources/totals.yaml:16:23: expected the number of a column, from 1, in a file without header, found \"COST_GP\"",
      "sources/totals.yaml:16:23: expected the number of a column, from 1, in a file without header, found "
        + "\"COST_GP_OTHER\"",
      "sources/totals.yaml:17:15: expected the number of a column, from 1, in a file without header, found "
        + "\"COST_PHARMACY\""),
    Mistake(
      "sources/totals.yaml",
      "amounts:\n  every: \"COST_*\"\n  columns:\n    general-practice: [COST_GP, COST_GP_OTHER]\n    pharmacy: COST_PHARMACY",
      "",
      "sources/totals.yaml:1:1: a source that delivers group_total needs \"amounts\": kinds of care with their columns"),
    Mistake(
      "sources/claims.yaml", "  amount_cents: {column: Amount}",
      "  amount_cents: {column: Amount}\namounts: {columns: {pharmacy: x}}",
      "sources/claims.yaml:14:1: only a source that delivers group_total has columns of amounts"),
    Mistake(
      "indicators/ratio.yaml", "population: all", "population: knee",
      "indicators/ratio.yaml:6:13: population \"knee\" has conditions, which are about persons; totals of groups need "
        + "one without"),
    Mistake(
      "indicators/ratio.yaml", "measure: group-cost-ratio", "measure: group-cost-share",
      "indicators/ratio.yaml:1:1: measure group-cost-share needs \"parameters\": care-types or care-lines"),
    Mistake(
      "indicators/ratio.yaml", "direction: neutral", "direction: neutral\nparameters: {diagnoses: [M54]}",
      "indicators/ratio.yaml:10:14: measure group-cost-ratio does not take \"diagnoses\"; it takes care-types, "
        + "care-lines"),
    Mistake(
      "indicators/ratio.yaml", "direction: neutral", "direction: neutral\nstrata: [{by: item}]",
      "indicators/ratio.yaml:10:15: totals of groups have parts by age and sex only"),
    Mistake(
      "indicators/ratio.yaml", "direction: neutral", "direction: neutral\nstrata: [{by: age, bands: [0, 20]}]",
      "indicators/ratio.yaml:10:27: no delivered age band begins at 20; they begin at 0, 50"),
    Mistake(
      "regions/towns.csv", "t2;b", ";b", "regions/towns.csv:3:1: a municipality needs a code"),
    Mistake("regions/towns.csv", "t2;b", "t1;b", "regions/towns.csv:3:1: municipality \"t1\" occurs twice"),
    Mistake(
      "regions/towns.csv", "", "municipality;unit;name;from;to\nt1;a;A;;2015-12-31\nt1;b;B;2015-12-31;\n",
      "regions/towns.csv:3:1: municipality \"t1\" occurs twice on the same day"),
    Mistake(
      "regions/towns.csv", "", "municipality;unit;name;from;to\nt1;a;A;2016-01-01;2015-12-31\n",
      "regions/towns.csv:2:1: the last day, 2015-12-31, lies before the first, 2016-01-01"),
    Mistake(
      "regions/towns.csv", "", "municipality;unit;name;from;to\nt1;a;A;1-1-2016;\n",
      "regions/towns.csv:2:1: expected a date as yyyy-MM-dd or nothing, found \"1-1-2016\""),
  ]

  /// The small pipeline with totals and a layout by municipality.
  static func withTotals() throws -> SmallPipeline {
    var pipeline = SmallPipeline()
    pipeline.files["sources/totals.yaml"] = totalsSource
    pipeline.files["indicators/ratio.yaml"] = totalsIndicator
    pipeline.files["regions/towns.csv"] = "municipality;unit;name\nt1;a;Region A\nt2;b;Region B\n"
    try pipeline.edit(
      "pipeline.yaml", "en: Country}}]",
      "en: Country}}, {id: towns, file: towns.csv, name: {nl: Plaatsen, en: Towns}}]")
    return pipeline
  }
}

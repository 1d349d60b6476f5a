extension Mistakes {
  private static func more(_ lines: String) -> String { "direction: lower-better\n\(lines)" }
  private static let bands =
    "\"bands\" are the first ages of age bands from 0 on, in ascending order, for example [0, 50, 65]"

  /// `strata`, `breaks`, `cusum`, `difference-in-differences`, paths of targets, and parameters of cost and percentiles.
  private static func savings(_ base: String = "[{period: \"2015\", weight: 1}]", _ more: String = "") -> String {
    "id: cost, shared-savings: {base: \(base), sharing-rate: {value: 0.5, why: agreed, since: 2026}, "
      + "payment-cap: {value: 0.1, why: agreed, since: 2026}, goals: []\(more)}"
  }

  static let series = [
    Mistake(
      "indicators/cost.yaml", "id: cost", savings("[{period: \"2016\", weight: 1}]"),
      "indicators/cost.yaml:13:50: after the last base period there is no period to settle"),
    Mistake(
      "indicators/cost.yaml", "id: cost", savings("[{period: \"2015\", weight: 0.9}]"),
      "indicators/cost.yaml:13:50: the weights are shares that add up to 1"),
    Mistake(
      "indicators/cost.yaml", "id: cost", savings("[{period: \"2014\", weight: 1}]"),
      "indicators/cost.yaml:13:60: there is no period \"2014\"; did you mean \"2015\"?"),
    Mistake(
      "indicators/cost.yaml", "id: cost",
      savings().replacing("goals: []", with: "goals: [{indicator: joy, at-least: {value: 1, why: x, since: 2026}}]"),
      "indicators/cost.yaml:13:208: there is no indicator \"joy\"; there is: claims, cost, pain"),
    Mistake(
      "indicators/cost.yaml", "id: cost", savings().replacing("goals: []", with: "goals: [{indicator: pain}]"),
      "indicators/cost.yaml:13:196: a goal says \"at-least\" or \"at-most\""),
    Mistake(
      "indicators/cost.yaml", "id: cost", savings("[{period: \"2015\", weight: 1}]", ", reference: nobody"),
      "indicators/cost.yaml:13:210: there is no population \"nobody\"; there is: all, knee"),
    Mistake(
      "indicators/cost.yaml", "id: cost", savings("[{period: \"2015\", weight: 1}]", ", age-bands: [18, 50]"),
      "indicators/cost.yaml:13:210: \"age-bands\" are the first ages of age bands from 0 on, in ascending order, for "
        + "example [0, 50, 65]"),
    Mistake(
      "indicators/cost.yaml", "id: cost",
      savings() + ", parameters: {truncate-at: {value: 0.99, why: x, since: 2026}}",
      "indicators/cost.yaml:13:27: shared savings take costs whole; leave truncate-at out"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better",
      more(
        "shared-savings: {base: [{period: \"2015\", weight: 1}], sharing-rate: {value: 1, why: x, since: 2026}, "
          + "payment-cap: {value: 1, why: x, since: 2026}, goals: []}"),
      "indicators/pain.yaml:10:17: shared savings need the costs of measure cost-per-person-year"),
    Mistake(
      "indicators/cost.yaml", "id: cost",
      "id: cost, measure: waiting-time, parameters: {starts: [consult], activities: [consult], "
        + "norm-days: {value: 28, why: x, since: 2026}}",
      "indicators/cost.yaml:13:71: \"consult\" is among the activities that end the wait; it cannot begin it too"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("strata: [{by: region}]"),
      "indicators/pain.yaml:10:15: unknown value \"region\"; expected one of: age, sex, insurer, item"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("strata: [{by: age, bands: [18, 65]}]"),
      "indicators/pain.yaml:10:27: \(bands)"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("strata: [{by: age, bands: [0, 65, 50]}]"),
      "indicators/pain.yaml:10:27: \(bands)"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("strata: [{by: sex}, {by: sex}]"),
      "indicators/pain.yaml:10:21: \"sex\" is there twice"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("strata: [{by: sex, bands: [0]}]"),
      "indicators/pain.yaml:10:20: unknown key \"bands\"; known here: by"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("strata: [{by: insurer, layout: land}]"),
      "indicators/pain.yaml:10:32: there is no region layout by insurer \"land\""),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better",
      more("strata: [{by: item, instrument: pain, item: \"9\", moment: T0}]"),
      "indicators/pain.yaml:10:45: there is no item \"9\"; there is: 1, 2"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better",
      more("strata: [{by: item, instrument: pain, item: \"1\", moment: T9}]"),
      "indicators/pain.yaml:10:58: there is no source of \"pain\" at moment \"T9\"; there is: T0, T1"),
    Mistake(
      "indicators/cost.yaml", "id: claims,", "id: claims, strata: [{by: insurer, layout: land}],",
      "indicators/cost.yaml:14:43: claim-rate has parts by age and sex only, for inhabitants are known by these"),
    Mistake(
      "indicators/cost.yaml", "id: claims,", "id: claims, strata: [{by: age, bands: [0, 17]}],",
      "indicators/cost.yaml:14:55: no age band of the standard population begins at 17; they begin at 0, 18"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better",
      more("breaks: [{from: \"2015\", cause: instrument, why: new}]"),
      "indicators/pain.yaml:10:17: \"2015\" is the first period; there is nothing before it to break with"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("breaks: [{from: \"2016\", cause: weather, why: new}]"),
      "indicators/pain.yaml:10:32: unknown value \"weather\"; expected one of: definition, mapping, instrument"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("breaks: [{from: \"2016\", cause: mapping}]"),
      "indicators/pain.yaml:10:10: missing key \"why\""),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better",
      more("cusum: {odds-ratio: {value: 2, why: agreed, since: 2026}, limit: {value: 4, why: agreed, since: 2026}}"),
      "indicators/pain.yaml:10:8: a risk-adjusted CUSUM needs the risks of measure modelled-share"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("difference-in-differences: {population: knees}"),
      "indicators/pain.yaml:10:41: there is no population \"knees\"; did you mean \"knee\"?"),
    Mistake(
      "indicators/pain.yaml", "period: \"2016\"", "period: \"2015\", path: linear",
      "indicators/pain.yaml:10:85: a path leads from the reference measurement to the target's \"period\", which must lie "
        + "after it"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("comparison: {limits: none}"),
      "indicators/pain.yaml:10:22: only totals of groups are compared without limits"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", more("comparison: {limits: funnelplotr}"),
      "indicators/pain.yaml:10:22: limits of FunnelPlotR are for rates of events; measure score-change takes others"),
    Mistake(
      "indicators/item.yaml", "", item("cost-per-person-year", "{per: week}"),
      "indicators/item.yaml:10:19: unknown value \"week\"; expected one of: year, month"),
  ]
}

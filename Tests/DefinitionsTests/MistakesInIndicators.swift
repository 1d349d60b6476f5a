extension Mistakes {
  /// `indicators/`.
  static let indicators = [
    Mistake(
      "indicators/pain.yaml", "score-change", "score-chnge",
      "indicators/pain.yaml:5:10: unknown value \"score-chnge\"; did you mean \"score-change\"?"),
    Mistake(
      "indicators/pain.yaml", "population: knee", "population: knees",
      "indicators/pain.yaml:6:13: there is no population \"knees\"; did you mean \"knee\"?"),
    Mistake(
      "indicators/pain.yaml", "instrument: pain", "instrument: pin",
      "indicators/pain.yaml:11:26: there is no instrument \"pin\"; did you mean \"pain\"?"),
    Mistake(
      "indicators/pain.yaml", "scale: total", "scale: totaal",
      "indicators/pain.yaml:11:39: there is no scale \"totaal\"; did you mean \"total\"?"),
    Mistake(
      "indicators/pain.yaml", "to: T1", "to: T2",
      "indicators/pain.yaml:11:60: there is no source of \"pain\" at moment \"T2\"; there is: T0, T1"),
    Mistake("indicators/pain.yaml", "to: T1, ", "", "indicators/pain.yaml:11:13: measure score-change needs \"to\""),
    Mistake(
      "indicators/pain.yaml", "to: T1, requires-prediction: true", "to: T0",
      "indicators/pain.yaml:11:60: \"from\" and \"to\" are the same moment, \"T0\""),
    Mistake(
      "indicators/pain.yaml", "to: T1", "to: T1, outcome: improved",
      "indicators/pain.yaml:11:64: measure score-change does not take \"outcome\"; it takes instrument, "
        + "scale, from, to, requires-prediction, distribution"),
    Mistake(
      "indicators/pain.yaml", "to: T1", "too: T1", "indicators/pain.yaml:11:13: measure score-change needs \"to\"",
      "indicators/pain.yaml:11:56: unknown key \"too\"; did you mean \"to\"?"),
    Mistake(
      "indicators/pain.yaml", "value: -0.2, why: agreed", "value: -0.2",
      "indicators/pain.yaml:10:9: a threshold needs \"why\": the reference or the decision behind the "
        + "number"),
    Mistake(
      "indicators/pain.yaml", "period: \"2016\"", "period: \"2019\"",
      "indicators/pain.yaml:10:71: there is no period \"2019\"; did you mean \"2015\"?"),
    Mistake(
      "indicators/pain.yaml", "decimals: 1", "decimals: one",
      "indicators/pain.yaml:8:11: expected a whole number from 0 to 6, found \"one\""),
    Mistake(
      "indicators/cost.yaml", "id: claims", "id: cost", "indicators/cost.yaml:14:17: indicator \"cost\" occurs twice"),
    Mistake(
      "indicators/cost.yaml", "id: claims", "id: pain", "indicators/pain.yaml:1:1: indicator \"pain\" occurs twice"),
    Mistake(
      "indicators/cost.yaml", "[first]", "[frist]",
      "indicators/cost.yaml:14:76: unknown value \"frist\"; did you mean \"first\"?"),
    Mistake(
      "indicators/cost.yaml", "measure: claim-rate, parameters: {care-lines: [first]}", "measure: cost-share",
      "indicators/cost.yaml:14:5: measure cost-share needs \"parameters\": care-types or care-lines or "
        + "activities or diagnoses"),
    Mistake(
      "indicators/cost.yaml", "measure: claim-rate, parameters: {care-lines: [first]}", "measure: event-rate",
      "indicators/cost.yaml:14:5: measure event-rate needs \"parameters\": activities"),
    Mistake(
      "indicators/cost.yaml", "id: cost}", "id: cost, reported-by: provider}",
      "indicators/cost.yaml:13:27: there is no source of claim_line reported by \"provider\"; there is: "
        + "insurer"),
    Mistake(
      "indicators/pain.yaml", "measure: score-change", "measure: top-box",
      "indicators/pain.yaml:11:13: measure top-box needs \"item\"",
      "indicators/pain.yaml:11:13: measure top-box needs \"at-least\"",
      "indicators/pain.yaml:11:32: measure top-box does not take \"scale\"; it takes instrument, item, "
        + "from, at-least",
      "indicators/pain.yaml:11:56: measure top-box does not take \"to\"; it takes instrument, item, from, "
        + "at-least",
      "indicators/pain.yaml:11:64: measure top-box does not take \"requires-prediction\"; it takes "
        + "instrument, item, from, at-least"),
    Mistake(
      "indicators/item.yaml", "", item("top-box", "{instrument: pain, item: \"1\", from: T0, at-least: 11}"),
      "indicators/item.yaml:10:63: 11 is not between 0 and 10"),
    Mistake(
      "indicators/item.yaml", "", item("item-mean", "{instrument: pain, item: \"5\", from: T0}"),
      "indicators/item.yaml:10:38: there is no item \"5\"; there is: 1, 2"),
    Mistake(
      "indicators/item.yaml", "",
      item(
        "score-share",
        "{instrument: pain, scale: total, from: T0, to: T1, outcome: improved, "
          + "threshold: minimal-important-change}"),
      "indicators/item.yaml:10:94: scale \"total\" has no minimal-important-change; give value, why and "
        + "since"),
    Mistake(
      "indicators/item.yaml", "",
      item("score-share", "{instrument: pain, scale: total, from: T0, to: T1, outcome: better, threshold: big}"),
      "indicators/item.yaml:10:73: unknown value \"better\"; expected one of: improved, unchanged, worsened",
      "indicators/item.yaml:10:92: expected value, why and since, or minimal-important-change, found "
        + "\"big\""),
    Mistake(
      "indicators/item.yaml", "", item("adjusted-gain", "{instrument: pain, scale: total, from: T1, to: T0}"),
      "indicators/item.yaml:10:39: no source delivers a prediction of \"total\" of \"pain\""),
    Mistake(
      "indicators/item.yaml", "", item("cost-share", "{}"),
      "indicators/item.yaml:10:13: measure cost-share needs the care to take the share of: care-types or "
        + "care-lines or activities or diagnoses"),
    Mistake(
      "pipeline.yaml", "baseline: \"2015\"\n", "",
      "indicators/pain.yaml:10:10: a target for the change needs a \"baseline\" in pipeline.yaml"),
    Mistake(
      "pipeline.yaml", "standard-population: {file: standards/people.csv, layout: land, bands: [\"00-17\", \"18+\"]}",
      "", "indicators/cost.yaml:14:38: measure claim-rate needs a \"standard-population\" in pipeline.yaml"),
    Mistake(
      "sources/hospital.yaml", "",
      """
      version: "1"
      reported-by: provider
      delivers: claim_line
      recognise: {name: "hospital*.csv"}
      format: {type: delimited, delimiter: ";", encoding: utf-8}
      fields:
        claim: {column: Number}
        line: {column: Line}
        person: {column: BSN, form: bsn}
        care_type: {constant: medical-specialist}
        start: {column: Start}
        amount_cents: {column: Amount}
      """,
      "indicators/cost.yaml:13:5: claim lines are reported by insurer and by provider; say in "
        + "\"reported-by\" which counts, or the same care counts twice",
      "indicators/cost.yaml:14:5: claim lines are reported by insurer and by provider; say in "
        + "\"reported-by\" which counts, or the same care counts twice"),
  ]

  /// An indicator in a file of its own.
  static func item(_ measure: String, _ parameters: String) -> String {
    """
    version: "1"
    name: {nl: Vraag, en: Item}
    explanation: {nl: Vraag, en: Item}
    goal: health
    measure: \(measure)
    population: knee
    unit: {nl: punten, en: points}
    decimals: 1
    direction: neutral
    parameters: \(parameters)
    """
  }
}

extension Mistakes {
  /// `comparison` and `reference` of an indicator.
  static let comparisons = [
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", "direction: lower-better\ncomparison: {limits: exact}",
      "indicators/pain.yaml:10:22: exact limits are for shares and rates; measure score-change takes normal ones"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", "direction: lower-better\ncomparison: {limit: normal}",
      "indicators/pain.yaml:10:14: unknown key \"limit\"; did you mean \"limits\"?"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", "direction: lower-better\ncomparison: {over-dispersion: both}",
      "indicators/pain.yaml:10:31: unknown value \"both\"; expected one of: none, additive, multiplicative"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", "direction: lower-better\ncomparison: normal",
      "indicators/pain.yaml:10:13: expected keys with values, found \"normal\""),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better", "direction: lower-better\ncomparison: {minimum-persons: 30}",
      "indicators/pain.yaml:10:31: expected {value: …, why: …, since: …}, found \"30\""),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better",
      "direction: lower-better\ncomparison: {minimum-persons: {value: 9.5, why: agreed, since: 2026}}",
      "indicators/pain.yaml:10:31: the fewest persons is a whole number"),
    Mistake(
      "indicators/pain.yaml", "direction: lower-better",
      "direction: lower-better\ncomparison: {minimum-rankability: {value: 2, why: agreed, since: 2026}}",
      "indicators/pain.yaml:10:43: 2 is not between 0 and 1"),
    Mistake(
      "indicators/cost.yaml", "id: claims,", "id: claims, comparison: {},",
      "indicators/cost.yaml:14:41: figures of measure claim-rate are not compared with limits; leave the key out"),
    Mistake(
      "indicators/item.yaml", "",
      item(
        "adjusted-gain",
        "{instrument: pain, scale: total, from: T0, to: T1, reference: {gain: {value: 5, why: agreed, since: 2016}}}"),
      "indicators/item.yaml:10:75: missing key \"residual\"",
      "indicators/item.yaml:10:75: missing key \"standard-deviation\""),
    Mistake(
      "indicators/item.yaml", "",
      item("effect-size", "{instrument: pain, scale: total, from: T0, to: T1, standardiser: sd}"),
      "indicators/item.yaml:10:78: unknown value \"sd\"; expected one of: baseline, change"),
    Mistake(
      "indicators/item.yaml", "",
      item(
        "reliable-change",
        "{instrument: pain, scale: total, from: T0, to: T1, outcome: improved, reference-deviation: 7, reliability: "
          + "{value: 1, why: agreed, since: 2026}}"),
      "indicators/item.yaml:10:104: expected {value: …, why: …, since: …}, found \"7\"",
      "indicators/item.yaml:10:128: 1 is not between 0 and 0.999999"),
    Mistake(
      "indicators/pain.yaml", "requires-prediction: true", "reference: 5",
      "indicators/pain.yaml:11:64: measure score-change does not take \"reference\"; it takes instrument, scale, from, "
        + "to, requires-prediction, distribution"),
    Mistake(
      "pipeline.yaml", "buckets: 4", "buckets: 4\ndominance: {p: 0.1}",
      "pipeline.yaml:10:16: expected {value: …, why: …, since: …}, found \"0.1\""),
    Mistake(
      "pipeline.yaml", "buckets: 4", "buckets: 4\ndominance: {k: {value: 0.3, why: agreed, since: 2026}}",
      "pipeline.yaml:10:24: 0.3 is not between 0.5 and 0.99"),
    Mistake(
      "pipeline.yaml", "buckets: 4", "buckets: 4\ndominance: {n: 1}",
      "pipeline.yaml:10:16: n goes with k, the share that the n largest may have"),
    Mistake(
      "pipeline.yaml", "buckets: 4",
      "buckets: 4\ndominance: {fewest-providers: {value: 2.5, why: agreed, since: 2026}}",
      "pipeline.yaml:10:13: the fewest providers is a whole number"),
  ]
}

extension Mistakes {
  /// What an instrument or a pipeline says of answers, moments and conversions.
  static let rules = [
    Mistake(
      "instruments/pain.yaml", "rule: sum", "rule: {state-table: tables/none.csv}",
      "instruments/pain.yaml:11:25: a table of states needs items with answers of one digit"),
    Mistake(
      "instruments/pain.yaml", "licence: free", "licence: free\ndouble-answer: best",
      "instruments/pain.yaml:5:16: unknown value \"best\"; expected one of: missing, worst, first"),
    Mistake(
      "instruments/pain.yaml", "licence: free", "licence: free\nout-of-range: record",
      "instruments/pain.yaml:5:15: unknown value \"record\"; expected one of: answer, response"),
    Mistake(
      "instruments/pain.yaml", "range: [0, 10]}", "range: [0, 10], loinc: [1-8]}",
      "instruments/pain.yaml:6:41: expected a LOINC code for each of the 2 items, found 1"),
    Mistake(
      "instruments/pain.yaml", "range: [0, 10]}", "range: [0, 10], answer-codes: {LA1: 0, LA2: 11}}",
      "instruments/pain.yaml:6:69: 11 is not between 0 and 10"),
    Mistake(
      "instruments/pain.yaml", "range: [0, 10]}", "range: [0, 10], answer-codes: [LA1]}",
      "instruments/pain.yaml:6:55: expected keys with values, found a list"),
    Mistake(
      "instruments/pain.yaml", "direction: lower-better",
      "direction: lower-better\n    acceptable-state: {value: 21, why: agreed, since: 2020}",
      "instruments/pain.yaml:15:31: 21 is not between 0 and 20"),
    Mistake(
      "instruments/pain.yaml", "licence: free",
      "licence: free\nmoments: [{moment: T0, target: 20, from: 0, to: 14}]",
      "instruments/pain.yaml:5:11: the target, day 20, does not lie between day 0 and day 14"),
    Mistake(
      "instruments/pain.yaml", "licence: free",
      "licence: free\nmoments: [{moment: T0, target: 0, from: 0, to: 14}, {moment: T1, target: 20, from: 14, to: 20}]",
      "instruments/pain.yaml:5:53: the days of \"T1\" overlap those of \"T0\""),
    Mistake(
      "pipeline.yaml", "buckets: 4",
      "buckets: 4\nmoments: [{moment: T0, target: 0, from: 0, to: 9}, {moment: T0, target: 20, from: 10, to: 20}]",
      "pipeline.yaml:10:52: moment \"T0\" occurs twice"),
    Mistake(
      "pipeline.yaml", "buckets: 4", "buckets: 4\nmoments: [{moment: T0, target: 0, from: 0}]",
      "pipeline.yaml:10:11: missing key \"to\""),
    Mistake(
      "sources/answers.yaml", "{instrument: pain, moment: T0, ", "{instrument: pain, ",
      "sources/answers.yaml:11:5: missing key \"moment\""),
    Mistake(
      "instruments/pain.yaml", "direction: lower-better",
      "direction: lower-better\ncrosswalks:\n"
        + "  - {scale: all, to: {instrument: ache, scale: total}, start: 0, factor: 1, reference: made up}",
      "instruments/pain.yaml:16:13: there is no scale \"all\"; there is: total"),
    Mistake(
      "instruments/pain.yaml", "direction: lower-better",
      "direction: lower-better\ncrosswalks:\n"
        + "  - {scale: total, to: {instrument: ache, scale: total}, start: 0, factor: 1}",
      "instruments/pain.yaml:16:5: a conversion needs the \"reference\" that it was published in"),
    Mistake(
      "instruments/pain.yaml", "direction: lower-better",
      "direction: lower-better\ncrosswalks:\n"
        + "  - {scale: total, to: {instrument: pain, scale: total}, start: 0, factor: 2, reference: made up}",
      "instruments/pain.yaml:16:5: a crosswalk leads to another instrument",
      "instruments/pain.yaml:16:5: 40 is not between 0 and 20"),
    Mistake(
      "instruments/pain.yaml", "direction: lower-better",
      "direction: lower-better\ncrosswalks:\n"
        + "  - {scale: total, to: {instrument: pain, scale: sum}, start: 0, factor: 1, reference: made up}",
      "instruments/pain.yaml:16:5: a crosswalk leads to another instrument",
      "instruments/pain.yaml:16:5: there is no scale \"sum\"; there is: total"),
  ]
}

extension Mistakes {
  /// `instruments/`.
  static let instruments = [
    Mistake(
      "instruments/pain.yaml", "rule: sum",
      "rule: {value-set: {start: 1, any-problem: -20, decrements: {\"1\": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "
        + "\"2\": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}}}",
      "instruments/pain.yaml:13:5: expected the range that follows from items and rule, [1, 21], found [0, 20]"),
    Mistake(
      "instruments/pain.yaml", "range: [0, 20]", "range: [0, 10]",
      "instruments/pain.yaml:13:5: expected the range that follows from items and rule, [0, 20], found "
        + "[0, 10]"),
    Mistake(
      "instruments/pain.yaml", "range: [0, 20]", "range: [20, 0]",
      "instruments/pain.yaml:13:12: expected [lowest, highest], found [20, 0]"),
    Mistake(
      "instruments/pain.yaml", "at-least: 1", "at-least: 3",
      "instruments/pain.yaml:12:25: expected a whole number from 1 to 2, found \"3\""),
    Mistake(
      "instruments/pain.yaml", "items: all", "items: [\"1\", \"4\"]",
      "instruments/pain.yaml:10:18: there is no item \"4\"; there is: 1, 2"),
    Mistake(
      "instruments/pain.yaml", "items: all", "items: [\"1\"]\n    reversed: [\"2\"]",
      "instruments/pain.yaml:11:5: a reversed item is not one of the items of the scale",
      "instruments/pain.yaml:14:5: expected the range that follows from items and rule, [0, 10], found "
        + "[0, 20]"),
    Mistake(
      "instruments/pain.yaml", "rule: sum", "rule: som",
      "instruments/pain.yaml:11:11: unknown value \"som\"; did you mean \"sum\"?"),
    Mistake(
      "instruments/pain.yaml", "rule: sum", "rule: {lookup: {first: 0, values: [0, 20]}}",
      "instruments/pain.yaml:11:20: expected a value for each sum from 0 to 20, found 0 to 1"),
    Mistake(
      "instruments/pain.yaml", "rule: sum", "rule: {mean-of-scales: [other]}",
      "instruments/pain.yaml:10:5: unknown key \"items\"; known here: code, name, rule, reversed, missing, "
        + "range, decimals, direction, minimal-important-change, acceptable-state, loinc",
      "instruments/pain.yaml:11:29: there is no earlier scale \"other\""),
    Mistake(
      "instruments/pain.yaml", "rule: sum", "rule: {value-set: {start: 1, decrements: {\"1\": [0, 1]}}}",
      "instruments/pain.yaml:11:46: missing key \"2\"",
      "instruments/pain.yaml:11:52: expected a decrement for each level from 0 to 10, the first 0, found "
        + "[0, 1]"),
    Mistake(
      "instruments/pain.yaml", "[\"1\", \"2\"]", "[\"1\", \"1\"]", "instruments/pain.yaml:6:5: item \"1\" occurs twice"),
    Mistake(
      "instruments/pain.yaml", "range: [0, 10]}", "range: [0, 10], values: [1, 2]}",
      "instruments/pain.yaml:6:41: expected a value for each answer from 0 to 10, found 2",
      "instruments/pain.yaml:13:5: expected the range that follows from items and rule, [2, 4], found "
        + "[0, 20]"),
    Mistake(
      "instruments/pain.yaml", "direction: lower-better",
      "direction: lower-better\n    minimal-important-change: {value: 2, since: 2001}",
      "instruments/pain.yaml:15:31: a threshold needs \"why\": the reference or the decision behind the "
        + "number"),
  ]

  /// `populations/`.
  static let populations = [
    Mistake(
      "populations/knee.yaml", "[knee]", "[hip]",
      "populations/knee.yaml:4:16: there is no care path \"hip\"; there is: knee"),
    Mistake(
      "populations/knee.yaml", "from: 18, to: 99", "from: 18, to: 8",
      "populations/knee.yaml:5:10: the highest age, 8, is below the lowest, 18"),
    Mistake(
      "populations/knee.yaml", "- age: {from: 18, to: 99}", "- {}",
      "populations/knee.yaml:5:5: a condition is one of care-path, diagnosis, age and sex"),
    Mistake(
      "populations/knee.yaml", "[knee]\n  - age", "[knee]\n    age",
      "populations/knee.yaml:4:5: one condition to a list entry; this one has care-path and age"),
    Mistake(
      "populations/knee.yaml", "- age: {from: 18, to: 99}", "- diagnosis: {starts-with: []}",
      "populations/knee.yaml:5:16: every code starts with nothing; give diagnosis codes"),
    Mistake(
      "populations/knee.yaml", "- age: {from: 18, to: 99}", "- diagnosis: [M54]",
      "populations/knee.yaml:5:16: expected keys with values, found a list"),
    Mistake(
      "populations/all.yaml", "conditions: []", "",
      "populations/all.yaml:1:1: missing key \"conditions\"; an empty list means everybody"),
  ]

  /// Region layouts and standard populations.
  static let tables = [
    Mistake(
      "regions/land.csv", "postcode4;unit;name", "postcode;unit;name",
      "regions/land.csv:2:1: expected the header postcode4;unit;name or postcode4;unit;name;from;to or "
        + "municipality;unit;name or municipality;unit;name;from;to or insurer;unit;name or "
        + "insurer;unit;name;from;to, found \"postcode;unit;name\""),
    Mistake(
      "regions/land.csv", "1012;b", "101;b", "regions/land.csv:4:1: expected a postcode of four digits, found \"101\""),
    Mistake(
      "regions/land.csv", "1012;b;\"Region B; the rest\"", "1012;b;Region B; the rest",
      "regions/land.csv:4:1: expected 3 fields between semicolons, found 4"),
    Mistake("regions/land.csv", "1012;b", "1011;b", "regions/land.csv:4:1: postcode \"1011\" occurs twice"),
    Mistake(
      "regions/land.csv", "1012;b", "1012;b;B\n1013;b",
      "regions/land.csv:5:1: region \"b\" is called \"Region B; the rest\" here and \"B\" before"),
    Mistake(
      "regions/land.csv", "1012;b", "1013;onbekend;Weg\n1012;b",
      "regions/land.csv:4:1: \"onbekend\" is the region of what cannot be placed; leave the postcode out "
        + "or use another code"),
    Mistake(
      "regions/land.csv", "", "# nothing\n",
      "regions/land.csv: expected the header postcode4;unit;name or postcode4;unit;name;from;to or "
        + "municipality;unit;name or municipality;unit;name;from;to or insurer;unit;name or "
        + "insurer;unit;name;from;to, found an empty file"),
    Mistake(
      "regions/land.csv", "", "insurer;unit;name\n895;a;A\n",
      "regions/land.csv:2:1: expected a UZOVI code of four digits, found \"895\""),
    Mistake(
      "regions/land.csv", "", "insurer;unit;name\n0895;a;A\n0895;b;B\n",
      "regions/land.csv:3:1: insurer \"0895\" occurs twice"),
    Mistake(
      "regions/land.csv", "postcode4;unit;name", "insurer;unit;name",
      "pipeline.yaml:12:59: a standard population needs inhabitants; region layout \"land\" goes by insurer"),
    Mistake(
      "standards/people.csv", "b;18+;male;22", "c;18+;male;22",
      "standards/people.csv:8:1: there is no region \"c\"; there is: a, b, onbekend"),
    Mistake(
      "standards/people.csv", "b;18+;male;22", "b;65+;male;22",
      "standards/people.csv:8:1: there is no band \"65+\"; there is: 00-17, 18+"),
    Mistake(
      "standards/people.csv", "b;18+;male;22", "b;18+;man;22",
      "standards/people.csv:8:1: there is no sex \"man\"; there is: female, male, other, unknown"),
    Mistake(
      "standards/people.csv", "b;18+;male;22", "b;18+;male;many",
      "standards/people.csv:8:1: expected a number of persons, found \"many\""),
    Mistake(
      "standards/people.csv", "b;18+;male;22", "b;18+;female;22",
      "standards/people.csv:9:1: the persons of this region, band and sex occur twice"),
  ]
}

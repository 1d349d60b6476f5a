/// The mistakes, with exactly what is said of each.
enum Mistakes {
  /// YAML itself, keys, types, ids.
  static let general = [
    Mistake(
      "mirror.yaml", "languages", "langages", "mirror.yaml:1:1: missing key \"languages\"",
      "mirror.yaml:2:1: unknown key \"langages\"; did you mean \"languages\"?"),
    Mistake("mirror.yaml", "", "", "mirror.yaml:1:1: the file is empty"),
    Mistake(
      "mirror.yaml", "", "recipients: [nation\n", "mirror.yaml:2:1: is not YAML: did not find expected ',' or ']'"),
    Mistake(
      "mirror.yaml", "formats: [csv]", "formats: [csv]\nformats: [xml]",
      "mirror.yaml:3:1: key \"formats\" occurs twice in these keys"),
    Mistake("mirror.yaml", "", "- nation", "mirror.yaml:1:1: expected keys with values, found a list"),
    Mistake(
      "mirror.yaml", "formats: [csv]", "formats:",
      "mirror.yaml:3:1: \"formats\" has no value; give one or leave the key out"),
    Mistake(
      "mirror.yaml", "[csv]", "[cvs]",
      "mirror.yaml:3:11: unknown value \"cvs\"; expected one of: csv, parquet, xml, json, fhir, html"),
    Mistake("mirror.yaml", "[csv]", "[]", "mirror.yaml:3:1: \"formats\" is an empty list; nothing would be made"),
    Mistake("mirror.yaml", "[nl]", "[nl, fr]", "mirror.yaml:2:17: unknown value \"fr\"; expected one of: nl, en"),
    Mistake(
      "mirror.yaml", "land]", "lands]", "mirror.yaml:1:22: there is no recipient \"lands\"; did you mean \"land\"?"),
    Mistake(
      "populations/all.yaml", "version: \"1\"", "version: \"1\"\nid: everybody",
      "populations/all.yaml:2:5: the id \"everybody\" is not the name of the file; call the file "
        + "\"everybody.yaml\" or leave \"id\" out, which makes it \"all\""),
    Mistake(
      "populations/extra.yml", "", "x: y", "populations/extra.yml: is not read: the name of a definition ends in .yaml"),
    Mistake(
      "populations/all.yaml", "en: Everybody", "de: Alle", "populations/all.yaml:2:7: missing translation \"en\"",
      "populations/all.yaml:2:22: unknown key \"de\"; known here: nl, en"),
    Mistake(
      "populations/all.yaml", "{nl: Iedereen, en: Everybody}", "Iedereen",
      "populations/all.yaml:2:7: expected a text in both languages, {nl: …, en: …}, found \"Iedereen\""),
    Mistake(
      "indicators/cost.yaml", "{<<: *cost, id: cost}", "{<<: cost, id: cost}",
      "indicators/cost.yaml:13:5: missing key \"version\"",
      "indicators/cost.yaml:13:5: missing key \"name\"",
      "indicators/cost.yaml:13:5: missing key \"explanation\"",
      "indicators/cost.yaml:13:5: missing key \"goal\"",
      "indicators/cost.yaml:13:5: missing key \"measure\"",
      "indicators/cost.yaml:13:5: missing key \"population\"",
      "indicators/cost.yaml:13:5: missing key \"unit\"",
      "indicators/cost.yaml:13:5: missing key \"decimals\"",
      "indicators/cost.yaml:13:5: missing key \"direction\"",
      "indicators/cost.yaml:13:10: expected an alias of keys with values after <<, found \"cost\""),
  ]

  /// `pipeline.yaml`.
  static let pipeline = [
    Mistake("pipeline.yaml", "version: \"1\"\n", "", "pipeline.yaml:1:1: missing key \"version\""),
    Mistake(
      "pipeline.yaml", "to: 2016}", "to: 2014}", "pipeline.yaml:5:23: the last year, 2014, lies before the first, 2015"),
    Mistake(
      "pipeline.yaml", "to: 2016}", "to: 2016, by: week}",
      "pipeline.yaml:5:37: unknown value \"week\"; expected one of: year, quarter, month"),
    Mistake(
      "pipeline.yaml", "from: 2015", "from: soon",
      "pipeline.yaml:5:17: expected a whole number from 1900 to 2200, found \"soon\""),
    Mistake(
      "pipeline.yaml", "{from: 2015, to: 2016}",
      "[{id: \"2015\", from: 2015-01-01, to: 2015-12-31}, {id: \"2016\", from: 2015-12-31, to: 2016-12-31}]",
      "pipeline.yaml:5:59: period \"2016\" starts on 2015-12-31, but \"2015\" before it lasts until "
        + "2015-12-31"),
    Mistake(
      "pipeline.yaml", "{from: 2015, to: 2016}",
      "[{id: \"2015\", from: 2015-02-30, to: 2015-12-31}, {id: \"2016\", from: 2016-12-31, to: 2016-01-01}]",
      "pipeline.yaml:5:30: expected a date as yyyy-MM-dd, found \"2015-02-30\"",
      "pipeline.yaml:5:59: period \"2016\" ends on 2016-01-01, before it starts on 2016-12-31"),
    Mistake(
      "pipeline.yaml", "{from: 2015, to: 2016}",
      "[{id: \"2015\", from: 2015-01-01, to: 2015-12-31}, {id: \"2016\", from: 2016-01-01, to: 2016-06-30}, "
        + "{id: \"2016\", from: 2016-07-01, to: 2016-12-31}]", "pipeline.yaml:5:107: period \"2016\" occurs twice"),
    Mistake(
      "pipeline.yaml", "baseline: \"2015\"", "baseline: \"2014\"",
      "pipeline.yaml:6:11: there is no period \"2014\"; did you mean \"2015\"?"),
    Mistake(
      "pipeline.yaml", "{value: 10, why: agreed, since: 2026}", "10",
      "pipeline.yaml:7:18: expected {value: …, why: …, since: …}, found \"10\""),
    Mistake(
      "pipeline.yaml", "{value: 10, why: agreed, ", "{value: 5, ",
      "pipeline.yaml:7:18: a threshold needs \"why\": the reference or the decision behind the number"),
    Mistake(
      "pipeline.yaml", "why: agreed, since: 2026}", "why: agreed}",
      "pipeline.yaml:7:18: a threshold needs \"since\": the date from which it holds"),
    Mistake(
      "pipeline.yaml", "since: 2026}", "since: last year}",
      "pipeline.yaml:7:50: expected a date as yyyy, yyyy-MM or yyyy-MM-dd, found \"last year\""),
    Mistake("pipeline.yaml", "{value: 10", "{value: 0", "pipeline.yaml:7:26: 0 is below 1"),
    Mistake("pipeline.yaml", "{value: 10", "{value: 9.5", "pipeline.yaml:7:1: the fewest persons is a whole number"),
    Mistake("pipeline.yaml", "{value: 0.05", "{value: 5", "pipeline.yaml:8:30: 5 is not between 0 and 1"),
    Mistake(
      "pipeline.yaml", "buckets: 4", "buckets: 12",
      "pipeline.yaml:9:10: the number of buckets is a power of two, 12 is not"),
    Mistake("pipeline.yaml", "[pain]", "[pain, pain]", "pipeline.yaml:10:21: instrument \"pain\" occurs twice"),
    Mistake(
      "pipeline.yaml", "[pain]", "[pain, pane]",
      "pipeline.yaml:10:21: there is no file for instrument \"pane\": neither instruments/pane.yaml nor "
        + "../instruments/pane.yaml"),
    Mistake(
      "pipeline.yaml", "file: land.csv", "file: lande.csv",
      "pipeline.yaml:11:28: there is no file regions/lande.csv and no file ../regions/lande.csv"),
    Mistake(
      "pipeline.yaml", "layout: land", "layout: lnd",
      "pipeline.yaml:12:59: there is no region layout \"lnd\"; did you mean \"land\"?"),
    Mistake(
      "pipeline.yaml", "\"00-17\", \"18+\"", "\"18+\", \"00-17\"",
      "pipeline.yaml:12:72: each band starts with its first age, in ascending order, for example "
        + "\"00-17\", \"18+\""),
    Mistake(
      "pipeline.yaml", "{id: land, file", "{id: provider, file",
      "mirror.yaml:1:22: there is no recipient \"land\"; there is: nation, provider, public, research",
      "pipeline.yaml:11:12: \"provider\" is the name of a kind of recipient; give the layout another id",
      "pipeline.yaml:12:59: there is no region layout \"land\""),
  ]
}

import Definitions
import Foundation

/// A pipeline small enough to read, in a temporary folder; the tests break it in one place at a time.
struct SmallPipeline {
  /// Files by path.
  var files: [String: String] = [
    "pipeline.yaml": """
    version: "1"
    name: {nl: Klein, en: Small}
    purpose: {nl: Proef, en: Test}
    legal-basis: none
    periods: {from: 2015, to: 2016}
    baseline: "2015"
    minimum-persons: {value: 10, why: agreed, since: 2026}
    maximum-quarantined: {value: 0.05, why: agreed, since: 2026-01-01}
    buckets: 4
    instruments: [pain]
    regions: [{id: land, file: land.csv, name: {nl: Land, en: Country}}]
    standard-population: {file: standards/people.csv, layout: land, bands: ["00-17", "18+"]}
    """,
    "mirror.yaml": """
    recipients: [nation, land]
    languages: [nl]
    formats: [csv]
    """,
    "instruments/pain.yaml": """
    version: "1"
    name: {nl: Pijn, en: Pain}
    reference: made up
    licence: free
    items:
      - {codes: ["1", "2"], range: [0, 10]}
    scales:
      - code: total
        name: {nl: Totaal, en: Total}
        items: all
        rule: sum
        missing: {at-least: 1, person-mean: true}
        range: [0, 20]
        direction: lower-better
    """,
    "regions/land.csv": """
    # two regions
    postcode4;unit;name
    1011;a;Region A
    1012;b;"Region B; the rest"
    """,
    "standards/people.csv": """
    regio;leeftijdsgroep;geslacht;personen
    a;00-17;male;10
    a;00-17;female;11
    a;18+;male;12
    a;18+;female;13
    b;00-17;male;20
    b;00-17;female;21
    b;18+;male;22
    b;18+;female;23
    """,
    "codes/care.csv": """
    local;standard
    HA;general-practice
    """,
    "sources/answers.yaml": """
    version: "1"
    reported-by: patient
    delivers: response
    recognise: {name: ["answers*.csv"]}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      person: {column: bsn, form: bsn}
      path: {constant: knee}
      index_date: {constant: 2016-01-01}
    questionnaires:
      - {instrument: pain, moment: T0, items: "before_{item}"}
      - {instrument: pain, moment: T1, items: {"1": after}, predicted: {total: guess}}
    """,
    "sources/claims.yaml": """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "claims*.csv"}
    format: {type: delimited, delimiter: ";", encoding: utf-8, decimal: ",", dates: [dd-MM-yyyy]}
    fields:
      claim: {column: Number}
      line: {column: Line}
      person: {column: BSN, form: bsn}
      provider: {column: AGB, form: digits 8}
      care_type: {column: Care, codes: codes/care.csv, unknown: reject}
      start: {column: Start}
      amount_cents: {column: Amount}
    """,
    "sources/people.yaml": """
    version: "1"
    reported-by: insurer
    delivers: insured_period
    recognise: {name: "people*.csv"}
    format: {type: delimited, delimiter: tab, encoding: utf-8}
    fields:
      person: {column: BSN, form: bsn}
      from: {column: From}
      sex: {column: Sex, codes: {M: male, V: female}}
    """,
    "populations/all.yaml": """
    version: "1"
    name: {nl: Iedereen, en: Everybody}
    conditions: []
    """,
    "populations/knee.yaml": """
    version: "1"
    name: {nl: Knie, en: Knee}
    conditions:
      - care-path: [knee]
      - age: {from: 18, to: 99}
    """,
    "indicators/pain.yaml": """
    version: "1"
    name: {nl: Pijn, en: Pain}
    explanation: {nl: Pijn, en: Pain}
    goal: health
    measure: score-change
    population: knee
    unit: {nl: punten, en: points}
    decimals: 1
    direction: lower-better
    target: {kind: change, value: -0.2, why: agreed, since: 2016, period: "2016"}
    parameters: {instrument: pain, scale: total, from: T0, to: T1, requires-prediction: true}
    """,
    "indicators/cost.yaml": """
    templates:
      cost: &cost
        version: "1"
        name: {nl: Kosten, en: Cost}
        explanation: {nl: Kosten, en: Cost}
        goal: cost
        measure: cost-per-person-year
        population: all
        unit: {nl: euro, en: euros}
        decimals: 0
        direction: lower-better
    indicators:
      - {<<: *cost, id: cost}
      - {<<: *cost, id: claims, measure: claim-rate, parameters: {care-lines: [first]}}
    """,
  ]

  /// Replaces the first place in a file where a text stands; the text must be there. A file that is not there is made.
  mutating func edit(_ path: String, _ old: String, _ new: String) throws {
    guard let text = files[path], let range = text.range(of: old) else { throw NoSuchText(path: path, text: old) }
    files[path] = text.replacingCharacters(in: range, with: new)
  }

  struct NoSuchText: Error {
    let path: String
    let text: String
  }

  /// Loads the pipeline; gives what is wrong with it, a line for each error.
  func problems() throws -> [String] {
    do {
      _ = try load()
      return []
    } catch let errors as DefinitionErrors {
      return errors.errors.map(\.description)
    }
  }

  /// Writes the files to a temporary folder and loads them.
  func load() throws -> Pipeline {
    let root = FileManager.default.temporaryDirectory.appending(path: "spiegel-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let folder = root.appending(path: "small")
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try Pipeline.load(folder: folder)
  }
}

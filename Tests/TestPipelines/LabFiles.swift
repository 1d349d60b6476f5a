/// The files of the small pipeline.
enum LabFiles {
  static let all = [
    "pipeline.yaml": """
    version: "1"
    name: {nl: Proef, en: Trial}
    purpose: {nl: Proef, en: Trial}
    legal-basis: none
    periods: {from: 2015, to: 2016}
    baseline: "2015"
    minimum-persons: {value: 10, why: agreed, since: 2026}
    maximum-quarantined: {value: 0.5, why: agreed, since: 2026}
    buckets: 4
    instruments: [ache, mood]
    regions: [{id: land, file: land.csv, name: {nl: Land, en: Country}}]
    ignore: ["*.txt"]
    """,
    "mirror.yaml": """
    recipients: [nation, land, provider]
    languages: [nl]
    formats: [csv]
    """,
    "regions/land.csv": """
    postcode4;unit;name
    1011;a;Region A
    1012;b;Region B
    """,
    "instruments/ache.yaml": """
    version: "1"
    name: {nl: Zeer, en: Ache}
    reference: made up
    licence: free
    items:
      - {codes: ["1", "2"], range: [0, 10]}
    scales:
      - code: total
        name: {nl: Totaal, en: Total}
        items: all
        rule: sum
        range: [0, 20]
        direction: lower-better
    """,
    "instruments/mood.yaml": """
    version: "1"
    name: {nl: Stemming, en: Mood}
    reference: made up
    licence: free
    items:
      - {codes: ["1"], range: [0, 10]}
    scales:
      - code: total
        name: {nl: Totaal, en: Total}
        items: all
        rule: sum
        range: [0, 10]
        direction: higher-better
    """,
    "sources/claims.yaml": """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "claims*.csv"}
    format:
      {type: delimited, delimiter: ";", encoding: windows-1252, decimal: ",", thousands: ".", dates: [dd-MM-yyyy, yyyyMMdd]}
    missing: ["NULL"]
    fields:
      claim: {column: Number}
      line: {column: Line}
      person: {column: BSN, form: bsn}
      provider: {column: [AGB, AGB-code], form: digits 8}
      care_type: {column: Care, codes: {HA: general-practice, MS: medical-specialist, FA: pharmacy}, unknown: reject}
      activity: {column: Activity, codes: {C: consult, O: admission}, unknown: set-aside}
      specialty: {column: Diagnosis, form: prefix 4}
      diagnosis_code: {column: Diagnosis}
      start: {column: Start}
      quantity: {column: Quantity}
      amount_cents: {column: Amount}
      birth_year: {column: Birth, form: year-of-date}
      sex: {column: Sex, codes: {M: male, V: female}, unknown: set-aside}
      postcode4: {column: Postcode, form: postcode4}
    """,
    "sources/hospital.yaml": """
    version: "1"
    reported-by: provider
    delivers: claim_line
    recognise: {name: "hospital*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      claim: {column: claim}
      line: {column: line}
      person: {column: bsn, form: bsn}
      care_type: {constant: medical-specialist}
      start: {column: start}
      amount_cents: {column: amount}
    """,
    "sources/people.yaml": """
    version: "1"
    reported-by: insurer
    delivers: insured_period
    recognise: {name: "people*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      person: {column: bsn, form: bsn}
      birth_year: {column: born, form: year-of-date}
      sex: {column: sex, codes: {M: male, V: female}, unknown: set-aside}
      from: {column: from}
      to: {column: to}
      postcode4: {column: postcode, form: postcode4}
    """,
    "sources/register.yaml": """
    version: "1"
    reported-by: register
    delivers: insured_period
    recognise: {name: "register*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      person: {column: person, form: person-number}
      from: {column: from}
    """,
    "sources/wide.yaml": """
    version: "1"
    reported-by: patient
    delivers: response
    recognise: {name: "wide*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    missing: ["x"]
    fields:
      person: {column: bsn, form: bsn}
      path: {column: path, codes: {K: knee, H: hip}, unknown: reject}
      index_date: {column: index}
      provider: {column: agb, codes: {p1: "01000001", p2: "01000002"}, unknown: set-aside}
    questionnaires:
      - {instrument: ache, moment: T0, completed-on: day0, items: "ache0_{item}", missing: ["99"]}
      - {instrument: mood, moment: T0, completed-on: day0, items: {"1": mood0}}
      - {instrument: ache, moment: T1, completed-on: day1, items: "ache1_{item}", predicted: {total: guess}, delivered: {total: given}, missing: ["99"]}
    """,
    "sources/long.yaml": """
    version: "1"
    reported-by: patient
    delivers: response
    recognise: {name: "long*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      response: {column: id}
      person: {column: bsn, form: bsn}
      path: {constant: knee}
      index_date: {constant: 2016-03-01}
      instrument: {column: list, codes: {A: ache, M: mood}, unknown: reject, required: true}
      moment: {column: moment, required: true}
      completed_on: {column: day}
      item: {column: item, required: true}
      value: {column: value}
    """,
    "sources/survey.yaml": """
    version: "1"
    reported-by: patient
    delivers: response
    recognise: {name: "survey*.csv"}
    format: {type: delimited, delimiter: ",", encoding: utf-8}
    fields:
      person: {form: record-as-person}
      index_date: {column: day}
    questionnaires:
      - {instrument: mood, moment: P0, completed-on: day, items: {"1": mark}}
    """,
    "populations/all.yaml": """
    version: "1"
    name: {nl: Iedereen, en: Everybody}
    conditions: []
    """,
    "indicators/cost.yaml": """
    version: "1"
    name: {nl: Kosten, en: Cost}
    explanation: {nl: Kosten, en: Cost}
    goal: cost
    measure: cost-per-person-year
    population: all
    reported-by: insurer
    unit: {nl: euro, en: euros}
    decimals: 0
    direction: lower-better
    """,
  ]
}

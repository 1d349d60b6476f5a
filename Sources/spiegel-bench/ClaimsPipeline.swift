import Foundation

/// The definitions of the measured job.
enum ClaimsPipeline {
  static let files: [(name: String, text: String)] = [
    ("pipeline.yaml", pipeline), ("sources/claims.yaml", source), ("populations/everybody.yaml", population),
    ("indicators/claim-rate.yaml", indicator), ("mirror.yaml", mirror), ("regions/.keep", ""), ("standards/.keep", ""),
  ]

  /// The same with a second source, the lines as XML, and a population of ten: only ingest and normalize are run.
  static let ingestFiles: [(name: String, text: String)] =
    files.filter { !$0.name.hasSuffix(".keep") } + [
      ("sources/claims-xml.yaml", xmlSource), ("regions/regio.csv", "postcode4;unit;name\n1000;a;a\n"),
      ("standards/bevolking.csv", "regio;leeftijdsgroep;geslacht;personen\n" + inhabitants.joined()),
    ]

  /// One of each kind.
  private static var inhabitants: [String] {
    ["00-17", "18-44", "45-64", "65-74", "75+"].flatMap { band in ["M", "V"].map { "a;\(band);\($0);1\n" } }
  }

  private static var xmlSource: String {
    source
      .replacing("[\"claims.csv\"]", with: "[\"claims.xml\"]")
      .replacing(
        #/format: .*/#, with: "format: {type: xml, record: /aanlevering/regel, decimal: \".\", dates: [yyyy-MM-dd]}")
  }

  private static let pipeline = """
    version: "1"
    name: {nl: Meting, en: Measurement}
    purpose: {nl: Snelheid meten, en: Measuring speed}
    legal-basis: none, made-up data
    periods: {from: 2023, to: 2023}
    minimum-persons: {value: 10, why: default, since: 2026-01-01}
    maximum-quarantined: {value: 0.05, why: default, since: 2026-01-01}
    buckets: 16
    instruments: []
    regions: [{id: regio, file: regio.csv, name: {nl: Regio, en: Region}}]
    standard-population:
      file: standards/bevolking.csv
      layout: regio
      bands: ["00-17", "18-44", "45-64", "65-74", "75+"]
      sexes: {male: [M], female: [V]}
    """

  private static let source = """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: ["claims.csv"]}
    format: {type: delimited, delimiter: ";", encoding: utf-8, decimal: ".", dates: [yyyy-MM-dd], header: true}
    fields:
      claim: {column: declaratie_id}
      line: {column: regel}
      person: {column: bsn, form: person-number}
      birth_year: {column: geboortejaar}
      sex: {column: geslacht, codes: {M: male, V: female}, unknown: reject}
      postcode4: {column: postcode4}
      provider: {column: agb, form: digits 8}
      performance_code: {column: prestatiecode}
      diagnosis_code: {column: diagnosecode}
      start: {column: begindatum}
      end: {column: einddatum}
      quantity: {column: aantal}
      amount_cents: {column: bedrag}
      care_type: {column: soort, codes: {msz: medical-specialist, huisarts: general-practice}, unknown: reject}
    """

  private static let population = """
    version: "1"
    name: {nl: Iedereen, en: Everybody}
    conditions: []
    """

  private static let indicator = """
    version: "1"
    name: {nl: Declaratieregels per 1.000 inwoners, en: Claim lines per 1000 inhabitants}
    explanation: {nl: Hoeveel zorg er wordt gedeclareerd., en: How much care is claimed.}
    goal: cost
    measure: claim-rate
    population: everybody
    unit: {nl: per 1.000, en: per 1000}
    decimals: 1
    direction: neutral
    """

  private static let mirror = """
    recipients: [nation, regio]
    languages: [nl]
    formats: [csv]
    """
}

/// Checks of deliveries: what was set aside, what was delivered twice or taken back, and whether all months came.
enum DeliveryChecks {
  private static let quarantine =
    "Measured here; maximum-quarantined in pipeline.yaml decides when a delivery is refused."
  private static let measured = "Measured, not judged: corrections belong to billing."

  /// Reasons for setting aside, with what kind of flaw each is.
  private static let reasons: [(code: String, category: QualityCheck.Category, nl: String, en: String)] = [
    ("not-a-date", .conformance, "Geen datum", "Not a date"),
    ("not-an-amount", .conformance, "Geen bedrag", "Not an amount"),
    ("not-an-integer", .conformance, "Geen geheel getal", "Not a whole number"),
    ("not-a-number", .conformance, "Geen getal", "Not a number"),
    ("not-a-code", .conformance, "Geen code van de juiste vorm", "Not a code of the right form"),
    ("encoding", .conformance, "Tekens in een andere codering", "Characters in another encoding"),
    ("bsn-check-digit", .conformance, "Burgerservicenummer faalt de elfproef", "Citizen number fails its check digit"),
    ("unknown-code", .conformance, "Code staat niet in de codelijst", "Code is not in the code list"),
    ("unknown-item", .conformance, "Vraag hoort niet bij de vragenlijst", "Item is not of the questionnaire"),
    ("field-count", .conformance, "Verkeerd aantal velden", "Wrong number of fields"),
    ("stray-quote", .conformance, "Los aanhalingsteken", "Stray quotation mark"),
    ("unclosed-quote", .conformance, "Niet gesloten aanhalingsteken", "Unclosed quotation mark"),
    ("record-too-large", .conformance, "Record te groot", "Record too large"),
    ("nul-byte", .conformance, "Nul-byte in de tekst", "NUL byte in the text"),
    ("not-final", .conformance, "Vragenlijst nog niet afgerond", "Questionnaire not final"),
    ("disabled-item", .conformance, "Antwoord op een vraag die niet gesteld is", "Answer to an item that is disabled"),
    ("missing-person", .completeness, "Persoon ontbreekt", "Person is missing"),
    ("missing-claim", .completeness, "Declaratienummer ontbreekt", "Claim number is missing"),
    ("missing-line", .completeness, "Regelnummer ontbreekt", "Line number is missing"),
    ("missing-care_type", .completeness, "Zorgsoort ontbreekt", "Kind of care is missing"),
    ("missing-start", .completeness, "Begindatum ontbreekt", "First day is missing"),
    ("missing-amount_cents", .completeness, "Bedrag ontbreekt", "Amount is missing"),
    ("missing-from", .completeness, "Eerste dag ontbreekt", "First day is missing"),
    ("missing-agb", .completeness, "AGB-code ontbreekt", "AGB code is missing"),
    ("missing-amount", .completeness, "Bedrag van de groep ontbreekt", "Amount of the group is missing"),
    ("out-of-range", .plausibility, "Antwoord buiten het bereik", "Answer out of range"),
    ("before-baseline", .plausibility, "Vervolgmeting voor de eerste meting", "Follow-up before the first measurement"),
    ("outside-window", .plausibility, "Meting buiten elk meetmoment", "Measurement outside every moment"),
    ("no-moment", .conformance, "Meetmoment onbekend", "Measurement moment unknown"),
    ("duplicate-response", .plausibility, "Dubbele vragenlijst", "Duplicate questionnaire"),
    ("double-answer", .plausibility, "Twee antwoorden op een vraag", "Two answers to one item"),
    ("duplicate-group", .plausibility, "Dubbele groep", "Duplicate group"),
    ("score-differs", .conformance, "Aangeleverde score wijkt af", "Delivered score differs"),
  ]

  private static let accounts: [(account: QualityCheck.Account, id: String, nl: String, en: String)] = [
    (.superseded, "superseded", "Regel later opnieuw aangeleverd", "Line delivered again later"),
    (
      .netted, "netted", "Regel weggevallen tegen een creditregel, of die creditregel",
      "Line taken back by a credit, or that credit"
    ),
    (.unmatchedCredits, "unmatched-credits", "Creditregel zonder declaratieregel", "Credit without a claim line"),
    (
      .withoutAmount, "without-amount", "Apart gezet record met onleesbaar bedrag",
      "Record set aside of which the amount could not be read"
    ),
    (
      .spreadsheetSigns, "spreadsheet-signs", "Waarde die door een rekenblad lijkt beschadigd",
      "Value that a spreadsheet seems to have damaged"
    ),
  ]

  /// The checks.
  static let all: [QualityCheck] =
    reasons.map { reason in
      QualityCheck(
        id: "delivery.\(reason.code)", category: reason.category, table: "delivery", column: nil,
        dutch: "Apart gezet: \(reason.nl.prefix(1).lowercased() + reason.nl.dropFirst())",
        english: "Set aside: \(reason.en.prefix(1).lowercased() + reason.en.dropFirst())",
        method: .setAside(reason: reason.code), threshold: 1, why: quarantine, severity: .warning)
    }
    + accounts.map { account in
      QualityCheck(
        id: "delivery.\(account.id)", category: .plausibility, table: "delivery", column: nil, dutch: account.nl,
        english: account.en, method: .account(account.account), threshold: 1, why: measured,
        severity: account.account == .spreadsheetSigns ? .warning : .info)
    } + volumes

  private static let volumes = [
    QualityCheck(
      id: "claim_line.month-missing", category: .completeness, table: Core.claimLine.name, column: nil,
      dutch: "Een maand van een zorgaanbieder zonder declaraties, tussen maanden met veel declaraties",
      english: "A month of a care provider without claims, between months with many",
      method: .monthMissing, threshold: 0.02,
      why:
        "At most one month in fifty, so that one of the twelve of a year is too much. Months count "
        + "between the first and last of a provider with 20 lines in the middle month: by chance none is then empty "
        + "(Poisson, e^-20).",
      severity: .critical, consequence: .block),
    QualityCheck(
      id: "claim_line.month-doubled", category: .plausibility, table: Core.claimLine.name, column: nil,
      dutch:
        "Een maand van een zorgaanbieder met veel meer declaraties dan de maanden ernaast en dezelfde maand in andere "
        + "jaren, alsof er een tweemaal is aangeleverd",
      english:
        "A month of a care provider with many more claims than the months beside it and that month in other years, as if "
        + "one was delivered twice",
      method: .monthDoubled, threshold: 0.05,
      why:
        "At most one month in twenty of a provider's period. Months count, but for two at either end, where the months beside "
        + "it and the same month of other years have at least 50 lines. At fault is one with 1.6 times as many lines as "
        + "either has on average, and five Poisson standard deviations of the difference more. Of a provider with 50 lines a "
        + "month a doubled one may be missed.",
      severity: .warning),
  ]
}

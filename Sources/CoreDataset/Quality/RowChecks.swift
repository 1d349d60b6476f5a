import Columns

/// Checks of rows as a whole: columns against each other, and against what is known of the person.
enum RowChecks {
  private static let duringLife = "1% as plausibleDuringLife in the OHDSI Data Quality Dashboard."
  private static let afterBirth = FieldChecks.Why.temporal
  private static let derived = "Spiegel itself keeps this; a violation is an error to report."
  private static let look = "Reported for the steward to look at, without judgement."

  /// The checks.
  static let all = person + insured + claims + corrections + responses + stays + groups

  private static func check(
    _ id: String, as category: QualityCheck.Category = .plausibility, _ column: String?,
    among: [CheckCondition] = [], _ violated: [CheckCondition], threshold: Double = 0.01, _ why: String,
    _ severity: QualityCheck.Severity = .warning, nl: String, en: String
  ) -> QualityCheck {
    let table = String(id.prefix { $0 != "." })
    return QualityCheck(
      id: id, category: category, table: table, column: column, dutch: nl, english: en,
      method: .rows(among: among, violated: violated), threshold: threshold, why: why, severity: severity,
      consequence: severity == .critical ? .block : .none)
  }

  private static func both(_ one: String, _ other: String) -> [CheckCondition] {
    [CheckCondition(one, .present), CheckCondition(other, .present)]
  }

  /// A day of a table against birth and death of the person.
  private static func inLife(
    _ table: String, _ column: String, _ what: (nl: String, en: String), _ severity: QualityCheck.Severity
  ) -> [QualityCheck] {
    [
      check(
        "\(table).\(column).after-death", column, among: [CheckCondition(column, .present)],
        [CheckCondition(column, .after("person.died_on"))], duringLife, severity,
        nl: "\(what.nl) na de dag van overlijden van de persoon", en: "\(what.en) after the person's day of death"),
      check(
        "\(table).\(column).before-birth", column, among: both(column, "person.birth_year"),
        [CheckCondition(column, .before("person.birth_year"))], afterBirth, severity,
        nl: "\(what.nl) voor het geboortejaar van de persoon", en: "\(what.en) before the person's year of birth"),
    ]
  }

  private static let person = [
    check(
      "person.birth_year.ahead", "birth_year", among: [CheckCondition("birth_year", .present)],
      [CheckCondition("birth_year", .after("as-of"))], FieldChecks.Why.plausible, .critical,
      nl: "Het geboortejaar van de persoon ligt in de toekomst", en: "The person's year of birth lies in the future"),
    check(
      "person.birth_year.several", "birth_year", among: [CheckCondition("birth_year", .present)],
      [CheckCondition("person.birth_years", .above(1))], FieldChecks.Why.plausible,
      nl: "Declaraties noemen verschillende geboortejaren van een persoon die in geen verzekerdenadministratie staat",
      en: "Claims state different years of birth of a person whom no register of insured persons has"),
    check(
      "person.died_on.before-birth", "died_on", among: both("died_on", "birth_year"),
      [CheckCondition("died_on", .before("birth_year"))], afterBirth,
      nl: "De persoon is overleden voor het geboortejaar", en: "The person died before the year of birth"),
    check(
      "person.died_on.ahead", "died_on", among: [CheckCondition("died_on", .present)],
      [CheckCondition("died_on", .after("as-of"))], FieldChecks.Why.plausible,
      nl: "De overlijdensdatum ligt in de toekomst", en: "The day of death lies in the future"),
    check(
      "person.sex.unknown", as: .completeness, "sex", [CheckCondition("sex", .oneOf(["unknown"]))], threshold: 1, look,
      .info, nl: "Het geslacht van de persoon is onbekend", en: "The person's sex is unknown"),
    check(
      "person.known", as: .completeness, nil,
      [CheckCondition("birth_year", .missing), CheckCondition("sex", .missing)], threshold: 1, look, .info,
      nl: "Van de persoon is geen geboortejaar en geen geslacht bekend",
      en: "Neither year of birth nor sex of the person is known"),
  ]

  private static let insured =
    [
      check(
        "insured_period.to.before-from", "to", among: both("from", "to"), [CheckCondition("to", .before("from"))],
        FieldChecks.Why.temporal, nl: "De verzekerde periode eindigt voor zij begint",
        en: "The insured period ends before it begins"),
      check(
        "insured_period.to.after-death", "to", among: [CheckCondition("to", .present)],
        [CheckCondition("to", .after("person.died_on"))], duringLife,
        nl: "De verzekerde periode loopt door na overlijden", en: "The insured period goes on after death"),
    ] + inLife("insured_period", "from", ("De verzekerde periode begint", "The insured period begins"), .warning)

  private static let claims =
    inLife("claim_line", "start", ("De zorg begint", "The care begins"), .critical) + [
      check(
        "claim_line.end.before-start", "end", among: both("start", "end"), [CheckCondition("end", .before("start"))],
        FieldChecks.Why.temporal, nl: "De zorg eindigt voor zij begint", en: "The care ends before it begins"),
      check(
        "claim_line.male-maternity", nil, among: [CheckCondition("care_type", .oneOf(["maternity"]))],
        [CheckCondition("care_type", .oneOf(["maternity"])), CheckCondition("person.sex", .oneOf(["male"]))],
        threshold: 0.05, "5% as plausibleGender in the OHDSI Data Quality Dashboard.",
        nl: "Verloskundige of kraamzorg bij een man", en: "Obstetric or maternity care of a man"),
      check(
        "claim_line.birth_year.differs", as: .conformance, "birth_year", among: both("birth_year", "person.birth_year"),
        [CheckCondition("birth_year", .differs("person.birth_year"))], FieldChecks.Why.plausible,
        nl: "De declaratie heeft een ander geboortejaar dan de verzekerdenadministratie",
        en: "The claim has another year of birth than the register of insured persons"),
      check(
        "claim_line.amount_cents.zero", "amount_cents",
        [CheckCondition("amount_cents", .below(1)), CheckCondition("amount_cents", .above(-1))], threshold: 1, look,
        .info, nl: "Het bedrag is nul", en: "The amount is zero"),
      check(
        "claim_line.start.before-periods", "start", [CheckCondition("start", .before("first-period"))], threshold: 1,
        look, .info, nl: "De zorg begint voor de eerste periode", en: "The care begins before the first period"),
      check(
        "claim_line.start.after-periods", "start", [CheckCondition("start", .after("last-period"))], threshold: 1,
        look, .info, nl: "De zorg begint na de laatste periode", en: "The care begins after the last period"),
    ]

  private static let corrections = [
    check(
      "claim_correction.unmatched", as: .conformance, "status",
      among: [CheckCondition("role", .oneOf(["credit"]))],
      [CheckCondition("role", .oneOf(["credit"])), CheckCondition("status", .oneOf(["unmatched"]))], threshold: 0.05,
      "One in twenty, as for records set aside: above it the delivery itself is at fault.",
      nl: "De creditregel hoort bij geen enkele declaratieregel", en: "The credit belongs to no claim line"),
    check(
      "claim_correction.debit-negative", "amount_cents", among: [CheckCondition("role", .oneOf(["debit"]))],
      [CheckCondition("role", .oneOf(["debit"])), CheckCondition("amount_cents", .below(0))], threshold: 0, derived,
      nl: "Een debetregel met een negatief bedrag", en: "A debit with a negative amount"),
    check(
      "claim_correction.credit-positive", "amount_cents", among: [CheckCondition("role", .oneOf(["credit"]))],
      [CheckCondition("role", .oneOf(["credit"])), CheckCondition("amount_cents", .above(-1))], threshold: 0, derived,
      nl: "Een creditregel met een positief bedrag", en: "A credit with a positive amount"),
  ]

  private static let responses =
    inLife("response", "completed_on", ("De vragenlijst is ingevuld", "The questionnaire was completed"), .critical)
    + inLife("care_path", "index_date", ("Het zorgpad begint", "The care path begins"), .critical)
    + inLife("score", "completed_on", ("De vragenlijst bij de score is ingevuld", "The score was completed"), .warning)
    + [
      check(
        "response.answered.above-expected", as: .conformance, "answered", among: both("answered", "expected"),
        [CheckCondition("answered", .after("expected"))], threshold: 0, derived,
        nl: "Meer antwoorden dan vragen", en: "More answers than items"),
      check(
        "response.incomplete", as: .completeness, "answered", among: both("answered", "expected"),
        [CheckCondition("answered", .before("expected"))], threshold: 1, look, .info,
        nl: "De vragenlijst is niet volledig ingevuld", en: "The questionnaire is not complete"),
      check(
        "response.completed_on.before-index", "completed_on", among: both("completed_on", "index_date"),
        [CheckCondition("completed_on", .before("index_date"))], threshold: 1, look, .info,
        nl: "De vragenlijst is ingevuld voor de indexdatum", en: "The questionnaire was completed before the index date"
      ),
      check(
        "score.answered.above-expected", as: .conformance, "answered", among: both("answered", "expected"),
        [CheckCondition("answered", .after("expected"))], threshold: 0, derived,
        nl: "Meer antwoorden dan vragen in de schaal", en: "More answers than items in the scale"),
      check(
        "score.incomplete", as: .completeness, "value", [CheckCondition("status", .oneOf(["incomplete"]))],
        threshold: 1,
        look, .info, nl: "Er is geen score, omdat te veel antwoorden ontbreken",
        en: "There is no score, because too many answers are missing"),
      check(
        "score.without-reason", as: .conformance, "reason",
        [CheckCondition("value", .missing), CheckCondition("reason", .missing)], threshold: 0, derived,
        nl: "Er is geen score en geen reden daarvoor", en: "There is neither a score nor a reason for it"),
      check(
        "provider.to.before-from", "to", among: both("from", "to"), [CheckCondition("to", .before("from"))],
        FieldChecks.Why.temporal, nl: "De inschrijving van de zorgaanbieder eindigt voor zij begint",
        en: "The registration of the care provider ends before it begins"),
    ]

  private static let stays =
    inLife("stay", "to", ("De ziekenhuisopname eindigt", "The hospital stay ends"), .warning) + [
      check(
        "stay.to.before-from", "to", among: both("from", "to"), [CheckCondition("to", .before("from"))],
        threshold: 0, derived, nl: "De ziekenhuisopname eindigt voor zij begint", en: "The stay ends before it begins"),
      check(
        "stay.episode.above-stay", as: .conformance, "episode", among: both("episode", "stay"),
        [CheckCondition("episode", .after("stay"))], threshold: 0, derived,
        nl: "De episode begint na de opname", en: "The episode begins after the stay"),
    ]

  private static let groups = [
    check(
      "group_total.unit.unplaced", as: .completeness, "unit", among: [CheckCondition("amount_cents", .above(0))],
      [CheckCondition("unit", .missing), CheckCondition("amount_cents", .above(0))], threshold: 1, look, .info,
      nl: "Een bedrag zonder gebied", en: "An amount without an area")
  ]
}

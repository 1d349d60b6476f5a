import Columns

/// The tables of the core dataset.
public enum Core {
  /// One row per person.
  public static let person = CoreTable(
    name: "person", meaning: "A person who is insured, receives care or answers a questionnaire.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", unit: "16 bytes of HMAC-SHA-256", key: true),
      CoreColumn("key_id", .code, "Which key made the pseudonym.", required: true),
      CoreColumn("birth_year", .integer, "Year of birth.", unit: "year"),
      CoreColumn("sex", .code, "Sex as registered.", allowed: sexes),
      CoreColumn("died_on", .day, "Day of death.", unit: "date"),
    ] + lineage)

  /// One row per person and stretch of insurance.
  public static let insuredPeriod = CoreTable(
    name: "insured_period", meaning: "A stretch of days in which a person was insured at one address.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", key: true),
      CoreColumn("from", .day, "First day.", unit: "date", key: true),
      CoreColumn("to", .day, "Last day, inclusive; missing while it lasts.", unit: "date"),
      CoreColumn("insurer", .code, "Insurer.", unit: "UZOVI code"),
      CoreColumn("postcode4", .integer, "Four digits of the postcode of residence."),
    ] + lineage, foreignKeys: [.person])

  /// One row per care provider and stretch of registration.
  public static let provider = CoreTable(
    name: "provider", meaning: "A care provider, as its register has it.",
    columns: [
      CoreColumn("agb", .code, "Code of the care provider.", unit: "AGB, 8 digits", key: true),
      CoreColumn("kind", .code, "Kind of provider."),
      CoreColumn("name", .code, "Name of the institution."),
      CoreColumn("postcode4", .integer, "Four digits of its postcode."),
      CoreColumn("from", .day, "First day of registration.", unit: "date"),
      CoreColumn("to", .day, "Last day of registration, inclusive.", unit: "date"),
    ] + lineage)

  /// One row per billed performance.
  public static let claimLine = CoreTable(
    name: "claim_line", meaning: "One billed performance, less what was credited; credits are in claim_correction.",
    columns: [
      CoreColumn("claim", .text, "Number of the claim, unique with the line for one reporting party.", key: true),
      CoreColumn("line", .integer, "Number of the line within the claim.", key: true),
      CoreColumn("person", .identifier, "Pseudonym of the person.", required: true),
      CoreColumn("provider", .code, "Care provider that delivered the care.", unit: "AGB, 8 digits"),
      CoreColumn("insurer", .code, "Insurer.", unit: "UZOVI code"),
      CoreColumn(
        "care_type", .code, "Kind of care.", unit: "care type", allowed: CareType.allCases.map(\.rawValue),
        required: true),
      CoreColumn("activity", .code, "What was done.", unit: "activity", allowed: Activity.allCases.map(\.rawValue)),
      CoreColumn("care_type_source", .code, "Kind of care, as delivered."),
      CoreColumn(
        "activity_source", .code,
        "What was done, as delivered; where activity is missing and this is not, the code list lacks the code."),
      CoreColumn("specialty", .code, "Medical specialty.", unit: "AGB specialty, 4 digits"),
      CoreColumn("performance_code", .code, "What was billed, as delivered."),
      CoreColumn("diagnosis_code", .code, "Diagnosis, as delivered."),
      CoreColumn("start", .day, "First day of the care.", unit: "date", required: true),
      CoreColumn("end", .day, "Last day of the care, inclusive.", unit: "date"),
      CoreColumn("quantity", .integer, "Number of performances."),
      CoreColumn(
        "amount_cents", .cents, "Amount in whole cents, less credits; not negative.",
        unit: "files show euros, DECIMAL(18,2)", required: true),
      CoreColumn("corrects", .code, "Number of the claim that the line takes back or comes in place of."),
      CoreColumn("corrects_line", .integer, "The line of that claim; missing where only the claim is named."),
      CoreColumn("birth_year", .integer, "Year of birth, where the claim itself states it.", unit: "year"),
      CoreColumn("sex", .code, "Sex, where the claim itself states it.", allowed: sexes),
      CoreColumn("postcode4", .integer, "Postcode of residence, where the claim itself states it."),
      CoreColumn("reported_by", .code, "Who reported the line.", allowed: reporters, key: true),
    ] + lineage, foreignKeys: [.person])

  /// One row per credit and per line of which something was credited.
  public static let claimCorrection = CoreTable(
    name: "claim_correction",
    meaning: "A credit, or a claim line of which a credit took back something: the amounts behind those of claim_line.",
    columns: [
      CoreColumn("claim", .text, "Number of the claim.", key: true),
      CoreColumn("line", .integer, "Number of the line within the claim.", key: true),
      CoreColumn("person", .identifier, "Pseudonym of the person.", required: true),
      CoreColumn("provider", .code, "Care provider that delivered the care.", unit: "AGB, 8 digits"),
      CoreColumn(
        "care_type", .code, "Kind of care.", unit: "care type", allowed: CareType.allCases.map(\.rawValue),
        required: true),
      CoreColumn("performance_code", .code, "What was billed, as delivered."),
      CoreColumn("start", .day, "First day of the care.", unit: "date", required: true),
      CoreColumn(
        "amount_cents", .cents, "Amount in whole cents, as delivered; negative for a credit.",
        unit: "files show euros, DECIMAL(18,2)", required: true),
      CoreColumn(
        "net_cents", .cents, "What is left of it: of a debit what claim_line has, of a netted credit nothing.",
        unit: "files show euros, DECIMAL(18,2)", required: true),
      CoreColumn("corrects", .code, "Number of the claim that a credit takes back, where the source says it."),
      CoreColumn("corrects_line", .integer, "The line of that claim."),
      CoreColumn("role", .code, "Which side of the correction it is.", allowed: ["credit", "debit"], key: true),
      CoreColumn(
        "status", .code, "Whether it was netted; an unmatched credit counts in no figure.",
        allowed: ["netted", "unmatched"],
        required: true),
      CoreColumn(
        "reason", .code, "Why a credit was not netted.",
        allowed: ["no-such-line", "other-care", "more-than-left", "no-reference"]),
      CoreColumn("reported_by", .code, "Who reported the line.", allowed: reporters, key: true),
    ] + lineage, foreignKeys: [.person])

  /// One row per person and programme or treatment.
  public static let carePath = CoreTable(
    name: "care_path", meaning: "A programme or treatment that a person follows, from its index date.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", key: true),
      CoreColumn("path", .code, "Which programme or treatment.", key: true),
      CoreColumn("index_date", .day, "Day on which it starts.", unit: "date", key: true),
      CoreColumn(
        "end", .day, "Last day of its care; missing where questionnaires are all that is known.", unit: "date"),
      CoreColumn("provider", .code, "Care provider in charge.", unit: "AGB, 8 digits"),
      CoreColumn(
        "origin", .code, "What it was made of: the questionnaires of a programme, or qualifying claim lines.",
        allowed: ["questionnaires", "claims"], required: true),
    ] + lineage, foreignKeys: [.person])

  /// One row per filled-in questionnaire.
  public static let response = CoreTable(
    name: "response", meaning: "One questionnaire filled in at one moment.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", required: true),
      CoreColumn("instrument", .code, "Which questionnaire.", key: true),
      CoreColumn("moment", .code, "Measurement moment.", unit: "T0, T1, …", key: true),
      CoreColumn("completed_on", .day, "Day on which it was filled in.", unit: "date"),
      CoreColumn("path", .code, "Programme or treatment that it belongs to."),
      CoreColumn("index_date", .day, "Index date of that programme or treatment.", unit: "date"),
      CoreColumn("provider", .code, "Care provider that it is about.", unit: "AGB, 8 digits"),
      CoreColumn("answered", .integer, "Number of items answered within range."),
      CoreColumn("expected", .integer, "Number of items of the questionnaire."),
    ] + responseKey, foreignKeys: [.person])

  /// One row per answered item.
  public static let answer = CoreTable(
    name: "answer", meaning: "One answered item of a questionnaire.",
    columns: [
      CoreColumn("instrument", .code, "Which questionnaire.", key: true),
      CoreColumn("moment", .code, "Measurement moment.", key: true),
      CoreColumn("item", .code, "Which item.", key: true),
      CoreColumn("value", .decimal, "Answer as a number.", required: true),
    ] + responseKey, foreignKeys: [ForeignKey(["instrument", "moment", "delivery", "record"], to: "response")])

  /// One row per scale of a filled-in questionnaire.
  public static let score = CoreTable(
    name: "score", meaning: "One scale of one filled-in questionnaire.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", required: true),
      CoreColumn("instrument", .code, "Which questionnaire.", key: true),
      CoreColumn("scale", .code, "Which scale.", key: true),
      CoreColumn("moment", .code, "Measurement moment.", key: true),
      CoreColumn("completed_on", .day, "Day on which the questionnaire was filled in.", unit: "date"),
      CoreColumn("path", .code, "Programme or treatment that it belongs to."),
      CoreColumn("index_date", .day, "Index date of that programme or treatment.", unit: "date"),
      CoreColumn("provider", .code, "Care provider that it is about.", unit: "AGB, 8 digits"),
      CoreColumn("value", .decimal, "The score computed from the items; missing when there is a reason not to."),
      CoreColumn("answered", .integer, "Number of the scale's items that were answered.", required: true),
      CoreColumn("expected", .integer, "Number of the scale's items.", required: true),
      CoreColumn(
        "status", .code, "How the score came about; converted: from the score of another instrument.",
        allowed: ["computed", "delivered", "converted", "incomplete"], required: true),
      CoreColumn(
        "reason", .code, "Why there is no score.", allowed: ["too-few-answers", "no-value", "not-delivered"]),
      CoreColumn("delivered_value", .decimal, "The score as delivered, where the source has one."),
      CoreColumn("predicted_value", .decimal, "The score as predicted by the source's own case-mix model."),
    ] + responseKey, foreignKeys: [.person])

  /// One row per group of insured persons and column of cost, from deliveries that are already aggregated.
  public static let groupTotal = CoreTable(
    name: "group_total", meaning: "One amount of a group of insured persons, in total as delivered.",
    columns: [
      CoreColumn("unit", .code, "Area in which the group lives; missing where the record names none."),
      CoreColumn("period", .code, "Period that the total is about.", required: true),
      CoreColumn("sex", .code, "Sex of the group.", allowed: sexes),
      CoreColumn("age_band", .code, "Ages of the group, in a band of the pipeline."),
      CoreColumn(
        "insured_years", .decimal,
        "Insured person-years of the group: the same in all rows of a record, not to be added over them.",
        unit: "years", required: true),
      CoreColumn(
        "persons", .integer, "Persons in the group: the same in all rows of a record, not to be added over them.",
        required: true),
      CoreColumn(
        "care_type", .code, "Kind of care.", unit: "care type", allowed: CareType.allCases.map(\.rawValue),
        required: true),
      CoreColumn("delivered_as", .code, "Column of the delivery in which the amount stands.", key: true),
      CoreColumn(
        "amount_cents", .cents, "Amount in whole cents; negative for a credit.",
        unit: "files show euros, DECIMAL(18,2)", required: true),
      CoreColumn("reported_by", .code, "Who reported the total.", allowed: reporters, required: true),
      CoreColumn("delivery", .code, "The delivered file that the row came from.", unit: "file name", key: true),
      CoreColumn("record", .integer, "The record of that file.", key: true),
    ])

  /// The columns of claim_line that keep a code as delivered, and of which column.
  public static let sourceValues = [("care_type_source", "care_type"), ("activity_source", "activity")]

  /// All tables.
  public static let all = [
    person, insuredPeriod, provider, claimLine, claimCorrection, stay, stayLine, carePath, response, answer, score,
    groupTotal, finding,
  ]

  private static let sexes = Sex.allCases.map(\.rawValue)
  private static let reporters = ReportedBy.allCases.map(\.rawValue)

  /// What leads a row back to a filled-in questionnaire of a file.
  private static let responseKey: [CoreColumn] = [
    CoreColumn("delivery", .code, "The delivered file that the response came from.", unit: "file name", key: true),
    CoreColumn("record", .integer, "The first record of the response in that file.", key: true),
  ]
}

import Columns

/// What ingest hands to normalize: records as typed columns, still with the source's own codes.
public enum Staged {
  /// The columns that a source can fill for a table.
  public static func table(_ delivers: Delivers) -> CoreTable {
    switch delivers {
    case .claimLine: claimLine
    case .claimHeader: claimHeader
    case .insuredPeriod: insuredPeriod
    case .provider: provider
    case .response: answer
    case .groupTotal: groupTotal
    }
  }

  /// The columns without which a record cannot be used.
  public static func required(_ delivers: Delivers) -> [String] {
    switch delivers {
    case .claimLine: ["claim", "line", "person", "care_type", "start", "amount_cents"]
    case .claimHeader: ["claim"]
    case .insuredPeriod: ["person", "from"]
    case .provider: ["agb"]
    case .response: ["person"]
    case .groupTotal: ["period", "insured_years", "persons"]
    }
  }

  /// The columns that a record must have where its source has them: of a head of a claim those of its lines.
  public static func requiredWhereMapped(_ delivers: Delivers) -> [String] {
    required(delivers == .claimHeader ? .claimLine : delivers)
  }

  /// Claim lines before mapping and removal of duplicates.
  public static let claimLine = CoreTable(
    name: "claim_line", meaning: "A claim line as delivered.",
    columns: Core.claimLine.columns.filter { column in
      !["reported_by", "delivery"].contains(column.name)
        && !Core.sourceValues.contains { $0.0 == column.name }
    })

  /// Heads of claims: what all lines of a claim have in common. Nothing but the number must be there.
  public static let claimHeader = CoreTable(
    name: "claim_header", meaning: "The head of a claim as delivered.",
    columns: partial.columns.filter {
      !["line", "quantity", "amount_cents", "corrects", "corrects_line"].contains($0.name)
    })

  /// Claim lines, or heads, before they are put together: what the other has is missing.
  public static let partial = CoreTable(
    name: "claim_line", meaning: "A claim line as delivered, or the head of a claim.",
    columns: claimLine.columns.map {
      CoreColumn($0.name, $0.spec.type, $0.meaning, unit: $0.unit, required: ["claim", "record"].contains($0.name))
    })

  /// Insured periods, each with what the source says of the person.
  public static let insuredPeriod = CoreTable(
    name: "insured_period", meaning: "An insured period as delivered.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", required: true),
      CoreColumn("birth_year", .integer, "Year of birth.", unit: "year"),
      CoreColumn("sex", .code, "Sex."),
      CoreColumn("died_on", .day, "Day of death."),
      CoreColumn("from", .day, "First day.", required: true),
      CoreColumn("to", .day, "Last day, inclusive."),
      CoreColumn("insurer", .code, "Insurer."),
      CoreColumn("postcode4", .integer, "Four digits of the postcode."),
      CoreColumn("record", .integer, "Where it stands in the file.", required: true),
    ])

  /// Care providers.
  public static let provider = CoreTable(
    name: "provider", meaning: "A care provider as delivered.",
    columns: Core.provider.columns.filter { $0.name != "delivery" })

  /// Answers, one row each, in order of the records that they came from. A score or prediction that the source
  /// supplies is a row too: its item is `=` or `~` and the name of the scale.
  public static let answer = CoreTable(
    name: "answer", meaning: "An answered item as delivered.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", required: true),
      CoreColumn("path", .code, "Programme or treatment."),
      CoreColumn("index_date", .day, "Index date of the programme or treatment."),
      CoreColumn("provider", .code, "Care provider."),
      CoreColumn("instrument", .code, "Which questionnaire.", required: true),
      CoreColumn("moment", .code, "Measurement moment.", required: true),
      CoreColumn("completed_on", .day, "Day on which it was filled in."),
      CoreColumn("item", .code, "Which item.", required: true),
      CoreColumn("value", .decimal, "Answer as a number.", required: true),
      CoreColumn("record", .integer, "First record of the response.", required: true),
    ])

  /// Totals of groups, one row per record and column of amounts.
  public static let groupTotal = CoreTable(
    name: "group_total", meaning: "One amount of a group of insured persons as delivered.",
    columns: Core.groupTotal.columns.filter { !["reported_by", "delivery"].contains($0.name) })

  /// Records and values set aside, by every stage.
  public static let quarantine = CoreTable(
    name: "quarantine", meaning: "A record, or one value of a record, that was set aside.",
    columns: [
      CoreColumn("delivery", .code, "The delivered file.", required: true),
      CoreColumn("record", .integer, "Line or ordinal number of the record.", required: true),
      CoreColumn("column", .code, "Column as the file names it; missing when the record as a whole is meant."),
      CoreColumn("reason", .code, "Stable code of the reason.", required: true),
      CoreColumn("value", .code, "What stood there, masked where it is personal."),
      CoreColumn("expected", .code, "What should have stood there."),
      CoreColumn("scope", .code, "Whether the whole record was set aside or only the value.", unit: "record, value"),
      CoreColumn("stage", .code, "The stage that set it aside.", unit: "ingest, normalize"),
    ])
}

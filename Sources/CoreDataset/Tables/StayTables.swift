import Columns

extension Core {
  /// One row per stay in a hospital.
  public static let stay = CoreTable(
    name: "stay",
    meaning:
      "A stay of at least one night or bed day at one provider, built from the claim lines of admissions and bed days.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", key: true),
      CoreColumn("stay", .integer, "Number of the stay among those of the person, in order of time.", key: true),
      CoreColumn("provider", .code, "Hospital.", unit: "AGB, 8 digits"),
      CoreColumn(
        "care_type", .code, "Kind of care.", unit: "care type", allowed: CareType.allCases.map(\.rawValue),
        required: true),
      CoreColumn("from", .day, "Day of admission.", unit: "date", required: true),
      CoreColumn("to", .day, "Day of discharge.", unit: "date", required: true),
      CoreColumn(
        "bed_days", .integer,
        "Days of the stay that bed-day lines are about, each once, less days of absence; without such lines the nights "
          + "from admission to discharge; missing where neither says how long it lasted.", unit: "days"),
      CoreColumn(
        "unplanned", .flag,
        "Whether there was an emergency visit on the day of admission or the day before: a proxy, since claims do not "
          + "state urgency.", required: true),
      CoreColumn(
        "episode", .integer,
        "Number of the stay with which the episode of hospital care began: stays that overlap, or follow on the same or "
          + "the next day elsewhere, are one episode.", required: true),
      CoreColumn("transferred_in", .flag, "Whether the episode began at another stay.", required: true),
      CoreColumn("transferred_out", .flag, "Whether the episode ended at another stay.", required: true),
      CoreColumn("diagnosis_code", .code, "Diagnosis of the first line that has one, as delivered."),
      CoreColumn(
        "lines", .integer, "Number of claim lines in it; stay_line names them, and delivery and record the first.",
        required: true),
      CoreColumn(
        "reported_by", .code, "Who reported the lines.", allowed: ReportedBy.allCases.map(\.rawValue), required: true),
    ] + lineage, foreignKeys: [.person])

  /// One row per claim line that a stay was built from.
  public static let stayLine = CoreTable(
    name: "stay_line", meaning: "A claim line that a stay was built from.",
    columns: [
      CoreColumn("person", .identifier, "Pseudonym of the person.", required: true),
      CoreColumn("stay", .integer, "The stay.", required: true),
      CoreColumn("claim", .text, "Number of the claim.", key: true),
      CoreColumn("line", .integer, "Number of the line within the claim.", key: true),
      CoreColumn(
        "reported_by", .code, "Who reported the line.", allowed: ReportedBy.allCases.map(\.rawValue), key: true),
    ] + lineage,
    foreignKeys: [
      .person, ForeignKey(["person", "stay"], to: "stay"),
      ForeignKey(["claim", "line", "reported_by"], to: "claim_line"),
    ])
}

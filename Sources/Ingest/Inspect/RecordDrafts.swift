import Columns
import CoreDataset

/// Drafts of claims, insured persons, care providers and FHIR, and of what is none of them.
extension SourceDraft {
  static let fhir = Content(
    reportedBy: "patient", delivers: .response,
    fields: [
      "response: {column: id}", "person: {column: subject, form: person-key}  # or subject-identifier with form bsn",
      "provider: {column: author-id}", "index_date: {column: authored}", "completed_on: {column: authored}",
      "instrument: {column: questionnaire}  # add codes: {canonical of the questionnaire: id of the instrument}",
      "moment: {constant: T0}", "item: {column: item}", "value: {column: value}",
    ])

  /// Claim lines, when there are a person, a number of the claim, a day and an amount.
  mutating func claimLines() -> Content? {
    let before = used
    guard let person = takePerson() else { return nil }
    let claim = takeClaimNumber()
    let line = take(["regelnummer", "line", "regel", "volgnummer"], [.integer])
    let amount =
      hasNames ? take(Self.money, [.amount, .integer, .decimal], not: ["code"]) : take([""], [.amount])
    let start =
      hasNames
      ? take(
        ["begindatum", "start", "uitvoer", "behandeldatum", "prestatiedatum", "service", "from", "datum", "date"],
        [.date],
        not: Self.birthWords) : take([""], [.date])
    guard let claim, let amount, let start else {
      used = before
      return nil
    }
    var fields = ["claim: {column: \(Self.quoted(claim.name))}"]
    fields.append(
      line.map { "line: {column: \(Self.quoted($0.name))}" }
        ?? "line: {constant: \"1\"}  # no line number was found: each claim is taken for one line")
    fields += [
      person, "care_type: {constant: other}  # say which care, or give a column with codes",
      "start: {column: \(Self.quoted(start.name))}",
    ]
    fields += field("end", ["einddatum", "end"], [.date])
    fields.append("amount_cents: {column: \(Self.quoted(amount.name))}")
    fields += provider()
    fields += field("insurer", ["uzovi", "verzekeraar", "insurer"], [.uzovi, .integer, .code])
    fields += field("performance_code", ["prestatiecode", "declaratiecode", "performance", "procedure"])
    fields += field("diagnosis_code", ["diagnose", "diagnosis"])
    fields += field("quantity", ["aantal", "quantity"], [.integer])
    fields += field("birth_year", ["geboortedatum", "birth", "geboren"], [.date], form: "year-of-date")
    fields += field("postcode4", ["postcode", "zip", "pc6", "pc4"], [.postcode, .uzovi], form: "postcode4")
    fields += sex()
    var content = Content(reportedBy: "insurer", delivers: .claimLine, fields: fields)
    if let mark = amount.currencyMarks.first, !["€", "EUR", "EURO"].contains(mark.uppercased()) {
      content.remarks.append("Amounts are marked \(Self.quoted(mark)): see `currency` in pipelines/README.md.")
    }
    return content
  }

  /// The number of the claim: a column with such a name, or the first that never repeats.
  private mutating func takeClaimNumber() -> ColumnProfile? {
    let claim =
      take(
        ["declaratienummer", "declaratieid", "claim", "factuurnummer", "factuur", "nota", "invoice", "declaratie"],
        not: ["code", "datum", "date", "bedrag", "soort", "type", "status"])
      ?? inspection.columns.first { $0.seemsUnique && !$0.name.isEmpty && !used.contains($0.name) }
    if let claim { used.insert(claim.name) }
    return claim
  }

  /// Words in names of days of birth and death.
  static let birthWords = ["geboor", "geboren", "birth", "overl", "death", "died"]

  mutating func provider() -> [String] {
    field("provider", ["agb", "zorgaanbieder", "provider"], [.agb], form: "digits 8")
  }

  mutating func insuredPeriods() -> Content? {
    let before = used
    guard let person = takePerson(),
      let from = hasNames
        ? take(["ingang", "vanaf", "from", "begindatum", "start", "datum", "date"], [.date], not: Self.birthWords)
        : take([""], [.date])
    else {
      used = before
      return nil
    }
    var fields = [person, "from: {column: \(Self.quoted(from.name))}"]
    fields += field("to", ["einddatum", "totenmet", "end", "to"], [.date], not: Self.birthWords)
    fields += field("birth_year", ["geboortedatum", "birth", "geboren"], [.date], form: "year-of-date")
    fields += field("died_on", ["overlij", "died", "death"], [.date])
    fields += field("insurer", ["uzovi", "verzekeraar", "insurer"], [.uzovi, .integer, .code])
    fields += field("postcode4", ["postcode", "zip", "pc6", "pc4"], [.postcode, .uzovi], form: "postcode4")
    fields += sex()
    var content = Content(reportedBy: "insurer", delivers: .insuredPeriod, fields: fields)
    if let amount = inspection.columns.first(where: { !used.contains($0.name) && Self.isMoney($0) }) {
      content.remarks += [
        "If these are claims, since \(Self.quoted(amount.name)) seems to be an amount: no column with a number of the claim was",
        "found, which `delivers: claim_line` needs.",
      ]
    }
    return content
  }

  /// A register of care providers: a code of eight digits that hardly occurs twice, and no person.
  mutating func providers() -> Content? {
    let before = used
    guard let agb = take(["agb"], [.agb]), agb.distinct * 10 >= (agb.count - agb.missing) * 9 else {
      used = before
      return nil
    }
    var fields = ["agb: {column: \(Self.quoted(agb.name)), form: digits 8}"]
    fields += field("kind", ["soort", "kind", "type"])
    fields += field("name", ["naam", "name"])
    fields += field("postcode4", ["postcode", "zip"], [.postcode, .uzovi], form: "postcode4")
    fields += field("from", ["ingang", "vanaf", "from", "begin", "start"], [.date])
    fields += field("to", ["eind", "tot", "end"], [.date])
    return Content(reportedBy: "register", delivers: .provider, fields: fields)
  }

  /// Something that the check of definitions accepts, where nothing is recognised: it says so, and what each kind of
  /// delivery would need.
  mutating func placeholder() -> Content {
    used = []
    let first =
      inspection.columns.first { $0.kind == .agb } ?? inspection.columns.first { !$0.name.isEmpty && $0.kind != .empty }
      ?? inspection.columns.first { !$0.name.isEmpty }
    let name = first?.name ?? "1"
    used = []
    let hasPerson = takePerson() != nil
    let hasClaim = takeClaimNumber() != nil
    let hasDay = inspection.columns.contains { $0.kind == .date }
    let hasAmount = inspection.columns.contains { Self.isMoney($0) || $0.kind == .amount }
    func lacks(_ what: String, _ parts: [(isThere: Bool, name: String)]) -> String {
      let absent = parts.filter { !$0.isThere }.map(\.name)
      return "  \(what): "
        + (absent.isEmpty ? "columns that are named so that they are found" : absent.joined(separator: ", "))
    }
    used = [name]
    let person = "a number of the person"
    return Content(
      remarks: [
        "NOT RECOGNISED. This is a placeholder, not a description of the file: it only has what makes it a definition, and",
        "takes \(Self.quoted(name)) for codes of care providers. Say below what the file is. What was not found for",
        lacks(
          "claim_line",
          [
            (hasPerson, person), (hasClaim, "a number of the claim"), (hasDay, "a day of care"),
            (hasAmount, "an amount"),
          ]),
        lacks("insured_period", [(hasPerson, person), (hasDay, "a first day")]),
        lacks(
          "response", [(hasPerson, person), (false, "a column for each item, or columns for item and answer")]),
        lacks(
          "group_total",
          [(hasAmount, "columns of amounts"), (false, "numbers of persons, and areas, sexes or ages of the groups")]),
        "pipelines/README.md has all fields.",
      ], reportedBy: "register", delivers: .provider, fields: ["agb: {column: \(Self.quoted(name))}"])
  }
}

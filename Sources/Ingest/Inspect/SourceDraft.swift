import Columns
import CoreDataset
import Definitions

/// Drafts a source definition of an inspected file: one that the check of definitions accepts and that ingest can run, to be
/// gone over by hand. Where the file is like nothing that is known, it says so, and what it lacks.
struct SourceDraft {
  let inspection: Inspection
  /// Questionnaires that are known: their ids, items and ranges are looked for.
  let instruments: [Instrument]
  /// A period of the pipeline, for totals of groups that name none.
  let period: String?
  /// Names of columns that something was made of.
  var used: Set<String> = []
  /// Questionnaires that are not known and are drafted too.
  var drafted: [Inspection.Draft.Instrument] = []
  /// What they were drafted from, by id.
  var parts: [String: InstrumentDraft] = [:]

  /// What was made of the columns.
  struct Content {
    var remarks: [String] = []
    var reportedBy: String
    var delivers: Delivers
    var fields: [String]
    /// What follows the fields: questionnaires or amounts.
    var rest: [String] = []
  }

  init(_ inspection: Inspection, _ instruments: [Instrument], period: String?) {
    self.inspection = inspection
    self.instruments = instruments
    self.period = period
  }

  /// The definition, as YAML.
  mutating func yaml() -> String {
    let content: Content
    switch inspection.format {
    case .fhir: content = Self.fhir
    case .fixedWidth(let length):
      return """
        # Records of fixed width, \(length) bytes each: this needs a layout, which cannot be drafted from the file alone.
        # See pipelines/layouts/ for one, and `type: fixed-width` in pipelines/README.md.

        """
    case .delimited, .xml: content = self.content()
    }
    let words = Set(inspection.columns.flatMap(\.missingWords)).sorted()
    let missing = words.isEmpty ? [] : ["missing: [\(words.map(Self.quoted).joined(separator: ", "))]"]
    let unused = inspection.columns.map(\.name).filter { !$0.isEmpty && !used.contains($0) }
    let lines =
      ["# Drafted by `spiegel inspect` from \(inspection.records) records. Go over every line before use."]
      + content.remarks.map { "# " + $0 }
      + [
        "version: \"1\"", "reported-by: \(content.reportedBy)", "delivers: \(content.delivers.rawValue)",
        "recognise: {name: [\(Self.quoted(pattern))]}", "format: \(format)",
      ] + missing + ["fields:"] + content.fields.map { "  " + $0 } + content.rest
      + (unused.isEmpty ? [] : ["# not used: " + unused.map(Self.quoted).joined(separator: ", ")])
    return lines.joined(separator: "\n") + "\n"
  }

  /// The first kind of delivery that the columns are enough for. Answers come before claims only where most columns are
  /// answers, for an amount, a day and a person may be in a questionnaire too.
  private mutating func content() -> Content {
    if let content = longAnswers() { return content }
    if let content = wideAnswers(fewest: 0.4) { return content }
    if let content = claimLines() { return content }
    if let content = groupTotals() { return content }
    if let content = wideAnswers(fewest: 0) { return content }
    if let content = insuredPeriods() { return content }
    return providers() ?? placeholder()
  }

  // MARK: - How it is written

  /// The file's name with `*` for its digits, and without the ending of a compressed file.
  private var pattern: String {
    Recognition.unpackedName(inspection.file).replacing(#/[0-9*?\[\]]+([-_][0-9]+)*/#, with: "*")
  }

  private var format: String {
    let patterns = inspection.columns.filter { $0.kind == .date }.flatMap(\.datePatterns)
    let dates = patterns.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let dateText = dates.isEmpty ? "" : ", dates: [\(dates.joined(separator: ", "))]"
    switch inspection.format {
    case .delimited(let delimiter, let hasHeader):
      let mark = delimiter == 0x09 ? "tab" : Self.quoted(String(Unicode.Scalar(delimiter)))
      return "{type: delimited, delimiter: \(mark), encoding: \(inspection.encoding)"
        + (hasHeader ? "" : ", header: false")
        + (inspection.skipLines > 0 ? ", skip-lines: \(inspection.skipLines)" : "")
        + (inspection.footerLines > 0 ? ", footer-lines: \(inspection.footerLines)" : "") + numbers + dateText + "}"
    case .xml(let record): return "{type: xml, record: \(Self.quoted(record))\(numbers)\(dateText)}"
    case .fhir, .fixedWidth: return "{type: fhir}"
    }
  }

  /// How amounts and other numbers are written. `1.234` alone may be either; of amounts it is a thousand.
  private var numbers: String {
    let columns = inspection.columns
    let amounts = columns.filter { used.contains($0.name) && Self.isMoney($0) }
    let isComma =
      columns.contains(where: \.hasDecimalComma)
      || !columns.contains(where: \.hasDecimalPoint) && amounts.contains(where: \.isGroupedByPoint)
    let marks = columns.flatMap(\.currencyMarks).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return (isComma ? ", decimal: \",\", thousands: \".\"" : "")
      + (!isComma && columns.contains(where: \.isGroupedByComma) ? ", thousands: \",\"" : "")
      + (marks.isEmpty ? "" : ", currency-marks: [\(marks.map(Self.quoted).joined(separator: ", "))]")
  }

  // MARK: - Finding columns

  /// Words in names of columns of amounts.
  static let money = [
    "bedrag", "amount", "kosten", "vergoed", "cost", "euro", "tarief", "prijs", "price", "charge", "paid",
  ]

  static func isMoney(_ profile: ColumnProfile) -> Bool {
    let name = SourcePlan.folded(profile.name)
    return [.amount, .integer, .decimal].contains(profile.kind) && money.contains { name.contains($0) }
  }

  /// Whether names of columns say anything.
  var hasNames: Bool {
    if case .delimited(_, false) = inspection.format { return false }
    return true
  }

  /// Takes the first column that has one of the words in its name, in order of the words, and values of one of the kinds.
  mutating func take(
    _ words: [String], _ kinds: [ColumnProfile.Kind] = [], not others: [String] = [], notAtEnd ends: [String] = []
  ) -> ColumnProfile? {
    for word in words {
      let found = inspection.columns.first { profile in
        let name = SourcePlan.folded(profile.name)
        return !used.contains(profile.name) && !name.isEmpty && name.contains(word) && profile.kind != .empty
          && (kinds.isEmpty || kinds.contains(profile.kind)) && !others.contains { name.contains($0) }
          && !ends.contains { name.hasSuffix($0) }
      }
      if let found {
        used.insert(found.name)
        return found
      }
    }
    return nil
  }

  /// `person: …`: a citizen number, else another number of a person.
  mutating func takePerson() -> String? {
    if let bsn = take(["bsn", "burgerservice"], [.citizenNumber]) ?? take([""], [.citizenNumber]) {
      return "person: {column: \(Self.quoted(bsn.name)), form: bsn}"
    }
    guard hasNames else { return nil }
    let key = take(
      [
        "pseudo", "patient", "client", "cli\u{EB}nt", "persoon", "person", "respondent", "deelnemer", "participant",
        "verzekerde", "member", "subject", "bsn",
      ], [.integer, .code, .text, .uzovi, .agb, .phone],
      not: [
        "naam", "name", "datum", "date", "geboor", "birth", "gesl", "sex", "gender", "leeft", "age", "postcode", "zip",
        "kosten", "aantal", "soort", "type", "jaren", "years", "count", "number_of",
      ],
      // Numbers of persons are no numbers of a person.
      notAtEnd: [
        "personen", "persons", "verzekerden", "patienten", "pati\u{EB}nten", "patients", "clienten", "clients",
        "members",
        "deelnemers",
      ])
    return key.map { "person: {column: \(Self.quoted($0.name)), form: person-key}" }
  }

  /// A field of a column, where there is one.
  mutating func field(
    _ target: String, _ words: [String], _ kinds: [ColumnProfile.Kind] = [], form: String = "", not: [String] = []
  ) -> [String] {
    guard let found = take(words, kinds, not: not) else { return [] }
    return ["\(target): {column: \(Self.quoted(found.name))\(form.isEmpty ? "" : ", form: " + form)}"]
  }

  mutating func sex() -> [String] {
    let known = ["M": "male", "V": "female", "F": "female", "1": "male", "2": "female", "m": "male", "v": "female"]
    for profile in inspection.columns where !used.contains(profile.name) {
      let name = SourcePlan.folded(profile.name)
      guard name.contains("geslacht") || name.contains("sex") || name.contains("gender") else { continue }
      let codes = profile.codes.filter { known[$0] != nil }
      if codes.isEmpty { continue }
      used.insert(profile.name)
      let map = codes.map { "\(Self.quoted($0)): \(known[$0] ?? "")" }.joined(separator: ", ")
      return ["sex: {column: \(Self.quoted(profile.name)), codes: {\(map)}, unknown: set-aside}"]
    }
    return []
  }

  /// A text in double quotes, as YAML writes it.
  static func quoted(_ text: String) -> String {
    let safe = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      default: scalar.value < 0x20 || scalar.value == 0x7F ? " " : String(scalar)
      }
    }
    return "\"" + safe.joined() + "\""
  }
}

extension Inspection {
  /// A source definition to begin with, and the questionnaires that it needs and that nobody has described yet.
  public struct Draft: Sendable {
    /// The source definition, as YAML.
    public let source: String
    /// Questionnaires.
    public let instruments: [Instrument]

    /// A drafted questionnaire.
    public struct Instrument: Sendable, Equatable {
      /// Its id: the name of its file.
      public let id: String
      /// Its definition, as YAML.
      public let yaml: String
    }
  }

  /// Drafts the definition of the source.
  ///
  /// - Parameters:
  ///   - instruments: questionnaires to look for.
  ///   - period: a period of the pipeline, for totals that name none.
  public func draft(instruments: [Definitions.Instrument] = [], period: String? = nil) -> Draft {
    var draft = SourceDraft(self, instruments, period: period)
    let source = draft.yaml()
    return Draft(source: source, instruments: draft.drafted)
  }

  /// The source definition alone, with no questionnaire known.
  public var draft: String { draft().source }
}

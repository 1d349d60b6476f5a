import Columns
import CoreDataset

/// Drafts a source definition of an inspected file: one that the check of definitions accepts, to be gone over by hand.
struct SourceDraft {
  private let inspection: Inspection
  private var used: Set<String> = []

  init(_ inspection: Inspection) { self.inspection = inspection }

  /// Words in column names, by target. The first column that has one of the words, and values that fit, counts.
  private static let words: [(target: String, words: [String], kinds: [ColumnProfile.Kind])] = [
    ("person", ["bsn", "burgerservice"], [.citizenNumber]),
    ("person", [""], [.citizenNumber]),
    ("claim", ["declaratienummer", "declaratieid", "claim", "factuurnummer", "factuur", "nota"], []),
    ("line", ["regelnummer", "line", "regel", "volgnummer"], [.integer]),
    ("amount_cents", ["bedrag", "amount", "kosten", "vergoed", "cost"], [.amount, .integer, .decimal]),
    ("start", ["begindatum", "start", "uitvoer", "behandeldatum", "prestatiedatum", "datum", "date"], [.date]),
    ("end", ["einddatum", "end"], [.date]),
    ("from", ["ingang", "vanaf", "from", "begindatum", "start"], [.date]),
    ("to", ["einddatum", "totenmet", "end", "to"], [.date]),
    ("birth_year", ["geboortedatum", "birth", "geboren"], [.date]),
    ("died_on", ["overlij", "died", "death"], [.date]),
    ("insurer", ["uzovi", "verzekeraar", "insurer"], [.uzovi, .integer, .code]),
    ("provider", ["agb", "zorgaanbieder", "provider"], [.agb]),
    ("agb", ["agb"], [.agb]),
    ("agb", [""], [.agb]),
    ("performance_code", ["prestatiecode", "declaratiecode", "performance"], []),
    ("diagnosis_code", ["diagnose", "diagnosis"], []),
    ("quantity", ["aantal", "quantity"], [.integer]),
    ("postcode4", ["postcode", "zip", "pc6", "pc4"], [.postcode, .uzovi]),
  ]

  /// Kinds of values that say enough where columns have no names.
  private static let telling: [String: [ColumnProfile.Kind]] = [
    "person": [.citizenNumber], "start": [.date], "from": [.date], "amount_cents": [.amount],
  ]

  /// The definition, as YAML.
  mutating func yaml() -> String {
    var lines = [
      "# Drafted by `spiegel inspect` from \(inspection.records) records. Go over every line before use.",
      "version: \"1\"",
    ]
    switch inspection.format {
    case .fhir: lines += Self.fhir
    case .fixedWidth(let length):
      return """
        # Records of fixed width, \(length) bytes each: this needs a layout, which cannot be drafted from the file alone.
        # See pipelines/layouts/ for one, and `type: fixed-width` in pipelines/README.md.

        """
    case .delimited, .xml: lines += fields()
    }
    var head = lines
    head.insert("recognise: {name: [\(Self.quoted(pattern))]}", at: 4)
    head.insert("format: \(format)", at: 5)
    let words = Set(inspection.columns.flatMap(\.missingWords)).sorted()
    if !words.isEmpty { head.insert("missing: [\(words.map(Self.quoted).joined(separator: ", "))]", at: 6) }
    return head.joined(separator: "\n") + "\n"
  }

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
      let isComma = inspection.columns.contains(where: \.hasDecimalComma) && delimiter != UInt8(ascii: ",")
      let mark = delimiter == 0x09 ? "tab" : Self.quoted(String(Unicode.Scalar(delimiter)))
      return "{type: delimited, delimiter: \(mark), encoding: \(inspection.encoding)"
        + (hasHeader ? "" : ", header: false")
        + (inspection.skipLines > 0 ? ", skip-lines: \(inspection.skipLines)" : "")
        + (inspection.footerLines > 0 ? ", footer-lines: \(inspection.footerLines)" : "")
        + (isComma ? ", decimal: \",\", thousands: \".\"" : "") + dateText + "}"
    case .xml(let record): return "{type: xml, record: \(Self.quoted(record))\(dateText)}"
    case .fhir, .fixedWidth: return "{type: fhir}"
    }
  }

  private static let fhir = [
    "reported-by: patient", "delivers: response", "fields:", "  response: {column: id}",
    "  person: {column: subject, form: person-key}  # or subject-identifier with form bsn",
    "  provider: {column: author-id}", "  index_date: {column: authored}", "  completed_on: {column: authored}",
    "  instrument: {column: questionnaire}  # add codes: {canonical of the questionnaire: id of the instrument}",
    "  moment: {constant: T0}", "  item: {column: item}", "  value: {column: value}",
  ]

  private mutating func column(_ target: String) -> String? {
    if case .delimited(_, false) = inspection.format, let kinds = Self.telling[target] {
      let found = inspection.columns.first { !used.contains($0.name) && kinds.contains($0.kind) }
      if let found { used.insert(found.name) }
      return found?.name
    }
    for entry in Self.words where entry.target == target {
      for word in entry.words {
        let found = inspection.columns.first { profile in
          !used.contains(profile.name) && SourcePlan.folded(profile.name).contains(word)
            && (entry.kinds.isEmpty || entry.kinds.contains(profile.kind)) && profile.kind != .empty
        }
        if let found {
          used.insert(found.name)
          return found.name
        }
      }
    }
    return nil
  }

  private mutating func fields() -> [String] {
    let person = column("person").map { "person: {column: \(Self.quoted($0)), form: bsn}" }
    if let person, let lines = claimLines(person) { return lines }
    used = person == nil ? [] : used
    if let person, let from = column("from") ?? column("start") {
      var lines = ["fields:", "  \(person)", "  from: {column: \(Self.quoted(from))}"]
      append(&lines, "to", "")
      append(&lines, "birth_year", ", form: year-of-date")
      append(&lines, "died_on", "")
      append(&lines, "insurer", "")
      append(&lines, "postcode4", ", form: postcode4")
      appendSex(&lines)
      return ["reported-by: insurer", "delivers: insured_period"] + lines + rest
    }
    // Anything can be read as a register of codes: a start where nothing else is known.
    let agb = column("agb") ?? inspection.columns.first { !$0.name.isEmpty }?.name ?? "1"
    used.insert(agb)
    return ["reported-by: register", "delivers: provider", "fields:", "  agb: {column: \(Self.quoted(agb))}"] + rest
  }

  /// Claim lines, when there is a number, a day and an amount.
  private mutating func claimLines(_ person: String) -> [String]? {
    let before = used
    let claim =
      column("claim") ?? inspection.columns.first { $0.isUnique && !$0.name.isEmpty && !used.contains($0.name) }?.name
    let line = column("line")
    guard let claim, let amount = column("amount_cents"), let start = column("start") else {
      used = before
      return nil
    }
    used.insert(claim)
    var lines = ["fields:", "  claim: {column: \(Self.quoted(claim))}"]
    lines.append(
      line.map { "  line: {column: \(Self.quoted($0))}" }
        ?? "  line: {constant: \"1\"}  # no line number was found: each claim is taken for one line")
    lines += [
      "  \(person)", "  care_type: {constant: other}  # say which care, or give a column with codes",
      "  start: {column: \(Self.quoted(start))}",
    ]
    append(&lines, "end", "")
    lines.append("  amount_cents: {column: \(Self.quoted(amount))}")
    append(&lines, "provider", ", form: digits 8")
    for target in ["insurer", "performance_code", "diagnosis_code", "quantity"] { append(&lines, target, "") }
    append(&lines, "birth_year", ", form: year-of-date")
    append(&lines, "postcode4", ", form: postcode4")
    appendSex(&lines)
    return ["reported-by: insurer", "delivers: claim_line"] + lines + rest
  }

  private mutating func append(_ lines: inout [String], _ target: String, _ form: String) {
    if let name = column(target) { lines.append("  \(target): {column: \(Self.quoted(name))\(form)}") }
  }

  private mutating func appendSex(_ lines: inout [String]) {
    let known = ["M": "male", "V": "female", "F": "female", "1": "male", "2": "female"]
    for profile in inspection.columns where !used.contains(profile.name) {
      let name = SourcePlan.folded(profile.name)
      guard name.contains("geslacht") || name.contains("sex") || name.contains("gender") else { continue }
      let codes = profile.codes.filter { known[$0] != nil }
      if codes.isEmpty { continue }
      used.insert(profile.name)
      let map = codes.map { "\(Self.quoted($0)): \(known[$0] ?? "")" }.joined(separator: ", ")
      lines.append("  sex: {column: \(Self.quoted(profile.name)), codes: {\(map)}, unknown: set-aside}")
      return
    }
  }

  /// Columns that nothing was made of.
  private var rest: [String] {
    let names = inspection.columns.map(\.name).filter { !$0.isEmpty && !used.contains($0) }
    return names.isEmpty ? [] : ["# not used: " + names.map(Self.quoted).joined(separator: ", ")]
  }

  /// A text in double quotes, as YAML writes it.
  private static func quoted(_ text: String) -> String {
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
  /// A source definition to begin with, as YAML.
  public var draft: String {
    var draft = SourceDraft(self)
    return draft.yaml()
  }
}

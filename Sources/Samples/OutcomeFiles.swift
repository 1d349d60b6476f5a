import Foundation

/// The questionnaires: outcomes as a table of one vendor and a document of another, and experiences.
struct OutcomeFiles {
  static let moments = ["T0", "T1"]
  static let healthItems = ["MO", "ZZ", "DA", "PK", "AD"]
  static let tableColumns: [String] = {
    var columns = ["Traject", "BSN", "AGB", "Indexdatum"]
    for moment in moments {
      columns += ["\(moment)_datum", "\(moment)_NRS"]
      columns += (1...7).map { "\(moment)_PDI_\($0)" }
      columns += healthItems.map { "\(moment)_EQ5D_\($0)" }
      columns.append("\(moment)_VAS")
    }
    return columns
  }()
  static let experienceColumns = [
    "respons_id", "bsn", "agb", "datum", "q1", "q2", "q3", "q4", "q5", "cijfer", "aanbevelen",
  ]
  private static let semicolon = UInt8(ascii: ";")
  /// An answer that the item does not have.
  private static let impossible = 14

  private let providers: ProviderDirectory
  let table: DeliveryFile
  let document: DeliveryFile
  let experience: DeliveryFile
  private var documentPaths = 0

  init(in directory: URL, providers: ProviderDirectory) throws {
    self.providers = providers
    table = try DeliveryFile(
      "prom-pijn.csv", in: directory, head: Array((Self.tableColumns.joined(separator: ";") + "\r\n").utf8))
    document = try DeliveryFile(
      "prom-pijn.xml", in: directory,
      head: Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <aanlevering leverancier="Meten &amp; Weten Zorgvragenlijsten" versie="2.1">

        """.utf8))
    let quoted = Self.experienceColumns.map { "\"\($0)\"" }.joined(separator: ",")
    experience = try DeliveryFile("prem-pijn.csv", in: directory, head: Array((quoted + "\n").utf8))
  }

  func close() throws {
    try table.close()
    try document.close(tail: "</aanlevering>\n")
    try experience.close()
  }

  mutating func write(_ path: CarePath, of person: Person, _ faults: inout FaultPlan) throws {
    if path.usesXML {
      documentPaths += 1
      try writeDocument(path, of: person, &faults)
    } else {
      try writeTable(path, of: person, &faults)
    }
    if let answers = path.experience { try writeExperience(answers, path, of: person, &faults) }
  }

  // MARK: Outcomes as a table

  private func writeTable(_ path: CarePath, of person: Person, _ faults: inout FaultPlan) throws {
    var path = path
    let fault = faults.due(.outcomeTable, person: person.index) { $0 != .beforeBaseline || path.after != nil }
    switch fault?.kind {
    case .outOfRange: path.before.disability[2] = Self.impossible
    case .beforeBaseline: path.after?.completed = path.before.completed.advanced(by: -20)
    default: break
    }
    try table.write { text in
      text.append("TP")
      text.append(table.records, digits: 5)
      text.append(Self.semicolon)
      text.append(person.bsn, digits: 9)
      text.append(Self.semicolon)
      text.append(providers.providers[path.provider].agb)
      text.append(Self.semicolon)
      text.append(dutch: path.indexDate)
      Self.append(path.before, to: &text)
      Self.append(path.after, to: &text)
      text.append("\r\n")
    }
    if let fault { faults.note(fault.kind, column: fault.variant.column, in: table) }
  }

  private static func append(_ answers: Answers?, to text: inout ByteText) {
    guard let answers else {
      for _ in 0..<15 { text.append(semicolon) }
      return
    }
    text.append(semicolon)
    text.append(dutch: answers.completed)
    append(answers.pain, to: &text)
    for answer in answers.disability { append(answer, to: &text) }
    for answer in answers.health { append(answer, to: &text) }
    append(answers.scale, to: &text)
  }

  private static func append(_ answer: Int, to text: inout ByteText) {
    text.append(semicolon)
    if answer != Answers.missing { text.append(answer) }
  }

  // MARK: Outcomes as a document

  private func writeDocument(_ path: CarePath, of person: Person, _ faults: inout FaultPlan) throws {
    var before = path.before
    let range = faults.due(.outcomeBefore, person: person.index)
    if range != nil { before.disability[2] = Self.impossible }
    try writeResponse(before, "T0", path, of: person)
    if let range { faults.note(range.kind, column: range.variant.column, in: document) }
    guard var after = path.after else { return }
    let order = faults.due(.outcomeAfter, person: person.index)
    if order != nil { after.completed = before.completed.advanced(by: -20) }
    try writeResponse(after, "T1", path, of: person)
    if let order { faults.note(order.kind, column: order.variant.column, in: document) }
  }

  private func writeResponse(_ answers: Answers, _ moment: String, _ path: CarePath, of person: Person) throws {
    try document.write(lines: 8) { text in
      text.append("<respons id=\"R")
      text.append(document.records, digits: 6)
      text.append("\"><patient bsn=\"")
      text.append(person.bsn, digits: 9)
      text.append("\"/><zorgaanbieder agb=\"")
      text.append(providers.providers[path.provider].agb)
      text.append("\"/>\n <traject id=\"TX")
      text.append(documentPaths, digits: 4)
      text.append("\" indexdatum=\"")
      text.append(iso: path.indexDate)
      text.append("\"/><meetmoment>")
      text.append(moment)
      text.append("</meetmoment>\n <ingevuld>")
      text.append(iso: answers.completed)
      text.append("</ingevuld>\n")
      Self.append("NRS", [("1", answers.pain)], to: &text)
      Self.append("PDI", answers.disability.enumerated().map { ("\($0.offset + 1)", $0.element) }, to: &text)
      Self.append("EQ5D5L", Array(zip(Self.healthItems, answers.health)), to: &text)
      Self.append("EQVAS", [("1", answers.scale)], to: &text)
      text.append("</respons>\n")
    }
  }

  /// One line per questionnaire; an item without an answer is left out.
  private static func append(_ questionnaire: String, _ answers: [(item: String, value: Int)], to text: inout ByteText)
  {
    text.append(" <vragenlijst code=\"")
    text.append(questionnaire)
    text.append("\">")
    for answer in answers where answer.value != Answers.missing {
      text.append("<antwoord vraag=\"")
      text.append(answer.item)
      text.append("\" waarde=\"")
      text.append(answer.value)
      text.append("\"/>")
    }
    text.append("</vragenlijst>\n")
  }

  // MARK: Experiences

  private func writeExperience(
    _ answers: Experience, _ path: CarePath, of person: Person, _ faults: inout FaultPlan
  ) throws {
    try experience.write { text in
      text.append("\"P")
      text.append(experience.records, digits: 6)
      text.append("\",\"")
      text.append(person.bsn, digits: 9)
      text.append("\",\"")
      text.append(providers.providers[path.provider].agb)
      text.append("\",\"")
      text.append(iso: answers.completed)
      for answer in answers.questions {
        text.append("\",\"")
        if answer == Experience.notApplicable {
          text.append("n.v.t.")
        } else if answer != Answers.missing {
          text.append(answer)
        }
      }
      for answer in [answers.mark, answers.recommend] {
        text.append("\",\"")
        if answer != Answers.missing { text.append(answer) }
      }
      text.append("\"\n")
    }
    faults.spoil(
      experience, .experience, person: person.index, columns: Self.experienceColumns, delimiter: UInt8(ascii: ","),
      isQuoted: true)
  }
}

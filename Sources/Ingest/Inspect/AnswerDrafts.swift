import Columns
import CoreDataset
import Definitions
import Foundation

/// Drafts of questionnaires: a column for each item, or a record for each answer.
extension SourceDraft {
  /// A column for each item, and perhaps each moment.
  ///
  /// - Parameter fewest: the share of the columns that answers must be.
  mutating func wideAnswers(fewest: Double) -> Content? {
    guard hasNames else { return nil }
    let before = used
    let person = takePerson() ?? "person: {form: record-as-person}  # no number of a person was found"
    let groups = AnswerColumns(inspection.columns.filter { !used.contains($0.name) }, instruments).groups
    // Two numbers alone may be anything.
    let isEnough = groups.contains { $0.instrument != nil || $0.items.count >= 3 }
    let count = groups.reduce(0) { $0 + $1.items.count }
    guard isEnough, Double(count) >= fewest * Double(inspection.columns.count) else {
      used = before
      return nil
    }
    for group in groups { used.formUnion(group.items.map(\.profile.name)) }
    var content = Content(reportedBy: "patient", delivers: .response, fields: [person])
    let days = momentDays(groups.map(\.moment))
    content.fields += field(
      "index_date", ["index", "operatie", "start", "begin", "treat"], [.date], not: Self.birthWords)
    content.fields += provider()
    content.rest.append("questionnaires:")
    var seen: Set<String> = []
    var needed: [String] = []
    for group in groups {
      let id = group.instrument?.id ?? draftInstrument(group.stem, group.items)
      if !needed.contains(id) { needed.append(id) }
      let (moment, isSure) = moment(group.moment, of: id, &seen)
      let day = days[group.moment].map { ", completed-on: \(Self.quoted($0))" } ?? ""
      let remarks =
        (isSure ? [] : ["say which moment this is"])
        + (group.others.isEmpty ? [] : ["or \(group.others.joined(separator: " or "))"])
      content.rest.append(
        "  - {instrument: \(id), moment: \(moment)\(day), items: \(items(group))}"
          + (remarks.isEmpty ? "" : "  # " + remarks.joined(separator: "; ")))
    }
    content.remarks += needs(needed)
    return content
  }

  /// `"PDI_{item}"` where it fits all items of the questionnaire, else a map.
  private func items(_ group: AnswerColumns.Group) -> String {
    let first = group.items[0]
    if let instrument = group.instrument, instrument.items.count == group.items.count, group.items.count > 1,
      let range = first.profile.name.range(of: first.item, options: .backwards)
    {
      let pattern = first.profile.name.replacingCharacters(in: range, with: "{item}")
      if group.items.allSatisfy({ pattern.replacing("{item}", with: $0.item) == $0.profile.name }) {
        return Self.quoted(pattern)
      }
    }
    let pairs = group.items.map { "\(Self.quoted($0.item)): \(Self.quoted($0.profile.name))" }
    return "{" + pairs.joined(separator: ", ") + "}"
  }

  /// The moment of a group, once for each questionnaire, and whether the file says so.
  private func moment(_ word: String, of instrument: String, _ seen: inout Set<String>) -> (String, isSure: Bool) {
    let words = [
      "": "T0", "voor": "T0", "pre": "T0", "baseline": "T0", "intake": "T0", "voormeting": "T0", "nulmeting": "T0",
      "na": "T1", "post": "T1", "nameting": "T1", "followup": "T1",
    ]
    let name = words[word] ?? word.uppercased()
    if seen.insert(instrument + " " + name).inserted { return (name, !word.isEmpty) }
    var number = 1
    while !seen.insert("\(instrument) T\(number)").inserted { number += 1 }
    return ("T\(number)", false)
  }

  /// For each moment the column with the day on which it was filled in.
  private mutating func momentDays(_ moments: [String]) -> [String: String] {
    var days: [String: String] = [:]
    let dates = inspection.columns.filter { profile in
      let name = SourcePlan.folded(profile.name)
      return profile.kind == .date && !used.contains(profile.name) && !Self.birthWords.contains { name.contains($0) }
        && !["index", "operatie"].contains { name.contains($0) }
    }
    for moment in Set(moments).sorted() {
      let own = dates.first { AnswerColumns.moment(in: $0.name).moment == moment && !moment.isEmpty }
      let words = ["ingevuld", "invul", "complet", "afname", "datum", "date", "dag", "day"]
      let any = dates.first { profile in
        AnswerColumns.moment(in: profile.name).moment.isEmpty
          && words.contains { SourcePlan.folded(profile.name).contains($0) }
      }
      guard let day = own ?? (Set(moments).count == 1 ? any : nil) else { continue }
      days[moment] = day.name
      used.insert(day.name)
    }
    return days
  }

  /// A record for each answer.
  mutating func longAnswers() -> Content? {
    guard hasNames else { return nil }
    let before = used
    func names(_ others: [String]) -> [String] { others + ["datum", "date"] }
    let person = takePerson()
    let list = take(
      ["vragenlijst", "questionnaire", "instrument", "survey", "lijst"], [.code, .text, .integer],
      not: names(["id", "versie"]))
    let response = take(
      ["response_id", "responseid", "respons", "invul", "afname", "formulier", "session", "vragenlijstid", "surveyid"],
      [],
      not: names(["tekst", "text"]))
    let moment = take(["meetmoment", "moment", "meting", "tijdstip", "timepoint", "wave", "visit"], [], not: names([]))
    let item = take(
      [
        "vraagcode", "vraagnummer", "vraagnr", "vraag_id", "vraagid", "itemcode", "linkid", "item", "vraag", "question",
      ],
      [.integer, .code, .text, .uzovi], not: names(["tekst", "text"]))
    let value = take(
      ["antwoordwaarde", "antwoordcode", "antwoord", "waarde", "value", "answer", "score", "response"],
      [.integer, .decimal, .amount], not: names([]))
    guard let item, let value, person != nil || response != nil else {
      used = before
      return nil
    }
    var content = Content(reportedBy: "patient", delivers: .response, fields: [])
    if let response { content.fields.append("response: {column: \(Self.quoted(response.name))}") }
    content.fields.append(
      person
        ?? "person: {column: \(Self.quoted(response?.name ?? "")), form: person-key}  # no number of a person was found"
    )
    content.fields += field("index_date", ["index", "operatie", "start", "begin"], [.date], not: Self.birthWords)
    content.fields += provider()
    content.fields.append(instrument(list, item, value, &content.remarks))
    content.fields.append(
      moment.map { "moment: {column: \(Self.quoted($0.name))}" }
        ?? "moment: {constant: T0}  # no column says which moment; say which it is")
    content.fields += field(
      "completed_on", ["ingevuld", "invul", "complet", "afname", "datum", "date"], [.date], not: Self.birthWords)
    content.fields.append("item: {column: \(Self.quoted(item.name))}")
    content.fields.append("value: {column: \(Self.quoted(value.name))}")
    return content
  }

  /// Which questionnaire: by a column, of which the codes are looked up, or the same for all.
  private mutating func instrument(
    _ list: ColumnProfile?, _ item: ColumnProfile, _ value: ColumnProfile, _ remarks: inout [String]
  ) -> String {
    func bare(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
    if let list {
      let codes = list.fewValues(most: 40) ?? []
      let found = codes.compactMap { code -> (code: String, id: String)? in
        let fitting =
          instruments.filter { bare($0.id) == bare(code) }
          + instruments.filter { bare(code).count >= 3 && bare($0.id).hasPrefix(bare(code)) }
        return fitting.first.map { (code, $0.id) }
      }
      if !codes.isEmpty, found.count == codes.count {
        remarks += needs(Set(found.map(\.id)).sorted())
        let map = found.map { "\(Self.quoted($0.code)): \($0.id)" }.joined(separator: ", ")
        return "instrument: {column: \(Self.quoted(list.name)), codes: {\(map)}, unknown: reject}"
      }
      return "instrument: {column: \(Self.quoted(list.name))}  # add codes: {its name here: id of the instrument}"
    }
    let items = item.fewValues(most: 200) ?? []
    let known = instruments.first { instrument in
      Set(instrument.items.map(\.code)) == Set(items)
        && value.bounds.map { bounds in
          instrument.items.allSatisfy { $0.minimum <= bounds.lowerBound && bounds.upperBound <= $0.maximum }
        } == true
    }
    let id = known?.id ?? draftInstrument("", (items.isEmpty ? ["1"] : items).map { ($0, value) })
    remarks += needs([id])
    return "instrument: {constant: \(id)}"
  }

  /// What pipeline.yaml must name.
  private func needs(_ ids: [String]) -> [String] {
    let own = ids.filter { id in drafted.contains { $0.id == id } }
    return ["pipeline.yaml needs under `instruments`: \(ids.joined(separator: ", "))."]
      + (own.isEmpty
        ? []
        : [
          "Not known, and drafted too (--into writes it): \(own.map { "instruments/\($0).yaml" }.joined(separator: ", "))."
        ])
  }

  /// Drafts a questionnaire with the items and the range that the file shows; the same for all moments.
  private mutating func draftInstrument(_ stem: String, _ items: [(item: String, profile: ColumnProfile)]) -> String {
    let base = stem.filter { $0.isASCII }.isEmpty ? "vragenlijst" : stem.filter { $0.isASCII }
    var id = base
    while instruments.contains(where: { $0.id == id }) { id += "-concept" }
    let codes = items.map(\.item)
    let bounds = items.compactMap(\.profile.bounds)
    let lowest = min(0, bounds.map(\.lowerBound).min() ?? 0).rounded(.down)
    let highest = max(lowest + 1, (bounds.map(\.upperBound).max() ?? 1).rounded(.up))
    // At another moment it may have other items and a wider range.
    let draft = InstrumentDraft(id, codes, lowest...highest).joined(parts[id])
    parts[id] = draft
    drafted.removeAll { $0.id == id }
    drafted.append(Inspection.Draft.Instrument(id: id, yaml: draft.yaml(inspection.records)))
    return id
  }
}

/// A questionnaire that nobody has described: the items and the range of answers that a file shows.
struct InstrumentDraft {
  let id: String
  let codes: [String]
  let range: ClosedRange<Double>

  init(_ id: String, _ codes: [String], _ range: ClosedRange<Double>) {
    (self.id, self.codes, self.range) = (id, codes, range)
  }

  /// With what another moment showed.
  func joined(_ other: InstrumentDraft?) -> InstrumentDraft {
    guard let other else { return self }
    return InstrumentDraft(
      id, other.codes + codes.filter { !other.codes.contains($0) },
      min(range.lowerBound, other.range.lowerBound)...max(range.upperBound, other.range.upperBound))
  }

  func yaml(_ records: Int) -> String {
    let (low, high) = (Int(range.lowerBound), Int(range.upperBound))
    return """
      # Drafted by `spiegel inspect` from \(records) records. The range is what the file shows; say what it is, how it is scored
      # and which way is better before any figure is made of it.
      version: "1"
      name: {nl: "\(id) (concept)", en: "\(id) (draft)"}
      reference: not known yet
      licence: not known yet
      items:
        - {codes: [\(codes.map(SourceDraft.quoted).joined(separator: ", "))], range: [\(low), \(high)]}
      scales:
        - code: total
          name: {nl: Som van de antwoorden, en: Sum of the answers}
          items: all
          rule: sum
          range: [\(low * codes.count), \(high * codes.count)]
          direction: neutral

      """
  }
}

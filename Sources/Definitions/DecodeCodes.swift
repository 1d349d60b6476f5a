import Columns

/// A code list as decoded.
struct CodeList {
  var codes: [String: String] = [:]
  var decisions: [CodeDecision] = []
  /// The table; nil for a map in the source definition.
  var path: String?
}

extension FieldDecoder {
  private static let dates = ["from", "to"]
  private static let decision = ["decided_by", "decided_on"]
  static let codeHeaders = [[], dates, decision, dates + decision].map { ["local", "standard"] + $0 }

  /// A map from delivered to standard codes, or the path of a table `local;standard`, each with or without the days on
  /// which a line holds and who decided it when.
  func decodeCodes(_ place: Value) -> CodeList? {
    var list = CodeList()
    let standard = Self.vocabulary(target)
    func check(_ code: String, _ complain: (String) -> Void) {
      if let standard, !standard.contains(code) { complain(Wording.unknown(code, known: standard)) }
    }
    if place.isMapping {
      for (key, value) in place.pairs() ?? [] {
        guard let local = key.text(), let code = value.text() else { continue }
        check(code) { value.complain($0) }
        list.codes[local] = code
        list.decisions.append(CodeDecision(local: local, standard: code))
      }
      list.decisions.sort { $0.local < $1.local }
      return list
    }
    guard let path = place.text() else { return nil }
    guard folder.has(path) else {
      place.complain("there is no file \(path)")
      return nil
    }
    guard let table = DefinitionTable(path, headers: Self.codeHeaders, in: folder) else { return nil }
    list.path = path
    for row in table.rows {
      check(row.fields[1]) { table.complain(row, $0) }
      guard let line = decision(row, in: table) else { continue }
      let others = list.decisions.filter { $0.local == line.local }
      if others.contains(where: { $0.overlaps(line) }) {
        table.complain(
          row,
          Wording.duplicate("code", line.local)
            + (line.isDated || others.contains(where: \.isDated)
              ? " on some days" : ""))
      }
      list.decisions.append(line)
      list.codes[line.local] = line.standard
    }
    return list
  }

  private func decision(_ row: DefinitionTable.Row, in table: DefinitionTable) -> CodeDecision? {
    func text(_ name: String) -> String { table.header.firstIndex(of: name).map { row.fields[$0] } ?? "" }
    func day(_ name: String) -> Day? {
      let written = text(name)
      if written.isEmpty { return nil }
      let day = Day(written)
      if day == nil { table.complain(row, Wording.expected("a date as yyyy-MM-dd", found: "\"\(written)\"")) }
      return day
    }
    let (from, to) = (day("from"), day("to"))
    if let from, let to, to < from {
      table.complain(row, "the last day, \(to), lies before the first, \(from)")
      return nil
    }
    if table.header.contains("decided_by") {
      if text("decided_by").isEmpty { table.complain(row, "the line does not say who decided it") }
      if day("decided_on") == nil, text("decided_on").isEmpty {
        table.complain(row, "the line does not say when it was decided")
      }
    }
    return CodeDecision(
      local: row.fields[0], standard: row.fields[1], from: from, to: to, decidedBy: text("decided_by"),
      decidedOn: text("decided_on"))
  }
}

extension CodeDecision {
  /// Whether both hold on some day.
  func overlaps(_ other: CodeDecision) -> Bool {
    (from?.number ?? .min) <= (other.to?.number ?? .max) && (other.from?.number ?? .min) <= (to?.number ?? .max)
  }
}

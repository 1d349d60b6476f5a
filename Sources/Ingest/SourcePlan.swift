import Columns
import CoreDataset
import Definitions
import Workspace

/// A source definition laid over the columns of one delivered file: which field becomes which staged column.
struct SourcePlan: Sendable {
  /// How a field is read.
  enum Kind: Sendable {
    case day, integer, cents, decimal, text
    case code(prefix: Int?, digits: Int?)
    case personNumber(isCitizenNumber: Bool)
    case personKey
    case postcode
    case yearOfDate
  }
  /// One field that is read.
  struct Field: Sendable {
    /// Column of the staged table; nil for the source's own id of a response.
    let target: Int?
    /// Position in the record.
    let position: Int
    /// Its name in the file.
    let name: String
    let kind: Kind
    let missing: MissingTokens
    let isRequired: Bool
    /// Whether its values may not be shown.
    let isPersonal: Bool
    /// The staged column's name, for reasons such as `missing-person`.
    let targetName: String
  }
  /// The answers of one instrument at one moment in the columns of a record.
  struct Questionnaire: Sendable {
    let instrument: String
    let moment: String
    /// Position of the day; nil when the file has none.
    let completedOn: (position: Int, name: String)?
    /// Item codes and positions; items, then delivered scores, then predictions.
    let items: [(code: String, position: Int, name: String, isSupplied: Bool)]
    /// Values that mean "not answered".
    let missing: MissingTokens
    /// Values that mean "not known" in the columns with days and supplied scores.
    let missingElsewhere: MissingTokens
    /// What answers that are delivered as words count for.
    let codes: [String: Double]

    /// What an answer in words counts for; nil when it is not among the codes.
    func answer(in field: Span<UInt8>) -> Double? {
      codes.isEmpty ? nil : codes[String(decoding: field.indices.map { field[$0] }, as: UTF8.self)]
    }
  }

  /// A column of amounts of a record that is a group.
  struct Amount: Sendable {
    let careType: String
    let position: Int
    let name: String
  }

  let source: Source
  let table: CoreTable
  let fields: [Field]
  let constants: [(target: Int, value: String)]
  let questionnaires: [Questionnaire]
  /// Columns of amounts, each with a staged row of its own per record.
  let amounts: [Amount]
  let isRecordAsPerson: Bool
  /// Fields per record.
  let width: Int

  /// Whether its rows are divided by claim and not by person, to be put together with other rows of the claim.
  var isJoined: Bool { source.join != nil || source.delivers == .claimHeader }

  /// Names of columns that several fields are read from.
  var sharedColumns: Set<String> {
    let names = fields.map(\.name) + questionnaires.compactMap { $0.completedOn?.name } + amounts.map(\.name)
    return Set(Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys)
  }

  /// Whether each record is one answer that names its instrument, moment and item.
  var isLong: Bool { source.delivers == .response && questionnaires.isEmpty }

  /// Lays a source over the names of a file's columns.
  ///
  /// - Throws: a problem that names every declared column that the file lacks, and those that it has.
  init(_ source: Source, columns names: [String], delivery: String) throws(Problem) {
    // Lines are put together with the heads of their claims when both are staged.
    let table = source.join == nil ? Staged.table(source.delivers) : Staged.partial
    var positions: [String: Int] = [:]
    for (position, name) in names.enumerated() where positions[Self.folded(name)] == nil {
      positions[Self.folded(name)] = position
    }
    var absent: [String] = []
    func position(_ candidates: [String]) -> (position: Int, name: String) {
      for candidate in candidates { if let found = positions[Self.folded(candidate)] { return (found, candidate) } }
      let wanted = candidates.joined(separator: "\" or \"")
      if !absent.contains(wanted) { absent.append(wanted) }
      return (0, "")
    }

    var fields: [Field] = []
    var constants: [(target: Int, value: String)] = []
    // What may not be missing in the staged table, but for answers: a question need not be answered.
    let required =
      Staged.requiredWhereMapped(source.delivers)
      + table.columns.filter { !$0.spec.isNullable && $0.name != "value" }.map(\.name)
    for mapping in source.fields {
      let target = table.index(of: mapping.target)
      if let constant = mapping.constant {
        if let target { constants.append((target, constant)) }
        continue
      }
      if mapping.form == .recordAsPerson { continue }
      let found = position(mapping.columns)
      fields.append(
        Field(
          target: target, position: found.position, name: found.name,
          kind: Self.kind(mapping, target.map { table.columns[$0].spec.type }),
          missing: MissingTokens(source.missing + mapping.missing),
          isRequired: mapping.isRequired || required.contains(mapping.target),
          isPersonal: mapping.target == "person" || mapping.form == .yearOfDate || mapping.form == .postcode4,
          targetName: mapping.target))
    }
    // A source that does not label its measurements: the windows of the instruments say which moment each belongs to.
    if source.delivers == .response, source.questionnaires.isEmpty, let moment = table.index(of: "moment"),
      !source.fields.contains(where: { $0.target == "moment" })
    {
      constants.append((moment, MomentWindow.unlabelled))
    }
    let questionnaires = source.questionnaires.map { declared in
      Questionnaire(
        instrument: declared.instrument, moment: declared.moment,
        completedOn: declared.completedOn.map { position([$0]) },
        items: declared.items.map { item in
          let found = position([item.column])
          return (item.item, found.position, found.name, false)
        }
          + declared.delivered.map { scale in
            let found = position([scale.column])
            return ("=" + scale.scale, found.position, found.name, true)
          }
          + declared.predicted.map { scale in
            let found = position([scale.column])
            return ("~" + scale.scale, found.position, found.name, true)
          },
        missing: MissingTokens(source.missing + declared.missing), missingElsewhere: MissingTokens(source.missing),
        codes: declared.codes)
    }
    amounts = (source.totals?.amounts ?? []).map { declared in
      let found = position([declared.column])
      return Amount(careType: declared.careType.rawValue, position: found.position, name: found.name)
    }
    self.source = source
    self.table = table
    width = names.count
    isRecordAsPerson = source.fields.contains { $0.form == .recordAsPerson }
    self.fields = fields
    self.constants = constants
    self.questionnaires = questionnaires
    if !absent.isEmpty {
      let list = absent.map { "\"\($0)\"" }.joined(separator: ", ")
      throw Problem(
        .data, at: "\(delivery):1",
        "the column\(absent.count == 1 ? "" : "s") \(list) of source \(source.id) \(absent.count == 1 ? "is" : "are") missing",
        expected: "all columns that sources/\(source.id).yaml names; \(Self.shown(names))",
        remedy: Self.otherDelimiter(names, source)
          ?? "Ask for a complete delivery, or add the new name as an alias in sources/\(source.id).yaml.")
    }
    try refuseUnknownAmounts(names, delivery: delivery)
  }

  /// What to do when all names stand in one column, since another mark separates them.
  private static func otherDelimiter(_ names: [String], _ source: Source) -> String? {
    guard case .delimited = source.format, names.count == 1 else { return nil }
    let marks: [(mark: Character, name: String)] = [(";", "\";\""), (",", "\",\""), ("\t", "a tab"), ("|", "\"|\"")]
    guard let found = marks.first(where: { names[0].contains($0.mark) }) else { return nil }
    return "Its columns seem to be separated by \(found.name): check `delimiter` in sources/\(source.id).yaml."
  }

  /// A column of amounts that the definition does not know would be cost that is lost.
  private func refuseUnknownAmounts(_ names: [String], delivery: String) throws(Problem) {
    guard let pattern = source.totals?.every else { return }
    let known = Set(amounts.map { Self.folded($0.name) })
    let unknown = names.filter { Recognition.fits($0, pattern) && !known.contains(Self.folded($0)) }
    if unknown.isEmpty { return }
    throw Problem(
      .data, at: "\(delivery):1",
      "the column\(unknown.count == 1 ? "" : "s") \(unknown.map { "\"\($0)\"" }.joined(separator: ", ")) would be left out",
      expected: "that every column like \"\(pattern)\" is among the amounts of sources/\(source.id).yaml",
      remedy: "Add it there with its kind of care.")
  }

  private static func kind(_ mapping: FieldMapping, _ type: ColumnType?) -> Kind {
    switch mapping.form {
    case .bsn: return .personNumber(isCitizenNumber: true)
    case .personNumber: return .personNumber(isCitizenNumber: false)
    case .personKey, .recordAsPerson: return .personKey
    case .digits(let count): return .code(prefix: nil, digits: count)
    case .postcode4: return .postcode
    case .yearOfDate: return .yearOfDate
    case .prefix(let count): return .code(prefix: count, digits: nil)
    case .plain: break
    }
    switch type {
    case .day: return .day
    case .integer, .long: return .integer
    case .cents: return .cents
    case .decimal: return .decimal
    case .text: return .text
    case .identifier: return .personKey
    case .code, .flag, nil: return .code(prefix: nil, digits: nil)
    }
  }

  /// Names are compared without regard to case and blanks.
  static func folded(_ name: String) -> String { name.filter { !$0.isWhitespace }.lowercased() }

  /// The columns of the file as they may be shown. A file without header begins with a record, of which nothing may be
  /// shown: it has long numbers or fields without any letter where names should be.
  private static func shown(_ names: [String]) -> String {
    if names.contains(where: looksLikeValue) { return "its first line looks like a record, not like column names" }
    let shown = names.prefix(30).map { "\"\($0)\"" }.joined(separator: ", ")
    return "the file has " + (names.count > 30 ? "\(shown) and \(names.count - 30) more" : shown)
  }

  private static func looksLikeValue(_ name: String) -> Bool {
    let hasLongNumber = name.split { !$0.isNumber }.contains { $0.count >= 7 }
    return hasLongNumber || name.contains(where: \.isNumber) && !name.contains(where: \.isLetter)
  }
}

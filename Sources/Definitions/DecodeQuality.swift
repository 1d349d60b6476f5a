import Columns
import CoreDataset

extension PipelineDecoder {
  /// `quality.yaml`, where the pipeline has one: other thresholds, checks of its own, published figures.
  func decodeQuality() -> QualitySpec {
    let usual = QualitySpec.usual(declared.periods)
    guard folder.has("quality.yaml"), let file = folder.yaml("quality.yaml") else { return usual }
    return file.fields { fields in
      let asOf = fields.optional("as-of")?.day() ?? usual.asOf
      var checks = QualityCatalogue.all
      for place in fields.optional("checks")?.list() ?? [] {
        guard let check = place.fields({ decodeCheck($0) }) else { continue }
        if checks.contains(where: { $0.id == check.id }) {
          place.complain(Wording.duplicate("check", check.id))
        } else {
          checks.append(check)
        }
      }
      for place in fields.optional("thresholds")?.list() ?? [] {
        _ = place.fields { decodeThreshold($0, &checks) }
      }
      let references = (fields.optional("references")?.list() ?? []).compactMap { $0.fields { decodeReference($0) } }
      var spec = QualitySpec(checks: checks, asOf: asOf, references: references)
      spec.agePyramid = fields.optional("age-pyramid")?.fields { decodeAgePyramid($0) }
      return spec
    } ?? usual
  }

  /// Another threshold or severity of a check, with its reason.
  private func decodeThreshold(_ fields: Fields, _ checks: inout [QualityCheck]) -> Bool? {
    let place = fields.required("check")
    let threshold = fields.threshold(0...1)
    let severity = fields.optional("severity")?.choice(QualityCheck.Severity.self)
    guard let place, let id = place.text() else { return nil }
    guard let index = checks.firstIndex(where: { $0.id == id }) else {
      // The whole catalogue would be too long a list of what is known.
      let near = Wording.nearest(id, checks.map(\.id))
      place.complain(
        "there is no check \"\(id)\"; " + (near.map { "did you mean \"\($0)\"?" } ?? "\"spiegel quality\" lists them"))
      return nil
    }
    guard let threshold else { return nil }
    checks[index].threshold = threshold.value
    checks[index].why = "\(threshold.why) (\(threshold.since))"
    if let severity {
      checks[index].severity = severity
      checks[index].consequence = severity == .critical ? .block : .none
    }
    return true
  }

  private func decodeCheck(_ fields: Fields) -> QualityCheck? {
    let id = fields.required("id")?.text()
    if let id, id.wholeMatch(of: #/[a-z][a-z0-9._-]*/#) == nil {
      fields.optional("id")?.complain("the id of a check is lower case letters, digits, \".\", \"_\" and \"-\"")
    }
    let text = fields.required("text")?.localized()
    let category = fields.required("category")?.choice(QualityCheck.Category.self)
    let severity = fields.required("severity")?.choice(QualityCheck.Severity.self)
    let threshold = fields.required("threshold")?.threshold(0...1)
    let table = fields.required("table").flatMap { decodeTable($0) }
    var column: String?
    if let place = fields.optional("column"), let name = place.text() {
      column = name
      if let table, table.index(of: name) == nil {
        place.complain(Wording.noColumn(table.name, name, known: table.columns.map(\.name)))
      }
    }
    let among = fields.optional("among").map { decodeConditions($0, table) } ?? []
    let violated = fields.required("violated").map { decodeConditions($0, table) } ?? []
    if fields.optional("violated")?.list()?.isEmpty == true {
      fields.keyPlace("violated").complain("\"violated\" needs a condition; without any all rows would be at fault")
    }
    let consequence = decodeConsequence(fields, severity)
    guard let id, let text, let category, let severity, let threshold, let table else { return nil }
    // What is at fault is among what is looked at.
    return QualityCheck(
      id: id, category: category, table: table.name, column: column, dutch: text.nl, english: text.en,
      method: .rows(among: among, violated: among + violated), threshold: threshold.value,
      why: "\(threshold.why) (\(threshold.since))", severity: severity, consequence: consequence)
  }

  private func decodeConsequence(
    _ fields: Fields, _ severity: QualityCheck.Severity?
  ) -> QualityCheck.Consequence {
    let usual: QualityCheck.Consequence = severity == .critical ? .block : .none
    guard let place = fields.optional("consequence"), let found = place.choice(QualityCheck.Consequence.self) else {
      return usual
    }
    if let severity, severity != .critical, found != .none {
      place.complain("only a critical check has consequences; its severity is \(severity.rawValue)")
    }
    return found
  }

  private func decodeTable(_ place: Value) -> CoreTable? {
    guard let name = place.text() else { return nil }
    let tables = Core.all.filter { $0.name != Core.finding.name }
    if let table = tables.first(where: { $0.name == name }) { return table }
    place.complain(Wording.dangling("table", name, known: tables.map(\.name)))
    return nil
  }

  private func decodeConditions(_ place: Value, _ table: CoreTable?) -> [CheckCondition] {
    (place.list() ?? []).compactMap { item in item.fields { decodeCondition($0, table) } }
  }

  /// `column` and one test.
  private func decodeCondition(_ fields: Fields, _ table: CoreTable?) -> CheckCondition? {
    let column = fields.required("column")
    let name = column?.text()
    let type = name.flatMap { name in column.flatMap { self.type(of: name, table, $0) } }
    var tests: [CheckCondition.Test?] = []
    func add(_ key: String, _ read: (Value) -> CheckCondition.Test?) {
      if let place = fields.optional(key) { tests.append(read(place)) }
    }
    add("missing") { $0.flag().map { $0 ? .missing : .present } }
    add("below") { limit($0, type).map { .below($0) } }
    add("above") { limit($0, type).map { .above($0) } }
    add("one-of") { codes($0, type).map { .oneOf($0) } }
    add("none-of") { codes($0, type).map { .noneOf($0) } }
    add("not-digits") { place in codeOnly(place, type) ? place.whole(1...32).map { .notDigits($0) } : nil }
    add("before") { other($0, type, table).map { .before($0) } }
    add("after") { other($0, type, table).map { .after($0) } }
    add("differs-from") { other($0, type, table).map { .differs($0) } }
    if tests.count != 1 {
      fields.place.complain(
        "a condition has one test beside \"column\": missing, below, above, one-of, none-of, not-digits, before, after or "
          + "differs-from")
    }
    guard let name, type != nil, let test = tests.first, let test else { return nil }
    return CheckCondition(name, test)
  }

  /// The type of a column of a table or of the person; nil, with an error, when there is none.
  private func type(of name: String, _ table: CoreTable?, _ place: Value) -> ColumnType? {
    switch name {
    case "person.birth_year", "person.birth_years": return .integer
    case "person.died_on": return .day
    case "person.sex": return .code
    default: break
    }
    guard let table else { return nil }
    if let column = table.column(name) { return column.spec.type }
    place.complain(
      Wording.noColumn(table.name, name, known: table.columns.map(\.name) + CheckCondition.personColumns))
    return nil
  }

  /// A number; of a day a date, of an amount euros.
  private func limit(_ place: Value, _ type: ColumnType?) -> Double? {
    switch type {
    case .day: return place.day().map { Double($0.number) }
    case .cents: return place.number().map { ($0 * 100).rounded() }
    case .integer, .long, .decimal: return place.number()
    case nil: return nil
    default:
      place.complain("only days, numbers and amounts can be below or above a limit")
      return nil
    }
  }

  private func codeOnly(_ place: Value, _ type: ColumnType?) -> Bool {
    if type == .code { return true }
    if type != nil { place.complain("the column does not hold codes") }
    return false
  }

  private func codes(_ place: Value, _ type: ColumnType?) -> [String]? {
    codeOnly(place, type) ? place.texts() : nil
  }

  /// Another column, or a day of the run, that a column can be compared with.
  private func other(_ place: Value, _ type: ColumnType?, _ table: CoreTable?) -> String? {
    guard let name = place.text() else { return nil }
    let isRunDay = CheckCondition.runDays.contains(name)
    guard let type, let other = isRunDay ? .day : self.type(of: name, table, place) else { return nil }
    let isDayWithYear = type == .day && other == .integer || type == .integer && isRunDay
    let isComparable = [.day, .integer, .long, .cents, .decimal, .code].contains(type)
    if isComparable && (type == other || isDayWithYear) { return name }
    place.complain("\"\(name)\" is of another kind (\(other.rawValue)) than the column (\(type.rawValue))")
    return nil
  }

  private func decodeReference(_ fields: Fields) -> ReferenceFigure? {
    let kind = fields.required("figure")?.choice(ReferenceFigure.Kind.self)
    let name = fields.required("name")?.localized()
    let value = fields.required("value")?.number()
    let needsYear = kind != nil && kind != .shareOfWomen
    let year = (needsYear ? fields.required("year") : fields.optional("year"))?.whole(1900...2200)
    let source = fields.required("source", "a published figure needs \"source\": where it was published")?.text()
    guard let kind, let name, let value, let source else { return nil }
    if needsYear && year == nil { return nil }
    return ReferenceFigure(kind: kind, name: name, value: value, year: year, source: source)
  }
}

import Columns
import CoreDataset

/// Reads where the values of one staged column come from, and checks that it can be.
struct FieldDecoder {
  let target: String
  let type: ColumnType
  let delivers: Delivers
  let format: Source.Format
  let folder: DefinitionFolder

  func decode(_ fields: Fields) -> FieldMapping? {
    let columnsPlace = fields.optional("column")
    let columns = columnsPlace?.texts() ?? []
    let constantPlace = fields.optional("constant")
    let constant = constantPlace?.text()
    let formPlace = fields.optional("form")
    let form = formPlace.flatMap { decodeForm($0) } ?? .plain
    let missing = fields.optional("missing")?.texts() ?? []
    let codesPlace = fields.optional("codes")
    let list = codesPlace.flatMap { decodeCodes($0) }
    let codes = list?.codes ?? [:]
    let unknownPlace = fields.optional("unknown")
    let isNeeded = Staged.requiredWhereMapped(delivers).contains(target)
    let requiredPlace = fields.optional("required")
    let isRequired = requiredPlace?.flag() ?? isNeeded
    if isNeeded, !isRequired {
      requiredPlace?.complain("a record without \"\(target)\" cannot be used; leave \"required\" out")
    }
    let standard = Self.vocabulary(target)
    let unknown =
      unknownPlace?.choice(UnknownCode.self) ?? (standard == nil ? .keep : isRequired ? .reject : .setAside)

    checkOrigin(fields, form, isFormWrong: formPlace != nil && form == .plain)
    for column in columns { if let wrong = format.wrongColumn(column) { columnsPlace?.complain(wrong) } }
    if let constant { checkConstant(constantPlace ?? fields.place, constant, standard) }
    if codesPlace != nil || unknownPlace != nil, type != .code {
      fields.keyPlace(codesPlace != nil ? "codes" : "unknown").complain(
        "\"\(target)\" (\(type.rawValue)) is not a code; it has no code list")
    }
    if unknownPlace != nil, codesPlace == nil, type == .code {
      fields.keyPlace("unknown").complain(
        "\"unknown\" says what happens with a code that \"codes\" lacks; give \"codes\"")
    }
    if let standard, constantPlace == nil {
      if codesPlace == nil {
        fields.place.complain(
          "\"\(target)\" needs \"codes\" to the standard codes: \(standard.joined(separator: ", "))")
      } else if unknown == .keep {
        fields.keyPlace("unknown").complain(
          "\"\(target)\" has standard codes only; an unknown code is rejected or set aside, not kept")
      }
    }
    var mapping = FieldMapping(
      target: target, columns: columns, constant: constant, form: form, missing: missing, codes: codes,
      unknown: unknown, isRequired: isRequired)
    mapping.decisions = list?.decisions ?? []
    mapping.codeList = list?.path
    return mapping
  }

  /// The standard codes of a column; nil where it keeps the source's own.
  static func vocabulary(_ target: String) -> [String]? {
    switch target {
    case "care_type": CareType.allCases.map(\.rawValue)
    case "activity": Activity.allCases.map(\.rawValue)
    case "sex": Sex.allCases.map(\.rawValue)
    default: nil
    }
  }

  /// A value comes from a column, a constant or the record itself: exactly one of them.
  private func checkOrigin(_ fields: Fields, _ form: FieldForm, isFormWrong: Bool) {
    let given = ["column", "constant"].filter { fields.has($0) }
    if form == .recordAsPerson {
      for key in given { fields.keyPlace(key).complain("with form record-as-person there is no \"\(key)\"") }
    } else if given.isEmpty, !isFormWrong {
      fields.place.complain("missing key \"column\", or \"constant\" for the same value in all records")
    } else if given.count == 2 {
      fields.keyPlace("constant").complain("\"column\" and \"constant\" exclude each other")
    }
    if type == .identifier, form == .plain, !isFormWrong {
      fields.place.complain(
        "\"\(target)\" becomes a pseudonym; say what it is with form bsn, person-number, person-key or record-as-person"
      )
    }
    if form != .plain, let wanted = Self.type(of: form),
      wanted != type || wanted == .integer && target != (form == .postcode4 ? "postcode4" : "birth_year")
    {
      fields.keyPlace("form").complain(
        "form \(Self.name(of: form)) does not fit \"\(target)\" (\(type.rawValue))")
    }
    if fields.has("constant"), form != .plain, form != .recordAsPerson {
      fields.keyPlace("form").complain("a constant has no form; it is taken as it is")
    }
  }

  private static func type(of form: FieldForm) -> ColumnType? {
    switch form {
    case .plain: nil
    case .bsn, .personNumber, .personKey, .recordAsPerson: .identifier
    case .digits, .prefix: .code
    case .postcode4, .yearOfDate: .integer
    }
  }

  private static func name(of form: FieldForm) -> String {
    switch form {
    case .plain: "plain"
    case .bsn: "bsn"
    case .personNumber: "person-number"
    case .personKey: "person-key"
    case .recordAsPerson: "record-as-person"
    case .digits(let count): "digits \(count)"
    case .postcode4: "postcode4"
    case .yearOfDate: "year-of-date"
    case .prefix(let count): "prefix \(count)"
    }
  }

  private func decodeForm(_ place: Value) -> FieldForm? {
    guard let text = place.text() else { return nil }
    let words = text.split(separator: " ")
    if words.count == 2, let count = Int(words[1]), (1...40).contains(count) {
      if words[0] == "digits" { return .digits(count) }
      if words[0] == "prefix" { return .prefix(count) }
    }
    switch text {
    case "bsn": return .bsn
    case "person-number": return .personNumber
    case "person-key": return .personKey
    case "record-as-person": return .recordAsPerson
    case "postcode4": return .postcode4
    case "year-of-date": return .yearOfDate
    default:
      place.complain(
        Wording.unknown(
          text,
          known: [
            "bsn", "person-number", "person-key", "record-as-person", "digits 8", "postcode4", "year-of-date",
            "prefix 4",
          ]))
      return nil
    }
  }

  /// What is wrong with a path such as `../../patient/@bsn`; nil when nothing is.
  static func wrongPath(_ path: String, depth: Int) -> String? {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false)
    let rest = steps.drop { $0 == ".." }
    if steps.count - rest.count >= depth { return "\"\(path)\" climbs above the root of the document" }
    let isWrong = rest.enumerated().contains { index, step in
      step.isEmpty || step == ".." || step == "@" || step == "." && steps.count > 1
        || step.hasPrefix("@") && index < rest.count - 1
    }
    return isWrong ? Wording.expected("a path such as ../a/@b", found: "\"\(path)\"") : nil
  }

  private func checkConstant(_ place: Value, _ constant: String, _ standard: [String]?) {
    switch type {
    case .day:
      if Day(constant) == nil { place.complain(Wording.expected("a date as yyyy-MM-dd", found: "\"\(constant)\"")) }
    case .integer, .long, .cents:
      if Int32(constant) == nil { place.complain(Wording.expected("a whole number", found: "\"\(constant)\"")) }
    case .decimal:
      if Double(constant)?.isFinite != true { place.complain(Wording.expected("a number", found: "\"\(constant)\"")) }
    case .identifier: place.complain("a person cannot be the same in all records")
    case .code, .text, .flag:
      if let standard, !standard.contains(constant) { place.complain(Wording.unknown(constant, known: standard)) }
    }
  }
}

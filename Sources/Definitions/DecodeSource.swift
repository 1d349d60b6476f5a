import Columns
import CoreDataset

extension PipelineDecoder {
  func decodeSource(_ id: String, _ path: String) -> Source? {
    folder.yaml(path)?.fields { fields in
      let version = version(fields, id: id)
      let reportedBy = fields.required("reported-by")?.choice(ReportedBy.self)
      let delivers = fields.required("delivers")?.choice(Delivers.self)
      let recognition = fields.required("recognise").flatMap { decodeRecognition($0) }
      let format = fields.required("format")?.fields { decodeFormat($0) }
      let missing = fields.optional("missing")?.texts() ?? []
      complainOfCurrency(fields.optional("currency"))
      let fieldsPlace = fields.required("fields")
      let questionnairesPlace = fields.optional("questionnaires")
      let controlPlace = fields.optional("control-totals")
      let isRequired = fields.optional("required")?.flag() ?? false
      let amountsPlace = fields.optional("amounts")
      let received = fields.optional("received").flatMap { decodeReceived($0) }
      let joinPlace = fields.optional("join")
      let join = joinPlace?.fields { fields -> Source.Join? in
        let source = fields.required("source")?.text()
        let on = fields.required("on")?.text()
        guard let source, let on else { return nil }
        return Source.Join(source: source, on: on)
      }
      if let joinPlace, join != nil { joins.places[id] = joinPlace }
      guard let delivers, let format else { return nil }
      let mappings = fieldsPlace.flatMap { decodeFields($0, delivers, format) }
      let questionnaires = questionnairesPlace.flatMap { decodeQuestionnaires($0) } ?? []
      let totals = amountsPlace.flatMap { $0.fields { decodeTotals($0, format) } }
      if let mappings {
        complainOfAbsentFields(
          fields, delivers, mappings, isWide: questionnairesPlace != nil, isJoined: joinPlace != nil)
      }
      let controlTotals = controlPlace.flatMap { decodeControlTotals($0, format) }
      complainOfTotals(fields, delivers, mappings ?? [])
      if received != nil && delivers != .claimLine {
        fields.keyPlace("received").complain("\"received\" is for sources that deliver claim_line")
      }
      guard let version, let reportedBy, let recognition, let mappings else { return nil }
      var source = Source(
        id: id, version: version, reportedBy: reportedBy, delivers: delivers, namePatterns: recognition.names,
        format: format.format, encoding: format.encoding, amounts: format.amounts, dates: format.dates,
        missing: missing, fields: mappings, questionnaires: questionnaires, totals: totals,
        footerLines: format.footerLines, controlTotals: controlTotals, signs: recognition.signs,
        isRequired: isRequired, join: join)
      source.received = received
      return source
    }
  }

  /// `received`: where the day of receipt stands.
  private func decodeReceived(_ place: Value) -> ReceivedInName? {
    place.fields { fields in
      guard let inName = fields.required("in-name"), let pattern = inName.text() else { return nil }
      guard let format = DateFormat(pattern) else {
        inName.complain(Wording.expected("a date pattern such as yyyyMMdd", found: "\"\(pattern)\""))
        return nil
      }
      return ReceivedInName(format)
    }
  }

  /// How an export is written.
  struct WrittenAs {
    let format: Source.Format
    let encoding: TextEncoding
    let amounts: AmountFormat
    let dates: [DateFormat]
    var footerLines = 0
  }

  private func decodeFormat(_ fields: Fields) -> WrittenAs? {
    let typePlace = fields.required("type")
    let mark = byte(fields.optional("decimal")) ?? UInt8(ascii: ".")
    let thousands = byte(fields.optional("thousands"))
    if let thousands, thousands == mark {
      fields.keyPlace("thousands").complain("the mark between thousands is the decimal mark too")
    }
    let isInCents = fields.optional("in-cents")?.flag() ?? false
    let dates = (fields.optional("dates")?.list() ?? []).compactMap { place -> DateFormat? in
      guard let pattern = place.text() else { return nil }
      let format = DateFormat(pattern)
      if format == nil {
        place.complain(Wording.expected("a date pattern such as dd-MM-yyyy", found: "\"\(pattern)\""))
      }
      return format
    }
    let currencyPlace = fields.optional("currency-marks")
    func amounts(_ encoding: TextEncoding) -> AmountFormat {
      let marks = currencyPlace.flatMap { currencyMarks($0, encoding) }
      return AmountFormat(mark: mark, thousands: thousands, isInCents: isInCents, currency: marks)
    }
    switch typePlace?.text() {
    case "delimited":
      let delimiterPlace = fields.required("delimiter")
      let delimiter = byte(delimiterPlace)
      let encoding = fields.required("encoding")?.choice(TextEncoding.self)
      let hasHeader = fields.optional("header")?.flag() ?? true
      let skipLines = fields.optional("skip-lines")?.whole(0...1000) ?? 0
      let footerLines = fields.optional("footer-lines")?.whole(0...20) ?? 0
      // Between commas "12,50" may stand in quotes; where it does not, records have a field too many.
      if let delimiter, delimiter == mark, mark != UInt8(ascii: ","), !isInCents {
        delimiterPlace?.complain("the delimiter is the decimal mark too; give the one that the export uses")
      }
      guard let delimiter, let encoding else { return nil }
      return WrittenAs(
        format: .delimited(delimiter: delimiter, hasHeader: hasHeader, skipLines: skipLines), encoding: encoding,
        amounts: amounts(encoding), dates: dates.isEmpty ? [.iso] : dates, footerLines: footerLines)
    case "xml":
      let recordPlace = fields.required("record")
      guard let record = recordPlace?.text() else { return nil }
      let names = record.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      if !record.hasPrefix("/") || names.isEmpty || names.contains("") {
        recordPlace?.complain(Wording.expected("an absolute path such as /a/b", found: "\"\(record)\""))
      }
      return WrittenAs(
        format: .xml(record: record), encoding: .utf8, amounts: amounts(.utf8), dates: dates.isEmpty ? [.iso] : dates)
    case "fhir":
      let statuses = fields.optional("statuses")?.texts() ?? ["completed", "amended"]
      let systems = fields.optional("identifier-systems")?.texts() ?? []
      let questionnaires = fields.optional("questionnaires").map { decodeFHIRQuestionnaires($0) } ?? []
      let fhir = FHIRFormat(statuses: statuses, questionnaires: questionnaires, identifierSystems: systems)
      return WrittenAs(
        format: .fhir(fhir), encoding: .utf8, amounts: amounts(.utf8), dates: dates.isEmpty ? [.iso] : dates)
    case "fixed-width":
      let encoding = fields.required("encoding")?.choice(TextEncoding.self)
      let layout = fields.required("layout").flatMap { decodeLayout($0) }
      guard let encoding, let layout else { return nil }
      return WrittenAs(
        format: .fixedWidth(layout), encoding: encoding, amounts: amounts(encoding),
        dates: dates.isEmpty ? [.iso] : dates)
    case let other:
      for key in [
        "delimiter", "encoding", "header", "skip-lines", "footer-lines", "record", "layout", "statuses",
        "identifier-systems", "questionnaires",
      ] { _ = fields.optional(key) }
      if let other { typePlace?.complain(Wording.unknown(other, known: ["delimited", "xml", "fhir", "fixed-width"])) }
      return nil
    }
  }

  /// What may stand around amounts: marks that a number cannot have.
  private func currencyMarks(_ place: Value, _ encoding: TextEncoding) -> CurrencyMarks? {
    let marks = place.texts() ?? []
    if marks.isEmpty { place.complain("there is no mark; leave the key out or add one such as EUR") }
    let inNumbers = "0123456789.,-+ '"
    for mark in marks where mark.isEmpty || mark.contains(where: { inNumbers.contains($0) }) {
      place.complain(Wording.expected("a mark such as € or EUR", found: "\"\(mark)\""))
      return nil
    }
    guard let found = CurrencyMarks(marks, encoding) else {
      place.complain("\(encoding.rawValue) does not have all characters of \(marks.joined(separator: " "))")
      return nil
    }
    return found
  }

  /// One ASCII character, or the word `tab`.
  private func byte(_ place: Value?) -> UInt8? {
    guard let text = place?.text() else { return nil }
    if text == "tab" { return UInt8(ascii: "\t") }
    guard text.utf8.count == 1, let byte = text.utf8.first else {
      place?.complain(Wording.expected("one character", found: "\"\(text)\""))
      return nil
    }
    return byte
  }

  /// Columns that have to be there for the table, and columns that go together.
  private func complainOfAbsentFields(
    _ fields: Fields, _ delivers: Delivers, _ mappings: [FieldMapping], isWide: Bool, isJoined: Bool
  ) {
    let targets = mappings.map(\.target)
    let place = fields.keyPlace("fields")
    let required = isJoined ? ["claim", "line", "amount_cents"] : Staged.required(delivers)
    for target in required where !targets.contains(target) {
      place.complain("\(delivers.rawValue) needs the field \"\(target)\"")
    }
    let long = ["instrument", "moment", "item", "value"]
    if delivers != .response {
      if isWide {
        fields.keyPlace("questionnaires").complain("only a source that delivers response has questionnaires")
      }
    } else if isWide {
      for target in long + ["response", "completed_on"] where targets.contains(target) {
        place.complain("\"\(target)\" comes from the questionnaires; leave the field or the questionnaires out")
      }
    } else {
      for target in long where !targets.contains(target) && !(target == "moment" && declared.hasWindows) {
        place.complain("a source with an answer per record needs the field \"\(target)\"")
      }
    }
  }

  private func decodeFields(_ place: Value, _ delivers: Delivers, _ format: WrittenAs) -> [FieldMapping]? {
    guard let pairs = place.pairs() else { return nil }
    let table = Staged.table(delivers)
    // What a column of amounts fills in is not a field.
    let filled = delivers == .groupTotal ? ["record", "care_type", "delivered_as", "amount_cents"] : ["record"]
    var columns = table.columns.map(\.name).filter { !filled.contains($0) }
    if delivers == .response { columns.append("response") }
    var mappings: [FieldMapping] = []
    for (key, value) in pairs {
      guard let target = key.text() else { continue }
      guard columns.contains(target) else {
        key.complain(
          target == "record"
            ? "\"record\" is filled in by ingest" : Wording.noColumn(table.name, target, known: columns))
        continue
      }
      let type = table.column(target)?.spec.type ?? .code
      if let mapping = value.fields({
        FieldDecoder(target: target, type: type, delivers: delivers, format: format.format, folder: folder).decode($0)
      }) {
        complainOfInstruments(value, mapping)
        mappings.append(mapping)
      }
    }
    return mappings.sorted { (columns.firstIndex(of: $0.target) ?? 0) < (columns.firstIndex(of: $1.target) ?? 0) }
  }

  /// An answer's instrument must be one of the pipeline.
  private func complainOfInstruments(_ place: Value, _ mapping: FieldMapping) {
    guard mapping.target == "instrument" else { return }
    for id in mapping.codes.values.sorted() + (mapping.constant.map { [$0] } ?? [])
    where !declared.instrumentIds.contains(id) {
      place.complain(Wording.dangling("instrument", id, known: declared.instrumentIds))
    }
  }
}

import Columns

extension PipelineDecoder {
  /// How a file is recognised: by name, and by what it begins with.
  func decodeRecognition(_ place: Value) -> (names: [String], signs: ContentSigns?)? {
    place.fields { fields in
      let names = fields.required("name")?.texts()
      if names?.isEmpty == true { fields.place.complain("no file would be recognised; give a name pattern") }
      let columns = fields.optional("columns")?.texts()
      let root = fields.optional("root")?.text()
      let start = fields.optional("starts-with")?.text()
      guard let names else { return nil }
      let hasSigns = columns != nil || root != nil || start != nil
      return (names, hasSigns ? ContentSigns(columns: columns ?? [], root: root, start: start) : nil)
    }
  }

  /// `{records: 12, amount: "3,45"}`, or where such totals are delivered.
  func decodeControlTotals(_ place: Value, _ format: WrittenAs) -> ControlTotals? {
    place.fields { fields in
      let file = fields.optional("file")
      let footer = fields.optional("footer")
      let records = fields.optional("records")
      let amount = fields.optional("amount")
      if records == nil && amount == nil {
        fields.place.complain("nothing is compared; give \"records\" or \"amount\"")
      }
      if file != nil && footer != nil {
        fields.keyPlace("footer").complain("\"file\" and \"footer\" exclude each other")
      }
      if let file {
        guard let pattern = file.text() else { return nil }
        if !pattern.contains("{stem}") && !pattern.contains("{name}") {
          file.complain("the same file would count for every delivery; put {stem} or {name} in it")
        }
        return .file(pattern: pattern, records: records?.text(), amount: amount?.text())
      }
      if let footer {
        guard let line = footer.whole(1...20) else { return nil }
        if format.footerLines < line {
          footer.complain("the format has \(format.footerLines) footer-lines; there is no line \(line)")
        }
        return .footer(line: line, records: records?.whole(1...1000), amount: amount?.whole(1...1000))
      }
      var cents: Int64?
      if let amount, let text = amount.text() {
        cents = parseCents(Array(text.utf8).span, format.amounts)
        if cents == nil { amount.complain(Wording.expected("an amount as the format says", found: "\"\(text)\"")) }
      }
      return .stated(records: records?.whole(0...Int.max), cents: cents)
    }
  }

  /// A layout of fixed-width records, in a file of its own.
  func decodeLayout(_ place: Value) -> RecordLayout? {
    guard let path = place.text() else { return nil }
    guard folder.has(path) else {
      place.complain("there is no file \(path)")
      return nil
    }
    return folder.yaml(path)?.fields { decodeLayout($0) }
  }

  private func decodeLayout(_ fields: Fields) -> RecordLayout? {
    _ = fields.required("version")?.text()
    _ = fields.required("name")?.text()
    _ = fields.required("reference")?.text()
    let tag = fields.required("tag")?.fields { tag -> RecordLayout.Field? in
      guard let at = tag.required("at")?.whole(1...10_000), let length = tag.required("length")?.whole(1...20)
      else { return nil }
      return RecordLayout.Field(name: "tag", at: at, length: length)
    }
    let length = fields.optional("record-length")?.whole(1...100_000)
    let credit = fields.optional("credit")?.text() ?? "C"
    let recordPlace = fields.required("record")
    let record = recordPlace?.text()
    let closingPlace = fields.optional("closing")
    let closing = closingPlace?.text()
    let kinds = fields.required("records").flatMap { decodeKinds($0, recordLength: length) }
    let totalsPlace = fields.optional("totals")
    guard let tag, let record, let kinds else { return nil }
    let tags = kinds.map(\.tag)
    for (place, name) in [(recordPlace, record), (closingPlace, closing ?? record)] where !tags.contains(name) {
      place?.complain(Wording.dangling("record", name, known: tags))
    }
    let bare = RecordLayout(
      tag: tag, recordLength: length, kinds: kinds, record: record, closing: closing, totals: [], credit: credit)
    let totals = totalsPlace?.list()?.compactMap { decodeTotal($0, bare) } ?? []
    if closing == nil { totalsPlace?.complain("totals stand in the closing record; give \"closing\"") }
    return RecordLayout(
      tag: tag, recordLength: length, kinds: kinds, record: record, closing: closing, totals: totals, credit: credit)
  }

  private func decodeKinds(_ place: Value, recordLength: Int?) -> [RecordLayout.Kind]? {
    guard let pairs = place.pairs() else { return nil }
    let tags = pairs.compactMap { $0.key.text() }
    return pairs.compactMap { key, value in
      guard let tag = key.text() else { return nil }
      return value.fields { fields in
        _ = fields.optional("name")?.text()
        let withinPlace = fields.optional("within")
        let within = withinPlace?.texts() ?? []
        for name in within where !tags.contains(name) {
          withinPlace?.complain(Wording.dangling("record", name, known: tags))
        }
        let known = fields.optional("fields").map { decodeLayoutFields($0, recordLength) } ?? []
        return RecordLayout.Kind(tag: tag, within: within, fields: known)
      }
    }
  }

  /// `amount: [107, 8]`, or `amount: {at: 107, length: 8, sign: debit-credit}`.
  private func decodeLayoutFields(_ place: Value, _ recordLength: Int?) -> [RecordLayout.Field] {
    let pairs = place.pairs() ?? []
    let names = pairs.compactMap { $0.key.text() }
    return pairs.compactMap { key, value in
      guard let name = key.text() else { return nil }
      var field: RecordLayout.Field?
      if value.isMapping {
        field = value.fields { fields in
          let at = fields.required("at")?.whole(1...100_000)
          let length = fields.required("length")?.whole(1...10_000)
          let signPlace = fields.optional("sign")
          let sign = signPlace?.text()
          if let sign, !names.contains(sign) { signPlace?.complain(Wording.dangling("field", sign, known: names)) }
          guard let at, let length else { return nil }
          return RecordLayout.Field(name: name, at: at, length: length, sign: sign)
        }
      } else if let list = value.list() {
        let numbers = list.compactMap { $0.whole(1...100_000) }
        if list.count != 2 {
          value.complain(Wording.expected("[first position, length]", found: "a list of \(list.count)"))
        }
        if numbers.count == 2, list.count == 2 {
          field = RecordLayout.Field(name: name, at: numbers[0], length: numbers[1])
        }
      }
      if let field, let recordLength, field.at + field.length - 1 > recordLength {
        value.complain("\"\(name)\" ends at \(field.at + field.length - 1), beyond the record of \(recordLength)")
      }
      return field
    }
  }

  private func decodeTotal(_ place: Value, _ layout: RecordLayout) -> RecordLayout.Total? {
    place.fields { fields in
      let fieldPlace = fields.required("field")
      let field = fieldPlace?.text()
      if let field, let closing = layout.closing.flatMap(layout.kind), closing.field(field) == nil {
        fieldPlace?.complain(Wording.dangling("field", field, known: closing.fields.map(\.name)))
      }
      let countsPlace = fields.optional("counts")
      let counts = countsPlace?.texts() ?? []
      for tag in counts where layout.kind(tag) == nil {
        countsPlace?.complain(Wording.dangling("record", tag, known: layout.kinds.map(\.tag)))
      }
      let sumPlace = fields.optional("sum")
      let sum = sumPlace?.text().flatMap { RecordLayout.Reference($0) }
      if let sumPlace, sum.flatMap(layout.field) == nil {
        sumPlace.complain(Wording.expected("a field such as 06.amount", found: sumPlace.kind))
      }
      let decimals = fields.optional("decimals")?.whole(0...4) ?? 0
      if (countsPlace == nil) == (sumPlace == nil) {
        fields.place.complain("a total either \"counts\" records or is the \"sum\" of a field")
      }
      guard let field else { return nil }
      return RecordLayout.Total(field: field, counts: counts, sum: sum, decimals: decimals)
    }
  }
}

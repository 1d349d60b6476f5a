extension PipelineDecoder {
  /// Answers that stand in columns: an entry for each instrument and moment.
  func decodeQuestionnaires(_ place: Value) -> [QuestionnaireColumns]? {
    guard let list = place.list() else { return nil }
    if list.isEmpty { place.complain("there is no questionnaire; leave the key out or add one") }
    var seen: Set<String> = []
    return list.compactMap { entry in
      entry.fields { fields in
        let questionnaire = decodeQuestionnaire(fields)
        if let questionnaire, !seen.insert("\(questionnaire.instrument)\n\(questionnaire.moment)").inserted {
          entry.complain("\"\(questionnaire.instrument)\" at \"\(questionnaire.moment)\" occurs twice")
        }
        return questionnaire
      }
    }
  }

  private func decodeQuestionnaire(_ fields: Fields) -> QuestionnaireColumns? {
    let instrumentPlace = fields.required("instrument")
    let id = instrumentPlace?.text()
    // Without a moment, the day and the windows of the instrument say which one it is.
    let hasWindows = id.flatMap { declared.instrument($0) }.map { !declared.moments(of: $0).isEmpty } ?? false
    let moment =
      hasWindows && !fields.has("moment") ? MomentWindow.unlabelled : fields.required("moment")?.text()
    let completedOn = fields.optional("completed-on")?.text()
    let itemsPlace = fields.required("items")
    let deliveredPlace = fields.optional("delivered")
    let predictedPlace = fields.optional("predicted")
    let missing = fields.optional("missing")?.texts() ?? []
    let codes = fields.optional("codes").map { answerCodes($0) } ?? [:]
    guard let id, let moment else { return nil }
    if moment == MomentWindow.unlabelled, completedOn == nil {
      fields.place.complain("without a moment it needs \"completed-on\": the day says which moment it is")
    }
    guard let instrument = declared.instrument(id) else {
      if !declared.instrumentIds.contains(id) {
        instrumentPlace?.complain(Wording.dangling("instrument", id, known: declared.instrumentIds))
      }
      return nil
    }
    return QuestionnaireColumns(
      instrument: id, moment: moment, completedOn: completedOn,
      items: itemsPlace.map { itemColumns($0, instrument) } ?? [],
      delivered: deliveredPlace.map { scaleColumns($0, instrument) } ?? [],
      predicted: predictedPlace.map { scaleColumns($0, instrument) } ?? [], missing: missing, codes: codes)
  }

  /// What answers that are delivered as words count for.
  private func answerCodes(_ place: Value) -> [String: Double] {
    var codes: [String: Double] = [:]
    for (key, value) in place.pairs() ?? [] {
      guard let word = key.text(), let number = value.number() else { continue }
      if Double(word) != nil { key.complain("\"\(word)\" is a number already; codes are for answers in words") }
      codes[word] = number
    }
    return codes
  }

  /// A pattern with `{item}` for the code of each item, or a column for each item. Items may be left out of the latter.
  private func itemColumns(_ place: Value, _ instrument: Instrument) -> [(item: String, column: String)] {
    if place.isMapping {
      return (place.pairs() ?? []).compactMap { key, value in
        guard let code = key.text(), let column = value.text() else { return nil }
        if instrument.index(ofItem: code) == nil {
          key.complain(Wording.dangling("item", code, known: instrument.items.map(\.code)))
        }
        return (code, column)
      }
    }
    guard let pattern = place.text() else { return [] }
    if !pattern.contains("{item}") {
      guard instrument.items.count == 1 else {
        place.complain("the pattern has no {item}; every item would come from the same column")
        return []
      }
    }
    return instrument.items.map { ($0.code, pattern.replacing("{item}", with: $0.code)) }
  }

  private func scaleColumns(_ place: Value, _ instrument: Instrument) -> [(scale: String, column: String)] {
    (place.pairs() ?? []).compactMap { key, value in
      guard let code = key.text(), let column = value.text() else { return nil }
      if instrument.scale(code) == nil {
        key.complain(Wording.dangling("scale", code, known: instrument.scales.map(\.code)))
      }
      return (code, column)
    }
  }
}

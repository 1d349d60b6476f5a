import CoreDataset

extension PipelineDecoder {
  /// The indicators: a file each, or several in one file as a list under `indicators`, each with its id. In such a file
  /// `templates` holds whatever anchors refer to.
  func decodeIndicators() -> [Indicator] {
    var seen: Set<String> = []
    var indicators: [Indicator] = []
    let files = folder.definitions("indicators")
    for (id, path) in files {
      guard let file = folder.yaml(path) else { continue }
      let found: [Indicator]? = file.fields { fields in
        guard fields.has("indicators") else {
          return decodeIndicator(fields, id: id, seen: &seen).map { [$0] }
        }
        _ = fields.optional("templates")
        return fields.required("indicators")?.list()?.compactMap { entry in
          entry.fields { decodeIndicator($0, id: nil, seen: &seen) }
        }
      }
      indicators += found ?? []
    }
    checkOutcomes(seen)
    if files.isEmpty { folder.problems.add("indicators", "there is no indicator; a pipeline needs one") }
    return indicators
  }

  private func decodeIndicator(_ fields: Fields, id fileId: String?, seen: inout Set<String>) -> Indicator? {
    var id = fileId
    let version: String?
    if let fileId {
      version = self.version(fields, id: fileId)
    } else {
      id = fields.required("id")?.text()
      version = fields.required("version")?.text()
    }
    if let id, !seen.insert(id).inserted { fields.keyPlace("id").complain(Wording.duplicate("indicator", id)) }
    let name = fields.required("name")?.localized()
    let explanation = fields.required("explanation")?.localized()
    let goal = fields.required("goal")?.choice(Goal.self)
    let measurePlace = fields.required("measure")
    let measure = measurePlace?.choice(MeasureKind.self)
    let populationPlace = fields.required("population")
    let population = populationPlace?.text()
    if let population, !declared.populationIds.contains(population) {
      populationPlace?.complain(Wording.dangling("population", population, known: declared.populationIds))
    }
    let reportedBy = fields.optional("reported-by")?.choice(ReportedBy.self)
    let unit = fields.required("unit")?.localized()
    let decimals = fields.required("decimals")?.whole(0...6)
    let direction = fields.required("direction")?.choice(Direction.self)
    let target = fields.optional("target")?.fields { decodeTarget($0) }
    let parametersPlace = fields.optional("parameters")
    let comparisonPlace = fields.optional("comparison")
    let strataPlace = fields.optional("strata")
    let series = decodeSeries(fields, measure)
    guard let measure else { return nil }
    let parameters = parametersPlace?.fields {
      ParameterDecoder(measure: measure, declared: declared, folder: folder).decode($0)
    }
    // The cost of a person that is cut off has no age and sex any more.
    if series.savings != nil, parameters?.truncateAt != nil {
      fields.keyPlace("shared-savings").complain("shared savings take costs whole; leave truncate-at out")
    }
    let choice = measure.choiceOfCare
    if !fields.has("parameters"), !choice.isEmpty || !measure.parameters.required.isEmpty {
      fields.place.complain(
        "measure \(measure.rawValue) needs \"parameters\": "
          + (choice.isEmpty ? measure.parameters.required.joined(separator: ", ") : choice.joined(separator: " or ")))
    }
    if let population, measure.parameters.needs == .groupTotals,
      declared.conditionalPopulationIds.contains(population)
    {
      populationPlace?.complain(
        "population \"\(population)\" has conditions, which are about persons; totals of groups need one without")
    }
    let comparison = comparisonPlace?.fields { decodeComparison($0, measure) }
    let strata =
      strataPlace.map { StrataDecoder(measure: measure, declared: declared, folder: folder).decode($0) } ?? []
    if let measurePlace { complainOfAbsentData(fields, measurePlace, measure, reportedBy) }
    guard let id, let version, let name, let explanation, let goal, let population, let unit, let decimals,
      let direction
    else { return nil }
    if declared.currency != Currency.usual, Currency.saysEuros(unit) {
      fields.keyPlace("unit").complain("the amounts of this pipeline are in \(declared.currency), not in euros")
    }
    var indicator = Indicator(
      id: id, version: version, name: name, explanation: explanation, goal: goal, measure: measure,
      population: population, reportedBy: reportedBy, unit: unit, decimals: decimals, direction: direction,
      target: target, parameters: parameters ?? Indicator.Parameters(), comparison: comparison, strata: strata,
      series: series)
    indicator.currency = declared.currency
    return indicator
  }

  private func decodeTarget(_ fields: Fields) -> Indicator.Target? {
    let kind = fields.required("kind")?.choice(Indicator.Target.Kind.self)
    let threshold = fields.threshold()
    let periodPlace = fields.optional("period")
    let period = periodPlace?.text()
    if let period, declared.arePeriodsKnown, !declared.periodIds.contains(period) {
      periodPlace?.complain(Wording.dangling("period", period, known: declared.periodIds))
    }
    if kind == .change, declared.baseline == nil {
      fields.keyPlace("kind").complain("a target for the change needs a \"baseline\" in pipeline.yaml")
    }
    let pathPlace = fields.optional("path")
    let hasPath = pathPlace?.choice(TargetPath.self) == .linear
    if hasPath, let declaredBaseline = declared.baseline {
      let first = declared.periodIds.firstIndex(of: declaredBaseline) ?? 0
      if (period.flatMap { declared.periodIds.firstIndex(of: $0) } ?? 0) <= first {
        pathPlace?.complain(
          "a path leads from the reference measurement to the target's \"period\", which must lie after it")
      }
    } else if hasPath {
      pathPlace?.complain("a path begins at a \"baseline\" in pipeline.yaml")
    }
    guard let kind, let threshold else { return nil }
    return Indicator.Target(kind: kind, threshold: threshold, period: period, hasPath: hasPath)
  }

  /// The data that a measure is made of must be delivered, and by one party or by the one that the indicator names.
  private func complainOfAbsentData(
    _ fields: Fields, _ measurePlace: Value, _ measure: MeasureKind, _ reportedBy: ReportedBy?
  ) {
    guard declared.areSourcesComplete else { return }
    let needed: [Delivers] =
      switch measure.parameters.needs {
      case .responses: [.response]
      case .responsesAndClaims: [.claimLine, .response]
      case .claims: [.claimLine]
      case .claimsAndInsuredPeriods, .stays: [.claimLine, .insuredPeriod]
      case .groupTotals: [.groupTotal]
      }
    for table in needed where !declared.sources.contains(where: { $0.delivers == table }) {
      measurePlace.complain("measure \(measure.rawValue) needs \(table.rawValue), and no source delivers it")
    }
    if measure == .claimRate, !declared.hasStandardPopulation {
      measurePlace.complain("measure claim-rate needs a \"standard-population\" in pipeline.yaml")
    }
    let reporters = ReportedBy.allCases.filter { reporter in
      declared.sources.contains { $0.delivers == needed[0] && $0.reportedBy == reporter }
    }
    if let reportedBy, !reporters.contains(reportedBy), !reporters.isEmpty {
      fields.keyPlace("reported-by").complain(
        Wording.dangling(
          "source of \(needed[0].rawValue) reported by", reportedBy.rawValue, known: reporters.map(\.rawValue)))
    }
    if reportedBy == nil, !fields.has("reported-by"), reporters.count > 1, needed[0] != .response {
      fields.place.complain(
        "\(needed[0] == .claimLine ? "claim lines" : "totals of groups") are reported by \(reporters.map(\.rawValue).joined(separator: " and by ")); say in \"reported-by\" "
          + "which counts, or the same care counts twice")
    }
  }
}

/// Reads the parameters of an indicator: those that its measure takes and no others.
struct ParameterDecoder {
  let measure: MeasureKind
  let declared: Declared
  let folder: DefinitionFolder

  func decode(_ fields: Fields) -> Indicator.Parameters? {
    let taken = measure.parameters
    for entry in fields.entries where !taken.all.contains(entry.key) && Self.every.contains(entry.key) {
      entry.keyPlace.complain(
        "measure \(measure.rawValue) does not take \"\(entry.key)\"; it takes \(taken.all.joined(separator: ", "))")
      _ = fields.optional(entry.key)
    }
    for key in taken.required where !fields.has(key) {
      fields.place.complain("measure \(measure.rawValue) needs \"\(key)\"")
    }
    func value(_ key: String) -> Value? { taken.all.contains(key) ? fields.optional(key) : nil }

    var parameters = Indicator.Parameters()
    let instrument = instrument(value("instrument"))
    parameters.instrument = value("instrument")?.text()
    parameters.scale = value("scale")?.text()
    parameters.item = value("item")?.text()
    parameters.from = value("from")?.text()
    parameters.to = value("to")?.text()
    parameters.pairedWith = value("paired-with")?.text()
    parameters.outcome = value("outcome")?.choice(Indicator.Parameters.Outcome.self)
    parameters.threshold = threshold(value("threshold"), instrument?.scale(parameters.scale ?? ""))
    parameters.standardiser = value("standardiser")?.choice(Indicator.Parameters.Standardiser.self)
    parameters.referenceDeviation = value("reference-deviation")?.threshold(
      Double.leastNonzeroMagnitude...Double.infinity)
    parameters.reliability = value("reliability")?.threshold(0...0.999999)
    parameters.atLeast = value("at-least")?.number()
    parameters.requiresPrediction = value("requires-prediction")?.flag() ?? false
    parameters.careTypes = value("care-types")?.choices(CareType.self) ?? []
    parameters.careLines = value("care-lines")?.choices(CareLine.self) ?? []
    parameters.activities = value("activities")?.choices(Activity.self) ?? []
    parameters.distinct = value("distinct")?.choice(Indicator.Parameters.Distinct.self)
    parameters.byCareType = value("by-care-type")?.flag() ?? false
    decodeMore(fields, value, &parameters)
    parameters.diagnoses = value("diagnoses")?.texts() ?? []
    parameters.reference = value("reference")?.fields { Self.reference($0) }
    parameters.caseMix = value("case-mix")?.fields { caseMix($0) }
    decodeStays(value, into: &parameters)

    if let instrument { check(fields, value, instrument, parameters) }
    let choice = measure.choiceOfCare
    if !choice.isEmpty, !choice.contains(where: fields.has) {
      fields.place.complain(
        "measure \(measure.rawValue) needs the care to take the share of: \(choice.joined(separator: " or "))")
    }
    return parameters
  }

  private static let every = MeasureKind.allCases.flatMap(\.parameters.all)

  func instrument(_ place: Value?) -> Instrument? {
    guard let id = place?.text() else { return nil }
    if !declared.instrumentIds.contains(id) {
      place?.complain(Wording.dangling("instrument", id, known: declared.instrumentIds))
    }
    return declared.instrument(id)
  }

  /// `value`, `why` and `since`, or the words `minimal-important-change` for that of the scale.
  private func threshold(_ place: Value?, _ scale: Scale?) -> Threshold? {
    guard let place else { return nil }
    guard place.isScalar else { return place.threshold(0...Double.infinity) }
    if let word = place.text(), word != "minimal-important-change" {
      place.complain(
        Wording.expected("value, why and since, or minimal-important-change", found: "\"\(word)\""))
      return nil
    }
    if let scale, scale.minimalImportantChange == nil {
      place.complain("scale \"\(scale.code)\" has no minimal-important-change; give value, why and since")
    }
    return scale?.minimalImportantChange
  }

  /// Scale, item and moments against the instrument and the sources that deliver it.
  private func check(
    _ fields: Fields, _ value: (String) -> Value?, _ instrument: Instrument, _ parameters: Indicator.Parameters
  ) {
    if let scale = parameters.scale, instrument.scale(scale) == nil {
      value("scale")?.complain(Wording.dangling("scale", scale, known: instrument.scales.map(\.code)))
      return
    }
    if let code = parameters.item {
      if let item = instrument.items.first(where: { $0.code == code }) {
        for (key, limit) in [("at-least", parameters.atLeast), ("at-most", parameters.atMost)] {
          guard let limit, !(item.minimum...item.maximum).contains(limit) else { continue }
          value(key)?.complain(Wording.outside(limit, item.minimum...item.maximum))
        }
        if measure == .netPromoterScore, item.minimum != 0 || item.maximum != 10 {
          value("item")?.complain("a net promoter score needs an item from 0 to 10, \"\(code)\" is another")
        }
      } else {
        value("item")?.complain(Wording.dangling("item", code, known: instrument.items.map(\.code)))
      }
    }
    if let from = parameters.from, from == parameters.to {
      value("to")?.complain("\"from\" and \"to\" are the same moment, \"\(from)\"")
    }
    let chosen = [("from", parameters.from), ("to", parameters.to), ("paired-with", parameters.pairedWith)]
    if let moments = declared.moments(of: instrument.id) {
      var isDelivered = true
      for (key, moment) in chosen {
        guard let moment, !moments.contains(moment) else { continue }
        value(key)?.complain(Wording.dangling("source of \"\(instrument.id)\" at moment", moment, known: moments))
        isDelivered = false
      }
      if !isDelivered { return }
    }
    // A change needs a prediction of its second score; a level one of either.
    let predictedAt = parameters.to.map { [$0] } ?? [parameters.from, parameters.pairedWith].compactMap(\.self)
    if let scale = parameters.scale, parameters.requiresPrediction || measure == .adjustedGain,
      let predicted = declared.isPredicted(
        instrument.id, scale, at: predictedAt), !predicted,
      measure.parameters.required.allSatisfy(fields.has)
    {
      let key = parameters.requiresPrediction ? "requires-prediction" : "scale"
      value(key)?.complain("no source delivers a prediction of \"\(scale)\" of \"\(instrument.id)\"")
    }
  }
}

extension Declared {
  /// The moments at which sources deliver an instrument, or one of which the scores are converted to it, in order; nil
  /// when they cannot all be known beforehand.
  func moments(of instrument: String) -> [String]? {
    guard areSourcesComplete else { return nil }
    let converted = instruments.filter { $0.crosswalks.contains { $0.toInstrument == instrument } }.map(\.id)
    var moments: Set<String> = []
    for id in [instrument] + converted {
      for source in sources where source.delivers == .response {
        guard let some = self.moments(of: id, in: source) else { return nil }
        moments.formUnion(some)
      }
    }
    return moments.sorted()
  }

  /// The moments at which a source delivers an instrument; nil when they cannot all be known beforehand.
  private func moments(of instrument: String, in source: Source) -> Set<String>? {
    let windows = Set(self.instrument(instrument).map { self.moments(of: $0).map(\.moment) } ?? [])
    let labels = source.questionnaires.filter { $0.instrument == instrument }.map(\.moment)
    let moments = labels.reduce(into: Set<String>()) { moments, label in
      if label == MomentWindow.unlabelled { moments.formUnion(windows) } else { moments.insert(label) }
    }
    guard source.questionnaires.isEmpty, delivers(source, instrument) else { return moments }
    guard let field = source.fields.first(where: { $0.target == "moment" }) else { return windows }
    return field.possibleValues.map { moments.union($0) }
  }

  /// Whether a source predicts a score at one of these moments; nil when that cannot be known beforehand.
  func isPredicted(_ instrument: String, _ scale: String, at moments: [String]) -> Bool? {
    guard areSourcesComplete else { return nil }
    for source in sources where source.delivers == .response {
      for columns in source.questionnaires where columns.instrument == instrument {
        if moments.contains(columns.moment), columns.predicted.contains(where: { $0.scale == scale }) {
          return true
        }
      }
      // Answers one by one may hold predictions as items of their own.
      if source.fields.contains(where: { $0.target == "item" }), delivers(source, instrument) { return nil }
    }
    return false
  }

  /// Whether a source with an answer per record can deliver an instrument.
  private func delivers(_ source: Source, _ instrument: String) -> Bool {
    guard let field = source.fields.first(where: { $0.target == "instrument" }) else { return false }
    return field.possibleValues?.contains(instrument) ?? true
  }
}

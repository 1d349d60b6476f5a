import CoreDataset

extension PipelineDecoder {
  func decodePopulation(_ id: String, _ path: String) -> Population? {
    folder.yaml(path)?.fields { fields in
      let version = version(fields, id: id)
      let name = fields.required("name")?.localized()
      let conditions = fields.required("conditions", "missing key \"conditions\"; an empty list means everybody")
      let decoded = conditions?.list()?.compactMap { $0.fields { decodeCondition($0) } }
      guard let version, let name, let decoded else { return nil }
      return Population(id: id, version: version, name: name, conditions: decoded)
    }
  }

  /// One key: `care-path`, `diagnosis`, `age` or `sex`.
  private func decodeCondition(_ fields: Fields) -> Population.Condition? {
    var conditions: [Population.Condition] = []
    if let place = fields.optional("care-path"), let paths = place.texts() {
      if let known = deliveredPaths {
        for path in paths where !known.contains(path) {
          place.complain(Wording.dangling("care path", path, known: known))
        }
      }
      conditions.append(.carePath(paths))
    }
    if let place = fields.optional("diagnosis"), let prefixes = place.fields({ $0.required("starts-with")?.texts() }) {
      if declared.areSourcesComplete, !declared.sources.contains(where: { $0.delivers == .claimLine }) {
        place.complain("a diagnosis comes from claim lines, and no source delivers claim_line")
      }
      if prefixes.isEmpty || prefixes.contains("") {
        place.complain("every code starts with nothing; give diagnosis codes")
      }
      conditions.append(.diagnosis(startsWith: prefixes))
    }
    if let place = fields.optional("age") {
      let ages: ClosedRange<Int>? = place.fields { ages in
        let from = ages.required("from")?.whole(0...150)
        let to = ages.required("to")?.whole(0...150)
        guard let from, let to else { return nil }
        guard from <= to else {
          place.complain("the highest age, \(to), is below the lowest, \(from)")
          return nil
        }
        return from...to
      }
      if let ages { conditions.append(.age(from: ages.lowerBound, to: ages.upperBound)) }
    }
    if let sexes = fields.optional("sex")?.choices(Sex.self) { conditions.append(.sex(sexes)) }
    let given = ["care-path", "diagnosis", "age", "sex"].filter { fields.has($0) }
    if given.isEmpty {
      fields.place.complain("a condition is one of care-path, diagnosis, age and sex")
    } else if given.count > 1 {
      fields.place.complain("one condition to a list entry; this one has \(given.joined(separator: " and "))")
    }
    return conditions.first
  }

  /// The care paths that the sources deliver, in order; nil when they cannot all be known beforehand.
  private var deliveredPaths: [String]? {
    guard declared.areSourcesComplete else { return nil }
    var paths = Set(declared.carePathIds)
    for source in declared.sources where source.delivers == .response {
      guard let field = source.fields.first(where: { $0.target == "path" }) else { continue }
      guard let values = field.possibleValues else { return nil }
      paths.formUnion(values)
    }
    return paths.sorted()
  }
}

extension FieldMapping {
  /// The codes that can come out of it; nil when a source's own codes can.
  var possibleValues: [String]? {
    if let constant { return [constant] }
    return codes.isEmpty || unknown == .keep ? nil : Set(codes.values).sorted()
  }
}

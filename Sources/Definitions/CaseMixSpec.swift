import CoreDataset

/// What a case-mix model takes into account besides the score at the first moment, each with a fixed reference level.
public struct CaseMixSpec: Sendable, Equatable {
  /// Age in the year of the period, in bands.
  public struct Age: Sendable, Equatable {
    /// First age of each band, ascending.
    public let bands: [Int]
    /// First age of the band that others are compared with.
    public let reference: Int
  }
  /// An answer to a question, each value a level of its own.
  public struct Item: Sendable, Equatable {
    /// Questionnaire.
    public let instrument: String
    /// Question.
    public let item: String
    /// When it was answered.
    public let moment: String
    /// Lowest and highest answer.
    public let range: ClosedRange<Int>
    /// The answer that others are compared with; nil: not answered.
    public let reference: Int?
    /// Answers that count as another one, because too few give them.
    public let merged: [Int: Int]
  }

  /// Age; nil: not in the model.
  public let age: Age?
  /// The sex that others are compared with; nil: not in the model.
  public let sex: Sex?
  /// Answers.
  public let items: [Item]

  /// What a model takes into account.
  public init(age: Age? = nil, sex: Sex? = nil, items: [Item] = []) {
    self.age = age
    self.sex = sex
    self.items = items
  }
}

extension CaseMixSpec.Age {
  /// Bands.
  public init(_ bands: [Int], reference: Int) {
    self.bands = bands
    self.reference = reference
  }
}

extension CaseMixSpec.Item {
  /// An answer with its levels.
  public init(
    _ item: String, of instrument: String, at moment: String, range: ClosedRange<Int>, reference: Int?,
    merged: [Int: Int] = [:]
  ) {
    self.init(
      instrument: instrument, item: item, moment: moment, range: range, reference: reference, merged: merged)
  }
}

extension ParameterDecoder {
  /// Most answers that an item in a model may have.
  private static let mostLevels = 20

  /// `case-mix` of a measure with a model of its own.
  func caseMix(_ fields: Fields) -> CaseMixSpec? {
    let hasAge = fields.has("age")
    let age = fields.optional("age")?.fields { ageBands($0) }
    let hasSex = fields.has("sex")
    let sex = fields.optional("sex")?.fields { $0.required("reference")?.choice(Sex.self) }
    let items = fields.optional("items")?.list().map { list in list.map { place in place.fields { factor($0) } } }
    if !hasAge && !hasSex && items == nil {
      fields.place.complain("\"case-mix\" needs age, sex or items: what is adjusted for besides the first score")
    }
    guard !hasAge || age != nil, !hasSex || sex != nil, items?.contains(where: { $0 == nil }) != true else {
      return nil
    }
    return CaseMixSpec(age: age, sex: sex, items: items?.compactMap(\.self) ?? [])
  }

  private func ageBands(_ fields: Fields) -> CaseMixSpec.Age? {
    let bandsPlace = fields.required("bands")
    let bands = bandsPlace?.list()?.map { $0.whole(0...130) }
    let referencePlace = fields.required("reference")
    let reference = referencePlace?.whole(0...130)
    guard let bands, !bands.contains(nil), let reference else { return nil }
    let starts = bands.compactMap(\.self)
    if starts.isEmpty || zip(starts, starts.dropFirst()).contains(where: { $0 >= $1 }) {
      bandsPlace?.complain("\"bands\" are the first ages of age bands, in ascending order, for example [0, 50, 65]")
      return nil
    }
    if !starts.contains(reference) {
      referencePlace?.complain(
        "\(reference) is not the first age of a band: \(starts.map(String.init).joined(separator: ", "))")
      return nil
    }
    return CaseMixSpec.Age(starts, reference: reference)
  }

  private func factor(_ fields: Fields) -> CaseMixSpec.Item? {
    let instrumentPlace = fields.required("instrument")
    let instrument = instrument(instrumentPlace)
    let itemPlace = fields.required("item")
    let code = itemPlace?.text()
    let momentPlace = fields.required("moment")
    let moment = momentPlace?.text()
    let referencePlace = fields.required("reference")
    let mergePlace = fields.optional("merge")
    guard let instrument, let code, let moment else { return nil }
    guard let item = instrument.items.first(where: { $0.code == code }) else {
      itemPlace?.complain(Wording.dangling("item", code, known: instrument.items.map(\.code)))
      return nil
    }
    if let moments = declared.moments(of: instrument.id), !moments.contains(moment) {
      momentPlace?.complain(Wording.dangling("source of \"\(instrument.id)\" at moment", moment, known: moments))
    }
    let range = Int(item.minimum)...Int(item.maximum)
    if range.count > Self.mostLevels || Double(range.lowerBound) != item.minimum {
      itemPlace?.complain("item \"\(code)\" has more than \(Self.mostLevels) answers; each would be a level")
      return nil
    }
    let isUnknown = referencePlace?.isScalar == true && referencePlace?.text() == "unknown"
    let reference = isUnknown ? nil : referencePlace?.whole(range)
    if !isUnknown && reference == nil { return nil }
    guard let merged = merged(mergePlace, range) else { return nil }
    if let reference, merged[reference] != nil {
      mergePlace?.complain("the reference level \(reference) cannot be merged into another")
      return nil
    }
    return CaseMixSpec.Item(
      code, of: instrument.id, at: moment, range: range, reference: reference, merged: merged)
  }

  /// Answers that count as others; nil when something is wrong.
  private func merged(_ place: Value?, _ range: ClosedRange<Int>) -> [Int: Int]? {
    guard let place else { return [:] }
    var merged: [Int: Int] = [:]
    for (key, value) in place.pairs() ?? [] {
      guard let from = key.whole(range), let to = value.whole(range) else { return nil }
      merged[from] = to
    }
    if merged.values.contains(where: { merged[$0] != nil }) {
      place.complain("a level is merged into one that is itself merged")
      return nil
    }
    return merged
  }
}

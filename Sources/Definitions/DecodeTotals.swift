import Columns
import CoreDataset

extension PipelineDecoder {
  /// `{every, columns}`: kinds of care with the columns that hold their amounts.
  func decodeTotals(_ fields: Fields, _ format: WrittenAs) -> TotalColumns? {
    let every = fields.optional("every")?.text()
    guard let pairs = fields.required("columns")?.pairs() else { return nil }
    if pairs.isEmpty { fields.keyPlace("columns").complain("there is no column of amounts; add one") }
    var amounts: [TotalColumns.Amount] = []
    for (key, value) in pairs {
      guard let careType = key.choice(CareType.self), let columns = value.texts() else { continue }
      if columns.isEmpty { value.complain("no column is given for \"\(careType.rawValue)\"; leave it out or add one") }
      for column in columns {
        if let wrong = format.format.wrongColumn(column) { value.complain(wrong) }
        if amounts.contains(where: { $0.column == column }) {
          value.complain("column \"\(column)\" occurs twice; its amounts would count twice")
        }
        amounts.append(TotalColumns.Amount(careType: careType, column: column))
      }
    }
    return TotalColumns(amounts: amounts, every: every)
  }

  /// What goes with totals of groups, and with nothing else.
  func complainOfTotals(_ fields: Fields, _ delivers: Delivers, _ mappings: [FieldMapping]) {
    guard delivers == .groupTotal else {
      if fields.has("amounts") {
        fields.keyPlace("amounts").complain("only a source that delivers group_total has columns of amounts")
      }
      return
    }
    if !fields.has("amounts") {
      fields.place.complain("a source that delivers group_total needs \"amounts\": kinds of care with their columns")
    }
    let place = fields.keyPlace("fields")
    if let band = mappings.first(where: { $0.target == "age_band" }), band.possibleValues == nil {
      place.complain(
        "\"age_band\" needs \"codes\", and \"unknown\" other than keep: the bands must be known beforehand")
    }
    if let period = mappings.first(where: { $0.target == "period" }), declared.arePeriodsKnown {
      for id in period.possibleValues ?? [] where !declared.periodIds.contains(id) {
        place.complain(Wording.dangling("period", id, known: declared.periodIds))
      }
    }
  }

  /// A layout by municipality has figures only where a source names municipalities.
  func complainOfLayoutsWithoutTotals() {
    guard declared.areSourcesComplete, !declared.sources.contains(where: { $0.delivers == .groupTotal }) else { return }
    for layout in declared.layouts where layout.isByMunicipality {
      folder.problems.add(
        "pipeline.yaml",
        "region layout \"\(layout.id)\" goes by municipality, and no source delivers group_total, which names them")
    }
  }
}

extension Source.Format {
  /// What is wrong with the name of a column in this form; nil when nothing is. Without a header columns are numbered from 1;
  /// in XML they are paths from the record.
  func wrongColumn(_ column: String) -> String? {
    switch self {
    case .delimited(_, let hasHeader, _):
      hasHeader || Int(column).map({ $0 > 0 }) == true
        ? nil : Wording.expected("the number of a column, from 1, in a file without header", found: "\"\(column)\"")
    case .xml(let record): FieldDecoder.wrongPath(column, depth: record.split(separator: "/").count)
    case .fhir:
      FHIRColumn(rawValue: column) == nil
        ? Wording.unknown(column, known: FHIRColumn.allCases.map(\.rawValue)) : nil
    case .fixedWidth(let layout): Self.wrongReference(column, layout)
    }
  }

  private static func wrongReference(_ column: String, _ layout: RecordLayout) -> String? {
    guard let reference = RecordLayout.Reference(column), layout.field(reference) != nil else {
      return Wording.expected("a field of the layout such as 04.code", found: "\"\(column)\"")
    }
    let tag = reference.tag
    let isRelated = tag == layout.record || layout.encloses(tag, layout.record) || layout.encloses(layout.record, tag)
    return isRelated ? nil : "record \(tag) lies neither around nor within record \(layout.record)"
  }
}

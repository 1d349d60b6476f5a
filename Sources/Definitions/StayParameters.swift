/// Parameters of measures of stays: decoded apart, since their lists of diagnoses may be tables.
extension ParameterDecoder {
  /// Puts the parameters of stays among the others.
  func decodeStays(_ value: (String) -> Value?, into parameters: inout Indicator.Parameters) {
    parameters.excludedDiagnoses = diagnoses(value("excluded-diagnoses")) ?? []
    parameters.isUnplannedOnly = value("unplanned")?.flag() ?? false
    parameters.isAdmitted = value("admitted")?.flag()
    parameters.attribution = value("attribute-to")?.choice(Indicator.Parameters.Attribution.self)
    parameters.followUp = value("follow-up-days")?.threshold(1...366)
    if let list = value("diagnosis-list") { parameters.diagnoses += table(list) ?? [] }
  }

  private func diagnoses(_ place: Value?) -> [String]? {
    guard let place, let codes = place.texts() else { return nil }
    if codes.contains("") { place.complain("every code starts with nothing; give diagnosis codes") }
    return codes
  }

  /// The first characters of diagnosis codes in a table `diagnosis;group`.
  private func table(_ place: Value) -> [String]? {
    guard let path = place.text() else { return nil }
    guard folder.has(path) else {
      place.complain("there is no file \(path)")
      return nil
    }
    guard let table = DefinitionTable(path, header: ["diagnosis", "group"], in: folder) else { return nil }
    var seen: Set<String> = []
    for row in table.rows {
      if row.fields[0].isEmpty { table.complain(row, "every code starts with nothing; give a diagnosis code") }
      if !seen.insert(row.fields[0]).inserted { table.complain(row, Wording.duplicate("diagnosis", row.fields[0])) }
    }
    return table.rows.map { $0.fields[0] }
  }
}

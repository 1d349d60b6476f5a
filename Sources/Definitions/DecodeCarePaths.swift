import CoreDataset

extension PipelineDecoder {
  /// The files of `paths/`.
  mutating func decodeCarePaths() {
    for file in folder.definitions("paths") {
      declared.carePathIds.append(file.id)
      if let path = decodeCarePath(file.id, file.path) { declared.carePaths.append(path) }
    }
  }

  private func decodeCarePath(_ id: String, _ path: String) -> CarePathSpec? {
    folder.yaml(path)?.fields { fields in
      let version = version(fields, id: id)
      let name = fields.required("name")?.localized()
      let party = fields.optional("reported-by")?.choice(ReportedBy.self)
      let careTypes = fields.optional("care-types")?.choices(CareType.self) ?? []
      let diagnoses = codes(fields.optional("diagnoses"))
      let performances = codes(fields.optional("performance-codes"))
      if !fields.has("diagnoses"), !fields.has("performance-codes") {
        fields.place.complain("a care path needs \"diagnoses\" or \"performance-codes\" that begin it")
      }
      let clean = fields.required("clean-days")?.threshold(0...3660)
      let gap = fields.required("gap-days")?.threshold(0...3660)
      let requiresInsurance = fields.optional("insured")?.flag() ?? true
      if declared.areSourcesComplete {
        complainOfAbsentSources(fields, party, requiresInsurance: requiresInsurance)
      }
      guard let version, let name, let clean, let gap else { return nil }
      return CarePathSpec(
        id: id, version: version, name: name, reportedBy: party, careTypes: careTypes, diagnoses: diagnoses,
        performances: performances, cleanDays: clean, gapDays: gap, requiresInsurance: requiresInsurance)
    }
  }

  private func codes(_ place: Value?) -> [String] {
    guard let place, let codes = place.texts() else { return [] }
    if codes.isEmpty { place.complain("the list is empty; give codes or leave it out") }
    return codes
  }

  private func complainOfAbsentSources(_ fields: Fields, _ party: ReportedBy?, requiresInsurance: Bool) {
    let parties = ReportedBy.allCases.filter { party in
      declared.sources.contains { $0.delivers == .claimLine && $0.reportedBy == party }
    }
    if parties.isEmpty {
      fields.place.complain("a care path is made of claim lines, and no source delivers claim_line")
    } else if let party, !parties.contains(party) {
      fields.keyPlace("reported-by").complain(
        Wording.dangling("source of claim_line reported by", party.rawValue, known: parties.map(\.rawValue)))
    } else if party == nil, parties.count > 1 {
      fields.place.complain(
        "claim lines are reported by \(parties.map(\.rawValue).joined(separator: " and by ")); say in \"reported-by\" which "
          + "count")
    }
    if requiresInsurance, !declared.sources.contains(where: { $0.delivers == .insuredPeriod }) {
      fields.place.complain(
        "that a person was insured on the clean days comes from insured_period, and no source delivers it; "
          + "say \"insured: false\"")
    }
  }
}

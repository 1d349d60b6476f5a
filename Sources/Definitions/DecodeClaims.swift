import CoreDataset

extension PipelineDecoder {
  /// `source-agreement` of `pipeline.yaml`.
  func decodeAgreement(_ fields: Fields) -> SourceAgreement? {
    let partiesPlace = fields.required("parties")
    let parties = partiesPlace?.choices(ReportedBy.self)
    let careTypes = fields.optional("care-types")?.choices(CareType.self) ?? []
    let days = fields.required("days")?.threshold(0...366)
    if let parties, parties.count != 2 || parties.first == parties.last {
      partiesPlace?.complain(Wording.expected("two parties, such as [insurer, provider]", found: "\(parties.count)"))
      return nil
    }
    guard let parties, let days else { return nil }
    return SourceAgreement(first: parties[0], second: parties[1], careTypes: careTypes, days: days)
  }

  /// `run-out` of `pipeline.yaml`.
  func decodeRunOut(_ fields: Fields) -> RunOut? {
    let months = fields.required("months")?.threshold(0...36)
    if let months, months.value != months.value.rounded() {
      fields.keyPlace("months").complain("the months of run-out are a whole number")
    }
    let received = fields.optional("received")?.day()
    let completeAt = fields.optional("complete-at")?.threshold(0.5...1)
    return months.map { RunOut(months: $0, received: received, completeAt: completeAt) }
  }

  /// Both parties must deliver claim lines.
  func complainOfAgreement(_ agreement: SourceAgreement?) {
    guard let agreement, declared.areSourcesComplete else { return }
    for party in [agreement.first, agreement.second]
    where !declared.sources.contains(where: { $0.delivers == .claimLine && $0.reportedBy == party }) {
      declared.agreementPlace?.complain("no source delivers claim_line reported by \(party.rawValue)")
    }
  }
}

/// The kinds of care that every source is mapped to.
public enum CareType: String, Sendable, CaseIterable {
  case generalPractice = "general-practice"
  case medicalSpecialist = "medical-specialist"
  case pharmacy
  case mentalHealth = "mental-health"
  case paramedical
  case districtNursing = "district-nursing"
  case devices
  case diagnostics
  case transport
  case maternity
  case dental
  case geriatricRehabilitation = "geriatric-rehabilitation"
  case crossBorder = "cross-border"
  case other

  /// First line (directly accessible care close to home) or second line (on referral). Diagnostics, medication and
  /// devices follow on either and belong to neither.
  public var line: CareLine {
    switch self {
    case .generalPractice, .paramedical, .districtNursing, .maternity, .dental: .first
    case .medicalSpecialist, .mentalHealth, .geriatricRehabilitation: .second
    case .pharmacy, .devices, .diagnostics, .transport, .crossBorder, .other: .neither
    }
  }
}

/// First or second line of care.
public enum CareLine: String, Sendable, CaseIterable {
  case first, second, neither
}

/// What was done, as far as a performance code tells.
public enum Activity: String, Sendable, CaseIterable {
  case consult
  case remoteConsult = "remote-consult"
  case emergencyVisit = "emergency-visit"
  case admission
  case bedDay = "bed-day"
  /// A day in a stay on which the patient was not there.
  case absenceDay = "absence-day"
  case dayTreatment = "day-treatment"
  case procedure
  case imaging
  case laboratory
  case prescription
  case therapySession = "therapy-session"
  case homeDialysis = "home-dialysis"
  case centreDialysis = "centre-dialysis"
  case other
}

/// Sex as registered.
public enum Sex: String, Sendable, CaseIterable {
  case male, female, other, unknown
}

/// Who reported a record.
public enum ReportedBy: String, Sendable, CaseIterable {
  case insurer, provider, patient, register
}

/// The tables that a source can deliver.
public enum Delivers: String, Sendable, CaseIterable {
  /// Claim lines.
  case claimLine = "claim_line"
  /// Heads of claims, of which another file has the lines.
  case claimHeader = "claim_header"
  /// Insured persons with the periods in which they were insured.
  case insuredPeriod = "insured_period"
  /// Care providers.
  case provider
  /// Answers to questionnaires.
  case response
  /// Groups of insured persons with their cost in total.
  case groupTotal = "group_total"
}

/// The aims that an indicator can serve: the Quadruple Aim.
public enum Goal: String, Sendable, CaseIterable {
  case health, experience, cost, work
}

/// Kinds of care as the insurer words them.
enum CareType: UInt8, CaseIterable {
  case generalPractice, medicalSpecialist, pharmacy, paramedical, mentalHealth, diagnostics, devices, transport
  case districtNursing

  var wording: String {
    switch self {
    case .generalPractice: "Huisartsenzorg"
    case .medicalSpecialist: "Medisch-specialistische zorg"
    case .pharmacy: "Farmacie"
    case .paramedical: "Paramedische zorg"
    case .mentalHealth: "GGZ"
    case .diagnostics: "Diagnostiek"
    case .devices: "Hulpmiddelen"
    case .transport: "Ziekenvervoer"
    case .districtNursing: "Wijkverpleging"
    }
  }

  var provider: ProviderKind {
    switch self {
    case .generalPractice: .generalPractice
    case .medicalSpecialist: .hospital
    case .pharmacy: .pharmacy
    case .paramedical: .physiotherapy
    case .mentalHealth: .mentalHealth
    case .diagnostics: .diagnosticCentre
    case .devices: .deviceSupplier
    case .transport: .ambulance
    case .districtNursing: .districtNursing
    }
  }
}

/// What was done, as the insurer and as the hospital word it.
enum Activity: UInt8, CaseIterable {
  case consult, remoteConsult, emergencyVisit, admission, dayTreatment, procedure, imaging, laboratory
  case prescription, therapy, other

  var wording: String {
    switch self {
    case .consult: "consult"
    case .remoteConsult: "consult op afstand"
    case .emergencyVisit: "SEH-bezoek"
    case .admission: "opname"
    case .dayTreatment: "dagbehandeling"
    case .procedure: "verrichting"
    case .imaging: "beeldvorming"
    case .laboratory: "laboratorium"
    case .prescription: "recept"
    case .therapy: "behandeling"
    case .other: "overig"
    }
  }

  var hospitalWording: String {
    switch self {
    case .consult: "consult"
    case .remoteConsult: "remote-consult"
    case .emergencyVisit: "emergency-visit"
    case .admission: "admission"
    case .dayTreatment: "day-treatment"
    case .imaging: "imaging"
    case .laboratory: "laboratory"
    case .procedure, .prescription, .therapy, .other: "procedure"
    }
  }
}

/// One billed performance.
struct ClaimLine {
  var start: CalendarDay
  var end: CalendarDay
  /// Which claim of the person it belongs to, from 0.
  var claim: Int
  /// Place in the claim, from 1.
  var line: Int
  var provider: Int
  var careType: CareType
  var activity: Activity
  /// Index in the catalogue.
  var performance: Int
  /// Code of the diagnosis, index in the catalogue; 0 is none.
  var diagnosis: Int
  var quantity: Int
  var cents: Int
  var isDescribed: Bool
}

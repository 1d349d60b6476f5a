/// What a column is called in other standards, where there is one that means the same.
public struct Counterpart: Sendable, Equatable {
  /// Element of HL7 FHIR R4 (4.0.1); empty where there is none.
  public let fhir: String
  /// Field of the OMOP Common Data Model 5.4; empty where there is none.
  public let omop: String
  /// Element of a Dutch zorginformatiebouwsteen (zib, 2020), by the names of Nictiz; empty where there is none.
  public let zib: String

  init(_ fhir: String, omop: String = "", zib: String = "") {
    self.fhir = fhir
    self.omop = omop
    self.zib = zib
  }
}

extension CoreTable {
  /// The counterpart of a column; nil where none is known to mean the same.
  public func counterpart(_ column: String) -> Counterpart? { Counterparts.all[name]?[column] }
}

/// The counterparts by table and column. Each was looked up: elements of FHIR in the resource definitions (<https://hl7.org/fhir/R4/>,
/// as the Python package fhir.resources has them), fields of OMOP in the DDL of version 5.4 (OHDSI/CommonDataModel, inst/ddl/5.4),
/// concepts of zibs in the profiles of Nictiz (Nictiz-R4-zib2020: Patient, HealthcareProvider 3.4, Encounter 4.0.1, Payer 3.1.1).
/// A column that is not here has none, or none that is certain.
enum Counterparts {
  static let all: [String: [String: Counterpart]] = [
    "person": [
      "person": Counterpart(
        "Patient.identifier", omop: "person.person_source_value", zib: "Patient.Identificatienummer"),
      "birth_year": Counterpart("Patient.birthDate", omop: "person.year_of_birth", zib: "Patient.Geboortedatum"),
      "sex": Counterpart("Patient.gender", omop: "person.gender_source_value", zib: "Patient.Geslacht"),
      "died_on": Counterpart("Patient.deceasedDateTime", omop: "death.death_date", zib: "Patient.DatumOverlijden"),
    ],
    "insured_period": [
      "person": Counterpart("Coverage.beneficiary", omop: "payer_plan_period.person_id"),
      "from": Counterpart(
        "Coverage.period.start", omop: "payer_plan_period.payer_plan_period_start_date", zib: "Betaler.BeginDatumTijd"),
      "to": Counterpart(
        "Coverage.period.end", omop: "payer_plan_period.payer_plan_period_end_date", zib: "Betaler.EindDatumTijd"),
      "insurer": Counterpart(
        "Coverage.payor", omop: "payer_plan_period.payer_source_value", zib: "Betaler.IdentificatieNummer"),
      "postcode4": Counterpart("Patient.address.postalCode", omop: "location.zip"),
    ],
    "provider": [
      "agb": Counterpart(
        "Organization.identifier", omop: "care_site.care_site_source_value",
        zib: "Zorgaanbieder.ZorgaanbiederIdentificatienummer"),
      "kind": Counterpart("Organization.type", zib: "Zorgaanbieder.OrganisatieType"),
      "name": Counterpart(
        "Organization.name", omop: "care_site.care_site_name", zib: "Zorgaanbieder.OrganisatieNaam"),
      "postcode4": Counterpart("Organization.address.postalCode", omop: "location.zip"),
    ],
    "claim_line": [
      "claim": Counterpart("Claim.identifier"),
      "line": Counterpart("Claim.item.sequence"),
      "person": Counterpart("Claim.patient", omop: "procedure_occurrence.person_id"),
      "provider": Counterpart("Claim.provider"),
      "insurer": Counterpart("Claim.insurer"),
      "care_type": Counterpart("Claim.item.category"),
      "performance_code": Counterpart(
        "Claim.item.productOrService", omop: "procedure_occurrence.procedure_source_value"),
      "diagnosis_code": Counterpart(
        "Claim.diagnosis.diagnosisCodeableConcept", omop: "condition_occurrence.condition_source_value"),
      "start": Counterpart("Claim.item.servicedPeriod.start", omop: "procedure_occurrence.procedure_date"),
      "end": Counterpart("Claim.item.servicedPeriod.end", omop: "procedure_occurrence.procedure_end_date"),
      "quantity": Counterpart("Claim.item.quantity", omop: "procedure_occurrence.quantity"),
      "amount_cents": Counterpart("Claim.item.net"),
      "corrects": Counterpart("Claim.related.claim"),
    ],
    "stay": [
      "person": Counterpart("Encounter.subject", omop: "visit_occurrence.person_id"),
      "provider": Counterpart("Encounter.serviceProvider", omop: "visit_occurrence.care_site_id"),
      "from": Counterpart(
        "Encounter.period.start", omop: "visit_occurrence.visit_start_date", zib: "Contact.BeginDatumTijd"),
      "to": Counterpart("Encounter.period.end", omop: "visit_occurrence.visit_end_date", zib: "Contact.EindDatumTijd"),
      "bed_days": Counterpart("Encounter.length"),
      "diagnosis_code": Counterpart(
        "Encounter.diagnosis.condition", omop: "condition_occurrence.condition_source_value"),
    ],
    "care_path": [
      "person": Counterpart("EpisodeOfCare.patient", omop: "episode.person_id"),
      "path": Counterpart("EpisodeOfCare.type", omop: "episode.episode_source_value"),
      "index_date": Counterpart("EpisodeOfCare.period.start", omop: "episode.episode_start_date"),
      "end": Counterpart("EpisodeOfCare.period.end", omop: "episode.episode_end_date"),
      "provider": Counterpart("EpisodeOfCare.managingOrganization"),
    ],
    "response": [
      "person": Counterpart("QuestionnaireResponse.subject", omop: "observation.person_id"),
      "instrument": Counterpart("QuestionnaireResponse.questionnaire"),
      "completed_on": Counterpart("QuestionnaireResponse.authored", omop: "observation.observation_date"),
    ],
    "answer": [
      "item": Counterpart("QuestionnaireResponse.item.linkId", omop: "observation.observation_source_value"),
      "value": Counterpart("QuestionnaireResponse.item.answer.value[x]", omop: "observation.value_as_number"),
    ],
    "score": [
      "person": Counterpart("Observation.subject", omop: "measurement.person_id"),
      "scale": Counterpart("Observation.code", omop: "measurement.measurement_source_value"),
      "completed_on": Counterpart("Observation.effectiveDateTime", omop: "measurement.measurement_date"),
      "value": Counterpart("Observation.valueQuantity", omop: "measurement.value_as_number"),
    ],
  ]
}

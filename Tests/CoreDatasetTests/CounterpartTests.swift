@testable import CoreDataset
import TestSupport
import Testing

@Suite("Counterparts in other standards")
struct CounterpartTests {
  @Test("every counterpart is of a column that there is, and says where it stands")
  func columns() {
    for (name, columns) in Counterparts.all {
      let table = Core.all.first { $0.name == name }
      #expect(table != nil, "\(name)")
      for (column, other) in columns {
        #expect(table?.column(column) != nil, "\(name).\(column)")
        #expect(other.fhir.contains(".") && other.fhir.first?.isUppercase == true)
        #expect(other.omop.isEmpty || other.omop == other.omop.lowercased() && other.omop.contains("."))
        #expect(other.zib.isEmpty || other.zib.contains("."))
      }
    }
  }

  /// Fields of the tables of OMOP CDM 5.4 that counterparts are in, as its DDL has them (OHDSI/CommonDataModel,
  /// inst/ddl/5.4/postgresql).
  static let omop = [
    "person": "person_id year_of_birth gender_source_value person_source_value location_id",
    "death": "person_id death_date cause_source_value",
    "payer_plan_period": "person_id payer_plan_period_start_date payer_plan_period_end_date payer_source_value",
    "location": "location_id zip county location_source_value",
    "care_site": "care_site_id care_site_name care_site_source_value place_of_service_source_value",
    "procedure_occurrence": "person_id procedure_date procedure_end_date quantity procedure_source_value",
    "condition_occurrence": "person_id condition_start_date condition_source_value",
    "visit_occurrence": "person_id visit_start_date visit_end_date care_site_id visit_source_value",
    "episode": "person_id episode_start_date episode_end_date episode_source_value",
    "observation": "person_id observation_date value_as_number observation_source_value",
    "measurement": "person_id measurement_date value_as_number measurement_source_value",
  ].mapValues { Set($0.split(separator: " ").map(String.init)) }

  /// Concepts of zibs of 2020 by their Dutch names, with their numbers, as the profiles of Nictiz have them
  /// (Nictiz-R4-zib2020: zib-Patient, zib-HealthcareProvider-Organization, zib-Encounter, zib-Payer).
  static let zibs = [
    "Patient.Identificatienummer": "NL-CM:0.1.7", "Patient.Geslacht": "NL-CM:0.1.9",
    "Patient.Geboortedatum": "NL-CM:0.1.10",
    "Patient.DatumOverlijden": "NL-CM:0.1.33", "Betaler.IdentificatieNummer": "NL-CM:1.1.7",
    "Betaler.BeginDatumTijd": "NL-CM:1.1.13", "Betaler.EindDatumTijd": "NL-CM:1.1.14",
    "Contact.BeginDatumTijd": "NL-CM:15.1.3", "Contact.EindDatumTijd": "NL-CM:15.1.4",
    "Zorgaanbieder.ZorgaanbiederIdentificatienummer": "NL-CM:17.2.2", "Zorgaanbieder.OrganisatieNaam": "NL-CM:17.2.3",
    "Zorgaanbieder.OrganisatieType": "NL-CM:17.2.4",
  ]

  @Test("fields of OMOP and concepts of zibs are there")
  func omopAndZibs() {
    for other in Counterparts.all.values.flatMap(\.values) {
      if !other.omop.isEmpty {
        let parts = other.omop.split(separator: ".").map(String.init)
        #expect(parts.count == 2 && Self.omop[parts[0]]?.contains(parts[1]) == true, "\(other.omop)")
      }
      if !other.zib.isEmpty { #expect(Self.zibs[other.zib] != nil, "\(other.zib)") }
    }
  }

  /// Elements of FHIR, looked up in the classes of the Python package fhir.resources, which are made of the resource
  /// definitions; R4B differs from R4 in none of these.
  @Test("elements of FHIR are there", .enabled(if: Python.has("fhir.resources"), "needs python3 with fhir.resources"))
  func elements() throws {
    let paths = Set(Counterparts.all.values.flatMap(\.values).map(\.fhir)).sorted()
    let program = """
      import importlib, re, sys, typing
      def fields(cls):
          return {(f.alias or n): f for n, f in cls.model_fields.items()} if hasattr(cls, "model_fields") else {(f.alias or n): f for n, f in cls.__fields__.items()}
      def module(name):
          return importlib.import_module("fhir.resources.R4B." + name.lower())
      for path in sys.argv[1:]:
          parts = path.split(".")
          home = module(parts[0])
          cls = getattr(home, parts[0])
          for number, part in enumerate(parts[1:]):
              found = fields(cls)
              if part.endswith("[x]"):
                  if not any(name.startswith(part[:-3]) for name in found): print("no", path)
                  break
              if part not in found:
                  print("no", path)
                  break
              if number == len(parts) - 2: break
              field = found[part]
              kind = re.search(r"(\\w+?)Type\\b", str(getattr(field, "annotation", None) or field.outer_type_)).group(1)
              cls = getattr(home, kind, None) or getattr(module(kind), kind)
      """
    let outcome = try Python.run(program, paths)
    #expect(outcome.succeeded && outcome.output.isEmpty, "\(outcome.output)")
    #expect(try Python.run(program, ["Claim.item.servicedPeriods"]).output == "no Claim.item.servicedPeriods\n")
  }

  @Test("the dictionary shows them")
  func dictionary() {
    let text = DataDictionary.markdown([Core.person])
    #expect(text.contains("| Patient.birthDate; person.year_of_birth; Patient.Geboortedatum |"))
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("|") }.allSatisfy { $0.count { $0 == "|" } == 8 })
  }
}

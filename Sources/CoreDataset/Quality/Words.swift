/// Names of tables and columns in Dutch, for the pages that a data steward reads.
public enum Words {
  private static let tables = [
    "person": "personen", "insured_period": "verzekerde perioden", "provider": "zorgaanbieders",
    "claim_line": "declaratieregels", "claim_correction": "correcties op declaraties", "care_path": "zorgpaden",
    "response": "vragenlijsten", "answer": "antwoorden", "score": "scores", "group_total": "groepstotalen",
    "delivery": "aanleveringen",
  ]
  private static let columns = [
    "person": "de persoon", "key_id": "de sleutel", "birth_year": "het geboortejaar", "sex": "het geslacht",
    "died_on": "de overlijdensdatum", "delivery": "de aanlevering", "record": "het recordnummer",
    "from": "de eerste dag", "to": "de laatste dag", "insurer": "de verzekeraar", "postcode4": "de postcode",
    "agb": "de AGB-code", "kind": "de soort", "name": "de naam", "claim": "het declaratienummer",
    "line": "het regelnummer", "provider": "de zorgaanbieder", "care_type": "de zorgsoort",
    "activity": "de activiteit", "specialty": "het specialisme", "performance_code": "de prestatiecode",
    "diagnosis_code": "de diagnosecode", "start": "de begindatum", "end": "de einddatum", "quantity": "het aantal",
    "amount_cents": "het bedrag", "net_cents": "het bedrag dat overblijft",
    "corrects": "de declaratie die wordt gecorrigeerd", "corrects_line": "de regel die wordt gecorrigeerd",
    "reported_by": "de melder", "role": "de kant van de correctie", "status": "de status", "reason": "de reden",
    "path": "het zorgpad", "index_date": "de indexdatum", "instrument": "de vragenlijst", "moment": "het meetmoment",
    "completed_on": "de invuldatum", "answered": "het aantal antwoorden", "expected": "het aantal vragen",
    "item": "de vraag", "value": "de waarde", "scale": "de schaal", "delivered_value": "de aangeleverde score",
    "predicted_value": "de voorspelde score", "unit": "het gebied", "period": "de periode",
    "age_band": "de leeftijdsklasse", "insured_years": "het aantal verzekerdejaren",
    "persons": "het aantal personen", "delivered_as": "de kolom van de aanlevering",
  ]

  /// A table in Dutch, plural; its own name where there is no word for it.
  public static func table(_ name: String) -> String { tables[name] ?? name }

  /// `Bij het geslacht (personen)`.
  static func inColumn(_ column: String, _ table: String) -> String {
    "Bij \(columns[column] ?? column) (\(Words.table(table)))"
  }
}

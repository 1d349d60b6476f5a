/// Names of tables and columns in Dutch, for the pages that a data steward reads.
public enum Words {
  private static let tables = [
    "person": "personen", "insured_period": "verzekerde perioden", "provider": "zorgaanbieders",
    "claim_line": "declaratieregels", "claim_correction": "correcties op declaraties", "care_path": "zorgpaden",
    "response": "vragenlijsten", "answer": "antwoorden", "score": "scores", "group_total": "groepstotalen",
    "delivery": "aanleveringen", "stay": "ziekenhuisopnamen", "stay_line": "regels van ziekenhuisopnamen",
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
    "persons": "het aantal personen", "stay": "het opnamenummer", "bed_days": "het aantal ligdagen",
    "unplanned": "de spoed", "episode": "de episode", "transferred_in": "de overname",
    "transferred_out": "de overplaatsing",
    "lines": "het aantal regels", "delivered_as": "de kolom van de aanlevering",
  ]

  /// Reasons of thresholds that come with Spiegel, by their first words.
  private static let reasons: [(start: String, dutch: String)] = [
    (
      "The data dictionary requires",
      """
      De gegevensdefinitie eist een waarde; 0, zoals isRequired in het OHDSI Data Quality Dashboard.
      """
    ),
    (
      "Measured, not judged, as",
      """
      Alleen gemeten, zoals measureValueCompleteness in het OHDSI Data Quality Dashboard (100%).
      """
    ),
    (
      "The data dictionary has a closed",
      """
      De gegevensdefinitie heeft een gesloten lijst van waarden.
      """
    ),
    (
      "The data dictionary gives",
      """
      De gegevensdefinitie zegt hoe de code eruitziet; 0, zoals cdmDatatype in het OHDSI Data Quality \
      Dashboard.
      """
    ),
    (
      "1% as plausibleValueLow",
      """
      1%, zoals plausibleValueLow en plausibleValueHigh in het OHDSI Data Quality Dashboard.
      """
    ),
    (
      "1% as plausibleTemporalAfter",
      """
      1%, zoals plausibleTemporalAfter in het OHDSI Data Quality Dashboard.
      """
    ),
    (
      "1% as plausibleDuringLife",
      """
      1%, zoals plausibleDuringLife in het OHDSI Data Quality Dashboard.
      """
    ),
    (
      "5% as plausibleGender",
      """
      5%, zoals plausibleGender in het OHDSI Data Quality Dashboard.
      """
    ),
    (
      "A code must be in",
      """
      Een code moet staan in de tabel waarnaar zij verwijst; 0, zoals isForeignKey in het OHDSI Data \
      Quality Dashboard.
      """
    ),
    (
      "Spiegel itself",
      """
      Dit bewaakt Spiegel zelf; een overtreding is een fout om te melden.
      """
    ),
    (
      "Reported for the steward",
      """
      Gemeld om naar te kijken, zonder oordeel.
      """
    ),
    (
      "One in twenty",
      """
      Eén op twintig, zoals bij apart gezette records: daarboven ligt het aan de aanlevering zelf.
      """
    ),
    (
      "Measured here",
      """
      Hier alleen gemeten; maximum-quarantined in pipeline.yaml bepaalt wanneer een aanlevering wordt \
      geweigerd.
      """
    ),
    (
      "Measured, not judged: corrections",
      """
      Alleen gemeten: correcties horen bij declareren.
      """
    ),
    (
      "At most one month in fifty",
      """
      Hoogstens één op de vijftig maanden, zodat één van de twaalf van een jaar te veel is. Maanden tellen \
      tussen de eerste en de laatste van een zorgaanbieder met 20 regels in de middelste maand: door \
      toeval is er dan geen leeg (Poisson, e^-20).
      """
    ),
    (
      "At most one month in twenty",
      """
      Hoogstens één op de twintig maanden. Maanden tellen als de maanden ernaast en dezelfde maand in \
      andere jaren ten minste 50 regels hebben; 1,8 maal de grootste daarvan is dan vier \
      standaardafwijkingen (Poisson) weg.
      """
    ),
  ]

  /// The reason of a threshold in Dutch, where it comes with Spiegel; else as it is.
  public static func reason(_ why: String) -> String { reasons.first { why.hasPrefix($0.start) }?.dutch ?? why }

  /// A table in Dutch, plural; its own name where there is no word for it.
  public static func table(_ name: String) -> String { tables[name] ?? name }

  /// `Bij het geslacht (personen)`.
  static func inColumn(_ column: String, _ table: String) -> String {
    "Bij \(columns[column] ?? column) (\(Words.table(table)))"
  }
}

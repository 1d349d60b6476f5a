/// Sources of other formats than delimited text, to be added to the small pipeline.
public enum FormatFiles {
  /// FHIR QuestionnaireResponses: the instrument `ache` with codes for its answers, and any other.
  public static let fhir = [
    "instruments/ache.yaml": """
    version: "1"
    name: {nl: Zeer, en: Ache}
    reference: made up
    licence: free
    items:
      - codes: ["1", "2"]
        range: [0, 10]
        loinc: [11111-1, 22222-2]
        answer-codes: {none: 0, some: 3, much: 7}
    scales:
      - code: total
        name: {nl: Totaal, en: Total}
        items: all
        rule: sum
        range: [0, 20]
        direction: lower-better
    """,
    "sources/fhir.yaml": """
    version: "1"
    reported-by: patient
    delivers: response
    recognise: {name: ["*.xml", "*.json", "*.ndjson", "*/*.xml"]}
    format: {type: fhir}
    fields:
      response: {column: id}
      person: {column: id, form: person-key}
      provider: {column: author-id}
      path: {constant: knee}
      index_date: {constant: 2016-03-01}
      completed_on: {column: authored}
      instrument: {column: questionnaire, codes: {"http://example.org/ache": ache}, unknown: keep}
      moment: {constant: T0}
      item: {column: item}
      value: {column: value}
    """,
  ]
}

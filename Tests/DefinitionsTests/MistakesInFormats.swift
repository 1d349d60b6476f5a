extension Mistakes {
  /// A source of another format, with one line changed.
  private static func source(_ format: String, _ fields: String, more: String = "") -> String {
    """
    version: "1"
    reported-by: insurer
    delivers: provider
    recognise: {name: "other*"}
    format: {\(format)}
    fields: {\(fields)}
    \(more)
    """
  }

  private static func layout(_ from: String = "", _ to: String = "") -> String {
    let text = """
      version: "1"
      name: small
      reference: made up
      tag: {at: 1, length: 1}
      record-length: 10
      record: B
      closing: Z
      totals:
        - {field: lines, counts: [B]}
        - {field: sum, sum: C.amount, decimals: 2}
      records:
        A: {fields: {sender: [2, 3]}}
        B: {within: A, fields: {code: [2, 8]}}
        C: {within: B, fields: {amount: {at: 2, length: 4, sign: sign}, sign: [6, 1]}}
        D: {within: A, fields: {other: [2, 3]}}
        Z: {within: A, fields: {lines: [2, 2], sum: [4, 6]}}
      """
    return from.isEmpty ? text : text.replacing(from, with: to)
  }

  private static func inLayout(_ from: String, _ to: String, _ message: String) -> Mistake {
    Mistake("layouts/small.yaml", "", layout(from, to), message)
  }

  /// A Questionnaire of which item `b` is as given, and what is then said of its file.
  private static func questionnaire(_ b: String, _ message: String) -> Mistake {
    Mistake(
      "questionnaires/q.json", "",
      #"{"resourceType": "Questionnaire", "url": "q", "item": [{"linkId": "a"}, {"linkId": "b"\#(b)}]}"#,
      "questionnaires/q.json: \(message)")
  }

  /// A source with a Questionnaire at hand.
  static let questionnaireSource = source(
    "type: fhir, questionnaires: [questionnaires/q.json]", "agb: {column: subject}")
  static let rightQuestionnaire =
    #"{"resourceType": "Questionnaire", "url": "q", "item": [{"linkId": "a"}, {"linkId": "b", "enableWhen": [{"question": "a", "operator": "exists", "answerBoolean": true}]}]}"#

  /// FHIR Questionnaires at hand.
  static let questionnaires = [
    questionnaire(
      #", "enableWhen": [{"question": "c", "operator": "=", "answerInteger": 1}]"#,
      "item \"b\" depends on \"c\", which the Questionnaire does not have"),
    questionnaire(
      #", "enableWhen": [{"question": "a", "operator": "equals"}]"#,
      "item \"b\", enableWhen: unknown value \"equals\"; expected one of: exists, =, !=, >, <, >=, <="),
    questionnaire(
      #", "enableWhen": [{"question": "a", "operator": "="}]"#,
      "item \"b\", enableWhen: \"a\" is named without an answer"),
    questionnaire(
      #", "enableWhen": [{"operator": "=", "answerInteger": 1}]"#, "item \"b\", enableWhen: no question is named"),
    questionnaire(
      #", "enableWhen": [{"question": "a", "operator": "exists", "answerInteger": 1}]"#,
      "item \"b\", enableWhen: \"exists\" needs answerBoolean"),
    questionnaire(
      #", "enableWhen": [{"question": "a", "operator": "=", "answerInteger": 1}, {"question": "a", "operator": "=", "answerInteger": 2}]"#,
      "item \"b\" has several conditions; enableBehavior must say whether all of them must hold, or any"),
    questionnaire(
      #", "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"}]"#,
      "item \"b\" depends on an expression (enableWhenExpression), which is not evaluated; write it as enableWhen, or leave the Questionnaire out"
    ),
    questionnaire(#", "item": [{"linkId": "a"}]"#, "the linkId \"a\" occurs twice"),
    questionnaire(#", "item": [{"text": "x"}]"#, "an item within \"b\" has no linkId"),
    Mistake(
      "questionnaires/q.json", "", #"{"resourceType": "Patient"}"#,
      "questionnaires/q.json: there is no Questionnaire in it"),
    Mistake(
      "questionnaires/q.json", "", #"{"resourceType": "Questionnaire"}"#,
      "questionnaires/q.json: a Questionnaire has neither url nor id: no response can refer to it"),
    Mistake(
      "questionnaires/q.json", "", "{\n\"resourceType\": }",
      "questionnaires/q.json:2:17: the file is not well-formed JSON."),
    Mistake(
      "questionnaires/q.json", "", "<Questionnaire><item></Questionnaire>",
      "questionnaires/q.json:1:38: the file is not well-formed XML (Opening and ending tag mismatch: item line 1 and Questionnaire)."
    ),
  ]

  /// Formats, layouts, recognition by content and control totals.
  static let formats = [
    Mistake(
      "sources/other.yaml", "", source("type: fhir", "agb: {column: subjet}"),
      "sources/other.yaml:6:24: unknown value \"subjet\"; did you mean \"subject\"?"),
    Mistake(
      "sources/other.yaml", "", source("type: fhir, delimiter: \",\"", "agb: {column: subject}"),
      "sources/other.yaml:5:22: unknown key \"delimiter\"; known here: type, decimal, thousands, in-cents, dates, currency-marks, statuses, identifier-systems, questionnaires"
    ),
    Mistake(
      "sources/other.yaml", "", source("type: fhir, questionnaires: [no.json]", "agb: {column: subject}"),
      "sources/other.yaml:5:39: there is no file no.json"),
    Mistake(
      "sources/other.yaml", "", source("type: fixed-width, encoding: utf-8", "agb: {column: A.x}"),
      "sources/other.yaml:5:9: missing key \"layout\""),
    Mistake(
      "sources/other.yaml", "", source("type: fixed-width, encoding: utf-8, layout: no.yaml", "agb: {column: A.x}"),
      "sources/other.yaml:5:54: there is no file no.yaml"),
    Mistake(
      "sources/claims.yaml", "{name: \"claims*.csv\"}", "{name: \"claims*.csv\", colums: [a]}",
      "sources/claims.yaml:4:34: unknown key \"colums\"; did you mean \"columns\"?"),
    Mistake(
      "sources/claims.yaml", "delivers: claim_line", "delivers: claim_line\nrequired: maybe",
      "sources/claims.yaml:4:11: expected true or false, found \"maybe\""),
    Mistake(
      "sources/claims.yaml", "delivers: claim_line", "delivers: claim_line\ncontrol-totals: {}",
      "sources/claims.yaml:4:17: nothing is compared; give \"records\" or \"amount\""),
    Mistake(
      "sources/claims.yaml", "delivers: claim_line", "delivers: claim_line\ncontrol-totals: {amount: 1.50}",
      "sources/claims.yaml:4:26: expected an amount as the format says, found \"1.50\""),
    Mistake(
      "sources/claims.yaml", "delivers: claim_line",
      "delivers: claim_line\ncontrol-totals: {file: totals.txt, records: n}",
      "sources/claims.yaml:4:24: the same file would count for every delivery; put {stem} or {name} in it"),
    Mistake(
      "sources/claims.yaml", "delivers: claim_line", "delivers: claim_line\ncontrol-totals: {footer: 2, records: 1}",
      "sources/claims.yaml:4:26: the format has 0 footer-lines; there is no line 2"),
    Mistake(
      "sources/claims.yaml", "delivers: claim_line",
      "delivers: claim_line\ncontrol-totals: {file: \"{stem}.n\", footer: 1, records: n}",
      "sources/claims.yaml:4:36: \"file\" and \"footer\" exclude each other"),
  ]

  /// Layouts of fixed-width records, read by a source that is right.
  static let layouts = [
    inLayout("record: B", "record: Q", "layouts/small.yaml:6:9: there is no record \"Q\"; there is: A, B, C, D, Z"),
    inLayout("closing: Z", "closing: Q", "layouts/small.yaml:7:10: there is no record \"Q\"; there is: A, B, C, D, Z"),
    inLayout("within: B", "within: Q", "layouts/small.yaml:14:15: there is no record \"Q\"; there is: A, B, C, D, Z"),
    inLayout(
      "counts: [B]", "counts: [Q]", "layouts/small.yaml:9:28: there is no record \"Q\"; there is: A, B, C, D, Z"),
    inLayout("counts: [B]", "sums: x", "layouts/small.yaml:9:20: unknown key \"sums\"; did you mean \"sum\"?"),
    inLayout(
      "sum: C.amount", "sum: C.mount", "layouts/small.yaml:10:23: expected a field such as 06.amount, found \"C.mount\""
    ),
    inLayout(
      "field: lines", "field: line", "layouts/small.yaml:9:13: there is no field \"line\"; did you mean \"lines\"?"),
    inLayout(
      "code: [2, 8]", "code: [2, 10]", "layouts/small.yaml:13:33: \"code\" ends at 11, beyond the record of 10"),
    inLayout(
      "code: [2, 8]", "code: [2]", "layouts/small.yaml:13:33: expected [first position, length], found a list of 1"),
    inLayout(
      "sign: sign}", "sign: sing}", "layouts/small.yaml:14:60: there is no field \"sing\"; there is: amount, sign"),
    inLayout("reference: made up\n", "", "layouts/small.yaml:1:1: missing key \"reference\""),
  ]

  /// A source that reads the layout.
  static let layoutSource = source(
    "type: fixed-width, encoding: utf-8, layout: layouts/small.yaml", "agb: {column: B.code}")
  /// The layout as it should be.
  static let rightLayout = layout()
}

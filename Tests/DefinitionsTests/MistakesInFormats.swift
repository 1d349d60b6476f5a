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

  /// Formats, layouts, recognition by content and control totals.
  static let formats = [
    Mistake(
      "sources/other.yaml", "", source("type: fhir", "agb: {column: subjet}"),
      "sources/other.yaml:6:24: unknown value \"subjet\"; did you mean \"subject\"?"),
    Mistake(
      "sources/other.yaml", "", source("type: fhir, delimiter: \",\"", "agb: {column: subject}"),
      "sources/other.yaml:5:22: unknown key \"delimiter\"; known here: type, decimal, thousands, in-cents, dates, statuses"
    ),
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

extension Mistakes {
  /// `sources/`.
  static let sources = [
    Mistake(
      "sources/claims.yaml", "start: {", "begin: {", "sources/claims.yaml:6:1: claim_line needs the field \"start\"",
      "sources/claims.yaml:12:3: claim_line has no column \"begin\"; it has: claim, line, person, "
        + "provider, insurer, care_type, activity, specialty, performance_code, diagnosis_code, start, end, "
        + "quantity, amount_cents, corrects, corrects_line, birth_year, sex, postcode4"),
    Mistake(
      "sources/claims.yaml", "provider: {", "provder: {",
      "sources/claims.yaml:10:3: claim_line has no column \"provder\"; did you mean \"provider\"?"),
    Mistake(
      "sources/claims.yaml", "start: {column: Start}", "start: {column: Start}\n  record: {column: x}",
      "sources/claims.yaml:13:3: \"record\" is filled in by ingest"),
    Mistake(
      "sources/claims.yaml", "{column: Start}", "{column: Start, required: false}",
      "sources/claims.yaml:12:36: a record without \"start\" cannot be used; leave \"required\" out"),
    Mistake(
      "sources/claims.yaml", "{column: Start}", "{constant: 2016-13-01}",
      "sources/claims.yaml:12:21: expected a date as yyyy-MM-dd, found \"2016-13-01\""),
    Mistake(
      "sources/claims.yaml", "{column: Start}", "{column: Start, constant: 2016-01-01}",
      "sources/claims.yaml:12:26: \"column\" and \"constant\" exclude each other"),
    Mistake(
      "sources/claims.yaml", "{column: Start}", "{required: true}",
      "sources/claims.yaml:12:10: missing key \"column\", or \"constant\" for the same value in all records"),
    Mistake(
      "sources/claims.yaml", "{column: Start}", "{column: Start, form: digits 8}",
      "sources/claims.yaml:12:26: form digits 8 does not fit \"start\" (day)"),
    Mistake(
      "sources/claims.yaml", "{column: Start}", "{column: Start, codes: {a: b}}",
      "sources/claims.yaml:12:26: \"start\" (day) is not a code; it has no code list"),
    Mistake(
      "sources/claims.yaml", "digits 8", "digit 8",
      "sources/claims.yaml:10:33: unknown value \"digit 8\"; did you mean \"digits 8\"?"),
    Mistake(
      "sources/claims.yaml", "form: digits 8", "unknown: keep",
      "sources/claims.yaml:10:27: \"unknown\" says what happens with a code that \"codes\" lacks; give "
        + "\"codes\""),
    Mistake(
      "sources/claims.yaml", ", form: bsn", "",
      "sources/claims.yaml:9:11: \"person\" becomes a pseudonym; say what it is with form bsn, person-number, person-key "
        + "or record-as-person"),
    Mistake(
      "sources/claims.yaml", "{column: BSN, form: bsn}", "{column: BSN, form: record-as-person}",
      "sources/claims.yaml:9:12: with form record-as-person there is no \"column\""),
    Mistake(
      "sources/claims.yaml", "codes/care.csv", "codes/cure.csv",
      "sources/claims.yaml:11:36: there is no file codes/cure.csv"),
    Mistake(
      "sources/claims.yaml", "codes: codes/care.csv", "codes: {HA: general-practise}",
      "sources/claims.yaml:11:41: unknown value \"general-practise\"; did you mean \"general-practice\"?"),
    Mistake(
      "sources/claims.yaml", ", codes: codes/care.csv, unknown: reject", "",
      "sources/claims.yaml:11:14: \"care_type\" needs \"codes\" to the standard codes: general-practice, "
        + "medical-specialist, pharmacy, mental-health, paramedical, district-nursing, devices, diagnostics, "
        + "transport, maternity, dental, geriatric-rehabilitation, cross-border, other"),
    Mistake(
      "sources/claims.yaml", "unknown: reject", "unknown: keep",
      "sources/claims.yaml:11:52: \"care_type\" has standard codes only; an unknown code is rejected or "
        + "set aside, not kept"),
    Mistake(
      "sources/claims.yaml", "{column: Care, codes: codes/care.csv, unknown: reject}", "{constant: cure}",
      "sources/claims.yaml:11:25: unknown value \"cure\"; expected one of: general-practice, "
        + "medical-specialist, pharmacy, mental-health, paramedical, district-nursing, devices, diagnostics, "
        + "transport, maternity, dental, geriatric-rehabilitation, cross-border, other"
    ),
    Mistake(
      "codes/care.csv", "HA;general-practice", "HA;gp\nFA;pharmacy\nFA;pharmacy",
      "codes/care.csv:2:1: unknown value \"gp\"; expected one of: general-practice, medical-specialist, "
        + "pharmacy, mental-health, paramedical, district-nursing, devices, diagnostics, transport, "
        + "maternity, dental, geriatric-rehabilitation, cross-border, other",
      "codes/care.csv:4:1: code \"FA\" occurs twice"),
    Mistake(
      "sources/claims.yaml", "decimal: \",\"", "decimal: \";\"",
      "sources/claims.yaml:5:38: the delimiter is the decimal mark too; give the one that the export uses"),
    Mistake(
      "sources/claims.yaml", "decimal: \",\"", "decimal: \",\", currency-marks: []",
      "sources/claims.yaml:5:90: there is no mark; leave the key out or add one such as EUR"),
    Mistake(
      "sources/claims.yaml", "decimal: \",\"", "decimal: \",\", currency-marks: [\"€ \"]",
      "sources/claims.yaml:5:90: expected a mark such as € or EUR, found \"€ \""),
    Mistake(
      "sources/claims.yaml", "utf-8, decimal: \",\"", "iso-8859-1, decimal: \",\", currency-marks: [€]",
      "sources/claims.yaml:5:95: iso-8859-1 does not have all characters of €"),
    Mistake(
      "sources/claims.yaml", "decimal: \",\"", "decimal: \",\", thousands: \",\"",
      "sources/claims.yaml:5:74: the mark between thousands is the decimal mark too"),
    Mistake(
      "sources/claims.yaml", "delimiter: \";\"", "delimiter: \"||\"",
      "sources/claims.yaml:5:38: expected one character, found \"||\""),
    Mistake(
      "sources/claims.yaml", "dd-MM-yyyy", "dd-mm-yyyy",
      "sources/claims.yaml:5:82: expected a date pattern such as dd-MM-yyyy, found \"dd-mm-yyyy\""),
    Mistake(
      "sources/claims.yaml", "encoding: utf-8", "encoding: utf8",
      "sources/claims.yaml:5:53: unknown value \"utf8\"; did you mean \"utf-8\"?"),
    Mistake(
      "sources/claims.yaml", "type: delimited", "type: csv",
      "sources/claims.yaml:5:16: unknown value \"csv\"; expected one of: delimited, xml, fhir, fixed-width"),
    Mistake(
      "sources/claims.yaml", "encoding: utf-8", "encoding: utf-8, header: false",
      "sources/claims.yaml:7:19: expected the number of a column, from 1, in a file without header, "
        + "found \"Number\"",
      "sources/claims.yaml:8:18: expected the number of a column, from 1, in a file without header, "
        + "found \"Line\"",
      "sources/claims.yaml:9:20: expected the number of a column, from 1, in a file without header, "
        + "found \"BSN\"",
      "sources/claims.yaml:10:22: expected the number of a column, from 1, in a file without header, "
        + "found \"AGB\"",
      "sources/claims.yaml:11:23: expected the number of a column, from 1, in a file without header, "
        + "found \"Care\"",
      "sources/claims.yaml:12:19: expected the number of a column, from 1, in a file without header, "
        + "found \"Start\"",
      "sources/claims.yaml:13:26: expected the number of a column, from 1, in a file without header, "
        + "found \"Amount\""),
    Mistake(
      "sources/claims.yaml", "delivers: claim_line", "delivers: claims",
      "sources/claims.yaml:3:11: unknown value \"claims\"; expected one of: claim_line, claim_header, insured_period, "
        + "provider, response, group_total"),
    Mistake(
      "sources/claims.yaml", "\"claims*.csv\"", "\"People*.csv\"",
      "sources/people.yaml: recognises \"people*.csv\", and so does source \"claims\""),
    Mistake(
      "sources/claims.yaml", "\"claims*.csv\"", "[]",
      "sources/claims.yaml:4:12: no file would be recognised; give a name pattern"),
    Mistake(
      "sources/people.yaml", "{column: From}", "{column: From}\n  postcode4: {column: P, form: year-of-date}",
      "sources/people.yaml:9:26: form year-of-date does not fit \"postcode4\" (integer)"),
    Mistake(
      "sources/people.yaml", "{column: From}", "{column: From}\n  birth_year: {column: P, form: postcode4}",
      "sources/people.yaml:9:27: form postcode4 does not fit \"birth_year\" (integer)"),
    Mistake(
      "sources/people.yaml", "{column: From}", "{column: From}\n  birth_year: {constant: \"old\"}",
      "sources/people.yaml:9:26: expected a whole number, found \"old\""),
    Mistake(
      "sources/answers.yaml", "total: guess", "totaal: guess",
      "sources/answers.yaml:12:69: there is no scale \"totaal\"; did you mean \"total\"?"),
    Mistake(
      "sources/answers.yaml", "items: {\"1\": after},", "items: {\"1\": after}, codes: {much: lots, \"5\": 6},",
      "sources/answers.yaml:12:71: expected a number, found \"lots\"",
      "sources/answers.yaml:12:77: \"5\" is a number already; codes are for answers in words"),
    Mistake(
      "sources/answers.yaml", "{\"1\": after}", "{\"3\": after}",
      "sources/answers.yaml:12:44: there is no item \"3\"; there is: 1, 2"),
    Mistake(
      "sources/answers.yaml", "before_{item}", "before",
      "sources/answers.yaml:11:43: the pattern has no {item}; every item would come from the same column"),
    Mistake(
      "sources/answers.yaml", "moment: T1", "moment: T0", "sources/answers.yaml:12:5: \"pain\" at \"T0\" occurs twice"),
    Mistake(
      "sources/answers.yaml", "{instrument: pain, moment: T0", "{instrument: pains, moment: T0",
      "sources/answers.yaml:11:18: there is no instrument \"pains\"; did you mean \"pain\"?"),
    Mistake(
      "sources/answers.yaml", "path: {", "item: {column: i}\n  path: {",
      "sources/answers.yaml:6:1: \"item\" comes from the questionnaires; leave the field or the "
        + "questionnaires out"),
    Mistake(
      "sources/long.yaml", "",
      """
      version: "1"
      reported-by: patient
      delivers: response
      recognise: {name: "long*.xml"}
      format: {type: xml, record: a/b}
      fields:
        person: {column: ../../../@bsn, form: bsn}
        instrument: {column: ../@code, codes: {P: pane}, unknown: reject}
        item: {column: "@a/b"}
        value: {column: "."}
      """, "sources/long.yaml:5:29: expected an absolute path such as /a/b, found \"a/b\"",
      "sources/long.yaml:6:1: a source with an answer per record needs the field \"moment\"",
      "sources/long.yaml:7:20: \"../../../@bsn\" climbs above the root of the document",
      "sources/long.yaml:8:15: there is no instrument \"pane\"; there is: pain",
      "sources/long.yaml:9:18: expected a path such as ../a/@b, found \"@a/b\""),
  ]
}

import Definitions
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

/// Files as others write them: none of the names are those of our own samples.
@Suite("Drafts of source definitions")
struct InspectionDraftTests {
  /// What a draft must be: the table, lines that it holds, and what comes of the file.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let delivers: String
    let lines: [String]
    let staged: [[String: String]]
    var rows = 0
    var testDescription: String { name }
  }

  /// The drafted files put into the trial pipeline, and the file read with them.
  static func ingest(_ name: String, _ bytes: [UInt8]) throws -> (
    draft: String, rows: [[String: String]], account: String
  ) {
    let first = try Lab()
    let draft = try InspectionTests.inspect(name, bytes)
      .draft(instruments: first.pipeline.instruments, period: first.pipeline.periods.first?.id)
    var files = ["sources/drafted.yaml": draft.source]
    for instrument in draft.instruments { files["instruments/\(instrument.id).yaml"] = instrument.yaml }
    let ids = draft.instruments.map { ", \($0.id)" }.joined()
    let lab = try Lab(
      changing: [("pipeline.yaml", "instruments: [ache, mood]", "instruments: [ache, mood\(ids)]")], adding: files)
    try lab.deliver(name, bytes: bytes)
    let account = try lab.ingest().deliveries[0]
    return (
      draft.source, try lab.staged(account),
      "\(account.source) read \(account.read) accepted \(account.accepted) rows \(account.staged.isEmpty ? 0 : 1)"
    )
  }

  static let cases = [
    // An item a column, twice: before and after, of a questionnaire that is known and of one that is not.
    Case(
      name: "onderzoek zorg.csv",
      text:
        "respondentnr,datum voor,datum na,voor_ache_1,voor_ache_2,na_ache_1,na_ache_2,voor_tevr1,voor_tevr2,voor_tevr3\n"
        + (1...8).map { "R\($0),0\($0)-03-2016,1\($0)-09-2016,\($0),5,\($0 % 3),4,\($0 % 5 + 1),2,3\n" }.joined(),
      delivers: "response",
      lines: [
        "person: {column: \"respondentnr\", form: person-key}",
        "{instrument: ache, moment: T0, completed-on: \"datum voor\", items: \"voor_ache_{item}\"}",
        "{instrument: ache, moment: T1, completed-on: \"datum na\", items: \"na_ache_{item}\"}",
        "{instrument: tevr, moment: T0, completed-on: \"datum voor\", items: {\"1\": \"voor_tevr1\"",
      ],
      staged: [
        ["instrument": "ache", "moment": "T0", "item": "1", "value": "1.0", "completed_on": "2016-03-01"],
        ["instrument": "ache", "moment": "T1", "item": "2", "value": "4.0", "completed_on": "2016-09-18"],
        ["instrument": "tevr", "moment": "T0", "item": "3", "value": "3.0"],
      ], rows: 8 * 7),
    // Without a number of a person and without moments, items numbered with a zero in front, no day.
    Case(
      name: "enquete.txt.csv", text: "vraag 01\tvraag 02\tvraag 03\topm\n1\t5\t3\tgoed\n2\t4\t\t\n5\t1\t1\tmatig\n",
      delivers: "response",
      lines: [
        "person: {form: record-as-person}",
        "moment: T0, items: {\"1\": \"vraag 01\", \"2\": \"vraag 02\", \"3\": \"vraag 03\"}}  # say which moment this is",
      ],
      staged: [["instrument": "vraag", "item": "2", "value": "4.0"]], rows: 8),
    // An answer a record, in a column of its own for the questionnaire, and another with one questionnaire only.
    Case(
      name: "antwoorden.csv",
      text: "afname_id|clientnummer|vragenlijst|meetmoment|ingevuld op|vraagnummer|antwoord\n"
        + (1...6).map {
          "A\($0)|C\($0)|Ache|start|2016-02-0\($0)|1|\($0)\nA\($0)|C\($0)|Mood|start|2016-02-0\($0)|1|7\n"
        }
        .joined(),
      delivers: "response",
      lines: [
        "response: {column: \"afname_id\"}", "person: {column: \"clientnummer\", form: person-key}",
        "instrument: {column: \"vragenlijst\", codes: {\"Ache\": ache, \"Mood\": mood}, unknown: reject}",
        "moment: {column: \"meetmoment\"}", "completed_on: {column: \"ingevuld op\"}",
      ],
      staged: [["instrument": "Mood", "moment": "start", "item": "1", "value": "7.0", "completed_on": "2016-02-06"]],
      rows: 12),
    Case(
      name: "export.csv",
      text: "patient;question;value\n"
        + (1...4).map { p in (1...3).map { "P\(p);Q\($0);\(p + $0)\n" }.joined() }.joined(),
      delivers: "response",
      lines: ["instrument: {constant: vragenlijst}", "moment: {constant: T0}", "item: {column: \"question\"}"],
      staged: [["instrument": "vragenlijst", "moment": "T0", "item": "Q3", "value": "7.0"]], rows: 12),
    // Claims of another country's make, with a key of the person and amounts with thousands.
    Case(
      name: "us claims.csv",
      text: "claim_id,member_id,service_date,diagnosis,charge\n"
        + (1...5).map { "X\($0),M\($0),2016-05-0\($0),M54.5,\"1,\($0)34.50\"\n" }.joined(),
      delivers: "claim_line",
      lines: [
        "thousands: \",\"", "person: {column: \"member_id\", form: person-key}", "claim: {column: \"claim_id\"}",
        "amount_cents: {column: \"charge\"}",
      ],
      staged: [["claim": "X5", "amount_cents": "153450", "start": "2016-05-05", "diagnosis_code": "M54.5"]], rows: 5),
    // Amounts in quotes between commas, with the mark of the currency.
    Case(
      name: "nota's.csv",
      text: "notanr,bsn,datum,bedrag\n"
        + [("€ 12,50", 1), ("€ 1.234,50", 2), ("-€ 3,-", 3), ("€ 0,05", 4)].map {
          "N\($0.1),\(Persons.number($0.1)),0\($0.1)-01-2016,\"\($0.0)\"\n"
        }.joined(),
      delivers: "claim_line",
      lines: ["decimal: \",\", thousands: \".\", currency-marks: [\"€\"]"],
      staged: [
        ["claim": "N1", "amount_cents": "1250"], ["claim": "N2", "amount_cents": "123450"],
        ["claim": "N3", "amount_cents": "-300"], ["claim": "N4", "amount_cents": "5"],
      ], rows: 4),
    Case(
      name: "facturen.csv",
      text: "factuur;bsn;datum;bedrag\n"
        + (1...3).map { "F\($0);\(Persons.number($0));2016-01-0\($0);EUR \($0).500\n" }.joined(),
      delivers: "claim_line", lines: ["decimal: \",\", thousands: \".\", currency-marks: [\"EUR\"]"],
      staged: [["claim": "F3", "amount_cents": "350000"]], rows: 3),
    // Totals of groups.
    Case(
      name: "gemeentetotalen 2016.csv",
      text: "gemeente;leeftijd;geslacht;aantal verzekerden;kosten huisarts;kosten farmacie;kosten totaal\n"
        + ["Aa", "Bee"].flatMap { place in
          ["0-17", "18-64", "65+"].flatMap { age in
            ["M", "V"].map { "\(place);\(age);\($0);100;1250,50;99,95;1350,45\n" }
          }
        }.joined(),
      delivers: "group_total",
      lines: [
        "period: {constant: \"2016\"}", "persons: {column: \"aantal verzekerden\"}",
        "general-practice: [\"kosten huisarts\"]",
        "pharmacy: [\"kosten farmacie\"]", "# not used: \"kosten totaal\"", "unknown: reject}",
      ],
      staged: [["unit": "Bee", "age_band": "65+", "sex": "V", "care_type": "pharmacy", "amount_cents": "9995"]],
      rows: 24),
    // Insured persons by a key.
    Case(
      name: "polissen.csv",
      text: "verzekerdenummer;ingangsdatum;einddatum;geboortedatum;postcode\n"
        + (1...4).map { "V\($0);2015-01-01;2015-12-31;19\(50 + $0)-02-03;101\($0)\n" }.joined(),
      delivers: "insured_period",
      lines: [
        "person: {column: \"verzekerdenummer\", form: person-key}", "from: {column: \"ingangsdatum\"}",
        "to: {column: \"einddatum\"}", "birth_year: {column: \"geboortedatum\", form: year-of-date}",
      ],
      staged: [["from": "2015-01-01", "to": "2015-12-31", "birth_year": "1954"]], rows: 4),
    // Care providers.
    Case(
      name: "zorgverleners.csv",
      text: "AGB-code;naam;soort;postcode\n01000001;De Brug;huisarts;1011AB\n01000002;Het Plein;huisarts;1012CD\n",
      delivers: "provider", lines: ["agb: {column: \"AGB-code\", form: digits 8}", "name: {column: \"naam\"}"],
      staged: [["agb": "01000002", "name": "Het Plein"]], rows: 2),
    // What is like nothing.
    Case(
      name: "odd.csv", text: "kleur,maat\nrood,groot\nblauw,klein\nrood,klein\n", delivers: "provider",
      lines: [
        "# NOT RECOGNISED.", "takes \"kleur\" for codes of care providers", "claim_line: a number of the person",
      ],
      staged: [["agb": "rood"]], rows: 3),
    // Claims of nobody: the person is all that is missing.
    Case(
      name: "denials.csv",
      text: "claim_id,payer,procedure,billed_amount,service_date\n"
        + "C-1,North,90791,277.5,2025-02-10\nC-2,South,90834,121.79,2025-03-06\nC-3,North,90834,130.05,2025-03-07\n",
      delivers: "provider", lines: ["# NOT RECOGNISED.", "claim_line: a number of the person\n"],
      staged: [["agb": "C-2"]], rows: 3),
  ]

  @Test("the draft is of the right kind, is accepted and reads the file", arguments: cases)
  func kinds(_ example: Case) throws {
    let (draft, rows, account) = try Self.ingest(example.name, Array(example.text.utf8))
    #expect(draft.contains("delivers: \(example.delivers)\n"), "\(draft)")
    for line in example.lines { #expect(draft.contains(line), "\(line) in \(draft)") }
    #expect(draft.contains("NOT RECOGNISED") == ["odd.csv", "denials.csv"].contains(example.name))
    #expect(rows.count == example.rows, "\(account): \(draft)")
    for wanted in example.staged {
      #expect(rows.contains { row in wanted.allSatisfy { row[$0.key] == $0.value } }, "\(wanted) in \(rows.prefix(3))")
    }
  }

  @Test("amounts are known by their marks in other encodings too")
  func euroInWindows1252() throws {
    let head = Array("factuur;bsn;datum;bedrag\n".utf8)
    let rows = (1...3).flatMap { number -> [UInt8] in
      Array("F\(number);\(Persons.number(number));2016-01-0\(number);".utf8) + [0x80, 0xA0]
        + Array("\(number),25\n".utf8)
    }
    let (draft, staged, account) = try Self.ingest("facturen.csv", head + rows)
    #expect(
      draft.contains("encoding: windows-1252, decimal: \",\", thousands: \".\", currency-marks: [\"€\"]"), "\(draft)")
    #expect(Set(staged.compactMap { $0["amount_cents"] }) == ["125", "225", "325"], "\(account)")
  }

  @Test("claims are known by a number that never comes back, also where there are more of them than are counted")
  func manyClaims() throws {
    let rows = (0..<6_000).map { "K\($0)x;\(Persons.number($0 % 50));0\($0 % 9 + 1)-03-2016;\($0 % 90),50\n" }.joined()
    let draft = try InspectionTests.inspect("x.csv", Array(("ref;bsn;datum;bedrag\n" + rows).utf8)).draft
    #expect(draft.contains("delivers: claim_line") && draft.contains("claim: {column: \"ref\"}"), "\(draft)")
    // Without one they are not taken for claims, and the draft says why.
    let same = "soort;bsn;datum;bedrag\n" + (0..<60).map { "A;\(Persons.number($0));01-03-2016;\($0),50\n" }.joined()
    let periods = try InspectionTests.inspect("x.csv", Array(same.utf8)).draft
    #expect(periods.contains("delivers: insured_period") && periods.contains("# If these are claims, since \"bedrag\""))
  }

  @Test("two moments of an unknown questionnaire are one questionnaire")
  func moments() throws {
    let text =
      "bsn;T0_q1;T0_q2;T0_q3;T1_q1;T1_q2;T1_q3\n" + (1...4).map { "\(Persons.number($0));1;2;3;4;5;\($0)\n" }.joined()
    let draft = try InspectionTests.inspect("x.csv", Array(text.utf8)).draft()
    #expect(draft.instruments.map(\.id) == ["q"])
    #expect(draft.instruments[0].yaml.contains("{codes: [\"1\", \"2\", \"3\"], range: [0, 5]}"))
    #expect(draft.instruments[0].yaml.contains("range: [0, 15]"))
    #expect(draft.source.contains("moment: T0, items: {\"1\": \"T0_q1\""))
    #expect(draft.source.contains("moment: T1, items: {\"1\": \"T1_q1\""))
  }
}

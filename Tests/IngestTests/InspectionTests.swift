import Definitions
import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("A first look at an unknown export")
struct InspectionTests {
  static func inspect(_ name: String, _ bytes: [UInt8]) throws -> Inspection {
    let folder = try TemporaryFolder()
    try folder.write(name, "")
    try Data(bytes).write(to: folder.file(name))
    return try Inspection.of(folder.file(name))
  }

  /// Claims of sixty persons with names, mail addresses and days of birth.
  static let claims: String =
    "Declaratienummer;Regelnummer;BSN;Naam;Mail;Geboortedatum;Geslacht;AGB-code;Soort;Begindatum;Bedrag;Opmerking\n"
    + (0..<60).map { i in
      [
        "D\(1000 + i)", "1", Persons.number(i), "Jansen\(["a", "b", "c"][i % 3])", "p\(i)@example.org",
        "1\(i % 7)-03-19\(40 + i % 50)", ["M", "V"][i % 2], "0100000\(i % 9)", ["HA", "MS"][i % 2],
        "\(10 + i % 18)-0\(1 + i % 9)-2016", "\(i * 3 + 1).\(100 + i),5\(i % 10)", i % 5 == 0 ? "NULL" : "belt mevrouw",
      ].joined(separator: ";") + "\n"
    }.joined()

  @Test("columns, kinds and the draft")
  func profile() throws {
    let inspection = try Self.inspect("claims-2016.csv", Array(Self.claims.utf8))
    #expect(inspection.format == .delimited(delimiter: UInt8(ascii: ";"), hasHeader: true))
    #expect(inspection.records == 60)
    #expect(!inspection.isSampled)
    #expect(
      inspection.columns.map(\.kind) == [
        .text, .integer, .citizenNumber, .code, .email, .date, .code, .agb, .code, .date, .amount, .code,
      ])
    #expect(
      inspection.columns.filter(\.isPersonal).map(\.name) == ["BSN", "Naam", "Mail", "Geboortedatum", "Opmerking"])
    #expect(inspection.columns[8].codes == ["HA", "MS"])
    #expect(inspection.columns[9].datePatterns == ["dd-MM-yyyy"])
    #expect(inspection.draft.contains("amount_cents: {column: \"Bedrag\"}"))
    #expect(inspection.draft.contains("sex: {column: \"Geslacht\", codes: {\"M\": male, \"V\": female}"))
    #expect(inspection.draft.contains("name: [\"claims-*.csv\"]"))
  }

  @Test("a first name that is empty, as before row names, does not make the header a record")
  func rowNames() throws {
    let inspection = try Self.inspect("parts.csv", Array("\"\",\"Operator\",\"Part\"\n\"1\",\"A\",\"P1\"\n".utf8))
    #expect(inspection.format == .delimited(delimiter: UInt8(ascii: ","), hasHeader: true))
    #expect(inspection.records == 1)
    #expect(inspection.columns.map(\.name) == ["", "Operator", "Part"])
    #expect(!inspection.draft.contains("\"\""))
    // Without any name it is a record.
    #expect(
      try Self.inspect("numbers.csv", Array("1,2\n3,4\n".utf8)).format
        == .delimited(delimiter: UInt8(ascii: ","), hasHeader: false))
  }

  @Test("nothing that may be somebody's is in it")
  func personal() throws {
    let inspection = try Self.inspect("claims.csv", Array(Self.claims.utf8))
    let all =
      inspection.draft
      + inspection.columns.map { "\($0.shapes) \($0.codes) \($0.range ?? "") \($0.suspicions) \($0.name)" }.joined()
    for secret in [Persons.number(0), Persons.number(59), "Jansen", "example.org", "1940", "mevrouw"] {
      #expect(!all.contains(secret), "\(secret)")
    }
  }

  static let people = "bsn,geboren,from\n" + (0..<20).map { "\(Persons.number($0)),1950-01-02,2015-01-01\n" }.joined()
  static let drafts: [(name: String, bytes: [UInt8], records: Int)] = [
    ("unknown-a.csv", Array(claims.utf8), 60), ("unknown-b.csv", Array(people.utf8), 20),
    ("unknown-c.csv", [0xFF, 0xFE] + people.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, 20),
    ("unknown-d.csv", Array("a 'b'|x\n1|2\n3|4\n".utf8), 2),
    ("unknown-e.csv", Array("12345678\t5\n87654321\t6\n".utf8), 2),
    (
      "unknown-f.xml",
      Array(
        "<l><p bsn=\"\(Persons.number(0))\" vanaf=\"2015-01-01\"/><p bsn=\"\(Persons.number(1))\" vanaf=\"2015-01-01\"/></l>"
          .utf8),
      2
    ),
    (
      "unknown-g.json",
      Array(
        """
        {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "http://x/q",
         "subject": {"reference": "Patient/1"}, "item": [{"linkId": "1", "answer": [{"valueInteger": 3}]}]}
        """.utf8), 1
    ),
    // Lines before the header and behind the last record, days with one digit, no names, a name twice and one absent.
    (
      "unknown-h.csv",
      Array(
        ("Export van 2016\nsysteem X\n\nnummer;bsn;datum;bedrag\n"
          + (1...9).map { "\($0);\(Persons.number($0));\($0)-1\($0 % 3)-2016;1,50\n" }.joined() + "Totaal 9 regels\n")
          .utf8),
      9
    ),
    (
      "unknown-i.txt",
      Array((1...9).map { "\($0)\t\(Persons.number($0))\t2016-01-0\($0) 10:30:00\t\($0).25\n" }.joined().utf8), 9
    ),
    ("unknown-k.csv", Array("id;naam;naam;;bsn\n1;x;y;;5\n2;y;z;;6\n".utf8), 2),
    ("unknown-l.csv", Array("nummer;bedrag\n1;".utf8) + [0xA4] + Array(" 1,50\n2;2,50\n".utf8), 2),
  ]

  @Test("the draft is a definition that is accepted and that reads the file", arguments: 0..<drafts.count)
  func draft(index: Int) throws {
    let (name, bytes, records) = Self.drafts[index]
    let draft = try Self.inspect(name, bytes).draft
    let lab = try Lab(adding: ["sources/drafted.yaml": draft])
    try lab.deliver(name, bytes: bytes)
    let account = try lab.ingest().deliveries[0]
    #expect(account.source == "drafted")
    #expect(account.read == records)
    #expect(account.accepted == records)
  }

  @Test("a day that does not exist does not make a column of days text")
  func impossibleDay() throws {
    let rows = ["01-02-2016", "31-02-2016", "05-03-2016", "31-12-9999"]
    let text = "id;bsn;datum;bedrag\n" + rows.enumerated().map { "\($0);\(Persons.number($0));\($1);1,50\n" }.joined()
    let inspection = try Self.inspect("x.csv", Array(text.utf8))
    #expect(inspection.columns[2].kind == .date)
    #expect(inspection.columns[2].datePatterns == ["dd-MM-yyyy"])
    #expect(inspection.columns[2].suspicions[0] == "1 of the days do not exist")
    #expect(inspection.columns[2].suspicions[1].hasPrefix("1 of the days lie before 1850 or after 2150"))
    #expect(inspection.draft.contains("dates: [dd-MM-yyyy]"))
    #expect(inspection.draft.contains("start: {column: \"datum\"}"))
  }

  @Test("what stands around the records, and what occurs twice")
  func around() throws {
    let text = "Export\n\nid;bedrag\n1;1,50\n2;2,50\n2;2,50\n3;1,00\neinde\n"
    let inspection = try Self.inspect("x.csv", Array(text.utf8))
    #expect(inspection.skipLines == 2)
    #expect(inspection.footerLines == 1)
    #expect(inspection.records == 4)
    #expect(inspection.repeated == 1)
    #expect(inspection.columns.map(\.name) == ["id", "bedrag"])
    let keys = "id;a\n" + (0..<20).map { "K\(min($0, 18));x\n" }.joined()
    #expect(
      try Self.inspect("x.csv", Array(keys.utf8)).columns[0].suspicions
        == ["1 values occur again: look whether it is a key"])
    #expect(try Self.inspect("x.csv", Array("id;a\n1;".utf8) + [0xA4, 0x0A]).encoding == "iso-8859-15")
  }

  @Test("damage and doubtful things are pointed at")
  func suspicions() throws {
    let text =
      "AGB;Datum;Leeg\n"
      + (0..<20).map { i in "\(1_000_000 + i);\(i % 2 == 0 ? "42\(100 + i)" : "01-02-2016");\n" }.joined()
    let inspection = try Self.inspect("x.csv", Array(text.utf8))
    #expect(inspection.columns[0].suspicions.first?.contains("leading zero") == true)
    #expect(inspection.columns[1].suspicions.contains { $0.contains("numbers of days") })
    #expect(inspection.columns[2].suspicions == ["always empty"])
  }

  @Test("records of fixed width are seen to be that, and binary files are refused")
  func others() throws {
    let file = DeclarationFile(persons: [Persons.number(0), Persons.number(1)])
    #expect(try Self.inspect("zh308.asc", Array(file.text.utf8)).format == .fixedWidth(length: 570))
    #expect(throws: Problem.self) { _ = try Self.inspect("x.csv", [0x7F, 0x45, 0x4C, 0x46, 0, 0]) }
    #expect(throws: Problem.self) { _ = try Self.inspect("x.csv", []) }
  }
}

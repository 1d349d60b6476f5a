import Foundation
import Ingest
import Parquet
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Deliveries: recognition, headers, reuse")
struct DeliveryTests {
  static let people = "bsn,born,sex,from,to,postcode\n"
  static func person(_ index: Int, from: String = "2015-01-01") -> String {
    "\(Persons.number(index)),1960-05-05,V,\(from),,1011AB\n"
  }

  static func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch { return "\(error)" }
  }

  @Test("a delivery is read once and then reused")
  func reuse() throws {
    let lab = try Lab()
    try lab.deliver("people.csv", Self.people + Self.person(0) + "1,,,2015-01-01,,\n")
    let first = try lab.ingest().deliveries
    let folder = lab.workspace.staged(first[0].staged)
    let marker = folder.appending(path: "marker")
    try Data().write(to: marker)
    let second = try lab.ingest().deliveries
    #expect(second == first)
    #expect(FileManager.default.fileExists(atPath: marker.path))
    #expect(first[0].quarantined == 1)
  }

  @Test("another name, content, key or definition is another delivery")
  func noReuse() throws {
    let lab = try Lab()
    try lab.deliver("people.csv", Self.people + Self.person(0))
    let first = try lab.ingest().deliveries[0]
    let other = try lab.ingest(key: PseudonymKey(bytes: Array(1..<33))).deliveries[0]
    #expect(other.staged != first.staged)
    #expect(try lab.staged(other)[0]["person"] != lab.staged(first)[0]["person"])
    try lab.deliver("people.csv", Self.people + Self.person(1))
    #expect(try lab.ingest().deliveries[0].staged != first.staged)
    let changed = try Lab(changing: [("sources/people.yaml", "M: male", "m: male")])
    try changed.deliver("people.csv", Self.people + Self.person(0))
    #expect(try changed.ingest().deliveries[0].staged != first.staged)
  }

  @Test("without a header columns go by their number and the first record counts")
  func noHeader() throws {
    let lab = try Lab(adding: [
      "sources/people.yaml": """
      version: "1"
      reported-by: insurer
      delivers: insured_period
      recognise: {name: ["people*.csv"]}
      format: {type: delimited, delimiter: ",", encoding: utf-8, dates: [yyyy-MM-dd], header: false}
      fields:
        person: {column: "1", form: bsn}
        birth_year: {column: "2", form: year-of-date}
        from: {column: "4"}
      """
    ])
    try lab.deliver("people.csv", Self.person(0) + Self.person(1))
    let account = try lab.ingest().deliveries[0]
    #expect(account.read == 2 && account.accepted == 2)
  }

  @Test("the same content under a second name is skipped")
  func repeated() throws {
    let lab = try Lab()
    try lab.deliver("people-a.csv", Self.people + Self.person(0))
    try lab.deliver("people-b.csv", Self.people + Self.person(0))
    try lab.deliver("people-c.csv", Self.people + Self.person(1))
    #expect(try lab.ingest().deliveries.map(\.delivery) == ["people-a.csv", "people-c.csv"])
  }

  @Test("an interrupted attempt leaves nothing that is reused")
  func interrupted() throws {
    let lab = try Lab()
    try lab.deliver("people.csv", Self.people + Self.person(0))
    let account = try lab.ingest().deliveries[0]
    let folder = lab.workspace.staged(account.staged)
    // As if the process had ended before the last step.
    let partial = folder.deletingLastPathComponent().appending(path: ".\(account.staged).partial")
    try FileManager.default.moveItem(at: folder, to: partial)
    try Data().write(to: partial.appending(path: "part-00009.parquet"))
    #expect(try lab.ingest().deliveries[0] == account)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files == ["counts.json", "part-00000.parquet"])
  }

  @Test("the number of jobs changes nothing")
  func jobs() throws {
    var accounts: [[DeliveryAccount]] = []
    var rows: [[[[String: String]]]] = []
    for jobs in [1, 2, 5] {
      let lab = try Lab()
      for file in 0..<3 {
        try lab.deliver("people\(file).csv", Self.people + (file..<file + 50).map { Self.person($0) }.joined())
      }
      let deliveries = try lab.ingest(jobs: jobs).deliveries
      accounts.append(deliveries)
      rows.append(try deliveries.map { try lab.staged($0) })
    }
    #expect(accounts.allSatisfy { $0 == accounts[0] })
    #expect(rows.allSatisfy { $0 == rows[0] })
  }

  @Test("names are recognised without regard to case; ignored files are named")
  func recognition() throws {
    let lab = try Lab()
    try lab.deliver("PEOPLE-2016.CSV", Self.people + Self.person(0))
    try lab.deliver("Read me.TXT", "hello")
    try lab.deliver(".hidden", "hello")
    let result = try lab.ingest()
    #expect(result.deliveries.map(\.source) == ["people"])
    #expect(result.ignored == ["Read me.TXT"])
  }

  @Test("a file that nobody knows stops the stage, and so does one that two know")
  func unknownFile() throws {
    let lab = try Lab()
    try lab.deliver("strange\u{7}.dat", "x")
    #expect { _ = try lab.ingest() } throws: {
      ($0 as? Problem)?.place == "strange?.dat" && ($0 as? Problem)?.category == .data
    }
    let double = try Lab(changing: [("sources/register.yaml", "register*.csv", "peop*.csv")])
    try double.deliver("people.csv", Self.people + Self.person(0))
    #expect { _ = try double.ingest() } throws: { ($0 as? Problem)?.message.contains("people, register") == true }
  }

  @Test("no folder, an empty folder, and only ignored files are no input")
  func noInput() throws {
    let lab = try Lab()
    func isNoInput(_ error: any Error) -> Bool { (error as? Problem)?.category == .noInput }
    #expect { _ = try lab.ingest() } throws: { isNoInput($0) }
    try FileManager.default.createDirectory(at: lab.folder.file("input/sub"), withIntermediateDirectories: true)
    #expect { _ = try lab.ingest() } throws: { isNoInput($0) }
    try lab.deliver("a.txt", "")
    #expect { _ = try lab.ingest() } throws: { isNoInput($0) }
  }

  @Test("folders beside deliveries are left alone and said to be")
  func folders() throws {
    let lab = try Lab()
    try lab.deliver("people.csv", Self.people + Self.person(0))
    try lab.deliver("old/people.csv", Self.people + Self.person(1))
    try lab.deliver("old/deeper/letter.pdf", "letter")
    try lab.deliver("pictures/a.png", "picture")
    let result = try lab.ingest()
    #expect(result.deliveries.map(\.delivery) == ["people.csv"])
    #expect(result.ignored == ["old/", "pictures/"])
  }

  @Test("header names are compared without regard to case and blanks, in any order, with others between")
  func headers() throws {
    let lab = try Lab()
    try lab.deliver(
      "people.csv",
      "\u{FEFF}Post Code, FROM ,name,BSN,Born,SEX,to\n1012 cd,2015-02-03,Somebody,\(Persons.number(0)),1950-01-01,M,2015-12-31\n"
    )
    let account = try lab.ingest().deliveries[0]
    let row = try #require(try lab.staged(account).first)
    #expect(row["postcode4"] == "1012")
    #expect(row["from"] == "2015-02-03")
    #expect(row["to"] == "2015-12-31")
    #expect(row["sex"] == "M")
    #expect(!row.values.contains("Somebody"))
  }

  @Test("the first name that exists counts, and the other one when it does not")
  func aliases() throws {
    for (header, provider) in [("AGB", "01000001"), ("agb-code", "01000002"), ("AGB;AGB-code", "01000001")] {
      let lab = try Lab()
      let fields = header == "AGB;AGB-code" ? "01000001;01000002" : provider
      try lab.deliver(
        "claims.csv",
        "Number;Line;BSN;\(header);Care;Activity;Diagnosis;Start;Quantity;Amount;Birth;Sex;Postcode\n"
          + "D1;1;\(Persons.number(0));\(fields);HA;C;;31-12-2015;1;1;;;\n")
      let account = try lab.ingest().deliveries[0]
      #expect(try lab.staged(account).first?["provider"] == provider)
    }
  }

  @Test("all missing columns are named, with those that the file has")
  func missingColumns() throws {
    let lab = try Lab()
    try lab.deliver("people.csv", "bsn,sex,from,extra\n")
    let message = try #require(Self.message { _ = try lab.ingest() })
    #expect(message.hasPrefix("people.csv:1: the columns \"born\", \"to\", \"postcode\" of source people are missing."))
    #expect(message.contains("\"extra\""))
    #expect(FileManager.default.fileExists(atPath: lab.workspace.folder.appending(path: "staged").path))
  }

  @Test(
    "columns that another mark separates are said to be", arguments: [(";", "\";\""), ("\t", "a tab"), ("|", "\"|\"")])
  func otherDelimiter(mark: String, name: String) throws {
    let lab = try Lab()
    try lab.deliver("people.csv", Self.people.replacingOccurrences(of: ",", with: mark))
    let message = try #require(Self.message { _ = try lab.ingest() })
    #expect(message.hasSuffix("separated by \(name): check `delimiter` in sources/people.yaml."))
  }

  @Test("a file without records, or without anything, is no delivery", arguments: [people, ""])
  func emptyFile(text: String) throws {
    let lab = try Lab()
    try lab.deliver("people.csv", text)
    #expect { _ = try lab.ingest() } throws: { ($0 as? Problem)?.category == .data }
    let left = try FileManager.default.contentsOfDirectory(atPath: lab.workspace.folder.appending(path: "staged").path)
    #expect(left.filter { !$0.hasPrefix(".") } == [])
  }

  @Test(
    "files of another kind are said to be so",
    arguments: [[0xFF, 0xFE, 0x62, 0x00], [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00]] as [[UInt8]])
  func noText(bytes: [UInt8]) throws {
    let lab = try Lab()
    try lab.deliver("people.csv", bytes: bytes)
    #expect { _ = try lab.ingest() } throws: { ($0 as? Problem)?.category == .data }
  }

  @Test("rows lie in the row group of their person's bucket", arguments: [1, 4, 16])
  func buckets(count: Int) throws {
    let lab = try Lab(buckets: count)
    try lab.deliver("people.csv", Self.people + (0..<100).map { Self.person($0) }.joined())
    let account = try lab.ingest().deliveries[0]
    let file = lab.workspace.staged(account.staged).appending(path: "part-00000.parquet")
    let reader = try ParquetReader(path: file.path)
    #expect(reader.rowGroups.count == count)
    #expect(reader.rows == 100)
    var seen: Set<String> = []
    for bucket in 0..<count {
      let persons = try Lab.rows(file, group: bucket).compactMap { $0["person"] }
      let firsts = Set(persons.compactMap { $0.prefix(1).first?.hexDigitValue }.map { $0 * count / 16 })
      #expect(firsts.isSubset(of: [bucket]))
      seen.formUnion(persons)
    }
    #expect(seen.count == 100)
  }
}

import Foundation
import Samples
import Testing

/// Deliveries with faults: all of them listed, each where the list says.
struct FaultTests {
  private static let faulty = Result { try Delivery(persons: 300, seed: 2, faults: true) }
  private static let clean = Result { try Delivery(persons: 300, seed: 2) }

  @Test func theListIsTheReport() throws {
    let delivery = try Self.faulty.get()
    let rows = delivery.fields("faults.csv")
    #expect(rows.first == ["kind", "file", "record", "line", "column", "reason"])
    let listed = rows.dropFirst().map { $0 }
    let reported = delivery.report.faults.map {
      [$0.kind, $0.file, "\($0.record)", "\($0.line)", $0.column, $0.reason]
    }
    #expect(listed == reported)
    let kinds = Dictionary(grouping: delivery.report.faults, by: \.kind).mapValues(\.count)
    #expect(
      kinds == [
        "not-a-date": 3, "not-an-amount": 3, "bsn-check-digit": 3, "unknown-code": 3, "not-a-code": 3, "field-count": 3,
        "truncated-record": 3, "stray-quote": 3, "unclosed-quote": 3, "encoding": 3, "duplicate-line": 3, "credit": 6,
        "out-of-range": 3, "before-baseline": 3, "missing-person": 3,
      ])
    let places = delivery.report.faults.map { "\($0.file) \($0.record)" }
    #expect(Set(places).count == places.count, "a record has one fault at most")
  }

  @Test func countsGrowWithThePeople() throws {
    let delivery = try Delivery(persons: 4000, seed: 2, faults: true)
    let kinds = Dictionary(grouping: delivery.report.faults, by: \.kind).mapValues(\.count)
    #expect(kinds["not-a-date"] == 8)
    #expect(kinds["before-baseline"] == 8)
    #expect(kinds["credit"] == 80)
    #expect(kinds["truncated-record"] == 3)
  }

  /// Without the faulty lines, and without those added, what is left are the lines of the clean delivery.
  @Test(
    arguments: Delivery.insurerFiles + Delivery.hospitalFiles + ["verzekerden.csv", "prom-pijn.csv", "prem-pijn.csv"])
  func nothingElseIsChanged(name: String) throws {
    let faulty = try Self.faulty.get()
    let clean = try Self.clean.get()
    let faults = Dictionary(
      uniqueKeysWithValues: faulty.report.faults.filter { $0.file == name }.map { ($0.line, $0) })
    var cleanLines = clean.lines(name)[...]
    for (index, line) in faulty.lines(name).enumerated() {
      let fault = faults[index + 1]
      if let fault, ["duplicate-line", "credit"].contains(fault.kind) { continue }
      let original = cleanLines.popFirst()
      #expect((line == original) == (fault == nil), "\(name) line \(index + 1)")
    }
    #expect(cleanLines.isEmpty)
  }

  @Test func eachFaultIsWhatItIsCalled() throws {
    let delivery = try Delivery(persons: 600, seed: 9, faults: true)
    let files = Delivery.insurerFiles + Delivery.hospitalFiles + ["verzekerden.csv", "prom-pijn.csv", "prem-pijn.csv"]
    let tables = files.reduce(into: [String: [[String]]]()) { tables, name in
      let isSemicolon = name.hasPrefix("verzeker") || name.hasPrefix("prom")
      tables[name] = delivery.fields(name, isSemicolon ? ";" : ",")
    }
    for fault in delivery.report.faults where fault.file != "prom-pijn.xml" {
      let rows = try #require(tables[fault.file])
      let header = rows[0].map { $0.filter { $0 != "\"" && $0 != "\u{FEFF}" } }
      let row = rows[fault.line - 1]
      #expect(fault.line == fault.record + 1)
      let value = header.firstIndex(of: fault.column).map { row[$0].filter { $0 != "\"" } } ?? ""
      switch fault.kind {
      case "not-a-date": #expect(["30-02-2016", "2016-13-45", "binnenkort", "2017-04-31"].contains(value))
      case "not-an-amount": #expect(value == "n.v.t.")
      case "bsn-check-digit": #expect(value.count == 9 && !Delivery.passesElevenTest(value))
      case "unknown-code": #expect(["Ruimtevaart", "Z"].contains(value))
      case "not-a-code": #expect(value.count == 7 || value.contains { $0.isLetter })
      case "field-count": #expect(row.count == header.count + 1)
      case "truncated-record":
        #expect(row.count < header.count && fault.line == rows.count && fault.reason == "field-count")
        #expect(delivery.files[fault.file]?.last != UInt8(ascii: "\n"))
      case "stray-quote": #expect(row.contains("L\"86"))
      case "unclosed-quote": #expect(row.contains("\"L86"))
      case "encoding": #expect(value.contains("\u{FFFD}"))
      case "duplicate-line":
        let copies = Delivery.insurerFiles.flatMap { tables[$0, default: []] }.count { $0 == row }
        #expect(copies == 2 && fault.reason == "superseded")
      case "credit": #expect(value.hasPrefix("-") && fault.reason.isEmpty)
      case "out-of-range": #expect(value == "14")
      case "before-baseline": #expect(row[4] != row[19] && !row[19].isEmpty)
      case "missing-person": #expect(value.isEmpty)
      default: Issue.record("unexpected kind \(fault.kind)")
      }
    }
  }

  @Test func faultsInTheDocument() throws {
    let delivery = try Delivery(persons: 600, seed: 9, faults: true)
    let lines = delivery.lines("prom-pijn.xml").map { String(decoding: $0, as: UTF8.self) }
    let faults = delivery.report.faults.filter { $0.file == "prom-pijn.xml" }
    #expect(Set(faults.map(\.kind)) == ["out-of-range", "before-baseline"])
    for fault in faults {
      let response = lines[(fault.line - 1)..<(fault.line + 7)].joined()
      #expect(response.hasPrefix("<respons id=\"R") && response.hasSuffix("</respons>"))
      if fault.kind == "out-of-range" { #expect(response.contains("vraag=\"3\" waarde=\"14\"")) }
      if fault.kind == "before-baseline" { #expect(response.contains("<meetmoment>T1</meetmoment>")) }
    }
    #expect(
      lines.count { $0.contains("waarde=\"14\"/>") && $0.contains("PDI") } == faults.count { $0.kind == "out-of-range" }
    )
  }

  @Test func theRefusedDeliveryLacksTheAmounts() throws {
    let delivery = try Delivery(persons: 10, seed: 2, faults: true)
    let rows = delivery.fields("refused/verzekeraar-declaraties-2019.csv")
    #expect(rows.count == 21)
    #expect(rows.allSatisfy { $0.count == 13 })
    #expect(!rows[0].contains("Bedrag") && rows[0].contains("Aantal"))
  }
}

import Foundation
import Samples
import TestSupport
import Testing

/// Deliveries without faults.
struct SamplesTests {
  private static let insurerHeader =
    "Declaratienummer;Regelnummer;BSN;UZOVI;AGB;Zorgsoort;Activiteit;Prestatiecode;Diagnosecode;Begindatum;"
    + "Einddatum;Aantal;Bedrag;Omschrijving"
  private static let hospitalHeader =
    "claim_id,line_no,bsn,provider_agb,care_type,activity,performance_code,diagnosis,start_date,end_date,quantity,"
    + "amount"

  @Test func sameSeedGivesTheSameBytes() throws {
    let first = try Delivery(persons: 120, seed: 7, faults: true)
    let second = try Delivery(persons: 120, seed: 7, faults: true)
    #expect(first.files == second.files)
    #expect(first.report.faults == second.report.faults)
  }

  @Test func anotherSeedGivesOtherPeople() throws {
    let first = try Delivery(persons: 60, seed: 7)
    let second = try Delivery(persons: 60, seed: 8)
    for (name, bytes) in first.files where name != "zorgaanbieders.csv" {
      #expect(bytes != second.files[name], "\(name) is the same for both seeds")
    }
    #expect(first.files["zorgaanbieders.csv"] == second.files["zorgaanbieders.csv"])
  }

  /// A person depends on the seed and its place alone, so more people only add lines.
  @Test func morePeopleLeaveTheFirstOnesAsTheyAre() throws {
    let few = try Delivery(persons: 40, seed: 3)
    let many = try Delivery(persons: 90, seed: 3)
    for (name, bytes) in few.files where name.hasSuffix(".csv") {
      let longer = try #require(many.files[name])
      #expect(longer.starts(with: bytes), "\(name)")
    }
  }

  /// What ships beside the pipeline of Positive Health is what `spiegel samples --set positive-health --persons 510` makes.
  @Test func positiveHealth() throws {
    let folder = try TemporaryFolder()
    let options = SampleOptions(persons: 510, seed: 1, set: .positiveHealth)
    let report = try SampleGenerator.write(options, to: folder.file("made"))
    #expect(report.files.map(\.name) == ["positieve-gezondheid.csv", "werkbeleving.csv", "zorgaanbieders.csv"])
    #expect(report.files.map(\.records) == [510, 204, 6])
    for (name, _) in report.files {
      let shipped = try Data(contentsOf: Shared.package.appending(path: "samples/positieve-gezondheid/\(name)"))
      #expect(try Data(contentsOf: folder.file("made/\(name)")) == shipped, "\(name)")
    }
    let other = SampleOptions(persons: 510, seed: 2, set: .positiveHealth)
    _ = try SampleGenerator.write(other, to: folder.file("other"))
    for name in ["positieve-gezondheid.csv", "werkbeleving.csv"] {
      #expect(try Data(contentsOf: folder.file("other/\(name)")) != Data(contentsOf: folder.file("made/\(name)")))
    }
  }

  @Test func headersAndEncodings() throws {
    let delivery = try Delivery(persons: 400, seed: 5)
    for name in Delivery.insurerFiles {
      let bytes = try #require(delivery.files[name])
      #expect(bytes.starts(with: Array((Self.insurerHeader + "\r\n").utf8)))
      // é of "één" or ë of "patiënt" is one byte, which is not UTF-8.
      #expect(bytes.contains(0xEB))
      #expect(String(validating: bytes, as: UTF8.self) == nil)
      #expect(bytes.count { $0 == 0x0A } == bytes.count { $0 == 0x0D })
    }
    for name in Delivery.hospitalFiles {
      let bytes = try #require(delivery.files[name])
      #expect(bytes.starts(with: Array((Self.hospitalHeader + "\n").utf8)))
      #expect(!bytes.contains(0x0D))
    }
    let insured = try #require(delivery.files["verzekerden.csv"])
    #expect(insured.starts(with: [0xEF, 0xBB, 0xBF] + Array("BSN;Naam;Geboortedatum;Geslacht;Postcode;".utf8)))
    #expect(insured.suffix(2) == [0x0D, 0x0A])
    #expect(String(validating: insured, as: UTF8.self)?.contains("ë") == true)
    let table = try #require(delivery.fields("prom-pijn.csv").first)
    #expect(table.count == 34)
    #expect(Array(table[..<6]) == ["Traject", "BSN", "AGB", "Indexdatum", "T0_datum", "T0_NRS"])
    #expect(Array(table[18...20]) == ["T0_VAS", "T1_datum", "T1_NRS"])
    let experience = delivery.fields("prem-pijn.csv", ",")
    #expect(experience.allSatisfy { $0.count == 11 && $0.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") } })
    #expect(experience.contains { $0.contains("\"n.v.t.\"") })
  }

  @Test func everyRecordHasAllFieldsAndIsCounted() throws {
    let delivery = try Delivery(persons: 300, seed: 11)
    let widths = [
      "verzekeraar": (";", 14), "ziekenhuis": (",", 12), "verzekerden": (";", 9), "zorgaanbieders": (";", 6),
    ]
    for (name, records) in delivery.report.files {
      guard let (delimiter, width) = widths.first(where: { name.hasPrefix($0.key) })?.value else { continue }
      let rows = delivery.fields(name, Character(delimiter))
      #expect(rows.count == records + 1, "\(name)")
      #expect(rows.allSatisfy { $0.count == width }, "\(name)")
    }
    let text = String(decoding: delivery.files["prom-pijn.xml", default: []], as: UTF8.self)
    let responses = delivery.report.files.first { $0.name == "prom-pijn.xml" }?.records
    #expect(text.components(separatedBy: "<respons ").count - 1 == responses)
    #expect(text.components(separatedBy: "</respons>").count - 1 == responses)
    #expect(text.hasSuffix("</respons>\n</aanlevering>\n"))
  }

  @Test func everyCitizenServiceNumberPassesTheElevenTest() throws {
    let delivery = try Delivery(persons: 300, seed: 4)
    var insured: Set<String> = []
    for row in delivery.fields("verzekerden.csv").dropFirst() {
      #expect(Delivery.passesElevenTest(row[0]))
      #expect(row[0].hasPrefix("9999"))
      insured.insert(row[0])
    }
    #expect(insured.count == 300)
    for name in Delivery.insurerFiles {
      for row in delivery.fields(name).dropFirst() { #expect(insured.contains(row[2])) }
    }
    for name in Delivery.hospitalFiles {
      for row in delivery.fields(name, ",").dropFirst() { #expect(insured.contains(row[2])) }
    }
  }

  /// There are some nine thousand numbers in the test range; beyond it they must stay valid and unique.
  @Test func numbersBeyondTheTestRange() throws {
    let delivery = try Delivery(persons: 10_000, seed: 1)
    let numbers = Set(delivery.fields("verzekerden.csv").dropFirst().map { $0[0] })
    #expect(numbers.count == 10_000)
    #expect(numbers.allSatisfy { Delivery.passesElevenTest($0) })
    #expect(numbers.contains { !$0.hasPrefix("9999") })
  }

  @Test func noLineTwice() throws {
    let delivery = try Delivery(persons: 300, seed: 6)
    for files in [(Delivery.insurerFiles, Character(";")), (Delivery.hospitalFiles, ",")] {
      let keys = files.0.flatMap { delivery.fields($0, files.1).dropFirst().map { "\($0[0])/\($0[1])" } }
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test func sizesOfTheCommittedDeliveries() throws {
    let clean = try Delivery(persons: 2000, seed: 1)
    #expect(clean.files.values.reduce(0) { $0 + $1.count } <= 4_500_000)
    let faulty = try Delivery(persons: 300, seed: 2, faults: true)
    #expect(faulty.files.values.reduce(0) { $0 + $1.count } <= 700_000)
  }

  @Test func nobody() throws {
    let delivery = try Delivery(persons: 0, seed: 1)
    #expect(delivery.report.files.allSatisfy { $0.name == "zorgaanbieders.csv" || $0.records == 0 })
    #expect(delivery.lines("verzekeraar-declaraties-2015.csv").count == 1)
  }
}

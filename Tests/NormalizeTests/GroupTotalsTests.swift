import CoreDataset
import Foundation
import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Totals of groups in the core dataset")
struct GroupTotalsTests {
  static let source = """
    version: "1"
    reported-by: insurer
    delivers: group_total
    recognise: {name: "totals*.csv"}
    format: {type: delimited, delimiter: ";", encoding: utf-8}
    fields:
      unit: {column: place, codes: {North: n, South: s}, unknown: reject}
      period: {column: year}
      sex: {column: sex, codes: {M: male, V: female}, unknown: set-aside}
      age_band: {column: age, codes: {young: 00-49, old: 50+}, unknown: reject}
      insured_years: {column: years}
      persons: {column: people}
    amounts: {columns: {general-practice: [gp], pharmacy: [drugs]}}
    """
  static let header = "year;place;sex;age;people;years;gp;drugs\n"

  static func normalize(_ files: String...) throws -> (lab: Lab, manifest: Manifest, run: RunFolder) {
    let lab = try Lab(adding: ["sources/totals.yaml": source])
    for (number, text) in files.enumerated() { try lab.deliver("totals-\(number).csv", header + text) }
    let (manifest, run) = try lab.normalize()
    return (lab, manifest, run)
  }

  @Test("a group has standard codes, who reported it, and leads back to its record")
  func coded() throws {
    let (lab, manifest, run) = try Self.normalize("2015;North;M;old;20;19.5;100.00;0.01\n")
    let rows = try lab.core("group_total", run)
    #expect(rows.count == 2 && manifest.coreRows["group_total"] == 2)
    #expect(
      rows[0] == [
        "unit": "n", "period": "2015", "sex": "male", "age_band": "50+", "insured_years": "19.5", "persons": "20",
        "care_type": "general-practice", "delivered_as": "gp", "amount_cents": "10000", "reported_by": "insurer",
        "delivery": "totals-0.csv", "record": "2",
      ])
    #expect(rows[1]["amount_cents"] == "1")
    #expect(manifest.deliveries[0].acceptedCents == 10_001)
    #expect(manifest.notes == [:])
  }

  @Test("a rest record is in the core dataset and is noted")
  func restRecord() throws {
    let (lab, manifest, run) = try Self.normalize("2015;;;;9;8;1;2\n2015;North;M;old;20;19.5;100;0\n")
    #expect(try lab.core("group_total", run).count { $0["unit"] == nil } == 2)
    #expect(manifest.notes == ["group_total records without unit": 1])
    #expect(manifest.deliveries[0].accepted == 2 && manifest.deliveries[0].acceptedCents == 10_300)
  }

  @Test("the group of a later delivery replaces the earlier one, and the account adds up to the cent")
  func laterWins() throws {
    let (lab, manifest, run) = try Self.normalize(
      "2015;North;M;old;20;19.5;100;1\n2015;South;M;old;30;29;200;2\n2016;North;M;old;20;19;5;5\n",
      "2015;North;M;old;21;20;110;3\n")
    #expect(manifest.deliveries.map(\.superseded) == [1, 0])
    #expect(manifest.deliveries.map(\.supersededCents) == [10_100, 0])
    #expect(manifest.deliveries.map(\.acceptedCents) == [21_200, 11_300])
    #expect(manifest.deliveries.allSatisfy { $0.addsUp })
    let rows = try lab.core("group_total", run)
    #expect(rows.count == 6)
    #expect(rows.filter { $0["unit"] == "n" && $0["period"] == "2015" }.map { $0["persons"] } == ["21", "21"])
  }

  @Test("a group that stands twice in one delivery is set aside the second time")
  func twice() throws {
    let (lab, manifest, run) = try Self.normalize(
      "2015;North;M;old;20;19.5;100;1\n2015;North;M;old;20;19.5;70;1\n2015;North;V;old;20;19.5;1;1\n")
    #expect(manifest.deliveries[0].accepted == 2 && manifest.deliveries[0].quarantined == 1)
    #expect(manifest.deliveries[0].acceptedCents == 10_300)
    #expect(manifest.deliveries[0].reasons == ["duplicate-group": 1])
    #expect(try lab.core("group_total", run).count == 4)
    let entry = try #require(try lab.quarantine(run).first)
    #expect(entry["record"] == "3" && entry["reason"] == "duplicate-group")
  }

  @Test("an unknown code is counted once for its record, whatever the number of amounts")
  func unknownCodes() throws {
    let (lab, manifest, run) = try Self.normalize(
      "2015;West;M;old;20;19.5;100;1\n2015;North;X;old;20;19.5;70;1\n2015;North;M;older;20;19.5;1;1\n")
    #expect(manifest.deliveries[0].read == 3)
    #expect(manifest.deliveries[0].accepted == 1 && manifest.deliveries[0].quarantined == 2)
    #expect(manifest.deliveries[0].valuesSetAside == 1)
    #expect(manifest.deliveries[0].reasons == ["unknown-code": 2])
    let rows = try lab.core("group_total", run)
    #expect(rows.count == 2 && rows.allSatisfy { $0["sex"] == nil && $0["unit"] == "n" })
    #expect(
      try lab.quarantine(run).map { $0["scope"] }.sorted { $0 ?? "" < $1 ?? "" } == ["record", "record", "value"])
  }

  @Test("a pipeline without such sources has no such table")
  func none() throws {
    let lab = try Lab()
    try lab.deliver("claims.csv", claimHeader + claim("D1"))
    let (manifest, run) = try lab.normalize()
    #expect(manifest.coreRows["group_total"] == nil)
    #expect(!FileManager.default.fileExists(atPath: run.core("group_total").path))
  }
}

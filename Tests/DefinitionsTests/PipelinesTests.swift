import Columns
import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

/// The pipelines of the project load, and say what they should.
@Suite struct PipelinesTests {
  static func load(_ name: String) throws -> Pipeline {
    do {
      return try Pipeline.load(folder: Shared.package.appending(path: "pipelines/\(name)"))
    } catch {
      for problem in error.errors { Issue.record("\(problem)") }
      throw error
    }
  }

  @Test func nhsProms() throws {
    let pipeline = try Self.load("nhs-proms")
    #expect(pipeline.id == "nhs-proms")
    #expect(pipeline.periods.map(\.id) == ["2016/17"])
    #expect(pipeline.ignoredFiles == ["ProvComm*", "PartLink*", "Time Series*"])
    #expect(pipeline.digest.count == 64)
    #expect(pipeline.indicators.count == 2 * 3 * 7 + 3)
    #expect(pipeline.populations.map(\.id) == ["hip-primary", "hip-revision"])
    #expect(pipeline.populations[0].conditions == [.carePath(["hip-primary"])])

    let source = try #require(pipeline.sources.first)
    #expect(source.fields.map(\.target) == ["person", "path", "index_date", "provider"])
    #expect(source.fields[0].form == .recordAsPerson)
    #expect(source.fields[1].codes == ["0": "hip-primary", "1": "hip-revision"])
    #expect(source.fields[1].unknown == .reject)
    #expect(
      source.questionnaires.map { "\($0.instrument) \($0.moment)" } == [
        "nhs-background T0", "oxford-hip T0", "eq-5d-3l-uk T0", "eq-vas T0", "oxford-hip T1", "eq-5d-3l-uk T1",
        "eq-vas T1",
      ])
    let after = source.questionnaires[4]
    #expect(after.items.count == 12)
    #expect(after.items[0] == ("1", "Hip Replacement Post-Op Q Pain"))
    #expect(after.delivered.map(\.column) == ["Hip Replacement Post-Op Q Score"])
    #expect(after.predicted.map(\.column) == ["Hip Replacement OHS Post-Op Q Predicted"])

    let worsened = try #require(pipeline.indicators.first { $0.id == "hip-revision-vas-worsened" })
    #expect(worsened.measure == .scoreShare)
    #expect(worsened.direction == .lowerBetter)
    #expect(worsened.population == "hip-revision")
    #expect(worsened.parameters.outcome == .worsened)
    #expect(worsened.parameters.threshold == nil)
    #expect(worsened.parameters.requiresPrediction)
    #expect(worsened.parameters.from == "T0")
    #expect(worsened.parameters.to == "T1")
    let before = try #require(pipeline.indicators.first { $0.id == "hip-primary-ohs-before" })
    #expect(before.parameters.pairedWith == "T1")
  }

  /// Every column that the source names is in the export.
  @Test(.enabled(if: Shared.isPresent, Comment(rawValue: Shared.hint))) func nhsColumnsExist() throws {
    let source = try #require(try Self.load("nhs-proms").sources.first)
    let folder = Shared.file("data/nhs-proms-2016-17")
    let file = folder.appending(path: "Hip Replacement Provider 1617.csv")
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    let start = String(decoding: try handle.read(upToCount: 16_384) ?? Data(), as: UTF8.self)
    let header = Set(start.prefix { !$0.isNewline }.split(separator: ",").map(String.init))
    var columns = source.fields.flatMap(\.columns)
    for questionnaire in source.questionnaires {
      columns += questionnaire.items.map(\.column) + questionnaire.delivered.map(\.column)
      columns += questionnaire.predicted.map(\.column)
    }
    #expect(columns.count == 2 + 2 * (12 + 5 + 1) + 4 + 3 + 19)
    for column in columns { #expect(header.contains(column), "\(column)") }
  }

  @Test func chronischePijn() throws {
    let pipeline = try Self.load("chronische-pijn")
    #expect(pipeline.periods.map(\.id) == ["2015", "2016", "2017", "2018"])
    #expect(pipeline.periods[1].from.description == "2016-01-01")
    #expect(pipeline.periods[1].to.description == "2016-12-31")
    #expect(pipeline.baseline == "2015")
    #expect(pipeline.minimumPersons.value == 10)
    #expect(pipeline.indicators.count == 25)
    #expect(
      pipeline.mirror.recipients == [
        "nation", "proeftuin", "zorgkantoor", "zorgverzekeraar", "provider", "public", "research",
      ])
    let insurers = try #require(pipeline.regions.first { $0.id == "zorgverzekeraar" })
    #expect(insurers.isByInsurer && insurers.units.count == 5 + 1)
    #expect(
      pipeline.sources.map(\.id) == [
        "prem-pijn", "prom-pijn-tabel", "prom-pijn-xml", "verzekeraar-declaraties", "verzekerden",
        "ziekenhuis-declaraties", "ziekenhuis-zh308", "zorgaanbieders",
      ])

    let claims = try #require(pipeline.sources.first { $0.id == "verzekeraar-declaraties" })
    #expect(claims.encoding == .windows1252)
    #expect(claims.amounts.mark == UInt8(ascii: ","))
    #expect(
      claims.fields.map(\.target) == [
        "claim", "line", "person", "provider", "insurer", "care_type", "activity", "specialty", "performance_code",
        "diagnosis_code", "start", "end", "quantity", "amount_cents",
      ])
    let care = try #require(claims.fields.first { $0.target == "care_type" })
    #expect(care.codes["Huisartsenzorg"] == "general-practice")
    #expect(care.codes.count == 10)
    #expect(care.isRequired)
    #expect(try #require(claims.fields.first { $0.target == "provider" }).columns == ["AGB", "AGB-code"])

    let table = try #require(pipeline.sources.first { $0.id == "prom-pijn-tabel" })
    #expect(table.questionnaires[1].items.map(\.column) == (1...7).map { "T0_PDI_\($0)" })
    #expect(table.questionnaires[2].items.map(\.column) == ["MO", "ZZ", "DA", "PK", "AD"].map { "T0_EQ5D_\($0)" })
    #expect(table.questionnaires[0].completedOn == "T0_datum")

    let cost = try #require(pipeline.indicators.first { $0.id == "kosten-rug-en-nekpijn" })
    #expect(cost.target?.threshold.value == -0.2)
    #expect(cost.target?.period == "2018")
    #expect(cost.parameters.byCareType)
    let improved = try #require(pipeline.indicators.first { $0.id == "pijn-verbeterd" })
    #expect(improved.parameters.threshold?.value == 2)
    #expect(improved.parameters.threshold?.why.contains("Farrar") == true)
  }

  @Test func positieveGezondheid() throws {
    let pipeline = try Self.load("positieve-gezondheid")
    #expect(pipeline.indicators.map(\.goal) == Array(repeating: .health, count: 6) + [.work])
    guard case .spider(let indicators, 0...10)? = pipeline.mirror.charts.first?.kind else {
      Issue.record("there is no spider web")
      return
    }
    #expect(indicators == pipeline.indicators.dropLast().map(\.id))
  }

  @Test func vektisOpen() throws {
    let pipeline = try Self.load("vektis-open")
    #expect(pipeline.periods.map(\.id) == ["2015"])
    #expect(pipeline.maximumQuarantined.value == 0)
    #expect(pipeline.indicators.map(\.measure) == [.groupCostShare, .groupCostRatio, .groupCostPerPersonYear])
    #expect(pipeline.ageBands.count == 19 && pipeline.ageBands.first == "00-04" && pipeline.ageBands.last == "90+")
    let totals = try #require(pipeline.sources.first?.totals)
    #expect(totals.every == "KOSTEN_*" && totals.amounts.count == 22)
    #expect(totals.amounts.count { $0.careType == .generalPractice } == 4)
    let towns = try #require(pipeline.regions.first { $0.id == "gemeente" })
    #expect(towns.units.count == 388 + 1)
    // Care-office regions by municipality have the codes and names that they have by postcode.
    let offices = try #require(pipeline.regions.first { $0.id == "zorgkantoor" })
    let byPostcode = try #require(try Self.load("chronische-pijn").regions.first { $0.id == "zorgkantoor" })
    #expect(offices.units == byPostcode.units)
    let codes = try #require(pipeline.sources.first?.fields.first { $0.target == "unit" }?.codes)
    #expect(codes.count == 388)
    for code in codes.values {
      #expect(offices.unit(ofMunicipality: code, on: pipeline.periods[0].from) != nil, "\(code)")
    }
  }

  @Test func regions() throws {
    let pipeline = try Self.load("chronische-pijn")
    let day = pipeline.periods[0].from
    let offices = try #require(pipeline.regions.first { $0.id == "zorgkantoor" })
    #expect(offices.units.count == 31 + 1)
    #expect(offices.units.last?.code == RegionLayout.unplaced)
    #expect(offices.units[offices.unit(ofPostcode: 8011, on: day)].name == "Zwolle")
    #expect(offices.units[offices.unit(ofPostcode: 3111, on: day)].code == "westland-schieland-delfland")
    #expect(offices.unit(ofPostcode: 1099, on: day) == 31)
    #expect(offices.unit(ofPostcode: -1, on: day) == 31)

    let labs = try #require(pipeline.regions.first { $0.id == "proeftuin" })
    #expect(
      labs.units.map(\.code) == [
        "groningen", "nijmegen", "overig", "utrecht", "zuid-limburg", "zwolle", RegionLayout.unplaced,
      ])
    #expect(labs.units[labs.unit(ofPostcode: 6411, on: day)].name == "Heerlen en Zuid-Limburg")
    #expect(labs.units[labs.unit(ofPostcode: 1011, on: day)].code == "overig")
  }
}

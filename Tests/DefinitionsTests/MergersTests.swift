import Columns
import Definitions
import Foundation
import TestSupport
import Testing

@Suite("Municipalities that were dissolved have the region that their territory went to")
struct MergersTests {
  /// A layout of municipalities of 2019, and mergers of every kind.
  private func pipeline(_ mergers: String = Self.mergers) throws -> SmallPipeline {
    var pipeline = SmallPipeline()
    try pipeline.edit(
      "pipeline.yaml", "name: {nl: Land, en: Country}}]",
      "name: {nl: Land, en: Country}}, {id: towns, file: towns.csv, mergers: gone.csv, name: {nl: T, en: T}}]")
    pipeline.files["regions/towns.csv"] = "municipality;unit;name\n10;a;A\n11;a;A\n20;b;B\n"
    pipeline.files["regions/gone.csv"] = mergers
    pipeline.files["sources/totals.yaml"] = Mistakes.totalsSource
    pipeline.files["indicators/ratio.yaml"] = Mistakes.totalsIndicator
    return pipeline
  }

  static let mergers = """
    municipality;into;on
    1;2;2016-01-01
    2;10;2018-01-01
    3;10;2018-01-01
    3;11;2018-01-01
    4;10;2018-01-01
    4;20;2018-01-01
    5;99;2017-01-01
    6;10;2010-01-01
    6;20;2018-01-01
    20;10;2021-01-01
    7;5;2016-01-01
    7;10;2016-01-01
    """

  private static let places: [(code: String, day: String, unit: String?, why: String)] = [
    ("10", "2015-01-01", "a", "is there itself"),
    ("2", "2015-01-01", "a", "went to 10"), ("2", "2019-01-01", "a", "has expired, and is delivered all the same"),
    ("1", "2015-01-01", "a", "went to 2, which went to 10"),
    ("3", "2015-01-01", "a", "was divided within a region"),
    ("4", "2015-01-01", nil, "was divided over two regions"),
    ("5", "2015-01-01", nil, "went to what the layout lacks"),
    ("7", "2015-01-01", nil, "was divided over a region and what the layout lacks"),
    ("8", "2015-01-01", nil, "is not known"),
    ("6", "2009-12-31", "a", "is the first of two with this code"),
    ("6", "2010-01-01", "b", "is the second of two with this code"),
    ("6", "2019-01-01", "b", "is the second, and has expired"),
    ("20", "2022-01-01", "b", "stays where the layout has it"),
  ]

  @Test(arguments: places)
  func place(code: String, day: String, unit: String?, why: String) throws {
    let layout = try #require(try pipeline().load().regions.first { $0.id == "towns" })
    let found = layout.unit(ofMunicipality: code, on: try #require(Day(day)))
    #expect(found.map { layout.units[$0].code } == unit, "\(why)")
  }

  @Test(arguments: [
    ("1;2;soon", "regions/gone.csv:2:1: expected a date as yyyy-MM-dd, found \"soon\""),
    (
      "1;1;2018-01-01",
      "regions/gone.csv:2:1: a merger needs the code of a municipality and that of another one which has its territory"
    ),
    ("1;2;2018-01-01\n1;2;2018-01-01", "regions/gone.csv:3:1: merger of municipality \"1\" occurs twice"),
  ])
  func mistakes(line: String, message: String) throws {
    #expect(try pipeline("municipality;into;on\n\(line)\n").problems() == [message])
  }

  @Test("two that went into each other are in no region")
  func circle() throws {
    let layout = try #require(
      try pipeline("municipality;into;on\n1;2;2018-01-01\n2;1;2018-01-01\n").load().regions.first { $0.id == "towns" })
    #expect(layout.unit(ofMunicipality: "1", on: Day(0)) == nil)
  }

  @Test("there is no file, or the layout goes by postcode")
  func wrongPlace() throws {
    var pipeline = try pipeline()
    pipeline.files["regions/gone.csv"] = nil
    #expect(
      try pipeline.problems() == [
        "pipeline.yaml:11:108: there is no file regions/gone.csv and no file ../regions/gone.csv"
      ])
    pipeline = SmallPipeline()
    try pipeline.edit("pipeline.yaml", "file: land.csv", "file: land.csv, mergers: gone.csv")
    #expect(
      try pipeline.problems() == [
        "pipeline.yaml:11:47: mergers are of municipalities; this layout does not go by them"
      ])
  }

  /// The real table: every municipality of 1 January 2015 has a care-office region of 2019, as the mergers between 2015 and
  /// 2019 left 355 of 393.
  @Test("codes of 2015 on the regions of 2019")
  func real() throws {
    let pipeline = try Pipeline.load(folder: Shared.package.appending(path: "pipelines/vektis-open"))
    let layout = try #require(pipeline.regions.first { $0.id == "zorgkantoor" })
    let day = try #require(Day("2015-01-01"))
    func region(_ code: String) -> String? { layout.unit(ofMunicipality: code, on: day).map { layout.units[$0].code } }
    // Bussum, by Gooise Meren; Sint-Oedenrode, by Meierijstad; Winsum, divided within Groningen; Littenseradiel within
    // Friesland; Maasdonk was divided over two before that day, both in one region.
    #expect(region("0381") == "t-gooi" && region("0381") == region("1942"))
    #expect(region("0846") == region("1948") && region("0846") != nil)
    #expect(region("0053") == "groningen" && region("0140") == "friesland")
    #expect(region("1671") == region("0796") && region("0796") == region("0828"))
    #expect(layout.eras[0].unitByMunicipality?.count == 355 + 66)
  }
}

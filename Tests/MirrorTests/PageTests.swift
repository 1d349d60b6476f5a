import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

@testable import Mirror

@Suite("The page")
struct PageTests {
  static func page(_ path: String) throws -> String {
    String(decoding: try #require(MirrorTests.files["\(path)/spiegel.html"]), as: UTF8.self)
  }

  /// Elements without content.
  static let void: Set<String> = ["meta", "br", "hr", "img", "link", "input"]

  /// Tags that are not closed, or closed without being open.
  static func unbalanced(_ page: String) -> [String] {
    var open: [String] = []
    var problems: [String] = []
    for piece in page.components(separatedBy: "<").dropFirst() where !piece.hasPrefix("!") {
      guard let end = piece.firstIndex(of: ">") else {
        problems.append(piece)
        continue
      }
      let tag = piece[..<end]
      let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
      if tag.hasPrefix("/") {
        if open.last == name { open.removeLast() } else { problems.append("</\(name)>") }
      } else if !tag.hasSuffix("/") && !void.contains(name) {
        open.append(name)
      }
    }
    return problems + open
  }

  @Test(
    "Pages are well formed, self-contained and in Dutch",
    arguments: ["nation/NL", "proeftuin/zwolle", "provider/08401007", "provider/08401035", "provider/08401021"])
  func wellFormed(path: String) throws {
    let page = try Self.page(path)
    #expect(Self.unbalanced(page) == [])
    #expect(page.contains("<html lang=\"nl\">"))
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
    for forbidden in [
      "<script", "javascript:", "http://", "https://", "url(", "@import", " onload", " onclick", "nil", "nan",
    ] {
      #expect(!page.contains(forbidden), Comment(rawValue: forbidden))
    }
  }

  @Test("The balance check itself sees what is wrong")
  func balance() {
    #expect(Self.unbalanced("<p><b>x</p></b>") == ["</p>", "p"])
    #expect(Self.unbalanced("<p>x") == ["p"])
    #expect(Self.unbalanced("<p>x</p><meta a=\"b\"><path d=\"\"/>") == [])
  }

  @Test("Names and texts cannot become markup")
  func escapes() throws {
    let page = try Self.page("provider/08401007")
    #expect(page.contains("<h1>O&#39;Brien &amp; &lt;Zonen&gt;</h1>"))
    let evil = "<script>alert(1)</script>\"'&"
    let indicator = Indicator(
      id: "a\"><b>", version: evil, name: Localized(nl: evil, en: evil), explanation: Localized(nl: evil, en: evil),
      goal: .cost, measure: .costPerPersonYear, population: evil, reportedBy: nil, unit: Localized(nl: evil, en: evil),
      decimals: 1, direction: .neutral, target: nil, parameters: .init())
    var row = SmallTable.row("p", persons: 50, kind: .provider)
    row.indicator = indicator.id
    var part = row
    part.stratum = evil
    let input = MirrorInput(
      pipeline: FakeMirror.pipeline(indicators: [indicator]), results: [row, part], providerNames: ["p": evil],
      runID: evil, generatedFrom: [(evil, 1)], providerRegion: [:])
    var files = 0
    _ = try Mirror.files(input) { file in
      let text = String(decoding: file.contents, as: UTF8.self)
      if file.path.hasSuffix(".html") || file.path.hasSuffix(".xml") { #expect(!text.contains("<script>")) }
      if file.path.hasSuffix(".html") { #expect(Self.unbalanced(text) == []) }
      files += 1
    }
    #expect(files == 11)
  }

  @Test("A withheld figure is said in words and its number is nowhere")
  func withheld() throws {
    let page = try Self.page("provider/08401035")
    #expect(page.contains("niet getoond: minder dan 10 personen"))
    #expect(page.contains("0 getoond, 84 niet getoond"))
    #expect(!page.contains("<data "))
  }

  @Test("At most five signals, each with a link that leads to a card")
  func signals() throws {
    for path in ["nation/NL", "proeftuin/zwolle", "provider/08401133", "provider/08401273"] {
      let page = try Self.page(path)
      let list = try #require(
        page.components(separatedBy: "class=\"signals\"").last?.components(separatedBy: "</section>").first)
      let links = list.components(separatedBy: "href=\"#").dropFirst().map { $0.components(separatedBy: "\"")[0] }
      #expect((1...5).contains(links.count))
      for link in links { #expect(page.contains("id=\"\(link)\"")) }
    }
  }

  @Test("The arrow of a change points where the figure went")
  func arrows() throws {
    var (rises, falls) = (0, 0)
    for (path, bytes) in MirrorTests.files where path.hasSuffix("/spiegel.html") {
      let items = String(decoding: bytes, as: UTF8.self).components(separatedBy: "<li class=\"change").dropFirst()
      for item in items.map({ $0.components(separatedBy: "</li>")[0] }) {
        let isFall = item.hasPrefix(" fall\"")
        #expect(item.contains(isFall ? "(−" : "(+"), "\(path): \(item)")
        if isFall { falls += 1 } else { rises += 1 }
      }
    }
    #expect(rises > 0)
    // None of these recipients has a fall for its greatest change.
    #expect(falls == 0)
    #expect(HTMLSections.mark(.change(before: 2, change: -0.1, period: "2019")) == "change fall")
    #expect(HTMLSections.mark(.change(before: 2, change: 0.1, period: "2019")) == "change")
    #expect(try Self.page("nation/NL").contains(".change::before{content:\"↗\""))
    #expect(try Self.page("nation/NL").contains(".fall::before{content:\"↘\""))
  }

  @Test("No word ranks recipients")
  func noRanking() throws {
    for word in ["beste", "slechtste", "koploper", "achterblijver", "ranking", "nummer 1"] {
      #expect(!(try Self.page("provider/08401133")).lowercased().contains(word))
    }
  }

  @Test("Every chart has a text")
  func alternatives() throws {
    let page = try Self.page("proeftuin/zwolle")
    let figures = page.components(separatedBy: "<figure").dropFirst()
    #expect(figures.count == 30)
    for figure in figures {
      let svg = try #require(figure.components(separatedBy: "<svg ").dropFirst().first)
      let names = try #require(svg.components(separatedBy: "aria-labelledby=\"").dropFirst().first)
        .components(separatedBy: "\"")[0].split(separator: " ")
      #expect(names.count == 2 && svg.contains("role=\"img\""))
      #expect(svg.contains("<title id=\"\(names[0])\">") && !svg.contains("<title id=\"\(names[0])\"></title>"))
      #expect(svg.contains("<desc id=\"\(names[1])\">") && !svg.contains("<desc id=\"\(names[1])\"></desc>"))
      // A name is used once.
      #expect(page.components(separatedBy: " id=\"\(names[0])\"").count == 2)
    }
    // What is not a figure is decoration beside the number that it shows.
    let inFigures = figures.count
    let hidden = page.components(separatedBy: "<svg ").dropFirst().count { $0.prefix(120).contains("aria-hidden") }
    #expect(page.components(separatedBy: "<svg ").count - 1 == inFigures + hidden)
  }

  @Test("The index lists every recipient with its counts")
  func index() throws {
    let page = String(decoding: try #require(MirrorTests.files["index.html"]), as: UTF8.self)
    #expect(Self.unbalanced(page) == [])
    for path in MirrorTests.files.keys where path.hasSuffix("spiegel.html") {
      #expect(page.contains("href=\"\(path)\""))
    }
    #expect(page.contains("<td>0</td><td>0</td><td>84</td><td>0</td>"))
  }

  @Test(
    "Numbers in Dutch and in English",
    arguments: [
      (1234.5, 1, "1.234,5"), (0.05, 1, "0,1"), (-0.04, 1, "0,0"), (-1234567, 0, "−1.234.567"), (999, 0, "999"),
      (1000, 0, "1.000"), (0.005, 2, "0,01"), (12.0, 2, "12,00"),
    ])
  func numbers(number: Double, decimals: Int, text: String) {
    #expect(Texts(.nl).number(number, decimals: decimals) == text)
    // The same figure with the marks of the other language.
    let marks: [Character: Character] = [",": ".", ".": ","]
    #expect(Texts(.en).number(number, decimals: decimals) == String(text.map { marks[$0] ?? $0 }))
  }

  @Test("Values carry the unit of their indicator")
  func units() throws {
    func style(_ id: String) throws -> ValueStyle {
      ValueStyle(try #require(FakeMirror.indicators.first { $0.id == id }), Texts(.nl))
    }
    #expect(try style("zorgkosten").valueWithUnit(2345.4) == "€\u{A0}2.345\u{A0}per verzekerdejaar")
    #expect(try style("zorgkosten").change(-0.112) == "−11,2%")
    #expect(try style("verbeterd").valueWithUnit(0.5214) == "52,1%")
    #expect(try style("verbeterd").change(0.021) == "+2,1\u{A0}procentpunt")
    #expect(try style("respons").valueWithUnit(0.7) == "70,0%\u{A0}van de deelnemers")
    #expect(try style("kwaliteit-van-leven").change(-3) == "−3,0\u{A0}punten")
    #expect(try style("zorgkosten").targetValue(-0.2, .change, baseline: 1000) == 800)
    #expect(try style("zorgkosten").targetValue(-0.2, .change, baseline: nil) == nil)
  }

  @Test(
    "The report of a small provider, as it was looked at",
    arguments: MirrorSpec.Format.allCases.filter { $0 != .parquet })
  func golden(format: MirrorSpec.Format) throws {
    let indicators = FakeMirror.indicators.filter { ["verbeterd", "zorgkosten"].contains($0.id) }
    var files: [String: [UInt8]] = [:]
    _ = try Mirror.files(.fake(seed: 7, providers: 8, indicators: indicators)) { files[$0.path] = $0.contents }
    let writer = try #require(MirrorWriterRegistry.writers(for: [format]).first)
    let written = try #require(files["provider/08401014/\(writer.fileName)"])
    let golden = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/small-report.\(format.rawValue)")
    guard ProcessInfo.processInfo.environment["RECORD"] != "1", let expected = try? Data(contentsOf: golden) else {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(written).write(to: golden)
      Issue.record("recorded \(golden.lastPathComponent): look at it, then run again")
      return
    }
    #expect(Data(written) == expected, "\(golden.lastPathComponent) differs; RECORD=1 renews it, git diff shows it")
  }
}

@Suite("Axes")
struct AxisTests {
  @Test(
    "Round numbers within the range, a handful of them",
    arguments: [
      [0.0, 1], [51.2, 57.3], [2000, 3416], [-20, 31], [5, 5], [0, 0], [0.0012, 0.0019], [-1e6, 1e6], [],
    ])
  func ticks(values: [Double]) {
    let axis = Axis(values, from: 0, to: 100)
    #expect((2...6).contains(axis.ticks.count))
    #expect(axis.ticks.allSatisfy { axis.range.contains($0) || abs(axis.place($0) - 100) < 1e-6 })
    for value in values {
      #expect(axis.range.contains(value))
      #expect((0...100).contains(axis.place(value)))
    }
    let written = axis.ticks.map { Texts(.nl).number($0, decimals: axis.decimals) }
    #expect(Set(written).count == written.count)
  }
}

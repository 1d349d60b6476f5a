import CoreDataset
import Definitions
import Foundation
import Testing

@testable import Mirror

@Suite("Two languages")
struct TextsTests {
  /// Words that are Dutch and not English, of the kind that every Dutch text has.
  static let dutch: Set<String> = [
    "de", "het", "een", "van", "en", "niet", "uw", "voor", "wordt", "worden", "zijn", "dan", "naar", "bij", "geen",
    "meer",
    "ook", "aan", "dit", "deze", "die", "uit", "maar", "cijfer", "cijfers", "landelijk", "landelijke", "doel", "regio",
    "aanbieders", "zorgaanbieder", "getoond", "hoger", "lager", "metingen", "personen", "nulmeting", "verwacht",
    "soort",
    "zorg", "kosten", "gezondheid", "ervaring", "werk", "groep", "versie", "bron", "duidelijk", "verschil", "tussen",
  ]
  /// Words that are English and not Dutch.
  static let english: Set<String> = [
    "the", "and", "not", "your", "for", "are", "than", "with", "this", "these", "which", "from", "figure",
    "figures",
    "national", "target", "region", "providers", "shown", "higher", "lower", "persons", "reference", "expected", "care",
    "costs", "health", "group", "version", "source", "clearly", "difference", "between",
  ]

  static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter }.map(String.init))
  }

  /// What a reader of a page sees or hears: contents and the texts of charts, without tags and style.
  static func visible(_ page: String) -> String {
    let body = page.components(separatedBy: "</head>").last ?? ""
    return body.components(separatedBy: "<").map { $0.components(separatedBy: ">").dropFirst().joined(separator: ">") }
      .joined(separator: " ")
  }

  static let files: [String: String] = {
    let mirror = MirrorSpec(
      recipients: ["nation", "proeftuin", "provider", "public"], languages: ["nl", "en"], formats: [.html],
      audiences: ["proeftuin": Audience(providers: .init(why: "x", since: "2017"))],
      charts: [
        ChartSpec(
          kind: .quadrant(cost: "zorgkosten", outcome: "kwaliteit-van-leven"),
          name: Localized(nl: "Kosten naast uitkomst", en: "Cost beside outcome")),
        ChartSpec(kind: .waterfall(indicator: "zorgkosten"), name: Localized(nl: "Waar", en: "Where")),
        ChartSpec(
          kind: .heat(layout: "proeftuin", indicators: ["verbeterd", "zorgkosten"]),
          name: Localized(nl: "Naast elkaar", en: "Side by side")),
      ])
    var files: [String: String] = [:]
    let indicators = FakeMirror.indicators.map(\.inTwoLanguages)
    _ = try? Mirror.files(.fake(providers: 12, indicators: indicators, mirror: mirror)) {
      files[$0.path] = String(decoding: $0.contents, as: UTF8.self)
    }
    return files
  }()

  /// Texts of the made-up definitions and names that have one language only.
  static let ofDefinitions: [String] =
    [
      "Overeenkomst Health Deal chronische pijn, artikel 7", "Health Deal chronische pijn, artikel 3",
      "kleinste belangrijke verandering, Ostelo 2008", "declaraties_2016-2019.csv", "chronische-pijn",
      "Heerlen / Zuid-Limburg",
    ] + FakeMirror.indicators.map(\.id) + FakeMirror.input(providers: 12).names.values.map { escaped($0) }

  @Test(
    "An English page has no Dutch words, a Dutch page no English ones",
    arguments: ["nation/NL", "proeftuin/zwolle", "provider/08401070", "provider/08401035", "public/NL"])
  func pages(path: String) throws {
    for (name, language, foreign) in [
      ("spiegel.html", "nl", Self.english), ("spiegel.en.html", "en", Self.dutch),
    ] {
      let page = try #require(Self.files["\(path)/\(name)"])
      #expect(page.contains("<html lang=\"\(language)\">") && PageTests.unbalanced(page) == [])
      var text = Self.visible(page)
      for known in Self.ofDefinitions.sorted(by: { $0.count > $1.count }) {
        text = text.replacing(known, with: " ")
      }
      // The links to the page in the other language are in that language.
      text = text.replacing("Nederlands", with: " ").replacing("English", with: " ")
      #expect(Self.words(text).intersection(foreign).sorted() == [], Comment(rawValue: "\(path)/\(name)"))
      #expect(text.count > 4000)
    }
  }

  @Test("The word lists see a text in the other language")
  func lists() {
    let note = [Language.nl, .en].map { Texts($0).heatNote }
    #expect(!Self.words(note[0]).isDisjoint(with: Self.dutch) && Self.words(note[0]).isDisjoint(with: Self.english))
    #expect(!Self.words(note[1]).isDisjoint(with: Self.english) && Self.words(note[1]).isDisjoint(with: Self.dutch))
  }

  @Test("Every word for a measure, goal, kind of care, source or protection is there in both languages")
  func vocabularies() {
    let (nl, en) = (Texts(.nl), Texts(.en))
    for measure in MeasureKind.allCases { #expect(nl.measure(measure) != en.measure(measure)) }
    for goal in Goal.allCases { #expect(nl.goal(goal) != en.goal(goal)) }
    for type in CareType.allCases { #expect(nl.careType(type) != en.careType(type)) }
    for source in ReportedBy.allCases { #expect(nl.reportedBy(source) != en.reportedBy(source)) }
    for band in ["within", "attention-low", "attention-high", "low", "high"] {
      #expect(nl.funnelBand(band) != en.funnelBand(band) && en.funnelBand(band) != band)
    }
    for protection in Protection.allCases where protection.isWithheld {
      let row = ResultRow(indicator: "", definitionVersion: "", layout: "", unit: "", unitKind: .nation, period: "")
      let figure = MirrorFigure(own: row, protection: protection, nation: nil, region: nil, peers: nil)
      #expect(nl.notShown(figure, minimum: 10) != en.notShown(figure, minimum: 10))
    }
    #expect(nl.reading(minimum: 10, indicators: 3).count == en.reading(minimum: 10, indicators: 3).count)
  }

  @Test("Pages in two languages lead to each other")
  func links() throws {
    let dutch = try #require(Self.files["proeftuin/zwolle/spiegel.html"])
    let english = try #require(Self.files["proeftuin/zwolle/spiegel.en.html"])
    #expect(dutch.contains("<a href=\"spiegel.en.html\" lang=\"en\" hreflang=\"en\">English</a>"))
    #expect(english.contains("<a href=\"spiegel.html\" lang=\"nl\" hreflang=\"nl\">Nederlands</a>"))
    // The same numbers, written the way of each language.
    func values(_ page: String) -> [String] {
      page.components(separatedBy: "<data value=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
    }
    #expect(values(dutch) == values(english))
    #expect(values(dutch).count == 15)
  }
}

extension Indicator {
  /// The same with an English explanation and unit.
  var inTwoLanguages: Indicator {
    let english = ["punten": "points", "euro per verzekerdejaar": "euros per insured year"]
    return Indicator(
      id: id, version: version, name: name, explanation: explanation, goal: goal, measure: measure,
      population: population, reportedBy: reportedBy,
      unit: Localized(nl: unit.nl, en: english[unit.nl] ?? (unit.nl.hasPrefix("%") ? "%" : "")), decimals: decimals,
      direction: direction, target: target, parameters: parameters, comparison: comparison)
  }
}

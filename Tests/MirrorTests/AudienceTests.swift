import CoreDataset
import Definitions
import Foundation
import Testing

@testable import Mirror

@Suite("Who sees what")
struct AudienceTests {
  static let formats: [MirrorSpec.Format] = [.csv, .json, .html]

  static func files(_ audiences: [String: Audience] = [:]) throws -> [String: String] {
    let mirror = MirrorSpec(
      recipients: ["nation", "proeftuin", "provider", "public", "research"], languages: ["nl"], formats: formats,
      audiences: audiences)
    var files: [String: String] = [:]
    _ = try Mirror.files(.fake(providers: 20, mirror: mirror)) {
      files[$0.path] = String(decoding: $0.contents, as: UTF8.self)
    }
    return files
  }

  /// What can tell one care provider: its code and its name as they stand in files.
  static let providers: [(agb: String, name: String, region: String)] = {
    let fake = FakeMirror.input(providers: 20)
    return fake.names.map { ($0.key, escaped($0.value), fake.regions[$0.key]?["proeftuin"] ?? "") }
      .sorted { $0.0 < $1.0 }
  }()

  @Test("A care provider finds itself in its folder and no other")
  func provider() throws {
    let files = try Self.files()
    try #require(Self.providers.count > 15)
    for own in Self.providers {
      let folder = files.filter { $0.key.hasPrefix("provider/\(own.agb)/") }
      #expect(
        folder.keys.sorted().map { $0.split(separator: "/")[2] } == [
          "datapackage.json", "spiegel.csv", "spiegel.html", "spiegel.json",
        ])
      for (path, text) in folder {
        #expect(text.contains(own.agb), Comment(rawValue: path))
        for other in Self.providers where other.agb != own.agb {
          #expect(!text.contains(other.agb) && !text.contains(other.name), Comment(rawValue: "\(other) in \(path)"))
        }
      }
    }
  }

  @Test("A region finds no care provider in its folder, unless that was agreed: then its own and no other")
  func region() throws {
    let plain = try Self.files().filter { $0.key.hasPrefix("proeftuin/") }
    for (path, text) in plain {
      for provider in Self.providers {
        #expect(!text.contains(provider.agb) && !text.contains(provider.name), Comment(rawValue: path))
      }
    }
    let agreed = try Self.files(["proeftuin": Audience(providers: .init(why: "Afspraak A", since: "2017"))])
    for own in FakeMirror.regions {
      let page = try #require(agreed["proeftuin/\(own.0)/spiegel.html"])
      let table = try #require(agreed["proeftuin/\(own.0)/providers.csv"])
      #expect(page.contains("Afspraak A (sinds 2017)"))
      #expect(try #require(agreed["proeftuin/\(own.0)/datapackage.json"]).contains("\"path\":\"providers.csv\""))
      for provider in Self.providers {
        let isOwn = provider.region == own.0
        #expect(page.contains("<th scope=\"row\">\(provider.name)</th>") == isOwn)
        #expect(table.contains(",\(provider.agb),") == isOwn)
      }
    }
    // What stands there is what stands in the provider's own file.
    let first = try #require(Self.providers.first)
    let own = try #require(agreed["provider/\(first.agb)/spiegel.csv"]).split(separator: "\r\n").dropFirst()
    let table = try #require(agreed["proeftuin/\(first.region)/providers.csv"]).split(separator: "\r\n")
    #expect(Set(own).isSubset(of: Set(table)))
  }

  @Test("Everybody sees figures that are reliable, and no care provider")
  func everybody() throws {
    let files = try Self.files(["public": Audience(layouts: ["proeftuin"])])
    #expect(files.keys.filter { $0.hasPrefix("public/") } == ["public/NL/spiegel.html"])
    let page = try #require(files["public/NL/spiegel.html"])
    #expect(PageTests.unbalanced(page) == [])
    for provider in Self.providers { #expect(!page.contains(provider.agb) && !page.contains(provider.name)) }
    for text in Texts(.nl).absenceWords { #expect(!page.contains(">\(text)")) }
    #expect(!page.contains("Indicatief</li>"))
  }

  @Test("Research gets one table of nation and regions, without care providers")
  func research() throws {
    let files = try Self.files(["research": Audience(layouts: ["proeftuin"])])
    #expect(
      files.keys.filter { $0.hasPrefix("research/") }.sorted() == [
        "research/NL/datapackage.json", "research/NL/spiegel.csv",
      ])
    let records = FormatTests.records(Array(try #require(files["research/NL/spiegel.csv"]).utf8))
    #expect(Set(records.dropFirst().map { $0[3] }) == ["nation", "proeftuin"])
    // The same figures as in the files of the units themselves.
    let region = FormatTests.records(Array(try #require(files["proeftuin/zwolle/spiegel.csv"]).utf8)).dropFirst()
    let inTable = records.filter { $0[4] == "zwolle" }
    #expect(inTable == Array(region) && inTable.count == (15 + 6) * 4)
  }

  @Test("A recipient that may see some indicators gets no other, in any format")
  func indicators() throws {
    let files = try Self.files(["provider": Audience(languages: ["nl", "en"], indicators: ["verbeterd"])])
    let folder = files.filter { $0.key.hasPrefix("provider/08401007/") }
    #expect(folder.keys.contains("provider/08401007/spiegel.en.html") && folder.count == 5)
    for (path, text) in folder {
      for indicator in FakeMirror.indicators {
        let isThere = text.contains(indicator.id == "verbeterd" ? "verbeterd" : "\(indicator.name.nl)<")
        #expect(isThere == (indicator.id == "verbeterd") || path.hasSuffix("datapackage.json"))
        if indicator.id != "verbeterd" { #expect(!text.contains(",\(indicator.id),")) }
      }
    }
  }
}

extension Texts {
  /// Words that say that a figure is not there.
  fileprivate var absenceWords: [String] { [say("niet getoond", "not shown"), say("geen cijfer", "no figure")] }
}

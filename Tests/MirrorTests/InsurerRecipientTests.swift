import CoreDataset
import Definitions
import Foundation
import TestSupport
import Testing

@testable import Mirror

/// An insurer sees its own insured.
@Suite("Insurers as recipients")
struct InsurerRecipientTests {
  static let files: [String: [UInt8]] = {
    let mirror = MirrorSpec(
      recipients: ["nation", "proeftuin", "verzekeraar", "provider"], languages: ["nl"],
      formats: MirrorSpec.Format.allCases, audiences: ["verzekeraar": Audience(languages: ["nl", "en"])])
    var files: [String: [UInt8]] = [:]
    let indicators = FakeMirror.indicators.map(\.inTwoLanguages)
    _ = try? Mirror.files(.fake(providers: 12, indicators: indicators, mirror: mirror, hasInsurers: true)) {
      files[$0.path] = $0.contents
    }
    return files
  }()

  static func text(_ path: String) throws -> String { String(decoding: try #require(files[path]), as: UTF8.self) }

  @Test(
    "Each insurer has a folder with its figures in all formats, and no other insurer, region or care provider in it")
  func folder() throws {
    let providers = FakeMirror.input(providers: 12).names
    for (code, name) in FakeMirror.insurers {
      let folder = Self.files.filter { $0.key.hasPrefix("verzekeraar/\(code)/") }
      #expect(
        folder.keys.map { String($0.split(separator: "/")[2]) }.sorted() == [
          "datapackage.json", "spiegel.csv", "spiegel.en.html", "spiegel.fhir.json", "spiegel.fhir.xml", "spiegel.html",
          "spiegel.json", "spiegel.parquet", "spiegel.xml",
        ])
      for (path, contents) in folder {
        let text = String(decoding: contents, as: UTF8.self)
        // Pages say the name.
        if !path.hasSuffix(".html") { #expect(text.contains(code), Comment(rawValue: path)) }
        for (other, otherName) in FakeMirror.insurers where other != code {
          // The digits alone may stand in any number.
          let isNamed = ["\"\(other)\"", ",\(other),", ">\(other)<"].contains { text.contains($0) }
          #expect(!isNamed && !text.contains(escaped(otherName)), Comment(rawValue: "\(other) in \(path)"))
        }
        for (agb, provider) in providers {
          #expect(!text.contains(agb) && !text.contains(escaped(provider)), Comment(rawValue: "\(agb) in \(path)"))
        }
        for region in FakeMirror.regions {
          #expect(!text.contains(region.1), Comment(rawValue: "\(region) in \(path)"))
        }
      }
      #expect(try Self.text("verzekeraar/\(code)/spiegel.html").contains("<h1>\(escaped(name))</h1>"))
    }
    // Nobody else's folder names an insurer.
    for (path, contents) in Self.files where !path.hasPrefix("verzekeraar/") && path != "index.html" {
      let text = String(decoding: contents, as: UTF8.self)
      for (_, name) in FakeMirror.insurers { #expect(!text.contains(escaped(name)), Comment(rawValue: path)) }
    }
  }

  @Test("Its pages speak of insurers, in either language and in one only")
  func texts() throws {
    let dutch = try Self.text("verzekeraar/9003/spiegel.html")
    let english = try Self.text("verzekeraar/9003/spiegel.en.html")
    #expect(dutch.contains("Zorgverzekeraar") && dutch.contains("Alle zorgverzekeraars") && dutch.contains("Uw cijfer"))
    #expect(english.contains("Health insurer") && english.contains("All health insurers"))
    #expect(!dutch.contains("Alle regio’s") && !english.contains("All regions"))
    #expect(PageTests.unbalanced(dutch) == [] && PageTests.unbalanced(english) == [])
    let own = Set(TextsTests.ofDefinitions.joined(separator: " ").lowercased().split { !$0.isLetter }.map(String.init))
      .union(["verzekeraar", "drie"])
    #expect(TextsTests.words(TextsTests.visible(english)).intersection(TextsTests.dutch).subtracting(own) == [])
    #expect(TextsTests.words(TextsTests.visible(dutch)).intersection(TextsTests.english).subtracting(own) == [])
  }

  @Test("Its files are valid after the schemas and say the same")
  func valid() throws {
    let folder = try VerificationTests.folder(Self.files)
    let agreement = withExtendedLifetime(folder) { Verification.agreement(VerificationTests.run(folder)) }
    #expect(agreement.check.faults == [])
    #expect(agreement.figures.count { $0.layout == "verzekeraar" } == 5 * 84)
    #expect(try Self.text("verzekeraar/9001/spiegel.json").contains(#""kind":"insurer""#))
    #expect(try Self.text("verzekeraar/9001/spiegel.fhir.json").contains(#""reporter":{"type":"Organization""#))
  }
}

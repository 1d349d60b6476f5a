public import Workspace

/// Why a figure moved between two runs.
public enum ChangeCause: String, Codable, Sendable, CaseIterable {
  /// Deliveries that were not there before.
  case newData = "new-data"
  /// Deliveries of the same name with other content, or taken back.
  case correctedData = "corrected-data"
  /// Another definition: population, indicator, region, period or threshold.
  case definition
  /// The same delivery read with other columns or codes.
  case mapping
  /// Another version of Spiegel.
  case method
}

/// What two runs were made of that was not the same, from their manifests.
public struct RunDifferences: Codable, Sendable, Equatable {
  /// Deliveries of the later run only.
  public var new: [String] = []
  /// Deliveries of both runs with other content.
  public var corrected: [String] = []
  /// Deliveries of the earlier run only.
  public var missing: [String] = []
  /// Deliveries with the same content that were read in another way.
  public var mapped: [String] = []
  /// Whether the definitions are others.
  public var isDefinitionChanged = false
  /// Whether the version of Spiegel is another.
  public var isMethodChanged = false

  /// Nothing differs.
  public init() {}

  /// What differs between two manifests. Definitions that say only how deliveries are read count as a mapping, and as a
  /// definition too, because the manifest has one hash for all.
  public init(from before: Manifest, to after: Manifest) {
    let old = Dictionary(before.deliveries.map { ($0.delivery, $0) }) { first, _ in first }
    for delivery in after.deliveries {
      guard let known = old[delivery.delivery] else {
        new.append(delivery.delivery)
        continue
      }
      if known.sha256 != delivery.sha256 {
        corrected.append(delivery.delivery)
      } else if known.staged != delivery.staged {
        mapped.append(delivery.delivery)
      }
    }
    let names = Set(after.deliveries.map(\.delivery))
    missing = before.deliveries.map(\.delivery).filter { !names.contains($0) }
    isDefinitionChanged = before.definitionDigest != after.definitionDigest
    isMethodChanged = before.tool != after.tool
  }

  /// The causes that there can be.
  public var causes: [ChangeCause] {
    var causes: [ChangeCause] = []
    if !new.isEmpty { causes.append(.newData) }
    if !corrected.isEmpty || !missing.isEmpty { causes.append(.correctedData) }
    if isDefinitionChanged { causes.append(.definition) }
    if !mapped.isEmpty { causes.append(.mapping) }
    if isMethodChanged { causes.append(.method) }
    return causes
  }
}

/// What changed since the last run, in words for readers of reports.
public enum ChangeTexts {
  /// One sentence per cause, in Dutch (`nl`) or English; one sentence when nothing changed.
  public static func sentences(_ differences: RunDifferences, language: String) -> [String] {
    let isDutch = language == "nl"
    func say(_ dutch: String, _ english: String) -> String { isDutch ? dutch : english }
    func count(_ names: [String], _ one: (String, String), _ many: (String, String)) -> String {
      names.count == 1 ? say(one.0, one.1) : "\(names.count) " + say(many.0, many.1)
    }
    var sentences: [String] = []
    if !differences.new.isEmpty {
      sentences.append(
        say("Nieuw aangeleverd: ", "Newly delivered: ")
          + count(differences.new, ("1 bestand", "1 file"), ("bestanden", "files"))
          + " (\(differences.new.joined(separator: ", "))).")
    }
    if !differences.corrected.isEmpty {
      sentences.append(
        say("Opnieuw aangeleverd met andere inhoud: ", "Delivered again with other content: ")
          + differences.corrected.joined(separator: ", ") + ".")
    }
    if !differences.missing.isEmpty {
      sentences.append(
        say("Niet meer aangeleverd: ", "No longer delivered: ") + differences.missing.joined(separator: ", ") + ".")
    }
    if !differences.mapped.isEmpty {
      sentences.append(
        say("Anders gelezen of gecodeerd: ", "Read or coded in another way: ")
          + differences.mapped.joined(separator: ", ") + ".")
    }
    if differences.isDefinitionChanged {
      sentences.append(say("Definities zijn gewijzigd.", "Definitions were changed."))
    }
    if differences.isMethodChanged {
      sentences.append(
        say("De rekenwijze is gewijzigd: een andere versie van Spiegel.", "Another version of Spiegel computed this."))
    }
    return sentences.isEmpty
      ? [
        say("Gegevens en definities zijn dezelfde als de vorige keer.", "Data and definitions are those of last time.")
      ]
      : sentences
  }
}

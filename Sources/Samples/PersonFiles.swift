import Foundation

/// The insured people and the care providers.
struct PersonFiles {
  static let insuredColumns = [
    "BSN", "Naam", "Geboortedatum", "Geslacht", "Postcode", "UZOVI", "Ingangsdatum", "Einddatum", "Overlijdensdatum",
  ]
  static let providerColumns = ["AGB", "Naam", "Soort", "Postcode", "Ingangsdatum", "Einddatum"]
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let semicolon = UInt8(ascii: ";")

  private let seed: UInt64
  let insured: DeliveryFile

  init(in directory: URL, seed: UInt64) throws {
    self.seed = seed
    let head = Self.byteOrderMark + Array((Self.insuredColumns.joined(separator: ";") + "\r\n").utf8)
    insured = try DeliveryFile("verzekerden.csv", in: directory, head: head)
  }

  /// A row per insured period. The day of death is on all of them.
  mutating func write(_ person: Person, _ faults: inout FaultPlan) throws {
    var random = RandomSource(seed: seed, subject: person.index, purpose: .name)
    let firstNames = person.male ? PersonName.men : PersonName.women
    let firstName = firstNames[random.below(firstNames.count)]
    let surname = PersonName.surnames[random.below(PersonName.surnames.count)]
    for period in person.periods {
      try insured.write { text in
        text.append(person.bsn, digits: 9)
        text.append(Self.semicolon)
        text.append(firstName)
        text.append(UInt8(ascii: " "))
        text.append(surname)
        text.append(Self.semicolon)
        text.append(dutch: person.birth)
        text.append(person.male ? ";M;" : ";V;")
        text.append(period.postcode, digits: 4)
        text.append(UInt8(ascii: " "))
        text.append(period.letters.0)
        text.append(period.letters.1)
        text.append(Self.semicolon)
        text.append(period.uzovi, digits: 4)
        text.append(Self.semicolon)
        text.append(dutch: period.from)
        text.append(Self.semicolon)
        // An open end is the end of the study period: who is insured on its last day, still is.
        text.append(dutch: period.to == StudyPeriod.last && person.death != period.to ? nil : period.to)
        text.append(Self.semicolon)
        text.append(dutch: person.death)
        text.append("\r\n")
      }
      faults.content?.note(insured, period, person)
      faults.spoil(
        insured, .insuredPeriod, person: person.index, columns: Self.insuredColumns, delimiter: Self.semicolon)
    }
  }

  /// Writes the list of providers, which is short.
  static func writeProviders(_ directory: ProviderDirectory, in folder: URL) throws -> DeliveryFile {
    let file = try DeliveryFile(
      "zorgaanbieders.csv", in: folder, head: Array((providerColumns.joined(separator: ";") + "\n").utf8))
    for provider in directory.providers {
      try file.write { text in
        text.append(provider.agb)
        for field in [provider.name, provider.kind.rawValue, provider.postcode, "01-01-2006", ""] {
          text.append(semicolon)
          text.append(field)
        }
        text.append(UInt8(ascii: "\n"))
      }
    }
    return file
  }
}

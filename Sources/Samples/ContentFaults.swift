/// Puts content into a delivery that is well written and cannot be true, and keeps the list of it. Each entry names the
/// quality check that must find it; all records that an altered person makes impossible are listed, not one alone.
struct ContentFaults {
  /// What is done to a person or a line.
  private enum Kind: String, CaseIterable {
    case careAfterDeath = "care-after-death"
    case birthAhead = "birth-ahead"
    case careBeforeBirth = "care-before-birth"
    case maternityOfMan = "maternity-of-man"
    case unknownProvider = "unknown-provider"
  }
  /// Fewest people of whom these providers have so many lines that what is planted stands out from chance.
  private static let peopleForMonths = 4000
  /// The hospital of which a month is missing, and the pharmacy of which a month is there three times.
  private static let missing = (agb: Array("06010602".utf8), year: 2017, month: 5)
  private static let doubled = (agb: Array("02007601".utf8), year: 2016, month: 9)
  private static let unknownAgb = Array("99999999".utf8)
  private static let semicolon = UInt8(ascii: ";")

  /// The person at whom the next fault of each kind is due.
  private var due: [Kind: Int] = [:]
  private let step: Int
  private let hasMonths: Bool
  private var months: Set<String> = []
  private(set) var planted: [PlantedFault] = []

  /// One of each kind per 500 people, at least three.
  init(persons: Int) {
    hasMonths = persons >= Self.peopleForMonths
    step = max(1, persons / max(3, persons / 500) - 1)
    for (place, kind) in Kind.allCases.enumerated() { due[kind] = place * step / 8 }
  }

  private mutating func isDue(_ kind: Kind, _ person: Int) -> Bool {
    guard let next = due[kind], next <= person else { return false }
    due[kind] = next + step
    return true
  }

  /// Changes a person without a care path: death before care, birth ahead or after care.
  mutating func change(_ person: inout Person, _ lines: [ClaimLine]) {
    guard person.death == nil, person.periods.count == 1, person.exit == StudyPeriod.last, lines.count >= 4,
      let first = lines.first, let last = lines.last, first.start < last.start
    else { return }
    if isDue(.careAfterDeath, person.index) {
      person.death = lines[lines.count / 2].start
    } else if isDue(.birthAhead, person.index) {
      person.birth = CalendarDay(year: 2031, month: 3, day: 1)
      plant("birth-ahead", file: "verzekerden.csv", "Geboortedatum", "person.birth_year.ahead")
    } else if isDue(.careBeforeBirth, person.index) {
      person.birth = CalendarDay(year: 2017, month: 3, day: 1)
    }
  }

  /// Whether a line falls in the month that is left out.
  mutating func isLeftOut(_ line: ClaimLine, _ agb: [UInt8], in file: DeliveryFile) -> Bool {
    isMonth(Self.missing, line, agb, in: file, "month-missing")
  }

  /// Whether a line falls in the month that is there three times.
  mutating func isRepeated(_ line: ClaimLine, _ agb: [UInt8], in file: DeliveryFile) -> Bool {
    isMonth(Self.doubled, line, agb, in: file, "month-doubled")
  }

  private mutating func isMonth(
    _ wanted: (agb: [UInt8], year: Int, month: Int), _ line: ClaimLine, _ agb: [UInt8], in file: DeliveryFile,
    _ kind: String
  ) -> Bool {
    let day = line.start.parts
    guard hasMonths, day.year == wanted.year, day.month == wanted.month, agb == wanted.agb else { return false }
    if months.insert(kind).inserted { plant(kind, file: file.name, "", "claim_line.\(kind)") }
    return true
  }

  /// Changes the newest claim line of the insurer when a fault is due, and lists what is impossible about it.
  mutating func spoil(_ file: DeliveryFile, _ line: ClaimLine, _ person: Person, columns: [String]) {
    note(file, line, person)
    guard line.careType == .generalPractice, !file.record.contains(UInt8(ascii: "\"")) else { return }
    if person.male && isDue(.maternityOfMan, person.index) {
      replace(file, "Zorgsoort", by: Array("Kraamzorg".utf8), columns)
      plant("maternity-of-man", file, "Zorgsoort", "claim_line.male-maternity")
    } else if isDue(.unknownProvider, person.index) {
      replace(file, "AGB", by: Self.unknownAgb, columns)
      plant("unknown-provider", file, "AGB", "claim_line.provider.known")
    }
  }

  /// Lists what is impossible about the newest record, a claim line.
  mutating func note(_ file: DeliveryFile, _ line: ClaimLine, _ person: Person) {
    if let death = person.death, line.start > death {
      plant("care-after-death", file, "", "claim_line.start.after-death")
    }
    if line.start.parts.year < person.birth.parts.year {
      plant("care-before-birth", file, "", "claim_line.start.before-birth")
    }
  }

  /// Lists what is impossible about the newest record, an insured period.
  mutating func note(_ file: DeliveryFile, _ period: InsuredPeriod, _ person: Person) {
    if period.from.parts.year < person.birth.parts.year {
      plant("insured-before-birth", file, "Ingangsdatum", "insured_period.from.before-birth")
    }
  }

  private func replace(_ file: DeliveryFile, _ column: String, by value: [UInt8], _ columns: [String]) {
    guard let index = columns.firstIndex(of: column) else { return }
    var fields = file.record.split(separator: Self.semicolon, omittingEmptySubsequences: false).map(Array.init)
    fields[index] = value
    file.replaceRecord(by: Array(fields.joined(separator: [Self.semicolon])))
  }

  private mutating func plant(_ kind: String, _ file: DeliveryFile, _ column: String, _ check: String) {
    planted.append(
      PlantedFault(
        kind: kind, file: file.name, line: file.recordLine, record: file.records, column: column, reason: check))
  }

  /// A fault that is no record.
  private mutating func plant(_ kind: String, file: String, _ column: String, _ check: String) {
    planted.append(PlantedFault(kind: kind, file: file, line: 0, record: 0, column: column, reason: check))
  }
}

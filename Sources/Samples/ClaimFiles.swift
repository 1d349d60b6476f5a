import Foundation

/// The claim lines of all years, as the insurer and as the hospitals deliver them.
struct ClaimFiles {
  static let insurerColumns = [
    "Declaratienummer", "Regelnummer", "BSN", "UZOVI", "AGB", "Zorgsoort", "Activiteit", "Prestatiecode",
    "Diagnosecode", "Begindatum", "Einddatum", "Aantal", "Bedrag", "Omschrijving",
  ]
  static let hospitalColumns = [
    "claim_id", "line_no", "bsn", "provider_agb", "care_type", "activity", "performance_code", "diagnosis",
    "start_date", "end_date", "quantity", "amount",
  ]
  private static let semicolon = UInt8(ascii: ";")
  private static let comma = UInt8(ascii: ",")
  /// Copies of claims that were billed once get numbers of their own.
  private static let copyNumber = 800_000_000

  private let catalogue: Catalogue
  private let providers: ProviderDirectory
  private let seed: UInt64
  private let careTypes = CareType.allCases.map { Array($0.wording.utf8) }
  private let activities = Activity.allCases.map { Array($0.wording.utf8) }
  private let hospitalActivities = Activity.allCases.map { Array($0.hospitalWording.utf8) }
  let insurer: [DeliveryFile]
  let hospital: [DeliveryFile]
  private var claimNumber = 15_000_000
  /// Apart from the others, so that a delivery with faults has the same claims as one without.
  private var creditNumber = 900_000_000
  /// Copies of lines, each with the place of the year whose file it goes to.
  private var copies: [(year: Int, bytes: [UInt8])] = []
  private var copiesMade = 0
  private var credits: [ClaimLine] = []

  init(in directory: URL, catalogue: Catalogue, providers: ProviderDirectory, seed: UInt64) throws {
    self.catalogue = catalogue
    self.providers = providers
    self.seed = seed
    let insurerHead = Array((Self.insurerColumns.joined(separator: ";") + "\r\n").utf8)
    let hospitalHead = Array((Self.hospitalColumns.joined(separator: ",") + "\n").utf8)
    insurer = try StudyPeriod.years.map {
      try DeliveryFile("verzekeraar-declaraties-\($0).csv", in: directory, head: insurerHead)
    }
    hospital = try StudyPeriod.years.map {
      try DeliveryFile("ziekenhuis-declaraties-\($0).csv", in: directory, head: hospitalHead)
    }
  }

  /// Writes the lines of a person, which are in order of day with the lines of a claim together.
  mutating func write(_ lines: [ClaimLine], of person: Person, _ faults: inout FaultPlan) throws {
    var random = RandomSource(seed: seed, subject: person.index, purpose: .differences)
    var claim = -1
    for line in lines {
      if line.claim != claim {
        claim = line.claim
        claimNumber += 1
      }
      let isHospital = line.careType == .medicalSpecialist
      let place = line.start.parts.year - StudyPeriod.years.lowerBound
      // One line in a hundred reached one side only.
      let side = isHospital ? random.uniform() : 1
      if side >= 0.005 { try writeInsurer(line, of: person, to: place, &faults) }
      guard isHospital, side < 0.005 || side >= 0.01 else { continue }
      try writeHospital(differing(line, person, &random), of: person, to: place, &faults)
    }
    guard faults.isActive else { return }
    for credit in credits { try writeCredit(credit, of: person, &faults) }
    for copy in copies {
      let file = insurer[copy.year]
      try file.write { $0.append(copy.bytes) }
      faults.note(.duplicateLine, column: "", in: file)
    }
    credits.removeAll(keepingCapacity: true)
    copies.removeAll(keepingCapacity: true)
  }

  private mutating func writeInsurer(
    _ line: ClaimLine, of person: Person, to place: Int, _ faults: inout FaultPlan
  ) throws {
    let file = insurer[place]
    let agb = providers.providers[line.provider].agb
    if faults.content?.isLeftOut(line, agb, in: file) == true { return }
    try file.write { appendInsurer(line, number: claimNumber, of: person, to: &$0) }
    faults.content?.spoil(file, line, person, columns: Self.insurerColumns)
    if faults.content?.isRepeated(line, agb, in: file) == true {
      for copy in 1...2 {
        let copied = copy * Self.copyNumber + claimNumber
        try file.write { appendInsurer(line, number: copied, of: person, to: &$0) }
        faults.content?.note(file, line, person)
      }
    }
    // Hospital lines stay as they are, so that both sides of them can be compared; one in three of the rest is open to
    // faults, which scatters them over the years.
    guard faults.isActive, claimNumber % 3 == 0, line.careType != .medicalSpecialist,
      !file.record.contains(UInt8(ascii: "\""))
    else {
      return
    }
    let isFirst = copies.isEmpty && credits.isEmpty
    if isFirst, faults.due(.insurerClaim, person: person.index, allowed: { $0 == .duplicateLine }) != nil {
      // Every other copy is in the delivery of the next year.
      copiesMade += 1
      copies.append((year: min(place + copiesMade % 2, insurer.count - 1), bytes: Array(file.record)))
    } else if isFirst, faults.due(.insurerClaim, person: person.index, allowed: { $0 == .credit }) != nil {
      credits.append(line)
    } else {
      faults.spoil(
        file, .insurerClaim, person: person.index, columns: Self.insurerColumns, delimiter: Self.semicolon)
    }
  }

  /// A credit is a claim of its own that takes back the whole line.
  private mutating func writeCredit(_ line: ClaimLine, of person: Person, _ faults: inout FaultPlan) throws {
    creditNumber += 1
    var credit = line
    credit.line = 1
    credit.cents = -line.cents
    let file = insurer[line.start.parts.year - StudyPeriod.years.lowerBound]
    try file.write { appendInsurer(credit, number: creditNumber, of: person, to: &$0) }
    faults.note(.credit, column: "Bedrag", in: file)
  }

  private mutating func writeHospital(
    _ line: ClaimLine, of person: Person, to place: Int, _ faults: inout FaultPlan
  ) throws {
    let file = hospital[place]
    try file.write { appendHospital(line, of: person, to: &$0) }
    faults.content?.note(file, line, person)
    guard faults.isActive else { return }
    faults.spoil(file, .hospitalClaim, person: person.index, columns: Self.hospitalColumns, delimiter: Self.comma)
  }

  /// The line as the hospital has it: two in a hundred with another amount, one in a hundred a day earlier or later.
  private func differing(_ line: ClaimLine, _ person: Person, _ random: inout RandomSource) -> ClaimLine {
    var line = line
    let difference = random.uniform()
    if difference < 0.02 {
      line.cents = Int(Double(line.cents) * (0.9 + 0.2 * random.uniform())) + 1
    } else if difference < 0.03 {
      let last = min(person.exit, StudyPeriod.lastDay(of: line.start.parts.year))
      let shift = line.end < last ? 1 : -1
      // A day earlier could be in another year or before the person was insured.
      let first = max(person.entry, StudyPeriod.firstDay(of: line.start.parts.year))
      if shift == 1 || line.start > first {
        line.start = line.start.advanced(by: shift)
        line.end = line.end.advanced(by: shift)
      }
    }
    return line
  }

  private func appendInsurer(_ line: ClaimLine, number: Int, of person: Person, to text: inout ByteText) {
    let performance = catalogue.performances[line.performance]
    text.append(number)
    text.append(Self.semicolon)
    text.append(line.line)
    text.append(Self.semicolon)
    text.append(person.bsn, digits: 9)
    text.append(Self.semicolon)
    text.append(person.period(on: line.start).uzovi, digits: 4)
    text.append(Self.semicolon)
    text.append(providers.providers[line.provider].agb)
    text.append(Self.semicolon)
    text.append(careTypes[Int(line.careType.rawValue)])
    text.append(Self.semicolon)
    text.append(activities[Int(line.activity.rawValue)])
    text.append(Self.semicolon)
    text.append(performance.code)
    text.append(Self.semicolon)
    text.append(catalogue.diagnoses[line.diagnosis])
    text.append(Self.semicolon)
    text.append(dutch: line.start)
    text.append(Self.semicolon)
    text.append(dutch: line.end)
    text.append(Self.semicolon)
    text.append(line.quantity)
    text.append(Self.semicolon)
    text.append(cents: line.cents, point: UInt8(ascii: ","))
    text.append(Self.semicolon)
    if line.isDescribed { text.append(performance.description) }
    text.append(UInt8(ascii: "\r"))
    text.append(UInt8(ascii: "\n"))
  }

  private func appendHospital(_ line: ClaimLine, of person: Person, to text: inout ByteText) {
    text.append(claimNumber)
    text.append(Self.comma)
    text.append(line.line)
    text.append(Self.comma)
    text.append(person.bsn, digits: 9)
    text.append(Self.comma)
    text.append(providers.providers[line.provider].agb)
    text.append(",msz,")
    text.append(hospitalActivities[Int(line.activity.rawValue)])
    text.append(Self.comma)
    text.append(catalogue.performances[line.performance].code)
    text.append(Self.comma)
    text.append(catalogue.diagnoses[line.diagnosis])
    text.append(Self.comma)
    text.append(iso: line.start)
    text.append(Self.comma)
    text.append(iso: line.end)
    text.append(Self.comma)
    text.append(line.quantity)
    text.append(Self.comma)
    text.append(cents: line.cents, point: UInt8(ascii: "."))
    text.append(UInt8(ascii: "\n"))
  }
}

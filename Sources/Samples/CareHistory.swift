/// Makes the claim lines of one person over all years.
///
/// Care comes in visits (Poisson, with a rate after age, severity and pain). A visit is one claim with one or more
/// lines. In a living lab the new care removes part of the specialist visits of people with pain and adds visits in
/// first-line care, step by step until its full effect.
struct CareHistory {
  /// What the new care takes away from specialist care and from medicines and the rest, beside what it saves as a
  /// whole: more, because it adds first-line care. Tuned on a hundred thousand people.
  private static let specialistSaving = 1.75
  private static let otherSaving = 0.7

  let providers: ProviderDirectory
  let catalogue: Catalogue
  /// In order of day; emptied for every person, its storage reused.
  private(set) var lines: [ClaimLine] = []
  private var random = RandomSource(seed: 0, subject: 0, purpose: .care)
  private var claims = 0
  /// The day on which the general practitioner was seen first, if at all. Specialist care comes after it.
  private var referral: CalendarDay?

  init(providers: ProviderDirectory, catalogue: Catalogue) {
    self.providers = providers
    self.catalogue = catalogue
  }

  /// Where a person's need is felt, in visits per insured year.
  private struct Rates {
    var generalPractice: Double
    var specialist: Double
    var pharmacy: Double
    var paramedical: Double
    var diagnostics: Double
    var mentalHealth: Double
    var devices: Double
    var transport: Double
    var districtNursing: Double

    init(_ person: Person, year: Int) {
      let age = person.age(in: year)
      let need = min(person.severity * Self.ageFactor(age), 22)
      let lastYear = person.death.map { $0.parts.year == year } ?? false
      let pain = person.hasPain
      // Besides the yearly consult of people with pain.
      generalPractice = 0.48 * need * (pain ? 0.9 : 1)
      specialist = 0.41 * need * (pain ? 1.25 : 0.75) * (lastYear ? 2.5 : 1)
      pharmacy = 0.56 * need * (pain ? 1.15 : 0.85)
      paramedical = (pain ? 0.38 : 0.08) * min(person.severity, 3)
      diagnostics = 0.16 * need
      mentalHealth = age < 6 ? 0 : 0.065 * min(person.severity, 3)
      devices = 0.055 * need
      transport = 0.025 * need * (lastYear ? 3 : 1)
      districtNursing = age < 72 ? 0.01 * need : 0.17 * need * (lastYear ? 1.6 : 1)
    }

    private static func ageFactor(_ age: Int) -> Double {
      switch age {
      case ..<5: 0.85
      case ..<18: 0.45
      case ..<40: 0.62
      case ..<55: 0.82
      case ..<65: 1.15
      case ..<75: 1.6
      case ..<85: 2.25
      default: 2.7
      }
    }
  }

  /// Replaces `lines` by those of a person.
  mutating func make(for person: Person, seed: UInt64) {
    lines.removeAll(keepingCapacity: true)
    claims = 0
    random = RandomSource(seed: seed, subject: person.index, purpose: .care)
    referral = nil
    for year in StudyPeriod.years {
      let from = max(person.entry, StudyPeriod.firstDay(of: year))
      let to = min(person.exit, StudyPeriod.lastDay(of: year))
      guard from <= to else { continue }
      make(person, year: year, from: from, to: to, seed: seed)
    }
    lines.sort { ($0.start.number, $0.claim, $0.line) < ($1.start.number, $1.claim, $1.line) }
  }

  private mutating func make(_ person: Person, year: Int, from: CalendarDay, to: CalendarDay, seed: UInt64) {
    let rates = Rates(person, year: year)
    let share = Double(from.distance(to: to) + 1) / 365
    let trend = 1 + 0.02 * Double(year - StudyPeriod.years.lowerBound)
    let habit = LivingLab.all[person.period(on: from).lab].customaryUse
    if person.hasPain { yearlyConsult(person, from, to, trend) }
    firstLine(person, rates, share, from, to, trend)
    // Who needs much specialist care in one year mostly needs it in the next: three years in four are usual ones.
    let version = random.chance(0.75) ? 0 : year
    var visits = RandomSource(seed: seed, subject: person.index, purpose: .specialistVisits, year: version)
    var kinds = RandomSource(seed: seed, subject: person.index, purpose: .specialistKinds, year: version)
    for _ in 0..<visits.poisson(rates.specialist * share * habit) {
      specialistVisit(person, day(from, to), from, to, trend, kind: kinds.uniform())
    }
    guard person.specialties > 0 else { return }
    let first = random.below(Catalogue.specialties)
    let count = person.specialties - Int(8 * newCare(person, on: to))
    for place in 0..<count where Double(place) < Double(count) * share {
      let diagnosis = catalogue.otherSpecialist.lowerBound + (first + place) % Catalogue.specialties
      specialistVisit(person, day(from, to), from, to, trend, kind: 0.5, diagnosis: diagnosis)
    }
  }

  /// Chronic pain was there before the delivery begins, so the first consult is early, and no year goes without one.
  private mutating func yearlyConsult(_ person: Person, _ from: CalendarDay, _ to: CalendarDay, _ trend: Double) {
    let day = min(from.advanced(by: random.below(45)), to)
    if referral == nil { referral = day }
    open(.generalPractice, .consult, on: day, for: person, trend: trend, isSpine: true)
  }

  private mutating func firstLine(
    _ person: Person, _ rates: Rates, _ share: Double, _ from: CalendarDay, _ to: CalendarDay, _ trend: Double
  ) {
    let added = 1 + 0.45 * newCare(person, on: from.advanced(by: from.distance(to: to) / 2))
    for _ in 0..<random.poisson(rates.generalPractice * share * added) {
      let isSpine = person.hasPain && random.chance(0.45)
      let isRemote = random.chance(0.10 + 0.3 * newCare(person, on: to))
      let choice = random.uniform()
      let activity: Activity =
        isRemote ? .remoteConsult : choice < 0.85 ? .consult : choice < 0.92 ? .procedure : .other
      let quarters = activity == .other ? 4 : 1
      open(
        .generalPractice, activity, on: day(from, to), for: person, trend: trend, quantity: quarters, isSpine: isSpine)
    }
    for _ in 0..<random.poisson(rates.paramedical * share * added) {
      let activity: Activity = random.chance(0.04 + 0.2 * newCare(person, on: to)) ? .remoteConsult : .therapy
      open(.paramedical, activity, on: day(from, to), for: person, trend: trend, quantity: random.within(3...14))
    }
    visits(rates.pharmacy * share, .pharmacy, .prescription, person, from, to, trend)
    visits(rates.diagnostics * 0.75 * share, .diagnostics, .laboratory, person, from, to, trend)
    visits(rates.diagnostics * 0.25 * share, .diagnostics, .imaging, person, from, to, trend)
    visits(rates.mentalHealth * share, .mentalHealth, .therapy, person, from, to, trend)
    visits(rates.devices * share, .devices, .other, person, from, to, trend)
    visits(rates.transport * share, .transport, .other, person, from, to, trend)
    visits(rates.districtNursing * share, .districtNursing, .therapy, person, from, to, trend)
  }

  private mutating func visits(
    _ mean: Double, _ careType: CareType, _ activity: Activity, _ person: Person, _ from: CalendarDay,
    _ to: CalendarDay, _ trend: Double
  ) {
    for _ in 0..<random.poisson(mean) {
      let day = day(from, to)
      if random.chance(Self.otherSaving * saving(person, on: day)) { continue }
      let quantity = careType == .pharmacy ? random.within(1...6) : 1
      open(careType, activity, on: day, for: person, trend: trend, quantity: quantity)
    }
  }

  /// A visit to a hospital: to the emergency department, the outpatient clinic, for a day or for longer.
  private mutating func specialistVisit(
    _ person: Person, _ drawn: CalendarDay, _ from: CalendarDay, _ to: CalendarDay, _ trend: Double,
    kind: Double, diagnosis: Int? = nil
  ) {
    let isEmergency = kind < 0.09
    // The first visit follows the general practitioner, except in an emergency.
    let seen = referral ?? from.advanced(by: random.below(30))
    let earliest = isEmergency ? from : max(from, seen.advanced(by: 7))
    guard earliest <= to else { return }
    let day = max(drawn, earliest)
    if diagnosis == nil && random.chance(min(Self.specialistSaving * saving(person, on: day), 0.9)) { return }
    if !isEmergency && referral == nil {
      referral = seen
      open(.generalPractice, .consult, on: seen, for: person, trend: trend)
    }
    let isSpine = diagnosis == nil && person.hasPain && random.chance(0.5)
    let activity: Activity =
      isEmergency
      ? .emergencyVisit
      : kind < 0.64 ? (random.chance(0.05) ? .remoteConsult : .consult) : kind < 0.84 ? .dayTreatment : .admission
    open(.medicalSpecialist, activity, on: day, for: person, trend: trend, isSpine: isSpine, diagnosis: diagnosis)
    if isEmergency && random.chance(0.3) { addLine(.admission, to: person, trend) }
    if random.chance(0.30) { addLine(.imaging, to: person, trend) }
    if random.chance(0.14) { addLine(.laboratory, to: person, trend) }
    if activity == .consult && random.chance(0.15) { addLine(.procedure, to: person, trend) }
  }

  /// How far the new care has come for a person on a day: 0 without pain or outside the living labs.
  private func newCare(_ person: Person, on day: CalendarDay) -> Double {
    guard person.hasPain, day >= StudyPeriod.start else { return 0 }
    return person.period(on: day).lab == LivingLab.elsewhere ? 0 : StudyPeriod.progress(on: day)
  }

  private func saving(_ person: Person, on day: CalendarDay) -> Double {
    newCare(person, on: day) * LivingLab.all[person.period(on: day).lab].saving
  }

  private mutating func day(_ from: CalendarDay, _ to: CalendarDay) -> CalendarDay {
    from.advanced(by: random.below(from.distance(to: to) + 1))
  }

  /// A new claim with its first line.
  private mutating func open(
    _ careType: CareType, _ activity: Activity, on day: CalendarDay, for person: Person, trend: Double = 1,
    quantity: Int = 1, isSpine: Bool = false, diagnosis: Int? = nil
  ) {
    let provider = providers.index(
      of: careType.provider, in: person.period(on: day).lab, habit: habit(person, careType))
    let code: Int
    switch careType {
    case .medicalSpecialist:
      code = diagnosis ?? draw(isSpine ? catalogue.spineSpecialist : catalogue.otherSpecialist)
    case .generalPractice:
      code = draw(isSpine ? catalogue.spineFirstLine : catalogue.otherFirstLine)
    default: code = 0
    }
    append(
      ClaimLine(
        start: day, end: day, claim: claims, line: 1, provider: provider, careType: careType, activity: activity,
        performance: 0, diagnosis: code, quantity: quantity, cents: 0, isDescribed: false), person, trend)
    claims += 1
  }

  /// One more line to the newest claim.
  private mutating func addLine(_ activity: Activity, to person: Person, _ trend: Double) {
    var line = lines[lines.count - 1]
    line.line += 1
    line.end = line.start
    line.activity = activity
    line.quantity = 1
    append(line, person, trend)
  }

  /// Fills in what follows from the rest: performance, amount, last day and description.
  private mutating func append(_ drawn: ClaimLine, _ person: Person, _ trend: Double) {
    var line = drawn
    let choices = catalogue.choices(line.careType, line.activity)
    line.performance = choices.lowerBound + random.below(choices.count)
    // Costly medicines are seldom drawn.
    if line.careType == .pharmacy && line.performance == choices.upperBound - 1 && random.chance(0.85) {
      line.performance = choices.lowerBound
    }
    if line.activity == .admission {
      line.end = min(
        line.start.advanced(by: 1 + random.poisson(4)), person.exit, StudyPeriod.lastDay(of: line.start.parts.year))
    }
    let spread = line.careType == .generalPractice || line.careType == .paramedical ? 0.1 : 0.5
    let price = Double(catalogue.performances[line.performance].cents) * random.skewed(spread) * trend
    line.cents = Int(price * Double(line.quantity) * providers.providers[line.provider].costFactor)
    line.isDescribed = random.chance(0.4)
    lines.append(line)
  }

  private mutating func draw(_ range: Range<Int>) -> Int { range.lowerBound + random.below(range.count) }

  /// One in twelve hospital visits is to another hospital than usual.
  private mutating func habit(_ person: Person, _ careType: CareType) -> Double {
    switch careType {
    case .medicalSpecialist: random.chance(0.08) ? random.uniform() : person.habits.hospital
    case .generalPractice: person.habits.generalPractice
    case .paramedical: person.habits.physiotherapy
    default: 0
    }
  }
}

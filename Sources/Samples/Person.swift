/// A stretch of time with one postcode and one insurer.
struct InsuredPeriod {
  var from: CalendarDay
  var to: CalendarDay
  var postcode: Int
  /// Two letters of the full postcode.
  var letters: (UInt8, UInt8)
  var lab: Int
  var uzovi: Int
}

/// A person who does not exist.
struct Person {
  /// Place in the delivery, from 0.
  let index: Int
  let bsn: Int
  let male: Bool
  var birth: CalendarDay
  var death: CalendarDay?
  /// Without gaps, in order; at least one.
  let periods: [InsuredPeriod]
  let hasPain: Bool
  /// How much care the person needs beside others of the same age; 1 on average, never reported.
  let severity: Double
  /// Burden of pain in standard deviations, never reported.
  let painBurden: Double
  /// Sees ten specialties or more every year, when positive: how many.
  let specialties: Int
  /// Decides which provider of each kind the person goes to.
  let habits: Habits

  /// Position of the person (0 ..< 1) among those of a region, per kind of provider.
  struct Habits {
    var hospital = 0.0
    var generalPractice = 0.0
    var physiotherapy = 0.0
  }

  var entry: CalendarDay { periods[0].from }
  var exit: CalendarDay { periods[periods.count - 1].to }

  func age(in year: Int) -> Int { year - birth.parts.year }

  /// The period of a day; the nearest one outside the insured time.
  func period(on day: CalendarDay) -> InsuredPeriod {
    for period in periods where day <= period.to { return period }
    return periods[periods.count - 1]
  }
}

/// Draws people. Everything about a person follows from the seed and the place in the delivery, except the citizen
/// service number, which is handed out in order.
struct PersonSource {
  let seed: UInt64
  let population = Population()
  private static let insurers = [9201, 9202, 9203, 9204, 895]
  private static let letters = Array("ABCDEGHJKLMNPRSTVWXZ".utf8)

  func person(_ index: Int, bsn: Int) -> Person {
    var random = RandomSource(seed: seed, subject: index, purpose: .person)
    let postcode = population.drawPostcode(&random)
    let male = population.drawIsMale(at: postcode, &random)
    let age = population.drawAge(male: male, &random)
    let birth = CalendarDay(year: 2016 - age, month: 1, day: 1).advanced(by: random.below(365))
    let severity = random.skewed(0.8)
    let hasPain = random.chance(Self.painShare(age))
    let painBurden = random.normal()
    let manySpecialties = hasPain && age >= 30 && random.chance(0.02)
    let death = drawDeath(age: age, &random)
    var entry = max(StudyPeriod.first, birth)
    if random.chance(0.02) { entry = max(entry, StudyPeriod.first.advanced(by: random.below(1000))) }
    var exit = StudyPeriod.last
    if random.chance(0.02) { exit = exit.advanced(by: -random.below(1000)) }
    if let death { exit = min(exit, death) }
    // Someone who would leave before entering stays for a day.
    exit = max(exit, entry)
    let periods = drawPeriods(from: entry, to: exit, at: postcode, &random)
    return Person(
      index: index, bsn: bsn, male: male, birth: birth, death: death.map { max($0, entry) }, periods: periods,
      hasPain: hasPain, severity: severity, painBurden: painBurden,
      specialties: manySpecialties ? random.within(10...25) : 0,
      habits: .init(
        hospital: random.uniform(), generalPractice: random.uniform(), physiotherapy: random.uniform()))
  }

  /// Share of people of an age with chronic pain. The network looks after them, so they are over half of a delivery.
  private static func painShare(_ age: Int) -> Double {
    switch age {
    case ..<16: 0.0
    case ..<30: 0.50
    case ..<50: 0.66
    case ..<65: 0.73
    default: 0.77
    }
  }

  /// Gompertz mortality, about that of the country.
  private func drawDeath(age: Int, _ random: inout RandomSource) -> CalendarDay? {
    for year in StudyPeriod.years {
      let currentAge = age + year - 2016
      let risk = 0.000_03 * exponential(0.094 * Double(max(currentAge, 0)))
      if random.chance(min(risk, 0.4)) { return StudyPeriod.firstDay(of: year).advanced(by: random.below(365)) }
    }
    return nil
  }

  private func drawPeriods(
    from entry: CalendarDay, to exit: CalendarDay, at postcode: Population.Postcode, _ random: inout RandomSource
  ) -> [InsuredPeriod] {
    var periods = [
      InsuredPeriod(
        from: entry, to: exit, postcode: postcode.digits, letters: drawLetters(&random), lab: postcode.lab,
        uzovi: Self.insurers[random.below(Self.insurers.count)])
    ]
    if random.chance(0.06) {
      let day = StudyPeriod.first.advanced(by: random.below(1400))
      let next = population.drawPostcode(&random)
      let letters = drawLetters(&random)
      split(&periods, on: day) { period in
        period.postcode = next.digits
        period.letters = letters
        period.lab = next.lab
      }
    }
    if random.chance(0.12) {
      let uzovi = Self.insurers[random.below(Self.insurers.count)]
      split(&periods, on: StudyPeriod.firstDay(of: random.within(2016...2018))) { $0.uzovi = uzovi }
    }
    return periods
  }

  /// Changes everything from a day on. Nothing happens when the person is not insured the day before and that day.
  private func split(
    _ periods: inout [InsuredPeriod], on day: CalendarDay, _ change: (inout InsuredPeriod) -> Void
  ) {
    guard let place = periods.firstIndex(where: { $0.from < day && day <= $0.to }) else { return }
    var later = periods[place]
    periods[place].to = day.advanced(by: -1)
    later.from = day
    periods.insert(later, at: place + 1)
    for index in (place + 1)..<periods.count { change(&periods[index]) }
  }

  /// Letters that occur in postcodes.
  private func drawLetters(_ random: inout RandomSource) -> (UInt8, UInt8) {
    (Self.letters[random.below(Self.letters.count)], Self.letters[random.below(Self.letters.count)])
  }
}

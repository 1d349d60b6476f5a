import Foundation

/// Deliveries of care centres: what inhabitants say of the six dimensions of Positive Health and what professionals say of
/// their work, in 2017 and 2018. Nobody is known by name or number in them.
///
/// One centre, in a mining town, has lower marks for the body and for taking part; another one has better ones for taking
/// part in the second year.
struct PositiveHealth {
  private struct Centre {
    let agb: String
    let name: String
    let postcode: String
    /// Answers of every fifty-one in a year.
    let share: Int
  }
  private static let centres = [
    Centre(agb: "06110101", name: "De Esdoorn", postcode: "8021 AA", share: 6),
    Centre(agb: "06110102", name: "Het Veer", postcode: "9711 AA", share: 7),
    Centre(agb: "06110103", name: "Waalkade", postcode: "6511 AA", share: 8),
    Centre(agb: "06110104", name: "Overvecht-Noord", postcode: "3561 AA", share: 9),
    Centre(agb: "06110105", name: "Mijnstreek", postcode: "6411 AA", share: 10),
    Centre(agb: "06110106", name: "De Pol", postcode: "7941 AA", share: 11),
  ]
  private static let years = [2017, 2018]
  /// Dimensions, each with its mean mark.
  private static let dimensions: [(name: String, mean: Double)] = [
    ("lichaamsfuncties", 6.7), ("mentaal-welbevinden", 7.0), ("zingeving", 7.2), ("kwaliteit-van-leven", 7.1),
    ("meedoen", 6.7), ("dagelijks-functioneren", 7.0),
  ]
  private static let questions = 15
  private static let (lower, better) = (4, 1)

  private let seed: UInt64
  /// The centre of each of fifty-one answers.
  private let turns = centres.indices.flatMap { Array(repeating: $0, count: centres[$0].share) }

  /// Writes the deliveries: as many answers of inhabitants as `persons`, and two of professionals for every five.
  static func write(_ options: SampleOptions, to folder: URL) throws -> SampleReport {
    let maker = Self(seed: options.seed)
    let files = [
      try maker.writeMarks(options.persons, in: folder), try maker.writeWork(options.persons * 2 / 5, in: folder),
      try writeCentres(in: folder),
    ]
    for file in files { try file.close() }
    return SampleReport(files: files.map { ($0.name, $0.records) }, faults: [])
  }

  private init(seed: UInt64) { self.seed = seed }

  /// Centre and year of an answer: by turns, so that each centre has its share of each year.
  private func place(_ index: Int) -> (centre: Int, year: Int) {
    (turns[index % turns.count], index / turns.count % Self.years.count)
  }

  private func begin(_ text: inout ByteText, _ place: (centre: Int, year: Int), _ random: inout RandomSource) {
    text.append(iso: CalendarDay(year: Self.years[place.year], month: 1, day: 1).advanced(by: random.below(365)))
    text.append(UInt8(ascii: ";"))
    text.append(Self.centres[place.centre].agb)
  }

  private static func file(_ name: String, _ columns: [String], in folder: URL) throws -> DeliveryFile {
    try DeliveryFile(name, in: folder, head: Array((columns.joined(separator: ";") + "\n").utf8))
  }

  /// Marks from 0 to 10; one in fifty is left out.
  private func writeMarks(_ count: Int, in folder: URL) throws -> DeliveryFile {
    let file = try Self.file("positieve-gezondheid.csv", ["datum", "agb"] + Self.dimensions.map(\.name), in: folder)
    for index in 0..<max(0, count) {
      var random = RandomSource(seed: seed, subject: index, purpose: .spiderWeb)
      let place = place(index)
      try file.write { text in
        begin(&text, place, &random)
        let own = 0.9 * random.normal()
        for (number, dimension) in Self.dimensions.enumerated() {
          var mean = dimension.mean
          if place.centre == Self.lower && (number == 0 || number == 4) { mean -= 0.7 }
          if place.centre == Self.better && number == 4 && place.year == 1 { mean += 0.8 }
          let mark = (mean + own + 1.2 * random.normal()).rounded()
          text.append(UInt8(ascii: ";"))
          if !random.chance(0.02) { text.append(Int(min(10, max(0, mark)))) }
        }
        text.append(UInt8(ascii: "\n"))
      }
    }
    return file
  }

  /// Fifteen answers from 1 to 7.
  private func writeWork(_ count: Int, in folder: URL) throws -> DeliveryFile {
    let columns = ["datum", "agb"] + (1...Self.questions).map { "vraag_\($0)" }
    let file = try Self.file("werkbeleving.csv", columns, in: folder)
    for index in 0..<max(0, count) {
      var random = RandomSource(seed: seed, subject: index, purpose: .work)
      try file.write { text in
        begin(&text, place(index), &random)
        let own = 4.9 + 0.6 * random.normal()
        for _ in 0..<Self.questions {
          text.append(UInt8(ascii: ";"))
          text.append(Int(min(7, max(1, (own + 0.9 * random.normal()).rounded()))))
        }
        text.append(UInt8(ascii: "\n"))
      }
    }
    return file
  }

  private static func writeCentres(in folder: URL) throws -> DeliveryFile {
    let columns = ["AGB", "Naam", "Soort", "Postcode", "Ingangsdatum", "Einddatum"]
    let file = try file("zorgaanbieders.csv", columns, in: folder)
    for centre in centres {
      let fields = [
        centre.agb, "Gezondheidscentrum " + centre.name, "Gezondheidscentrum", centre.postcode, "01-01-2010", "",
      ]
      try file.write { $0.append(fields.joined(separator: ";") + "\n") }
    }
    return file
  }
}

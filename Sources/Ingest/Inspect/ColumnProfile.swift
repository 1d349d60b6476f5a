import Columns

/// What the values of one column of an unknown file look like. It keeps no value of a person.
public struct ColumnProfile: Sendable {
  /// What the values are, as far as all of them show.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case empty, citizenNumber = "citizen-number", agb, uzovi, date, integer, amount, decimal, postcode
    case email = "e-mail", phone, code, text
  }

  /// Name in the header, or number.
  public let name: String
  /// Number of values.
  public private(set) var count = 0
  /// Number of empty values, and of words for missing.
  public private(set) var missing = 0
  /// Number of different values, as far as they were counted.
  public var distinct: Int { values.count }
  /// Whether there are more different values than are counted.
  public private(set) var hasMoreValues = false
  /// Date patterns that occur, the most frequent first; not those that another one takes in.
  public var datePatterns: [String] {
    ranked(dates).filter { pattern in
      let loose = pattern.replacing("dd", with: "d").replacing("MM", with: "M")
      return loose == pattern || dates[loose] == nil
    }
  }
  /// Whether amounts have a comma as decimal mark.
  public var hasDecimalComma: Bool { commas > points }
  /// Whether amounts have a point as decimal mark.
  var hasDecimalPoint: Bool { points > commas }
  /// Whether there are numbers with a point, or a comma, before three digits.
  private(set) var isGroupedByPoint = false
  private(set) var isGroupedByComma = false
  /// Marks of a currency that stand before or behind amounts, the most frequent first.
  public var currencyMarks: [String] { ranked(currencies) }
  /// Signs that a spreadsheet has damaged the values.
  public private(set) var spreadsheetSigns = 0
  /// Words for missing that occur.
  public var missingWords: [String] { ranked(words) }

  private var values: [String: Int] = [:]
  private var known: [String: Facts] = [:]
  private var dates: [String: Int] = [:]
  private var words: [String: Int] = [:]
  private var currencies: [String: Int] = [:]
  private var counts: [Kind: Int] = [:]
  private var notes: [String] = []
  private var impossibleDates = 0
  private var farDates = 0
  private var commas = 0
  private var points = 0
  private var minimum = Double.infinity
  private var maximum = -Double.infinity
  private var longest = 0
  private var looksLikeNames = false

  static let maximumDistinct = 5_000
  private static let wordsForMissing: Set<String> = [
    "null", "n.v.t.", "nvt", "na", "n/a", "nan", "none", "onbekend", "unknown", "*", ".", "-",
  ]
  private static let personalNames = [
    "naam", "name", "voornaam", "achternaam", "voorletter", "geboorte", "birth", "straat", "street", "adres", "address",
    "mail", "telefoon", "phone", "mobiel", "bsn", "burgerservice", "patient", "iban", "opmerking", "toelichting",
  ]

  init(name: String) { self.name = name }

  private func ranked(_ counts: [String: Int]) -> [String] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// Remembers something that deserves a look.
  mutating func note(_ text: String) { notes.append(text) }

  /// Takes a value in.
  mutating func add(_ text: String) {
    count += 1
    if text.isEmpty {
      missing += 1
      return
    }
    if text.utf8.count <= 8, Self.wordsForMissing.contains(text.lowercased()) {
      missing += 1
      words[text, default: 0] += 1
      return
    }
    if values[text] != nil || values.count < Self.maximumDistinct {
      values[text, default: 0] += 1
    } else {
      hasMoreValues = true
    }
    longest = max(longest, text.utf8.count)
    // Most values of most columns come back; what a text looks like is found out once.
    let facts: Facts
    if let found = known[text] {
      facts = found
    } else {
      facts = Facts(text)
      if known.count < Self.maximumDistinct { known[text] = facts }
    }
    take(facts)
  }

  private mutating func take(_ facts: Facts) {
    for kind in facts.kinds { counts[kind, default: 0] += 1 }
    if let pattern = facts.pattern { dates[pattern, default: 0] += 1 }
    if facts.isFar { farDates += 1 }
    if facts.isImpossible { impossibleDates += 1 }
    if facts.isDamaged { spreadsheetSigns += 1 }
    switch facts.style {
    case .comma: commas += 1
    case .point:
      points += 1
      if facts.hasBothMarks { isGroupedByComma = true }
    case .groupedByPoint: isGroupedByPoint = true
    case .groupedByComma: isGroupedByComma = true
    case .plain, nil: break
    }
    if let currency = facts.currency { currencies[currency, default: 0] += 1 }
    if facts.looksLikeName { looksLikeNames = true }
    if let number = facts.number {
      minimum = min(minimum, number)
      maximum = max(maximum, number)
    }
  }

  /// What the column is: the most telling kind that all values are of, or nearly all for citizen numbers and dates.
  public var kind: Kind {
    let present = count - missing
    if present == 0 { return .empty }
    func share(_ kind: Kind) -> Double { Double(counts[kind, default: 0]) / Double(present) }
    let folded = SourcePlan.folded(name)
    if share(.citizenNumber) >= 0.9 { return .citizenNumber }
    if share(.agb) >= 0.9 && folded.contains("agb") { return .agb }
    // A day that is none is meant as a date all the same.
    if let days = counts[.date], days > impossibleDates,
      Double(days + impossibleDates + farDates) >= 0.9 * Double(present)
    {
      return .date
    }
    if share(.email) >= 0.9 { return .email }
    if share(.postcode) >= 0.9 { return .postcode }
    if share(.uzovi) >= 0.9 && folded.contains("uzovi") { return .uzovi }
    if share(.phone) >= 0.9 && !(share(.integer) >= 1 && longest <= 9) { return .phone }
    if share(.integer) >= 1 { return .integer }
    if share(.amount) >= 1 && (commas + points > 0 || !currencies.isEmpty) { return .amount }
    if share(.decimal) >= 1 { return .decimal }
    return longest <= 20 && !hasMoreValues && values.count * 2 <= max(present, 2) ? .code : .text
  }

  /// Whether the values may say who somebody is: they are not shown.
  public var isPersonal: Bool {
    let folded = SourcePlan.folded(name)
    return [.citizenNumber, .email, .phone].contains(kind) || Self.personalNames.contains { folded.contains($0) }
  }

  /// Smallest and largest value of a column of numbers or days that is not personal.
  public var range: String? {
    if isPersonal || kind == .agb || kind == .uzovi { return nil }
    switch kind {
    case .date:
      // Days of birth stay out also where the header does not call them that: they reach back further than care does.
      let days = dates.keys.compactMap { DateFormat($0) }
      let numbers = values.keys.compactMap { text in days.lazy.compactMap { $0.parse(Array(text.utf8).span) }.first }
      guard let first = numbers.min(), let last = numbers.max(), last - first < 20 * 366 else { return nil }
      return "\(Day(first)) … \(Day(last))"
    case .integer, .amount, .decimal:
      // A number of many digits may be somebody's.
      return maximum < 1e7 && minimum > -1e7 ? "\(Self.short(minimum)) … \(Self.short(maximum))" : nil
    default: return nil
    }
  }

  private static func short(_ number: Double) -> String {
    number == number.rounded() ? String(Int64(number)) : String(number)
  }

  /// The codes of a column of few short codes that occur often and do not look like names; otherwise nothing.
  public var codes: [String] {
    guard kind == .code || kind == .uzovi || kind == .integer && longest <= 3, !isPersonal, !looksLikeNames,
      values.count <= 40, values.allSatisfy({ $0.key.utf8.count <= 6 && $0.value >= 3 })
    else { return [] }
    return values.keys.sorted()
  }

  /// The different values of a column that names kinds of records, such as age bands; nil where they are many, or may say
  /// who somebody is.
  func fewValues(most: Int) -> [String]? {
    guard !isPersonal, !hasMoreValues, (1...most).contains(values.count), count - missing >= 2 * values.count else {
      return nil
    }
    return values.keys.sorted()
  }

  /// Lowest and highest number.
  var bounds: ClosedRange<Double>? { minimum <= maximum ? minimum...maximum : nil }

  /// Forms of the values, most frequent first: letters are x, digits 9.
  public var shapes: [String] {
    var shapes: [String: Int] = [:]
    for (value, count) in values {
      let shape = String(value.prefix(24).map { $0.isLetter ? "x" : $0.isNumber ? "9" : $0.isASCII ? $0 : "?" })
      shapes[shape, default: 0] += count
    }
    return Array(ranked(shapes).prefix(3))
  }

  /// Whether no value occurs twice, as far as was looked.
  public var isUnique: Bool { missing == 0 && !hasMoreValues && values.count == count && count > 1 }

  /// The same where there are more values than are counted: none of those that are came twice.
  var seemsUnique: Bool { isUnique || hasMoreValues && missing == 0 && !values.contains { $0.value > 1 } }

  /// Things that deserve a look.
  public var suspicions: [String] {
    var found = notes
    if kind == .date {
      if datePatterns.count > 1 { found.append("several date formats: \(datePatterns.joined(separator: ", "))") }
      if impossibleDates > 0 { found.append("\(impossibleDates) of the days do not exist") }
      if farDates > 0 {
        found.append("\(farDates) of the days lie before 1850 or after 2150: if they mean none, list them as missing")
      }
    }
    // A key has a value of its own in every record; a column that nearly does was probably meant as one.
    if [.code, .text, .integer].contains(kind), !hasMoreValues, count - missing > values.count,
      values.count * 10 >= (count - missing) * 9
    {
      found.append("\(count - missing - values.count) values occur again: look whether it is a key")
    }
    let folded = SourcePlan.folded(name)
    let present = count - missing
    if spreadsheetSigns > 0, spreadsheetSigns * 10 >= present {
      if folded.contains("agb") {
        found.append("\(spreadsheetSigns) codes of seven digits: a spreadsheet may have dropped a leading zero")
      } else if folded.contains("dat") {
        found.append("\(spreadsheetSigns) dates are numbers of days: a spreadsheet has saved them")
      }
    }
    if let wrong = counts[.citizenNumber], kind == .citizenNumber, wrong < present {
      found.append("\(present - wrong) numbers do not pass the 11-check")
    }
    if present == 0 { found.append("always empty") }
    return found
  }
}

import Columns
import Definitions

/// Columns of answers of an unknown file, put together to questionnaires by their names: `PDI_1` to `PDI_7`, `T0_PDI_1` and
/// `T1_PDI_1`, `vraag 1`, or the codes of items of a questionnaire that is known.
struct AnswerColumns {
  /// The columns of one questionnaire at one moment.
  struct Group {
    /// What the names have in common, letters and digits only.
    let stem: String
    /// The moment as the names say it; empty where they do not.
    let moment: String
    /// Item and column, in order of the file.
    var items: [(item: String, profile: ColumnProfile)]
    /// The questionnaire, where it is known, and others that it may be.
    var instrument: Instrument?
    var others: [String] = []
  }

  private(set) var groups: [Group] = []

  /// Puts columns that may be answers together.
  init(_ columns: [ColumnProfile], _ instruments: [Instrument]) {
    let answers = columns.filter(Self.mayBeAnswers)
    var taken: Set<String> = []
    for group in Self.byCode(answers, instruments)
    where !group.items.contains(where: { taken.contains($0.profile.name) }) {
      groups.append(group)
      taken.formUnion(group.items.map(\.profile.name))
    }
    for var group in Self.numbered(answers.filter { !taken.contains($0.name) }) {
      let fitting = instruments.filter { Self.isNamed($0, group.stem) && Self.fits($0, group.items) }
        .sorted { Self.distance($0, group) < Self.distance($1, group) }
      group.instrument = fitting.first
      group.others = fitting.dropFirst().filter { $0.items.count == fitting.first?.items.count }.map(\.id)
      if group.items.count < 2 && group.instrument == nil { continue }
      groups.append(group)
      taken.formUnion(group.items.map(\.profile.name))
    }
    for profile in answers where !taken.contains(profile.name) {
      guard let single = Self.single(profile, instruments) else { continue }
      groups.append(single)
    }
  }

  private static func distance(_ instrument: Instrument, _ group: Group) -> (Int, Int, String) {
    (abs(instrument.items.count - group.items.count), instrument.id.count, instrument.id)
  }

  /// Numbers of a small range that say nothing of somebody.
  private static func mayBeAnswers(_ profile: ColumnProfile) -> Bool {
    guard [.integer, .decimal, .amount].contains(profile.kind), !profile.isPersonal, profile.currencyMarks.isEmpty,
      let bounds = profile.bounds, bounds.lowerBound >= -10, bounds.upperBound <= 100
    else { return false }
    let name = SourcePlan.folded(profile.name)
    return !["leeftijd", "age", "gewicht", "lengte", "aantal", "jaar", "year"].contains { name == $0 }
  }

  // MARK: - Names

  /// The moment in a name, a whole word between other marks, and the name without it.
  static func moment(in name: String) -> (moment: String, rest: String) {
    let moments =
      #/(?i)(?:^|[_\-. ])((?:[tm][0-9]{1,2})|voor|na|pre|post|baseline|intake|voormeting|nameting|nulmeting|followup)(?=$|[_\-. ])/#
    guard let match = name.firstMatch(of: moments) else { return ("", name) }
    return (String(match.output.1).lowercased(), name.replacingCharacters(match.range))
  }

  /// Letters and digits only.
  private static func bare(_ text: some StringProtocol) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// Words of a name.
  private static func words(_ name: String) -> [String] {
    name.split { !$0.isLetter && !$0.isNumber }.map { bare($0) }
  }

  /// Groups of columns whose names end in a number, without the moment.
  private static func numbered(_ columns: [ColumnProfile]) -> [Group] {
    var groups: [Group] = []
    for profile in columns {
      let (moment, rest) = Self.moment(in: profile.name)
      guard let match = rest.trimmed.wholeMatch(of: #/(.*?)0*([0-9]{1,3})/#) else { continue }
      let item = match.output.2.isEmpty ? "0" : String(match.output.2)
      let stem = bare(match.output.1)
      if let place = groups.firstIndex(where: { $0.stem == stem && $0.moment == moment }) {
        if !groups[place].items.contains(where: { $0.item == item }) { groups[place].items.append((item, profile)) }
      } else {
        groups.append(Group(stem: stem, moment: moment, items: [(item, profile)]))
      }
    }
    return groups
  }

  /// Groups of columns with the codes of items in their names, for questionnaires whose items have no numbers.
  private static func byCode(_ columns: [ColumnProfile], _ instruments: [Instrument]) -> [Group] {
    var found: [Group] = []
    for instrument in instruments where instrument.items.count > 1 {
      let codes = Dictionary(
        instrument.items.filter { !$0.code.allSatisfy(\.isNumber) }.map { (bare($0.code), $0.code) }
      ) { first, _ in first }
      if codes.count < instrument.items.count { continue }
      var groups: [Group] = []
      for profile in columns {
        let (moment, rest) = Self.moment(in: profile.name)
        let words = Self.words(rest)
        guard let code = words.last.flatMap({ codes[$0] }) ?? words.first.flatMap({ codes[$0] }) else { continue }
        let stem = words.filter { $0 != bare(code) }.joined()
        if let place = groups.firstIndex(where: { $0.stem == stem && $0.moment == moment }) {
          if !groups[place].items.contains(where: { $0.item == code }) { groups[place].items.append((code, profile)) }
        } else {
          groups.append(Group(stem: stem, moment: moment, items: [(code, profile)], instrument: instrument))
        }
      }
      found += groups.filter { group in
        // All items, or most of them under its name.
        fits(instrument, group.items)
          && (group.items.count == instrument.items.count
            || group.items.count * 10 >= instrument.items.count * 6 && isNamed(instrument, group.stem))
      }
    }
    func rank(_ group: Group) -> [Int] {
      let isNamed = group.instrument.map { Self.isNamed($0, group.stem) } ?? false
      return [-group.items.count, isNamed ? 0 : 1, group.instrument?.id.count ?? 0]
    }
    let sorted = found.enumerated().sorted { a, b in
      let (x, y) = (rank(a.element), rank(b.element))
      return x == y ? a.offset < b.offset : x.lexicographicallyPrecedes(y)
    }.map { $0.element }
    // Of several that have the same columns, one counts and the others are named.
    return sorted.map { group in
      var group = group
      let columns = Set(group.items.map(\.profile.name))
      group.others = sorted.filter { other in
        other.instrument?.id != group.instrument?.id && Set(other.items.map(\.profile.name)) == columns
      }.compactMap { $0.instrument?.id }
      return group
    }
  }

  /// One column that has the name of a questionnaire of one item.
  private static func single(_ profile: ColumnProfile, _ instruments: [Instrument]) -> Group? {
    let (moment, rest) = Self.moment(in: profile.name)
    let stem = bare(rest)
    let fitting = instruments.filter { instrument in
      guard instrument.items.count == 1, stem.count >= 3, isNamed(instrument, stem) else { return false }
      return fits(instrument, [(instrument.items[0].code, profile)])
    }.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) }
    guard let instrument = fitting.first else { return nil }
    return Group(
      stem: stem, moment: moment, items: [(instrument.items[0].code, profile)], instrument: instrument,
      others: fitting.dropFirst().map(\.id))
  }

  /// Whether a name in the file is that of a questionnaire: all of its id, or its beginning or end.
  private static func isNamed(_ instrument: Instrument, _ stem: String) -> Bool {
    let id = bare(instrument.id)
    if stem == id { return true }
    return stem.count >= 3 && (id.hasPrefix(stem) || id.hasSuffix(stem)) || id.count >= 3 && stem.contains(id)
  }

  /// Whether all items are those of a questionnaire, with answers in their range.
  private static func fits(_ instrument: Instrument, _ items: [(item: String, profile: ColumnProfile)]) -> Bool {
    items.allSatisfy { item, profile in
      guard let index = instrument.index(ofItem: item), let bounds = profile.bounds else { return false }
      return bounds.lowerBound >= instrument.items[index].minimum
        && bounds.upperBound <= instrument.items[index].maximum
    }
  }
}

extension String {
  /// Without blanks and marks at both ends.
  fileprivate var trimmed: String {
    let marks: (Character) -> Bool = { !$0.isLetter && !$0.isNumber }
    return String(String(drop(while: marks).reversed()).drop(while: marks).reversed())
  }

  fileprivate func replacingCharacters(_ range: Range<String.Index>) -> String {
    String(self[..<range.lowerBound] + " " + self[range.upperBound...])
  }
}

import Columns

/// Builds stays of the claim lines that speak of them.
///
/// Lines of one person, provider, kind of care and reporting party that overlap or touch (the next begins at most one day
/// after the last ends) are one stay. Stays that overlap, or of which one begins on the day or the day after the other
/// ends at another provider, are one episode of hospital care. See Tuva's `acute_inpatient__generate_encounter_id` for
/// the same rules on American claims.
enum StayBuilder {
  /// What a line says of a stay.
  enum Kind: UInt8, Sendable {
    case admission, bedDay, absenceDay
    /// Makes no stay; one on the day of admission or the day before makes it unplanned.
    case emergencyVisit
  }
  /// A line as far as stays are built of it.
  struct Line: Sendable {
    /// Reporting party and person as one number, and provider and kind of care as another: their order is that of stays.
    let person: Int32
    let party: UInt8
    let provider: Int32
    let careType: Int32
    let kind: Kind
    let start: Int32
    /// Missing where the line has none.
    let end: Int32
    /// Missing where the line has none.
    let quantity: Int32
  }
  /// A stay, with the positions of its lines.
  struct Stay: Sendable {
    var person: Int32
    var party: UInt8
    var provider: Int32
    var careType: Int32
    var from: Int32
    var to: Int32
    /// Missing where nothing says how long it lasted.
    var bedDays = Missing.int32
    var isUnplanned = false
    /// Number among the stays of the person, from 1, and that with which the episode began.
    var number: Int32 = 0
    var episode: Int32 = 0
    var isTransferredIn = false
    var isTransferredOut = false
    var lines: [Int32]
  }

  /// No line covers more days: longer ones are errors, and would cost memory.
  private static let longest: Int32 = 36_525

  /// The stays, by person, then in order of time.
  ///
  /// - Parameter lines: In order of delivery and record.
  static func stays(_ lines: [Line]) -> [Stay] {
    let order = lines.indices.filter { lines[$0].kind != .emergencyVisit }.sorted { a, b in
      let (x, y) = (lines[a], lines[b])
      if (x.person, x.party) != (y.person, y.party) { return (x.person, x.party) < (y.person, y.party) }
      return (x.provider, x.careType, x.start, a) < (y.provider, y.careType, y.start, b)
    }
    var stays: [Stay] = []
    for index in order {
      let line = lines[index]
      let last = lastDay(line)
      if let open = stays.last, open.person == line.person, open.party == line.party, open.provider == line.provider,
        open.careType == line.careType, line.start <= open.to + 1
      {
        stays[stays.count - 1].to = max(open.to, last)
        stays[stays.count - 1].lines.append(Int32(index))
      } else {
        stays.append(
          Stay(
            person: line.person, party: line.party, provider: line.provider, careType: line.careType, from: line.start,
            to: last, lines: [Int32(index)]))
      }
    }
    for index in stays.indices { stays[index].bedDays = bedDays(stays[index], lines) }
    stays.sort { a, b in
      if (a.person, a.party) != (b.person, b.party) { return (a.person, a.party) < (b.person, b.party) }
      return (a.from, a.to, a.provider, a.careType) < (b.from, b.to, b.provider, b.careType)
    }
    number(&stays)
    markUnplanned(&stays, lines)
    return stays
  }

  /// The last day that a line covers.
  private static func lastDay(_ line: Line) -> Int32 {
    let counted = line.kind == .admission ? 1 : min(longest, max(1, line.quantity))
    let last = line.end == Missing.int32 ? line.start + counted - 1 : line.end
    return min(max(line.start, last), line.start + longest)
  }

  private static func bedDays(_ stay: Stay, _ lines: [Line]) -> Int32 {
    let mine = stay.lines.map { lines[Int($0)] }
    var isBedDay = [Bool](repeating: false, count: Int(stay.to - stay.from) + 1)
    func mark(_ kind: Kind, _ value: Bool) {
      for line in mine where line.kind == kind {
        // As many days as the line counts, from its first, within the days that it is about.
        let counted = line.quantity == Missing.int32 ? longest : min(longest, max(0, line.quantity))
        let last = min(lastDay(line), line.start + counted - 1)
        if last < line.start { continue }
        for day in line.start...last { isBedDay[Int(day - stay.from)] = value }
      }
    }
    if mine.contains(where: { $0.kind == .bedDay }) {
      mark(.bedDay, true)
    } else {
      guard mine.contains(where: { $0.kind == .admission && $0.end != Missing.int32 }) else { return Missing.int32 }
      for day in isBedDay.indices.dropLast() { isBedDay[day] = true }
    }
    mark(.absenceDay, false)
    return Int32(isBedDay.count { $0 })
  }

  /// Numbers the stays of each person and finds their episodes.
  private static func number(_ stays: inout [Stay]) {
    var number: Int32 = 0
    var first = 0
    var lastDay = Int32.min
    for index in stays.indices {
      let isSamePerson = index > 0 && stays[index - 1].person == stays[index].person
      number = isSamePerson ? number + 1 : 1
      stays[index].number = number
      let isSameEpisode =
        isSamePerson && stays[index - 1].party == stays[index].party && stays[index].from <= lastDay + 1
      if isSameEpisode {
        lastDay = max(lastDay, stays[index].to)
        stays[index].isTransferredIn = true
      } else {
        if index > 0 { markDischarge(&stays, first..<index) }
        (first, lastDay) = (index, stays[index].to)
      }
      stays[index].episode = stays[first].number
    }
    if !stays.isEmpty { markDischarge(&stays, first..<stays.count) }
  }

  /// All stays of an episode but the one that ends last, the later of two that end together, were left for another.
  private static func markDischarge(_ stays: inout [Stay], _ episode: Range<Int>) {
    let last = episode.max { (stays[$0].to, $0) < (stays[$1].to, $1) }
    for index in episode { stays[index].isTransferredOut = index != last }
  }

  private struct Visit: Hashable {
    let person: Int32
    let party: UInt8
    let day: Int32
  }

  private static func markUnplanned(_ stays: inout [Stay], _ lines: [Line]) {
    var visits: Set<Visit> = []
    for line in lines where line.kind == .emergencyVisit {
      visits.insert(Visit(person: line.person, party: line.party, day: line.start))
    }
    if visits.isEmpty { return }
    for index in stays.indices {
      let stay = stays[index]
      stays[index].isUnplanned = [stay.from, stay.from - 1].contains {
        visits.contains(Visit(person: stay.person, party: stay.party, day: $0))
      }
    }
  }
}

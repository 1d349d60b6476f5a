import Columns
import CoreDataset
import Definitions
import Statistics

/// Of the discharges after an episode of hospital care, the share that is followed by an unplanned stay within so many
/// days, usually 30 (CMS hospital-wide readmission). Only the next stay is looked at: a planned one ends the window. A
/// discharge counts when the person was alive and the days after it lie before the end of the data; a readmission may
/// itself be an index stay. It counts in the period and region of the day of discharge and for the hospital that
/// discharged, or with `attribute-to: first` that admitted first. Wilson's interval over discharges; persons who are often
/// in hospital make it somewhat too narrow.
struct Readmission: Measure {
  static let documentation =
    "Share of discharges followed by an unplanned stay within the days given, the next stay alone being looked at (CMS "
    + "hospital-wide readmission); Wilson interval."
  private let selection: StaySelection
  private let days: Int32
  private let attribution: Indicator.Parameters.Attribution
  private let lastDay: Int32

  init(_ context: MeasureContext) {
    // Acute care: stays for rehabilitation and mental health are neither index nor readmission.
    selection = StaySelection(context.indicator, usual: [.medicalSpecialist])
    days = Int32(context.indicator.parameters.followUp?.value ?? 30)
    attribution = context.indicator.parameters.attribution ?? .last
    lastDay = context.pipeline.periods.map(\.to.number).max() ?? .min
  }

  /// An episode of hospital care: positions of the stay that began it and of the one that ended it.
  private struct Episode {
    var first: Int
    var last: Int
  }

  func accumulate(_ bucket: Bucket, _ members: Membership, into table: inout CellTable) {
    let axis = table.axis
    let stays = bucket.stays
    for person in 0..<bucket.personCount {
      let episodes = episodes(bucket, person)
      for (number, episode) in episodes.enumerated() {
        let discharge = stays.to[episode.last]
        let period = axis.period(discharge)
        guard period >= 0, members.contains(person, year: axis.years[period]),
          selection.contains(episode.last, stays), discharge + days <= lastDay,
          bucket.diedOn[person] == Missing.int32 || bucket.diedOn[person] > discharge
        else { continue }
        let next = number + 1 < episodes.count ? episodes[number + 1].first : nil
        let isReadmitted = next.map { stays.isUnplanned[$0] && stays.from[$0] - discharge <= days } ?? false
        let provider = stays.provider[attribution == .first ? episode.first : episode.last]
        let units = UnitsOf.measurement(bucket, axis, person: person, day: discharge, provider: provider, period)
        for cell in units {
          table.addToPerson(table.index(unit: cell.unit, period: cell.period), x: 1, y: isReadmitted ? 1 : 0)
        }
      }
      // Discharges are the observations; persons are counted once each.
      table.endPersonCounting()
    }
  }

  /// The episodes of a person, of the stays that are acute care.
  private func episodes(_ bucket: Bucket, _ person: Int) -> [Episode] {
    let stays = bucket.stays
    var episodes: [Episode] = []
    var number = Missing.int32
    for stay in bucket.stays(of: person) where selection.isOfCare(stay, stays) {
      if stays.episode[stay] == number, let open = episodes.last {
        if stays.to[stay] >= stays.to[open.last] { episodes[episodes.count - 1].last = stay }
      } else {
        number = stays.episode[stay]
        episodes.append(Episode(first: stay, last: stay))
      }
    }
    return episodes
  }

  func standing(_ view: CellView) -> Standing? {
    guard view.national.count > 0, view.cell.count > 0 else { return nil }
    return Standing(
      target: Double(view.national.y) / Double(view.national.count), chance: .share(of: Double(view.cell.count)))
  }

  func fill(_ row: inout ResultRow, _ view: CellView) {
    let (discharges, readmissions) = (Double(view.cell.count), Double(view.cell.y))
    row.measured = Int(view.cell.count)
    row.persons = Int(view.cell.persons)
    guard discharges > 0 else { return row.setAbsent("no-observations") }
    row.setEventContributors(view.cell.largestY)
    row.numerator = readmissions
    row.denominator = discharges
    row.value = readmissions / discharges
    row.setLimits { Interval.wilson(readmissions, of: discharges, $0) }
  }
}

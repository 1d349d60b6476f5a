import Columns
import CoreDataset
import Definitions

/// Which measurement of a person is which moment, and which one counts.
extension ResponsesBucket {
  /// A questionnaire of a person in one programme or treatment.
  private struct Course: Hashable {
    let person: Identifier
    let path: Int32
    let indexDate: Int32
    let instrument: Int32

    init(_ response: Response) {
      person = response.person
      path = response.path
      indexDate = response.indexDate
      instrument = response.instrument
    }
  }

  /// Gives measurements without a label the moment in whose window, in days after the index date, they lie. Those that
  /// lie in no window are set aside, and so are those with a label that lie outside the window of that moment.
  mutating func assignMoments(accounts: inout BucketAccounts) {
    for index in responses.indices where !responses[index].isSetAside {
      let response = responses[index]
      let windows = pipeline.moments(of: pipeline.instruments[Int(response.instrument)])
      let label = moments[Int(response.moment)]
      let isUnlabelled = label == MomentWindow.unlabelled
      if windows.isEmpty && !isUnlabelled { continue }
      guard response.completedOn != Missing.int32, response.indexDate != Missing.int32 else {
        if isUnlabelled { setAside(index, "no-moment", nil, "a day and an index date", &accounts) }
        continue
      }
      let day = Int(response.completedOn) - Int(response.indexDate)
      if isUnlabelled {
        if let window = windows.first(where: { $0.days.contains(day) }) {
          responses[index].moment = moments.code(window.moment)
        } else {
          setAside(index, "outside-window", "day \(day)", "a day in a window of \(Self.list(windows))", &accounts)
        }
      } else if let window = windows.first(where: { $0.moment == label }), !window.days.contains(day) {
        setAside(index, "outside-window", "day \(day)", "a day in the window of \(Self.list([window]))", &accounts)
      }
    }
  }

  /// Sets aside responses that were filled in before the first measurement (moment `T0`) of the same instrument on the
  /// same care path.
  mutating func setAsideBeforeBaseline(accounts: inout BucketAccounts) {
    guard let baseline = moments.find("T0") else { return }
    var first: [Course: Int32] = [:]
    for response in responses
    where !response.isSetAside && response.moment == baseline && response.completedOn != Missing.int32 {
      let course = Course(response)
      first[course] = min(first[course] ?? .max, response.completedOn)
    }
    struct Place: Hashable {
      let delivery: Int32
      let record: Int32
      let moment: Int32
    }
    var reported: Set<Place> = []
    for index in responses.indices where !responses[index].isSetAside && responses[index].moment != baseline {
      let response = responses[index]
      guard response.completedOn != Missing.int32, let day = first[Course(response)], response.completedOn < day else {
        continue
      }
      responses[index].isSetAside = true
      // A day that several questionnaires of a record share is reported once.
      let place = Place(delivery: response.delivery, record: response.record, moment: response.moment)
      if reported.insert(place).inserted {
        setAside(
          index, "before-baseline", Day(response.completedOn).description, "a day on or after that of T0", &accounts)
      }
    }
  }

  /// Keeps one of several responses to a questionnaire at a moment, and sets the others aside: the one nearest to the
  /// target of the window, then the one with most items answered, then the earliest, then the one delivered first.
  /// Without a care path, responses on different days or about different providers are different measurements.
  mutating func setAsideDuplicates(accounts: inout BucketAccounts) {
    struct Measurement: Hashable {
      let course: Course
      let moment: Int32
      let day: Int32
      let provider: Int32
    }
    var best: [Measurement: Int] = [:]
    for index in responses.indices where !responses[index].isSetAside {
      let response = responses[index]
      let isOnPath = response.path >= 0 && response.indexDate != Missing.int32
      // Nothing says that two answers without any day are about the same measurement.
      if !isOnPath && response.completedOn == Missing.int32 { continue }
      let measurement = Measurement(
        course: Course(response), moment: response.moment, day: isOnPath ? 0 : response.completedOn,
        provider: isOnPath ? 0 : response.provider)
      guard let other = best[measurement] else {
        best[measurement] = index
        continue
      }
      let loser = isBetter(index, other) ? other : index
      best[measurement] = loser == index ? other : index
      setAside(loser, "duplicate-response", nil, "one questionnaire at a moment", &accounts)
    }
  }

  private func isBetter(_ one: Int, _ other: Int) -> Bool {
    let (a, b) = (responses[one], responses[other])
    let distances = (distance(a), distance(b))
    if distances.0 != distances.1 { return distances.0 < distances.1 }
    let answered = (answeredItems(a), answeredItems(b))
    if answered.0 != answered.1 { return answered.0 > answered.1 }
    // A response without a day comes after those with one.
    let days = [a, b].map { $0.completedOn == Missing.int32 ? Int32.max : $0.completedOn }
    if days[0] != days[1] { return days[0] < days[1] }
    return (a.delivery, a.record) < (b.delivery, b.record)
  }

  /// Days from the target of the moment's window; the same for all where there is no window or no day.
  private func distance(_ response: Response) -> Int {
    let windows = pipeline.moments(of: pipeline.instruments[Int(response.instrument)])
    guard let window = windows.first(where: { $0.moment == moments[Int(response.moment)] }),
      response.completedOn != Missing.int32, response.indexDate != Missing.int32
    else { return .max }
    return abs(Int(response.completedOn) - Int(response.indexDate) - window.target)
  }

  /// Number of items answered within range.
  func answeredItems(_ response: Response) -> Int {
    let count = pipeline.instruments[Int(response.instrument)].items.count
    return values[response.start..<response.start + count].count { !$0.isNaN }
  }

  private mutating func setAside(
    _ index: Int, _ reason: String, _ value: String?, _ expected: String, _ accounts: inout BucketAccounts
  ) {
    responses[index].isSetAside = true
    let response = responses[index]
    let instrument = pipeline.instruments[Int(response.instrument)].id
    let moment = moments[Int(response.moment)]
    let column = sources[response.delivery].flatMap { Self.dayColumn(instrument, moment, in: $0) }
    accounts.setAside(
      Int(response.delivery), record: response.record,
      column: column ?? (moment == MomentWindow.unlabelled ? instrument : moment),
      reason: reason, value, expected: expected)
  }

  private static func list(_ windows: [MomentWindow]) -> String {
    windows.map { "\($0.moment) (day \($0.days.lowerBound) to \($0.days.upperBound))" }.joined(separator: ", ")
  }
}

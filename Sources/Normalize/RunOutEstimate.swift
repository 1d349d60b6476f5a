import Columns
import Definitions
import Foundation
import Statistics
import Workspace

/// From when on claims of a month are complete, per reporting party: estimated from when lines were delivered first, or as
/// declared where there is too little to estimate from.
///
/// Months of care are the rows of a chain ladder, whole months since then its steps, and euros that the core dataset now has
/// its sums (Mack 1993). Only the latest unbroken row of months in which the party delivered counts: without a delivery in
/// a month nothing can be seen to come in, and a step would seem to be without growth.
struct RunOutEstimate {
  /// Months in a row with a delivery that it takes: six steps for each factor.
  static let fewestMonths = 7
  /// Months of care that a factor takes.
  static let fewestRows = 3
  /// Months before the first of them of which care is looked at, and steps.
  private static let longest = 36

  private let runOut: RunOut
  private let received: ReceivedClaims

  init(_ runOut: RunOut, _ received: ReceivedClaims) { (self.runOut, self.received) = (runOut, received) }

  /// What holds for a party.
  ///
  /// - Parameter last: its last day of care.
  /// - Parameter latest: the day of its latest delivery, where deliveries say so.
  func account(_ party: String, last: Day, latest: Day?) -> RunOutAccount {
    let usual = RunOut(months: runOut.months, received: runOut.received ?? latest)
    func declared(_ reason: String) -> RunOutAccount {
      RunOutAccount(
        method: .declared, months: Int(runOut.months.value), reason: reason,
        completeThrough: usual.completeThrough(last: last).description, completion: [])
    }
    guard let share = runOut.completeAt?.value else { return declared("not-asked-for") }
    guard let months = monthsInARow(party) else { return declared("no-day-of-receipt") }
    guard months.count >= Self.fewestMonths else { return declared("fewer-than-7-months-with-a-delivery") }
    let ladder = ChainLadder(triangle(party, months), fewestRows: Self.fewestRows)
    // It must see at least as far as what is declared.
    guard ladder.factors.count >= max(1, Int(runOut.months.value)) else { return declared("too-few-months-of-care") }
    let step = ladder.step(completeAt: share)
    let next = months.upperBound - step + 1
    let through = Day(year: Int32(next / 12), month: Int32(next % 12 + 1), day: 1).map { Day($0.number - 1) }
    return RunOutAccount(
      method: .estimated, months: step, reason: "", completeThrough: (through ?? last).description,
      completion: ladder.completion)
  }

  /// The latest unbroken row of months in which a party delivered.
  private func monthsInARow(_ party: String) -> ClosedRange<Int>? {
    let months = Set(received.cents.keys.lazy.filter { $0.party == party }.map(\.received))
    guard let last = months.max() else { return nil }
    var first = last
    while months.contains(first - 1) { first -= 1 }
    return first...last
  }

  /// A row per month of care: what had come in after each number of months, as far as the months of receipt show it.
  private func triangle(_ party: String, _ months: ClosedRange<Int>) -> [[Double?]] {
    // What came before the first of the months counts in it.
    var sums: [Int: [Int: Int64]] = [:]
    for (key, days) in received.cents where key.party == party && key.received <= months.upperBound {
      for (day, cents) in days {
        let care = DeliveryHistory.month(Day(day))
        sums[care, default: [:]][max(key.received, months.lowerBound), default: 0] += cents
      }
    }
    let first = max(sums.keys.min() ?? months.lowerBound, months.lowerBound - Self.longest)
    guard first <= months.upperBound else { return [] }
    return (first...months.upperBound).map { care in
      var sum: Int64 = 0
      var next = months.lowerBound
      return (0...min(Self.longest, months.upperBound - care)).map { step -> Double? in
        let month = care + step
        guard months.contains(month) else { return nil }
        while next <= month {
          sum += sums[care]?[next] ?? 0
          next += 1
        }
        return Double(sum) / 100
      }
    }
  }

  /// Writes `quality/claims-run-out.csv`: how complete claims are by whole months since the month of care.
  static func write(_ accounts: [String: RunOutAccount], to folder: URL) throws(Problem) {
    try Workspace.create(folder)
    var rows = [["reported_by", "method", "reason", "complete_through", "months", "months_since_care", "completion"]]
    for (party, account) in accounts.sorted(by: { $0.key < $1.key }) {
      let front = [party, account.method.rawValue, account.reason, account.completeThrough, String(account.months)]
      if account.completion.isEmpty { rows.append(front + ["", ""]) }
      rows += account.completion.enumerated().map { front + [String($0), String($1)] }
    }
    try CodeFiles.write(rows, to: folder.appending(path: "claims-run-out.csv"))
  }
}

import Columns
import CoreDataset
import Definitions
import Workspace

/// When claim lines were delivered for the first time, as far as deliveries say on which day they came.
struct DeliveryHistory: Sendable {
  /// Month in which each delivery was received, counted from year 0; nil where its name does not say.
  private let months: [Int?]
  /// The delivery that a line which was delivered more than once was in first, by the delivery and record that count.
  private let firstDelivery: [UInt64: Int]

  /// Nil where run-out is not to be estimated.
  init?(_ pipeline: Pipeline, _ accounts: [DeliveryAccount], firstDelivery: [UInt64: Int]) {
    guard pipeline.runOut?.completeAt != nil else { return nil }
    months = accounts.map { account in
      pipeline.source(account.source)?.received?.day(in: account.delivery).map { Self.month($0) }
    }
    self.firstDelivery = firstDelivery
  }

  /// Month of a day, counted from year 0.
  static func month(_ day: Day) -> Int { Int(day.date.year) * 12 + Int(day.date.month) - 1 }

  /// The month in which a line was received first.
  func month(delivery: Int, record: Int32) -> Int? {
    let key = UInt64(delivery) << 32 | UInt64(UInt32(bitPattern: record))
    return months[firstDelivery[key] ?? delivery]
  }
}

/// Euro cents of claims by party, day of care and the month in which they were received first.
struct ReceivedClaims: Sendable {
  struct Key: Hashable {
    let party: String
    /// Month of receipt, counted from year 0.
    let received: Int
  }
  private(set) var cents: [Key: [Int32: Int64]] = [:]

  /// Adds lines of a staged part that are in the core dataset.
  mutating func add(_ columns: [Column], of part: StagedPart, _ history: DeliveryHistory) {
    let table = Staged.claimLine
    guard case .day(let days) = columns[table.index(of: "start") ?? 0],
      case .cents(let amounts) = columns[table.index(of: "amount_cents") ?? 0],
      case .integer(let records) = columns[table.index(of: "record") ?? 0]
    else { return }
    let party = part.source.reportedBy.rawValue
    for row in days.indices {
      guard let month = history.month(delivery: part.delivery, record: records[row]) else { continue }
      cents[Key(party: party, received: month), default: [:]][days[row], default: 0] += amounts[row]
    }
  }

  mutating func merge(_ other: ReceivedClaims) {
    for (key, days) in other.cents { cents[key, default: [:]].merge(days, uniquingKeysWith: +) }
  }
}

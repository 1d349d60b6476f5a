import Columns
import CoreDataset

extension PieceBuilder {
  /// Amounts of the records of a piece, euro cents.
  struct Money: Sendable {
    /// Of all records of which the amount could be read.
    var read: Int64 = 0
    /// Of those among them that were set aside.
    var quarantined: Int64 = 0
    /// Of those that another delivery has mended.
    var redelivered: Int64 = 0
    /// Records set aside of which an amount could not be read, or that could not be taken apart into fields.
    var withoutAmount = 0
    /// Accepted amounts below zero.
    var credits = 0
  }

  /// Adds up the amounts as they were read, apart from what becomes of the rows: so that the account is a check.
  func money() -> Money {
    var delivered = amounts
    for (index, field) in plan.fields.enumerated() where field.targetName == "amount_cents" {
      if case .cents(let cents) = columns[index] { delivered.append(cents) }
    }
    var money = Money()
    if delivered.isEmpty { return money }
    for cents in delivered {
      for row in cents.indices where cents[row] != Missing.int64 {
        money.read += cents[row]
        if isReplaced(row) {
          money.redelivered += cents[row]
        } else if isRejected[row] {
          money.quarantined += cents[row]
        } else if cents[row] < 0 {
          money.credits += 1
        }
      }
    }
    for row in isRejected.indices where isRejected[row] && delivered.contains(where: { $0[row] == Missing.int64 }) {
      money.withoutAmount += 1
    }
    money.withoutAmount += faultyLines
    return money
  }
}

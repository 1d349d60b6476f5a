import Columns
import CoreDataset
import Parquet
import Workspace

/// The heads of the claims of one part, found by the number of the claim. Of a claim with several heads the one delivered
/// last counts.
struct ClaimHeads {
  /// Columns of the staged table of heads.
  private(set) var columns: [Column]
  private var claims = CodeBook()
  /// Row of each claim.
  private var rowOfClaim: [Int32] = []
  /// Delivery of each row, and whether the row counts and a line has found it.
  private var delivery: [Int32] = []
  private var isReplaced: [Bool] = []
  private var isUsed: [Bool] = []

  init() { columns = Staged.claimHeader.columns.map { Column($0.spec.type) } }

  /// Adds the heads of a part of a delivery.
  mutating func add(_ part: [Column], delivery number: Int) {
    guard let place = Staged.claimHeader.index(of: "claim"), case .text(let texts) = part[place] else { return }
    for row in 0..<texts.count {
      let code = Int(claims.code(texts.bytes.span.extracting(texts.range(row))))
      let own = Int32(truncatingIfNeeded: delivery.count)
      if code == rowOfClaim.count {
        rowOfClaim.append(own)
      } else {
        isReplaced[Int(rowOfClaim[code])] = true
        rowOfClaim[code] = own
      }
      delivery.append(Int32(truncatingIfNeeded: number))
      isReplaced.append(false)
      isUsed.append(false)
    }
    for index in columns.indices { columns[index].append(part[index]) }
  }

  /// The row of the head of each line; -1 where there is none.
  mutating func rows(of lines: TextColumn) -> [Int32] {
    (0..<lines.count).map { row in
      let code = Int(claims.code(lines.bytes.span.extracting(lines.range(row))))
      guard code < rowOfClaim.count else { return -1 }
      isUsed[Int(rowOfClaim[code])] = true
      return rowOfClaim[code]
    }
  }

  /// What became of the heads: how many of each delivery were replaced by a later one, and how many no line has found.
  func accounts(deliveries: Int) -> (replaced: [Int], unused: [Int]) {
    var replaced = [Int](repeating: 0, count: deliveries)
    var unused = [Int](repeating: 0, count: deliveries)
    for row in delivery.indices {
      if isReplaced[row] {
        replaced[Int(delivery[row])] += 1
      } else if !isUsed[row] {
        unused[Int(delivery[row])] += 1
      }
    }
    return (replaced, unused)
  }
}

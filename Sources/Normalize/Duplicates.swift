import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// Finds claim lines that were delivered more than once: the same claim and line by the same kind of reporting party. The
/// one delivered last counts, those before it are superseded. It does not matter whether the citizen number was corrected
/// in between. A credit with the number of its debit is another line. A line that is to be set aside for an unknown code
/// supersedes none that can be used.
///
/// Lines are compared by 88 bits of a hash of their key; two different keys among a thousand million lines collide with a
/// chance below 10⁻⁸. Memory is bounded: keys are looked at in as many rounds, by hash, as keep each below
/// `linesPerRound`, at sixteen bytes a line; those of other rounds wait in a file.
enum Duplicates {
  private static let linesPerRound = 1 << 22
  /// Twins that are decided upon together, at least: for each time the lines of most parts are read.
  private static let twinsAtOnce = 1 << 18

  /// What was found.
  struct Found: Equatable {
    /// Rows that are superseded, by part (`StagedPart.index`) and bucket, ascending.
    var superseded: [[[Int32]]]
    /// The delivery that a line which counts was in first, where that is another one, by its place (`Standing.order`).
    var firstDelivery: [UInt64: Int] = [:]
  }

  /// Lines that were delivered more than once.
  ///
  /// - Parameter folder: where keys that are too many for memory may be put while this runs.
  static func find(
    _ parts: [StagedPart], buckets: Int, jobs: Int, linesPerRound: Int = linesPerRound, in folder: URL
  ) throws(Problem) -> Found {
    var found = Found(superseded: Array(repeating: Array(repeating: [Int32](), count: buckets), count: parts.count))
    let rows = RowNumbers(parts, buckets: buckets)
    let rounds = (rows.count + linesPerRound - 1) / linesPerRound
    let file = rounds > 1 ? try KeyFile(in: folder) : nil
    let all = try inParallel(parts.count, jobs: jobs) { part throws(Problem) in
      try PartKeys(parts[part], rows: rows, rounds: rounds, file)
    }
    var open: [Twin] = []
    for round in 0..<rounds {
      let keys = try inParallel(parts.count, jobs: jobs) { part throws(Problem) in
        try all[part].keys(ofRound: round, file)
      }
      let pairs = try inParallel(PartKeys.groups, jobs: jobs) { number throws(Problem) in
        twins(keys.map { $0[number] })
      }
      // All lines with a key are in the same round.
      open += pairs.joined()
      if open.count < twinsAtOnce && round + 1 < rounds { continue }
      for row in try losers(of: open, parts, rows, &found.firstDelivery) {
        let place = rows.place(row)
        found.superseded[place.part][place.bucket].append(place.row)
      }
      open = []
    }
    for part in parts.indices { for bucket in 0..<buckets { found.superseded[part][bucket].sort() } }
    return found
  }

  /// A line with the same key as one before it.
  private struct Twin: Sendable {
    let first: Int
    let later: Int
  }

  /// The lines of some keys that are there twice or more. Few enough that the table that is searched at random stays in
  /// the processor's cache.
  private static func twins(_ slices: [ArraySlice<Key>]) -> [Twin] {
    let count = slices.reduce(0) { $0 + $1.count }
    var keys: [Key] = []
    keys.reserveCapacity(count)
    for slice in slices { keys.append(contentsOf: slice) }
    var capacity = 64
    while capacity < count * 2 { capacity *= 2 }
    let mask = capacity - 1
    var slots = [Int32](repeating: -1, count: capacity)
    var twins: [Twin] = []
    for number in keys.indices {
      let key = keys[number]
      // The lowest bits: the highest chose the round and the group, so they are much the same in all keys here.
      var slot = Int(truncatingIfNeeded: key.high) & mask
      while true {
        let known = slots[slot]
        if known < 0 {
          slots[slot] = Int32(truncatingIfNeeded: number)
          break
        }
        if keys[Int(known)].isSame(as: key) {
          twins.append(Twin(first: keys[Int(known)].row, later: key.row))
          break
        }
        slot = (slot &+ 1) & mask
      }
    }
    return twins
  }

  /// The lines before the one of each key that counts: of those with known codes, and only if there are none of all, the
  /// one of the last delivery that has it and in that the one behind. A line behind it is left to be set aside.
  private static func losers(
    of twins: [Twin], _ parts: [StagedPart], _ rows: RowNumbers, _ firstDelivery: inout [UInt64: Int]
  ) throws(Problem) -> [Int] {
    if twins.isEmpty { return [] }
    let standings = try standings(of: Set(twins.flatMap { [$0.first, $0.later] }), parts, rows)
    func standing(_ row: Int) -> Standing { standings[row] ?? Standing(isUsable: false, isCredit: false, order: 0) }
    func key(_ first: Int, _ row: Int) -> KeyAndSign { KeyAndSign(first: first, isCredit: standing(row).isCredit) }
    var winners: [KeyAndSign: Int] = [:]
    var first: [KeyAndSign: UInt64] = [:]
    for twin in twins {
      for row in [twin.first, twin.later] {
        let key = key(twin.first, row)
        first[key] = min(first[key] ?? .max, standing(row).order)
        if let winner = winners[key], !standing(row).isAbove(standing(winner)) { continue }
        winners[key] = row
      }
    }
    for (key, row) in winners {
      let order = standing(row).order
      if let first = first[key], first >> 32 != order >> 32 { firstDelivery[order] = Int(first >> 32) }
    }
    var losers: [Int] = []
    for row in Set(twins.map(\.first)) where standing(row).order < standing(winners[key(row, row)] ?? row).order {
      losers.append(row)
    }
    for twin in twins {
      let winner = winners[key(twin.first, twin.later)] ?? twin.later
      if standing(twin.later).order < standing(winner).order { losers.append(twin.later) }
    }
    return losers
  }

  /// The key of a line, by the first line that has it, and whether it is a credit.
  private struct KeyAndSign: Hashable {
    let first: Int
    let isCredit: Bool
  }

  /// What decides between lines with the same key.
  private struct Standing {
    /// Whether all codes that must be known are.
    let isUsable: Bool
    let isCredit: Bool
    /// The delivery and the record in it, as one number that grows with both.
    let order: UInt64

    func isAbove(_ other: Standing) -> Bool {
      isUsable == other.isUsable ? order > other.order : isUsable
    }
  }

  /// The standing of some rows. Only the buckets of parts that have one of them are read.
  private static func standings(
    of wanted: Set<Int>, _ parts: [StagedPart], _ rows: RowNumbers
  ) throws(Problem) -> [Int: Standing] {
    var standings: [Int: Standing] = [:]
    var group = -1
    var records: [Int32] = []
    var cents: [Int64] = []
    var rejected: Set<Int32> = []
    for number in wanted.sorted() {
      let place = rows.place(number)
      let part = parts[place.part]
      if place.group != group {
        let columns = try part.read(bucket: place.bucket, columns: ["record", "amount_cents"])
        guard case .integer(let values) = columns[0], case .cents(let amounts) = columns[1] else { continue }
        rejected = try CodeMapping(part.source, table: Staged.claimLine).rejected(in: part, bucket: place.bucket)
        (group, records, cents) = (place.group, values, amounts)
      }
      standings[number] = Standing(
        isUsable: !rejected.contains(place.row), isCredit: cents[Int(place.row)] < 0,
        order: UInt64(part.delivery) << 32 | UInt64(UInt32(bitPattern: records[Int(place.row)])))
    }
    return standings
  }
}

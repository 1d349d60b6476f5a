import Columns
import CoreDataset
import Definitions
import Parquet
import Workspace

/// Finds claim lines that were delivered more than once: the same claim and line by the same kind of reporting party. The
/// one delivered last counts, those before it are superseded. It does not matter whether the citizen number was corrected
/// in between. A credit with the number of its debit is another line. A line that is to be set aside for an unknown code supersedes none that can be used.
///
/// Lines are compared by 88 bits of a hash of their key; two different keys among a thousand million lines collide with a
/// chance below 10⁻⁸. Memory is bounded: keys are looked at in as many rounds, by hash, as keep each below
/// `linesPerRound`, at sixteen bytes a line.
enum Duplicates {
  private static let linesPerRound = 1 << 22

  /// What was found.
  struct Found: Equatable {
    /// Rows that are superseded, by part (`StagedPart.index`) and bucket, ascending.
    var superseded: [[[Int32]]]
    /// The delivery that a line which counts was in first, where that is another one, by its place (`Standing.order`).
    var firstDelivery: [UInt64: Int] = [:]
  }

  /// Lines that were delivered more than once.
  static func find(
    _ parts: [StagedPart], buckets: Int, jobs: Int, linesPerRound: Int = linesPerRound
  ) throws(Problem) -> Found {
    var found = Found(superseded: Array(repeating: Array(repeating: [Int32](), count: buckets), count: parts.count))
    let rows = RowNumbers(parts, buckets: buckets)
    let rounds = (rows.count + linesPerRound - 1) / linesPerRound
    for round in 0..<rounds {
      let keys = try inParallel(parts.count, jobs: jobs) { part throws(Problem) in
        try KeyParts(parts[part], rows: rows, round: UInt64(round), of: UInt64(rounds))
      }
      let pairs = try inParallel(KeyParts.count, jobs: jobs) { number throws(Problem) in
        twins(keys.map { $0[number] })
      }
      for row in try losers(of: Array(pairs.joined()), parts, rows, &found.firstDelivery) {
        let place = rows.place(row)
        found.superseded[place.part][place.bucket].append(place.row)
      }
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

/// Numbers the rows of all parts one after the other, bucket by bucket.
private struct RowNumbers: Sendable {
  /// Number of rows before each row group of each part, and of all rows.
  private let starts: [Int]
  private let buckets: Int

  init(_ parts: [StagedPart], buckets: Int) {
    var starts = [0]
    for part in parts { for rows in part.reader.rowGroups { starts.append(starts[starts.count - 1] + rows) } }
    self.starts = starts
    self.buckets = buckets
  }

  var count: Int { starts[starts.count - 1] }

  func first(part: Int, bucket: Int) -> Int { starts[part * buckets + bucket] }

  func place(_ number: Int) -> (group: Int, part: Int, bucket: Int, row: Int32) {
    var (low, high) = (0, starts.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= number { low = middle } else { high = middle }
    }
    return (low, low / buckets, low % buckets, Int32(number - starts[low]))
  }
}

/// The key of a line as 88 bits of hash, and which row it is.
private struct Key: BitwiseCopyable {
  let high: UInt64
  /// 24 bits of hash above 40 bits of row number.
  private let rest: UInt64
  private static let rowBits: UInt64 = 40

  @inline(__always)
  init(high: UInt64, low: UInt64, row: Int) {
    self.high = high
    rest = (low &>> Self.rowBits) &<< Self.rowBits | UInt64(truncatingIfNeeded: row)
  }

  var row: Int { Int(truncatingIfNeeded: rest & ((1 &<< Self.rowBits) &- 1)) }

  @inline(__always)
  func isSame(as other: Key) -> Bool { high == other.high && (rest ^ other.rest) &>> Self.rowBits == 0 }
}

/// The keys of a staged part that belong to a round, grouped by their hash.
private struct KeyParts: Sendable {
  /// Number of groups.
  static let count = 256
  private var keys: [Key] = []
  private var starts = [Int](repeating: 0, count: count + 1)

  subscript(number: Int) -> ArraySlice<Key> { keys[starts[number]..<starts[number + 1]] }

  init(_ part: StagedPart, rows: RowNumbers, round: UInt64, of rounds: UInt64) throws(Problem) {
    var found: [Key] = []
    found.reserveCapacity(part.reader.rows / Int(rounds) * 9 / 8)
    let salt = part.source.reportedBy == .provider ? UInt64(0x51) : 0xA7
    for bucket in part.reader.rowGroups.indices where part.reader.rowGroups[bucket] > 0 {
      let columns = try part.read(bucket: bucket, columns: ["claim", "line"])
      guard case .text(let claims) = columns[0], case .integer(let lines) = columns[1] else { continue }
      let first = rows.first(part: part.index, bucket: bucket)
      let (bytes, ends) = (claims.bytes.span, claims.ends.span)
      var start = 0
      for row in lines.indices {
        let end = ends[row]
        let (high, low) = Self.hash(bytes.extracting(start..<end), lines[row], salt)
        start = end
        // The round of a key is its place among as many equal parts of all hashes.
        if ((high &>> 32) &* rounds) &>> 32 == round { found.append(Key(high: high, low: low, row: first &+ row)) }
      }
    }
    group(found, round: round, of: rounds)
  }

  /// Counting sort, stable, by the place of the hash within the round.
  private mutating func group(_ found: [Key], round: UInt64, of rounds: UInt64) {
    @inline(__always)
    func number(_ key: Key) -> Int {
      let place = (key.high &>> 32) &* rounds &- (round &<< 32)
      return Int(truncatingIfNeeded: (place &* UInt64(Self.count)) &>> 32)
    }
    for key in found { starts[number(key) + 1] += 1 }
    for number in 0..<Self.count { starts[number + 1] += starts[number] }
    var next = starts
    keys = Array(repeating: Key(high: 0, low: 0, row: 0), count: found.count)
    var sorted = keys.mutableSpan
    var free = next.mutableSpan
    for key in found {
      let number = number(key)
      sorted[free[number]] = key
      free[number] &+= 1
    }
  }

  /// Two independent 64-bit hashes of a key, by multiplication and rotation over its words.
  @inline(__always)
  private static func hash(_ claim: Span<UInt8>, _ line: Int32, _ salt: UInt64) -> (UInt64, UInt64) {
    var a = salt &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(UInt32(bitPattern: line))
    var b = salt ^ UInt64(UInt32(bitPattern: line)) &* 0xC2B2_AE3D_27D4_EB4F
    var i = 0
    while i < claim.count {
      let word = CodeBook.word(claim, from: i)
      a = (a ^ word) &* 0xBF58_476D_1CE4_E5B9
      a ^= a &>> 32
      b = (b &+ word) &* 0x94D0_49BB_1331_11EB
      b ^= b &>> 29
      i &+= 8
    }
    a = (a ^ UInt64(claim.count)) &* 0x9E37_79B9_7F4A_7C15
    b = (b ^ UInt64(claim.count)) &* 0xD6E8_FEB8_6659_FD93
    return (a ^ a &>> 31, b ^ b &>> 32)
  }
}

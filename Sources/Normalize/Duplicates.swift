import Columns
import CoreDataset
import Definitions
import Parquet
import Workspace

/// Finds claim lines that were delivered more than once: the same claim and line by the same kind of reporting party. The
/// one delivered last counts, the others are superseded. It does not matter whether the citizen number was corrected in
/// between.
///
/// Lines are compared by a 128-bit hash of their key; two different keys among a thousand million lines collide with a
/// chance below 10⁻²⁰. Memory is bounded: keys are looked at in as many rounds, by hash, as keep each below `linesPerRound`.
enum Duplicates {
  private static let linesPerRound = 1_500_000

  /// Rows that are superseded, by part (`StagedPart.index`) and bucket, ascending.
  static func superseded(
    _ parts: [StagedPart], buckets: Int, jobs: Int, linesPerRound: Int = linesPerRound
  ) throws(Problem) -> [[[Int32]]] {
    var superseded = Array(repeating: Array(repeating: [Int32](), count: buckets), count: parts.count)
    let lines = parts.reduce(0) { $0 + $1.reader.rows }
    if lines == 0 { return superseded }
    let rounds = max((lines + linesPerRound - 1) / linesPerRound, min(jobs, lines / 10_000 + 1))
    let found = try inParallel(rounds, jobs: jobs) { round throws(Problem) in
      try search(parts, buckets: buckets, round: UInt64(round), of: UInt64(rounds), lines: lines)
    }
    for list in found { for hit in list { superseded[hit.part][hit.bucket].append(hit.row) } }
    for part in superseded.indices { for bucket in 0..<buckets { superseded[part][bucket].sort() } }
    return superseded
  }

  private struct Hit: Sendable {
    let part: Int
    let bucket: Int
    let row: Int32
  }

  /// A line by its key and its place. `order` is the delivery and the record in it.
  private struct Line {
    let high: UInt64
    let low: UInt64
    let order: UInt64
    let part: Int32
    let row: Int32
    let bucket: Int32
  }

  /// The lines of a round by their keys. The table that is searched at random holds eight bytes a line, part of the hash
  /// and the number of the line, so that much of it stays in the processor's cache.
  private struct Lines {
    private var slots: [UInt64]
    private var mask: Int
    private var lines: [Line] = []
    private static let number: UInt64 = 0xFFFF_FFFF

    init(expected: Int) {
      var capacity = 1024
      while capacity < expected * 3 / 2 { capacity *= 2 }
      slots = Array(repeating: 0, count: capacity)
      mask = capacity - 1
      lines.reserveCapacity(expected + expected / 8)
    }

    /// Adds a line; returns the one that is superseded when the key is known.
    @inline(__always)
    mutating func add(_ line: Line) -> Line? {
      let tag = line.high & ~Self.number
      var at = Int(truncatingIfNeeded: line.low) & mask
      while slots[at] != 0 {
        let slot = slots[at]
        if slot & ~Self.number == tag {
          let known = Int(slot & Self.number) &- 1
          if lines[known].high == line.high && lines[known].low == line.low {
            let earlier = lines[known]
            if earlier.order >= line.order { return line }
            lines[known] = line
            return earlier
          }
        }
        at = (at &+ 1) & mask
      }
      lines.append(line)
      slots[at] = tag | UInt64(lines.count)
      if lines.count * 4 > slots.count * 3 { grow() }
      return nil
    }

    private mutating func grow() {
      mask = slots.count * 2 - 1
      slots = Array(repeating: 0, count: mask + 1)
      for (number, line) in lines.enumerated() {
        var at = Int(truncatingIfNeeded: line.low) & mask
        while slots[at] != 0 { at = (at &+ 1) & mask }
        slots[at] = line.high & ~Self.number | UInt64(number + 1)
      }
    }
  }

  private static func search(
    _ parts: [StagedPart], buckets: Int, round: UInt64, of rounds: UInt64, lines: Int
  ) throws(Problem) -> [Hit] {
    var known = Lines(expected: lines / Int(rounds))
    var hits: [Hit] = []
    for part in parts {
      let salt = part.source.reportedBy == .provider ? UInt64(0x51) : 0xA7
      for bucket in 0..<buckets {
        let columns = try part.read(bucket: bucket, columns: ["claim", "line", "record"])
        guard case .text(let claims) = columns[0], case .integer(let numbers) = columns[1],
          case .integer(let records) = columns[2]
        else { continue }
        let bytes = claims.bytes.span
        for row in numbers.indices {
          let (high, low) = hash(bytes.extracting(claims.range(row)), numbers[row], salt)
          // The round of a key is its place among as many equal parts of all hashes.
          if (high &>> 32) &* rounds &>> 32 != round { continue }
          let line = Line(
            high: high, low: low, order: UInt64(part.delivery) << 32 | UInt64(UInt32(bitPattern: records[row])),
            part: Int32(part.index), row: Int32(row), bucket: Int32(bucket))
          if let loser = known.add(line) {
            hits.append(Hit(part: Int(loser.part), bucket: Int(loser.bucket), row: loser.row))
          }
        }
      }
    }
    return hits
  }

  /// Two independent 64-bit hashes of a key, by multiplication and rotation over its words.
  @inline(__always)
  private static func hash(_ claim: Span<UInt8>, _ line: Int32, _ salt: UInt64) -> (UInt64, UInt64) {
    var a = salt &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(UInt32(bitPattern: line))
    var b = salt ^ UInt64(UInt32(bitPattern: line)) &* 0xC2B2_AE3D_27D4_EB4F
    var i = 0
    while i < claim.count {
      var word: UInt64 = 0
      var shift: UInt64 = 0
      while i < claim.count && shift < 64 {
        word |= UInt64(claim[i]) &<< shift
        shift &+= 8
        i &+= 1
      }
      a = (a ^ word) &* 0xBF58_476D_1CE4_E5B9
      a ^= a &>> 32
      b = (b &+ word) &* 0x94D0_49BB_1331_11EB
      b ^= b &>> 29
    }
    a = (a ^ UInt64(claim.count)) &* 0x9E37_79B9_7F4A_7C15
    b = (b ^ UInt64(claim.count)) &* 0xD6E8_FEB8_6659_FD93
    return (a ^ a &>> 31, b ^ b &>> 32)
  }
}

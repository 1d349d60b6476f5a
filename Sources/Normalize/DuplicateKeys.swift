import Columns
import CoreDataset
import Definitions
import Foundation
import Glibc
import Parquet
import Synchronization
import Workspace

/// Numbers the rows of all parts one after the other, bucket by bucket.
struct RowNumbers: Sendable {
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
struct Key: BitwiseCopyable {
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

/// The keys of a staged part, by round and within a round by group.
struct PartKeys: Sendable {
  /// Number of groups in a round.
  static let groups = 256
  /// Where the keys of each group of each round begin; last the number of all keys.
  private let starts: [Int32]
  /// All keys, or none of them when they are in a file.
  private let kept: [Key]
  /// Where they begin in the file.
  private let place: Int

  /// Reads a part once. With several rounds its keys go to a file, to be fetched round by round.
  init(_ part: StagedPart, rows: RowNumbers, rounds: Int, _ file: KeyFile?) throws(Problem) {
    let (keys, starts) = Self.grouped(try Self.found(part, rows), count: rounds * Self.groups)
    self.starts = starts
    place = try file?.append(keys) ?? 0
    kept = file == nil ? keys : []
  }

  /// The keys of a round, and where its groups begin among them.
  func keys(ofRound round: Int, _ file: KeyFile?) throws(Problem) -> RoundKeys {
    let starts = starts[(round * Self.groups)...((round + 1) * Self.groups)].map(Int.init)
    guard let file else { return RoundKeys(keys: kept, starts: starts) }
    let first = starts[0]
    let keys = try file.read(place + first, count: starts[Self.groups] - first)
    return RoundKeys(keys: keys, starts: starts.map { $0 - first })
  }

  private static func found(_ part: StagedPart, _ rows: RowNumbers) throws(Problem) -> [Key] {
    var found: [Key] = []
    found.reserveCapacity(part.reader.rows)
    let salt = part.source.reportedBy == .provider ? UInt64(0x51) : 0xA7
    for bucket in part.reader.rowGroups.indices where part.reader.rowGroups[bucket] > 0 {
      let columns = try part.read(bucket: bucket, columns: ["claim", "line"])
      guard case .text(let claims) = columns[0], case .integer(let lines) = columns[1] else { continue }
      let first = rows.first(part: part.index, bucket: bucket)
      let (bytes, ends) = (claims.bytes.span, claims.ends.span)
      found.append(addingCapacity: lines.count) { (output: inout OutputSpan<Key>) in
        var start = 0
        for row in lines.indices {
          let end = ends[row]
          let (high, low) = Self.hash(bytes.extracting(start..<end), lines[row], salt)
          start = end
          output.append(Key(high: high, low: low, row: first &+ row))
        }
      }
    }
    return found
  }

  /// Counting sort, stable: the group of a key is the place of its hash among as many equal parts of all hashes.
  private static func grouped(_ found: [Key], count: Int) -> (keys: [Key], starts: [Int32]) {
    @inline(__always)
    func number(_ key: Key) -> Int { Int(truncatingIfNeeded: ((key.high &>> 32) &* UInt64(count)) &>> 32) }
    var starts = [Int32](repeating: 0, count: count + 1)
    for key in found { starts[number(key) + 1] += 1 }
    for number in 0..<count { starts[number + 1] += starts[number] }
    var next = starts
    let keys = [Key](unsafeUninitializedCapacity: found.count) { keys, filled in
      var free = next.mutableSpan
      // In bounds, and each place once: the groups together are as large as all keys.
      for key in found {
        let number = number(key)
        keys.initializeElement(at: Int(free[number]), to: key)
        free[number] &+= 1
      }
      filled = found.count
    }
    return (keys, starts)
  }

  /// Eight bytes from a place on, those behind the text being zero.
  @inline(__always)
  private static func word(_ text: Span<UInt8>, from start: Int) -> UInt64 {
    let count = text.count
    if count < 8 { return CodeBook.word(text) }
    if start &+ 8 <= count { return text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self) }
    // The last eight bytes, without those that the word before has.
    let last = text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 8, as: UInt64.self)
    return last &>> UInt64(truncatingIfNeeded: 8 &* (start &+ 8 &- count))
  }

  /// Two independent 64-bit hashes of a key, by multiplication and rotation over its words.
  @inline(__always)
  private static func hash(_ claim: Span<UInt8>, _ line: Int32, _ salt: UInt64) -> (UInt64, UInt64) {
    var a = salt &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(UInt32(bitPattern: line))
    var b = salt ^ UInt64(UInt32(bitPattern: line)) &* 0xC2B2_AE3D_27D4_EB4F
    var i = 0
    while i < claim.count {
      let word = word(claim, from: i)
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

/// The keys of a part in one round.
struct RoundKeys: Sendable {
  fileprivate let keys: [Key]
  fileprivate let starts: [Int]

  /// The keys of a group.
  subscript(group: Int) -> ArraySlice<Key> { keys[starts[group]..<starts[group + 1]] }
}

/// Keys that are more than memory should hold. The file has no name, so that nothing of it is left however the process
/// ends.
final class KeyFile: Sendable {
  private let descriptor: Int32
  private let end = Atomic<Int>(0)
  private let folder: URL

  /// A file on the disk of a folder.
  init(in folder: URL) throws(Problem) {
    try Workspace.create(folder)
    // mkstemp puts other characters in the place of the six.
    var path = Array(folder.appending(path: ".keys-XXXXXX").path.utf8CString)
    descriptor = mkstemp(&path)
    self.folder = folder
    if descriptor < 0 { throw problem("cannot make a file in it") }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Adds keys; returns the place of the first one.
  func append(_ keys: [Key]) throws(Problem) -> Int {
    let place = end.wrappingAdd(keys.count, ordering: .relaxed).oldValue
    let isWritten = keys.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = pwrite(
          descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, place * MemoryLayout<Key>.stride + done)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        done += count
      }
      return true
    }
    if !isWritten { throw problem("cannot be written to") }
    return place
  }

  /// The keys from a place on.
  func read(_ place: Int, count: Int) throws(Problem) -> [Key] {
    var isRead = true
    let keys = [Key](unsafeUninitializedCapacity: count) { buffer, filled in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      var done = 0
      while done < bytes.count {
        let got = pread(
          descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, place * MemoryLayout<Key>.stride + done)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return isRead = false }
        done += got
      }
      filled = count
    }
    if !isRead { throw problem("cannot be read from") }
    return keys
  }

  private func problem(_ what: String) -> Problem {
    Problem(
      .cannotWrite, at: folder.path, "\(what): \(String(cString: strerror(errno)))",
      remedy: "Check the free space on the disk: duplicates are looked for with 16 bytes per claim line.")
  }
}

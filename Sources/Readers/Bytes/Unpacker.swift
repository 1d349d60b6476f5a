import CZlib
import CZstd

/// How a file is compressed.
enum Compression {
  case gzip, zip, zstd

  /// By the first bytes: RFC 1952, the .ZIP file format specification 4.3.7, RFC 8878.
  init?(_ start: [UInt8]) {
    if start.starts(with: [0x1F, 0x8B, 0x08]) {
      self = .gzip
    } else if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .zip
    } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else {
      return nil
    }
  }
}

/// Unpacks a compressed file as a stream, in constant memory.
///
/// What comes out may be at most ``maximumRatio`` times what went in, beyond the first ``freeBytes``: a small file that
/// unpacks to fill the disk is no delivery. A .zip holds one file.
@safe
final class Unpacker {
  /// Most bytes out for a byte in. Text exports stay far below; deflate can reach 1,032, zstd far more.
  static var maximumRatio: Int { 250 }
  /// Bytes that may come out whatever the ratio.
  static var freeBytes: Int { 16 << 20 }

  private static var chunkBytes: Int { 128 << 10 }

  private let kind: Compression
  private let stream: UnsafeMutablePointer<z_stream>
  private var isStreamOpen = false
  private let zstd: OpaquePointer?
  private var zip: ZipEntry?
  private var isFrameEnded = false
  private var input: [UInt8] = []
  private var position = 0
  private var takenIn = 0
  private var handedOut = 0
  /// Whether everything was unpacked.
  private(set) var isAtEnd = false

  init(_ kind: Compression?) throws(ReadError) {
    self.kind = kind ?? .gzip
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe zstd = kind == .zstd ? ZSTD_createDCtx() : nil
    if kind == .zstd, unsafe zstd == nil { throw ReadError(.cannotRead, detail: "out of memory") }
    if kind == .gzip { try open(windowBits: 31) }
  }

  deinit {
    if isStreamOpen { unsafe inflateEnd(stream) }
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
    unsafe ZSTD_freeDCtx(zstd)
  }

  private func open(windowBits: Int32) throws(ReadError) {
    if unsafe spiegel_inflate_init(stream, windowBits) != Z_OK { throw ReadError(.cannotRead, detail: "out of memory") }
    isStreamOpen = true
  }

  /// Unpacks until `bytes` holds `target` bytes or the file ends.
  func fill(_ bytes: inout [UInt8], to target: Int, from file: inout RawFile) throws(ReadError) {
    while bytes.count < target && !isAtEnd {
      try refill(from: &file)
      let before = bytes.count
      switch kind {
      case .gzip: try inflateGzip(&bytes, to: target, from: &file)
      case .zip: try unpackZip(&bytes, to: target, from: &file)
      case .zstd: try unpackZstd(&bytes, to: target, from: &file)
      }
      handedOut += bytes.count - before
      if handedOut > Self.freeBytes && handedOut / Self.maximumRatio > takenIn {
        throw ReadError(
          .compressionBomb,
          detail: "more than \(Self.maximumRatio) bytes come out for each byte that is in it, beyond "
            + "\(Self.freeBytes >> 20) MiB")
      }
    }
  }

  /// Makes sure that there is input, unless the file is at its end.
  private func refill(from file: inout RawFile, atLeast count: Int = 1) throws(ReadError) {
    if input.count - position >= count || file.isAtEnd { return }
    input.removeFirst(position)
    position = 0
    try file.fill(&input, to: max(Self.chunkBytes, count))
  }

  private func advance(_ count: Int) {
    position += count
    takenIn += count
  }

  private func requireProgress(_ before: (Int, Int), _ bytes: [UInt8], _ file: borrowing RawFile) throws(ReadError) {
    if before == (position, bytes.count) && position == input.count && file.isAtEnd {
      throw ReadError(.damagedCompression, detail: "it ends too early")
    }
  }

  // MARK: deflate

  /// One call of zlib; whether the stream ended.
  private func inflateSome(_ bytes: inout [UInt8], to target: Int) throws(ReadError) -> Bool {
    let wanted = target - bytes.count
    var code = Z_OK
    var used = 0
    let position = position
    bytes.append(addingCapacity: wanted) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe input.withUnsafeBufferPointer { source in
          let start = unsafe source.baseAddress.map { unsafe $0 + position }
          unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: start)
          unsafe stream.pointee.avail_in = UInt32(source.count - position)
          unsafe stream.pointee.next_out = unsafe buffer.baseAddress.map { unsafe $0 + count }
          unsafe stream.pointee.avail_out = UInt32(min(wanted, 1 << 30))
          code = unsafe inflate(stream, Z_NO_FLUSH)
          used = unsafe source.count - position - Int(stream.pointee.avail_in)
          count += unsafe min(wanted, 1 << 30) - Int(stream.pointee.avail_out)
          unsafe stream.pointee.next_in = nil
          unsafe stream.pointee.next_out = nil
        }
      }
    }
    advance(used)
    switch code {
    case Z_OK, Z_BUF_ERROR: return false
    case Z_STREAM_END: return true
    default: throw ReadError(.damagedCompression, detail: "zlib error \(code)")
    }
  }

  private func inflateGzip(_ bytes: inout [UInt8], to target: Int, from file: inout RawFile) throws(ReadError) {
    let before = (position, bytes.count)
    if try inflateSome(&bytes, to: target) {
      // Members one behind the other are one file (RFC 1952, 2.2); zeros behind them are padding.
      try refill(from: &file, atLeast: 2)
      if input[position...].starts(with: [0x1F, 0x8B]) {
        _ = unsafe inflateReset(stream)
      } else {
        isAtEnd = true
      }
    } else {
      try requireProgress(before, bytes, file)
    }
  }

  // MARK: zip

  private func unpackZip(_ bytes: inout [UInt8], to target: Int, from file: inout RawFile) throws(ReadError) {
    guard var entry = zip else {
      try refill(from: &file, atLeast: ZipEntry.headerBytes + 2 * 65_535)
      let (entry, length) = try ZipEntry.parse(input[position...])
      advance(length)
      if entry.isFolder { return }
      if !entry.isStored { try open(windowBits: -15) }
      zip = entry
      return
    }
    let before = (position, bytes.count)
    var isEnded = false
    if entry.isStored {
      let count = min(entry.storedLeft, input.count - position, target - bytes.count)
      bytes += input[position..<position + count]
      advance(count)
      entry.storedLeft -= count
      isEnded = entry.storedLeft == 0
    } else {
      isEnded = try inflateSome(&bytes, to: target)
    }
    entry.update(bytes[before.1...])
    zip = entry
    if isEnded {
      try refill(from: &file, atLeast: 64 + 65_535)
      try entry.checkEnd(input[position...])
      isAtEnd = true
    } else {
      try requireProgress(before, bytes, file)
    }
  }

  // MARK: zstd

  private func unpackZstd(_ bytes: inout [UInt8], to target: Int, from file: inout RawFile) throws(ReadError) {
    if position == input.count && file.isAtEnd {
      if !isFrameEnded { throw ReadError(.damagedCompression, detail: "it ends too early") }
      isAtEnd = true
      return
    }
    let before = (position, bytes.count)
    let wanted = target - bytes.count
    var code = 0
    var used = 0
    let position = position
    bytes.append(addingCapacity: wanted) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe input.withUnsafeBufferPointer { source in
          var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: position)
          var to = unsafe ZSTD_outBuffer(
            dst: buffer.baseAddress.map { unsafe $0 + count }, size: wanted, pos: 0)
          code = unsafe ZSTD_decompressStream(zstd, &to, &from)
          used = unsafe from.pos - position
          count += unsafe to.pos
        }
      }
    }
    if ZSTD_isError(code) != 0 {
      throw unsafe ReadError(.damagedCompression, detail: "zstd: \(String(cString: ZSTD_getErrorName(code)))")
    }
    advance(used)
    isFrameEnded = code == 0
    if !isFrameEnded { try requireProgress(before, bytes, file) }
  }
}

import Glibc

/// A file that is read once, from front to back: unpacked when it is compressed, and as UTF-8 when it is in UTF-16.
struct InputFile: ~Copyable {
  private var raw: RawFile
  private var unpacker: Unpacker?
  private var transcoder: UTF16Transcoder?
  private var isSourceAtEnd: Bool { unpacker?.isAtEnd ?? raw.isAtEnd }
  private let footerLines: Int
  private var held: [UInt8] = []
  /// The last lines of the file, when they were asked for; known at its end.
  private(set) var footer: [[UInt8]] = []
  /// Whether all bytes have been read.
  private(set) var isAtEnd = false

  /// Opens a file. Compression is recognised by the first bytes.
  ///
  /// - Parameter footerLines: how many lines at the end are kept apart in ``footer``; blank ones behind them do not count.
  init(path: String, isUTF16: Bool = false, footerLines: Int = 0) throws(ReadError) {
    try self.init(RawFile(path: path), isUTF16: isUTF16, footerLines: footerLines)
  }

  /// Reads a file that is open, or bytes as if they were one.
  init(_ raw: consuming RawFile, isUTF16: Bool = false, footerLines: Int = 0) throws(ReadError) {
    var raw = raw
    let kind = Compression(try raw.peek())
    unpacker = kind == nil ? nil : try Unpacker(kind)
    self.raw = raw
    transcoder = isUTF16 ? UTF16Transcoder() : nil
    self.footerLines = footerLines
  }

  /// Reads until `bytes` holds `target` bytes or the file ends. It may hold some more.
  mutating func fill(_ bytes: inout [UInt8], to target: Int) throws(ReadError) {
    if footerLines == 0 {
      try fillDecoded(&bytes, to: target)
      isAtEnd = isDecodedAtEnd
      return
    }
    while bytes.count < target && !isAtEnd {
      var text = held
      held = []
      try fillDecoded(&text, to: text.count + max(target - bytes.count, 64 << 10))
      held = text
      isAtEnd = isDecodedAtEnd
      let cut = isAtEnd ? cutFooter() : startOfLastLines(footerLines + 8)
      bytes += held[..<cut]
      held.removeFirst(cut)
    }
  }

  private var isDecodedAtEnd: Bool { isSourceAtEnd && transcoder?.isEmpty ?? true }

  private mutating func fillDecoded(_ bytes: inout [UInt8], to target: Int) throws(ReadError) {
    guard transcoder != nil else { return try fillPlain(&bytes, to: target) }
    while bytes.count < target && !isDecodedAtEnd {
      var wide: [UInt8] = []
      try fillPlain(&wide, to: max(target - bytes.count, 4096))
      let isLast = isSourceAtEnd
      try transcoder?.append(wide, isLast: isLast, to: &bytes)
    }
  }

  private mutating func fillPlain(_ bytes: inout [UInt8], to target: Int) throws(ReadError) {
    if let unpacker {
      try unpacker.fill(&bytes, to: target, from: &raw)
    } else {
      try raw.fill(&bytes, to: target)
    }
  }

  /// Where the last lines begin, the one that is not ended yet among them.
  private func startOfLastLines(_ count: Int) -> Int {
    var seen = 0
    for i in held.indices.reversed() where held[i] == 0x0A {
      seen += 1
      if seen > count { return i + 1 }
    }
    return 0
  }

  private mutating func cutFooter() -> Int {
    var end = held.count
    while end > 0 && held[end - 1] <= 0x20 { end -= 1 }
    var lines: [[UInt8]] = []
    while lines.count < footerLines && end > 0 {
      let start = (held[..<end].lastIndex(of: 0x0A) ?? -1) + 1
      lines.insert(Array(held[start..<end]), at: 0)
      end = start
      if lines.count < footerLines {
        while end > 0 && held[end - 1] <= 0x20 { end -= 1 }
      }
    }
    footer = lines
    return end
  }
}

/// The bytes of a file as they are on disk, or bytes in memory.
struct RawFile: ~Copyable {
  private let descriptor: Int32?
  private var isFileAtEnd = false
  private var ahead: [UInt8] = []
  /// Whether all bytes have been read.
  var isAtEnd: Bool { isFileAtEnd && ahead.isEmpty }

  init(path: String) throws(ReadError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw ReadError(.cannotOpen, detail: systemMessage()) }
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    self.descriptor = descriptor
  }

  /// Bytes that are at hand: a fuzzer reads millions of small texts, for each of which a file would cost more than reading.
  init(bytes: [UInt8]) {
    descriptor = nil
    isFileAtEnd = true
    ahead = bytes
  }

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// The first bytes, which stay to be read.
  mutating func peek() throws(ReadError) -> [UInt8] {
    var first: [UInt8] = []
    try fill(&first, to: 8)
    ahead = first
    return first
  }

  /// Reads until `bytes` holds `target` bytes or the file ends.
  mutating func fill(_ bytes: inout [UInt8], to target: Int) throws(ReadError) {
    if !ahead.isEmpty {
      bytes += ahead
      ahead = []
    }
    var failure: ReadError?
    let wanted = target - bytes.count
    guard wanted > 0, !isFileAtEnd, let descriptor else { return }
    var isAtEnd = false
    bytes.append(addingCapacity: wanted) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        let already = count
        while count - already < wanted {
          let got = unsafe read(descriptor, buffer.baseAddress.unsafelyUnwrapped + count, wanted - (count - already))
          if got < 0 && errno == EINTR { continue }
          if got < 0 { failure = ReadError(.cannotRead, detail: systemMessage()) }
          if got == 0 { isAtEnd = true }
          if got <= 0 { break }
          count += got
        }
      }
    }
    isFileAtEnd = isAtEnd
    if let failure { throw failure }
  }
}

private func systemMessage() -> String {
  guard let message = unsafe strerror(errno) else { return "error \(errno)" }
  return unsafe String(cString: message)
}

import CZlib

/// The one file in a .zip, by its local header (.ZIP file format specification 4.3.7).
struct ZipEntry {
  static var headerBytes: Int { 30 }

  let isFolder: Bool
  let isStored: Bool
  private let hasDescriptor: Bool
  private let declaredCRC: UInt32
  private var crc: UInt = 0
  /// Bytes of a stored file that are still to come.
  var storedLeft: Int

  /// The header at the front of some bytes, and how long it is.
  ///
  /// - Throws: `damagedCompression`; `unsupportedCompression` for a password or another method than stored and deflate.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(ReadError) -> (ZipEntry, length: Int) {
    let start = bytes.startIndex
    func number(_ at: Int, _ size: Int) -> Int {
      (0..<size).reduce(0) { $0 | Int(bytes[start + at + $1]) << (8 * $1) }
    }
    guard bytes.count >= headerBytes, bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
      throw ReadError(.damagedCompression, detail: "it holds no file")
    }
    let flags = number(6, 2)
    let method = number(8, 2)
    let size = number(18, 4)
    let nameLength = number(26, 2)
    let length = headerBytes + nameLength + number(28, 2)
    guard bytes.count >= length else { throw ReadError(.damagedCompression, detail: "it ends too early") }
    if flags & 1 == 1 { throw ReadError(.unsupportedCompression, detail: "it has a password") }
    let hasDescriptor = flags & 8 == 8
    guard method == 8 || method == 0 && !hasDescriptor && size != 0xFFFF_FFFF else {
      throw ReadError(.unsupportedCompression, detail: "method \(method)")
    }
    let entry = ZipEntry(
      isFolder: nameLength > 0 && bytes[start + headerBytes + nameLength - 1] == UInt8(ascii: "/"),
      isStored: method == 0, hasDescriptor: hasDescriptor, declaredCRC: UInt32(number(14, 4)), storedLeft: size)
    return (entry, length)
  }

  private init(isFolder: Bool, isStored: Bool, hasDescriptor: Bool, declaredCRC: UInt32, storedLeft: Int) {
    self.isFolder = isFolder
    self.isStored = isStored
    self.hasDescriptor = hasDescriptor
    self.declaredCRC = declaredCRC
    self.storedLeft = storedLeft
  }

  /// Counts unpacked bytes in.
  mutating func update(_ bytes: ArraySlice<UInt8>) {
    if bytes.isEmpty { return }
    crc = unsafe bytes.withUnsafeBufferPointer { unsafe crc32(crc, $0.baseAddress, UInt32($0.count)) }
  }

  /// Checks what follows the file: its checksum, and that there is no second file.
  func checkEnd(_ bytes: ArraySlice<UInt8>) throws(ReadError) {
    var rest = bytes
    var expected = declaredCRC
    if hasDescriptor {
      if rest.starts(with: [0x50, 0x4B, 0x07, 0x08]) { rest = rest.dropFirst(4) }
      guard rest.count >= 12 else { throw ReadError(.damagedCompression, detail: "it ends too early") }
      expected = rest.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
      // Sizes of four bytes each, or of eight in large files: the next signature tells.
      rest = rest.dropFirst(rest.dropFirst(12).starts(with: [0x50, 0x4B]) ? 12 : 20)
    }
    if UInt32(truncatingIfNeeded: crc) != expected { throw ReadError(.damagedCompression, detail: "checksum") }
    guard rest.starts(with: [0x50, 0x4B, 0x03, 0x04]), rest.count > Self.headerBytes else { return }
    let name = rest.dropFirst(Self.headerBytes)
    if !name.starts(with: "__MACOSX/".utf8) { throw ReadError(.severalFiles) }
  }
}

import Glibc

/// Line ends within CDATA. libxml2's push parser hands them on as they are in the file, its pull parser as XML 1.0 (2.11)
/// has them: LF for CR, and for CR with LF after it.
enum XMLLineEnds {
  /// Calls `body` with the bytes of a CDATA callback, every line end an LF.
  ///
  /// The byte after them must be readable: in the parser's buffer there is at least the end of the section. The push parser
  /// cuts long sections into pieces, also between CR and LF.
  @inline(__always)
  static func inCDATA(
    _ bytes: UnsafePointer<UInt8>?, _ count: Int32, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
    guard let start = unsafe piece.baseAddress, unsafe memchr(start, 0x0D, piece.count) != nil else {
      return unsafe body(piece)
    }
    let lines = unsafe normalized(piece, next: start.load(fromByteOffset: piece.count, as: UInt8.self))
    unsafe lines.withUnsafeBytes { unsafe body($0) }
  }

  /// - Parameter next: the byte after the piece.
  static func normalized(_ piece: UnsafeRawBufferPointer, next: UInt8) -> [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(piece.count)
    for i in unsafe piece.indices {
      let byte = unsafe piece[i]
      if byte != 0x0D {
        lines.append(byte)
      } else if unsafe (i + 1 < piece.count ? piece[i + 1] : next) != 0x0A {
        lines.append(0x0A)
      }
    }
    return lines
  }

}

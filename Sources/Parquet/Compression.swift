import CZstd

/// How pages are compressed. Other codecs exist; we write zstd, and read it and none.
enum Codec: Int, Sendable {
  case none = 0
  case zstd = 6

  /// The name of a codec, for messages.
  static func name(_ code: Int) -> String {
    let names = ["none", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4 raw"]
    return names.indices.contains(code) ? names[code] : "unknown (\(code))"
  }
}

/// A zstd context for writing, made when it is first needed and used for all pages of a file.
struct Compressor: ~Copyable {
  /// The fastest of zstd's levels: on claims the next ones gain a few per cent in size and halve the speed.
  private static let level: Int32 = 1
  /// Bytes that must come again for zstd to refer to them. For small pages it would also take five, which digits do by
  /// chance: of random numbers of eight digits the pages become no smaller by that, and take more than twice the time.
  private static let leastMatch: Int32 = 7

  private var context: OpaquePointer?

  deinit { if let context { ZSTD_freeCCtx(context) } }

  private mutating func opened() throws(Flaw) -> OpaquePointer {
    if let context { return context }
    guard let made = ZSTD_createCCtx() else { throw Flaw("no memory for zstd; free some and run again") }
    context = made
    for (parameter, value) in [(ZSTD_c_compressionLevel, Self.level), (ZSTD_c_minMatch, Self.leastMatch)] {
      try Self.check(ZSTD_CCtx_setParameter(made, parameter, value))
    }
    return made
  }

  /// The compressed bytes, in place of what is in `output`.
  mutating func compress(_ bytes: [UInt8], into output: inout [UInt8]) throws(Flaw) {
    let context = try opened()
    let bound = ZSTD_compressBound(bytes.count)
    output.removeAll(keepingCapacity: true)
    var code = 0
    output.append(addingCapacity: bound) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        bytes.withUnsafeBytes { source in
          code = ZSTD_compress2(context, target.baseAddress, bound, source.baseAddress, source.count)
          filled = ZSTD_isError(code) == 0 ? code : 0
        }
      }
    }
    try Self.check(code)
  }

  private static func check(_ code: Int) throws(Flaw) {
    if ZSTD_isError(code) != 0 { throw Flaw("zstd: \(String(cString: ZSTD_getErrorName(code)))") }
  }
}

/// A zstd context for reading, made when it is first needed and used by one thread.
final class Decompressor {
  private var context: OpaquePointer?

  deinit { if let context { ZSTD_freeDCtx(context) } }

  /// Fills exactly a part of `output`.
  func decompress(
    _ bytes: [UInt8], in source: Range<Int>, into output: inout [UInt8], at target: Range<Int>
  ) throws(Flaw) {
    precondition(source.upperBound <= bytes.count && target.upperBound <= output.count)
    if context == nil { context = ZSTD_createDCtx() }
    guard let context else { throw Flaw("no memory for zstd; free some and run again") }
    let code = bytes.withUnsafeBytes { from in
      output.withUnsafeMutableBytes { to in
        ZSTD_decompressDCtx(
          context, to.baseAddress.map { $0 + target.lowerBound }, target.count,
          from.baseAddress.map { $0 + source.lowerBound }, source.count)
      }
    }
    if ZSTD_isError(code) != 0 {
      throw Flaw(
        "a page cannot be decompressed (zstd: \(String(cString: ZSTD_getErrorName(code)))); the file is damaged")
    }
    if code != target.count { throw Flaw("a page is shorter than its header says; the file is damaged") }
  }

  /// Whether so many bytes can become so many. A zstd block holds at most 128 KiB and takes at least four bytes.
  static func isPossible(_ compressed: Int, _ uncompressed: Int) -> Bool {
    uncompressed <= (compressed / 4 + 1) << 17
  }
}

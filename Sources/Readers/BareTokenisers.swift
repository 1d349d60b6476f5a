import CLibCSV
import CLibXML2
import Dispatch
import Glibc

/// libcsv and libxml2 alone: they cut a file into fields or elements, which are counted and forgotten. Nothing of Spiegel
/// uses them; they are the yardstick of `spiegel-bench ingest`, and stand here since only this target may use the
/// libraries.
package enum BareTokenisers {
  private static var chunkBytes: Int { 64 << 10 }

  /// Has libcsv cut a file on a number of threads; the number of fields, header included.
  ///
  /// The file is divided at line ends, so none may stand within quotes.
  package static func delimited(path: String, delimiter: UInt8, threads: Int) throws(ReadError) -> Int {
    let text = try MappedFile(path: path)
    var starts = [0]
    for thread in 1..<max(threads, 2) where threads > 1 {
      let from = max(text.count / threads * thread, starts[thread - 1])
      starts.append(text.span.firstIndex(of: 0x0A, in: from..<text.count).map { $0 + 1 } ?? text.count)
    }
    starts.append(text.count)
    let counts = FixedMemory(Array(repeating: 0, count: threads))
    let ranges = (0..<threads).map { starts[$0]..<starts[$0 + 1] }
    unsafe withUnsafePointer(to: text) { text in
      unsafe withUnsafePointer(to: counts) { counts in
        // Each thread reads its own part and writes its own count; both outlive the call.
        nonisolated(unsafe) let (text, counts) = unsafe (text, counts)
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
          unsafe counts.pointee[thread] = fields(text.pointee.span.extracting(ranges[thread]), delimiter)
        }
      }
    }
    return (0..<threads).reduce(0) { $0 + counts[$1] }
  }

  private static func fields(_ text: Span<UInt8>, _ delimiter: UInt8) -> Int {
    var parser = unsafe csv_parser()
    unsafe csv_init(&parser, UInt8(CSV_STRICT))
    unsafe csv_set_delim(&parser, delimiter)
    defer { unsafe csv_free(&parser) }
    var count = 0
    unsafe text.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: chunkBytes) {
        let size = min(chunkBytes, bytes.count - start)
        let chunk = unsafe bytes.baseAddress.map { unsafe $0 + start }
        _ = unsafe csv_parse(&parser, chunk, size, countOne, nil, &count)
      }
    }
    return count
  }

  /// Has libxml2 parse a file by its SAX2 interface; the number of elements.
  ///
  /// - Parameter fetches: whether the library fetches the text, which takes less time, or is given it piece by piece.
  package static func xml(path: String, fetches: Bool) throws(ReadError) -> Int {
    let text = try MappedFile(path: path)
    var descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    var count = 0
    var handler = unsafe xmlSAXHandler()
    unsafe spiegel_sax2_init(&handler)
    unsafe handler.startElementNs = { context, _, _, _, _, _, _, _, _ in
      unsafe context?.assumingMemoryBound(to: Int.self).pointee &+= 1
    }
    unsafe handler.endElementNs = { _, _, _, _ in }
    unsafe handler.characters = { _, _, _ in }
    let isWellFormed = unsafe withUnsafeMutablePointer(to: &count) { count in
      unsafe withUnsafeMutablePointer(to: &descriptor) { descriptor in
        let context =
          fetches
          ? unsafe xmlCreateIOParserCtxt(&handler, count, fetch, nil, descriptor, XML_CHAR_ENCODING_NONE)
          : unsafe xmlCreatePushParserCtxt(&handler, count, nil, 0, nil)
        guard let context = unsafe context else { return false }
        defer { unsafe xmlFreeParserCtxt(context) }
        if fetches {
          _ = unsafe xmlParseDocument(context)
        } else {
          unsafe push(text.span, to: context)
        }
        return unsafe context.pointee.wellFormed == 1
      }
    }
    if !isWellFormed { throw ReadError(.malformedXML) }
    return count
  }

  private static func push(_ text: Span<UInt8>, to context: UnsafeMutablePointer<xmlParserCtxt>) {
    unsafe text.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: chunkBytes) {
        let size = min(chunkBytes, bytes.count - start)
        let chunk = unsafe bytes.baseAddress.map { unsafe ($0 + start).assumingMemoryBound(to: CChar.self) }
        _ = unsafe xmlParseChunk(context, chunk, Int32(size), start + size == bytes.count ? 1 : 0)
      }
    }
  }
}

private let fetch: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, Int32) -> Int32 = {
  descriptor, target, count in
  guard let descriptor = unsafe descriptor?.assumingMemoryBound(to: Int32.self).pointee else { return -1 }
  return unsafe Int32(read(descriptor, target, Int(count)))
}

private let countOne: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
  _, _, count in unsafe count?.assumingMemoryBound(to: Int.self).pointee &+= 1
}

/// A file as the system maps it into memory.
@safe
private struct MappedFile: ~Copyable {
  private let start: UnsafeMutableRawPointer
  let count: Int

  init(path: String) throws(ReadError) {
    let mapped = unsafe try Self.map(path)
    unsafe start = unsafe mapped.start
    count = unsafe mapped.count
  }

  private static func map(_ path: String) throws(ReadError) -> (start: UnsafeMutableRawPointer, count: Int) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw ReadError(.cannotOpen) }
    defer { close(descriptor) }
    let count = Int(lseek(descriptor, 0, SEEK_END))
    let memory = unsafe mmap(nil, max(count, 1), PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { throw ReadError(.cannotRead) }
    return unsafe (memory, count)
  }

  deinit { unsafe munmap(start, max(count, 1)) }

  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      unsafe _overrideLifetime(
        Span(_unsafeStart: start.assumingMemoryBound(to: UInt8.self), count: count), borrowing: self)
    }
  }
}

import CZlib
import CZstd
import Columns
import Foundation
import Testing

@testable import Readers

/// Makes compressed files; the same libraries that unpack them.
enum Packed {
  static func deflate(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    precondition(
      deflateInit2_(
        &stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK)
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
    var input = bytes
    let count = input.count
    let room = output.count
    input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        stream.next_in = from.baseAddress
        stream.avail_in = UInt32(count)
        stream.next_out = to.baseAddress
        stream.avail_out = UInt32(room)
        precondition(CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END)
      }
    }
    return Array(output.prefix(room - Int(stream.avail_out)))
  }

  static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, windowBits: 31) }

  static func zstd(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let room = output.count
    let count = ZSTD_compress(&output, room, bytes, bytes.count, 3)
    return Array(output.prefix(count))
  }

  /// A .zip of some files; `streamed` puts sizes and checksum behind the data, as tools do that write to a pipe.
  static func zip(
    _ files: [(name: String, bytes: [UInt8])], stored: Bool = false, streamed: Bool = false, flags: Int = 0
  ) -> [UInt8] {
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var all: [UInt8] = []
    for file in files {
      let data = stored ? file.bytes : deflate(file.bytes, windowBits: -15)
      let crc = Int(crc32(0, file.bytes, UInt32(file.bytes.count)))
      let sums = number(crc, 4) + number(data.count, 4) + number(file.bytes.count, 4)
      all += [0x50, 0x4B, 3, 4] + number(20, 2) + number(flags | (streamed ? 8 : 0), 2) + number(stored ? 0 : 8, 2)
      all += number(0, 4) + (streamed ? number(0, 12) : sums) + number(file.name.utf8.count, 2) + number(0, 2)
      all += Array(file.name.utf8) + data
      if streamed { all += [0x50, 0x4B, 7, 8] + sums }
    }
    return all + [0x50, 0x4B, 1, 2] + number(0, 42) + [0x50, 0x4B, 5, 6] + number(0, 18)
  }
}

@Suite("Compressed files") struct CompressionTests {
  static let text = Array((0..<20_000).map { "\($0);name \($0 % 97);\($0 * 7919 % 1000)\n" }.joined().utf8)

  static let all: [(name: String, bytes: [UInt8])] = [
    ("gzip", Packed.gzip(text)), ("two members", Packed.gzip(Array(text[..<1000])) + Packed.gzip(Array(text[1000...]))),
    ("zstd", Packed.zstd(text)), ("two frames", Packed.zstd(Array(text[..<1000])) + Packed.zstd(Array(text[1000...]))),
    ("zip", Packed.zip([("a.csv", text)])), ("stored zip", Packed.zip([("a.csv", text)], stored: true)),
    ("streamed zip", Packed.zip([("a.csv", text)], streamed: true)),
    ("zip of a Macintosh", Packed.zip([("a/", []), ("a/a.csv", text), ("__MACOSX/a.csv", [1])], stored: true)),
  ]

  @Test("the same records as without compression", arguments: 0..<all.count, [997, 8 << 20])
  func same(index: Int, pieceBytes: Int) throws {
    let plain = try read(Self.text, width: 3)
    let packed = try read(Self.all[index].bytes, width: 3, pieceBytes: pieceBytes)
    #expect(packed.records == plain.records, "\(Self.all[index].name)")
    #expect(packed.records.count == 20_000)
  }

  @Test("XML and the front of a file too")
  func others() throws {
    let file = try TemporaryFile(Packed.gzip(Array("<a><r>1</r><r>2</r></a>".utf8)))
    var reader = try XMLReader(path: file.path, record: "/a/r", fields: ["."])
    var reading = Reading()
    while let batch = try reader.next() { reading.append(batch) }
    #expect(reading.rows == [["1"], ["2"]])
    #expect(try FileHead(path: file.path).rootElement == "a")
  }

  @Test("a file that was cut off is refused, wherever that was", arguments: 0..<all.count)
  func cutOff(index: Int) throws {
    let whole = Self.all[index].bytes
    for end in stride(from: 12, to: whole.count - 90, by: max(whole.count / 40, 1)) {
      // Between the members of a file it is whole.
      let error = #expect(throws: ReadError.self) { _ = try read(Array(whole[..<end]), width: 3) }
      #expect(error?.kind == .damagedCompression, "\(Self.all[index].name) cut at \(end)")
    }
  }

  @Test("damage is refused or changes nothing, and never crashes")
  func damaged() throws {
    let plain = try read(Self.text, width: 3).records
    var random = Seeded(state: 7)
    for (name, bytes) in Self.all {
      for _ in 0..<25 {
        var broken = bytes
        broken[Int.random(in: 0..<broken.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        guard let records = try? read(broken, width: 3).records else { continue }
        // What is stored in a .zip, zlib and zstd frames without a checksum: those of zstd's simple function have none.
        if name.contains("zip") { #expect(records == plain || records.isEmpty, "\(name)") }
      }
    }
  }

  @Test("a small file that unpacks to a large one is refused", arguments: ["gzip", "zip", "zstd"])
  func bomb(kind: String) throws {
    let zeros = [UInt8](repeating: 0x30, count: 64 << 20)
    let packed =
      switch kind {
      case "gzip": Packed.gzip(zeros)
      case "zip": Packed.zip([("a", zeros)])
      default: Packed.zstd(zeros)
      }
    #expect(packed.count < 100_000)
    let error = #expect(throws: ReadError.self) { _ = try read(packed, width: 1) }
    #expect(error?.kind == .compressionBomb)
    #expect(error?.description.contains("250 bytes") == true)
  }

  @Test("a .zip of several files, with a password or another method is refused")
  func others2() throws {
    func kind(_ bytes: [UInt8]) -> ReadError.Kind? {
      do {
        _ = try read(bytes, width: 3)
        return nil
      } catch { return (error as? ReadError)?.kind }
    }
    #expect(kind(Packed.zip([("a.csv", Self.text), ("b.csv", Self.text)])) == .severalFiles)
    #expect(kind(Packed.zip([("a.csv", Self.text)], flags: 1)) == .unsupportedCompression)
    var method = Packed.zip([("a.csv", Self.text)])
    method[8] = 12
    #expect(kind(method) == .unsupportedCompression)
  }
}

@Suite("UTF-16 and lines that are no records") struct EncodingTests {
  static func utf16(_ text: String, big: Bool, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      big ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
  }

  @Test("UTF-16 of either byte order, with and without a mark", arguments: [true, false], [true, false])
  func utf16(big: Bool, mark: Bool) throws {
    let text = "naam;€\nJosé;1\n𝄞;2\n" + String(repeating: "é;3\n", count: 50_000)
    let dialect = Dialect(delimiter: UInt8(ascii: ";"), encoding: .utf16)
    let reading = try read(Self.utf16(text, big: big, mark: mark), dialect, pieceBytes: 4099)
    #expect(reading.header == ["naam", "€"])
    #expect(reading.rows.prefix(2) == [["José", "1"], ["𝄞", "2"]])
    #expect(reading.records.count == 50_002)
  }

  @Test("half characters and other encodings are refused")
  func broken() throws {
    let dialect = Dialect(encoding: .utf16)
    let broken: [[UInt8]] = [
      Self.utf16("a,b\n", big: false).dropLast(), [0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00],
      [0xFF, 0xFE, 0x00, 0xDC, 0x61, 0x00], Array("a,b\n1,2\n".utf8),
    ]
    for bytes in broken {
      let error = #expect(throws: ReadError.self) { _ = try read(bytes, dialect) }
      #expect(error?.kind == .brokenUTF16)
    }
  }

  @Test("the last lines are no records, with blank lines behind them and in any piece", arguments: [1, 7, 64, 8 << 20])
  func footer(pieceBytes: Int) throws {
    let body = (0..<300).map { "\($0);x\n" }.joined()
    let dialect = Dialect(delimiter: UInt8(ascii: ";"), footerLines: 2)
    let file = try TemporaryFile("title\nk;v\n" + body + "Totaal;300\n\"einde\"\n\n \n")
    var pieces = try PieceReader(
      path: file.path,
      dialect: Dialect(delimiter: UInt8(ascii: ";"), skipLines: 1, footerLines: 2), pieceBytes: pieceBytes)
    #expect(try pieces.header() == ["k", "v"])
    var reader = DelimitedReader(dialect: dialect, width: 2)
    var reading = Reading()
    while let piece = try pieces.next() {
      reader.start(piece)
      while let batch = reader.next() { reading.append(batch) }
    }
    #expect(reading.records.count == 300)
    #expect(reading.records.last?.fields == ["299", "x"])
    #expect(pieces.footer == ["Totaal;300", "\"einde\""])
  }

  @Test("a file of nothing but a footer has no records")
  func onlyFooter() throws {
    let reading = try read(
      "a;1\nb;2\n", Dialect(delimiter: UInt8(ascii: ";"), hasHeader: false, footerLines: 5), width: 2)
    #expect(reading.records.isEmpty)
  }
}

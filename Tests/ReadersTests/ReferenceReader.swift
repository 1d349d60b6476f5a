@testable import Readers

/// The rules of delimited text once more, a byte at a time and with everything in memory: what the readers must give.
struct ReferenceReader {
  let bytes: [UInt8]
  let dialect: Dialect
  let width: Int
  private let lineEnd: LineEnd

  init(_ bytes: [UInt8], _ dialect: Dialect, width: Int) {
    lineEnd = !bytes.contains(0x0A) && bytes.contains(0x0D) ? .carriageReturn : .lineFeed
    self.bytes = bytes
    self.dialect = dialect
    self.width = width
  }

  private enum Failure: Error {
    case stray, unclosed, tooLarge
    var code: String {
      switch self {
      case .stray: "stray-quote"
      case .unclosed: "unclosed-quote"
      case .tooLarge: "record-too-large"
      }
    }
  }

  func read() -> Reading {
    var reading = Reading()
    var start = 0
    var line = 1
    while start < bytes.count {
      do {
        let (fields, end) = try record(at: start)
        let content = bytes[start..<end]
        if !content.allSatisfy({ dialect.isBlank($0, lineEnd) }) {
          if fields.count == width {
            reading.records.append(.init(line: line, fields: fields.map(trimmed)))
          } else {
            reading.faults.append(
              .init(line: line, code: "field-count", text: String(decoding: content, as: UTF8.self)))
          }
        }
        line += bytes[start..<min(end + 1, bytes.count)].filter { $0 == lineEnd.rawValue }.count
        start = end + 1
      } catch {
        let end = bytes[start...].firstIndex(of: lineEnd.rawValue) ?? bytes.count
        reading.faults.append(
          .init(line: line, code: error.code, text: String(decoding: bytes[start..<end], as: UTF8.self)))
        line += 1
        start = end + 1
      }
    }
    return reading
  }

  private func trimmed(_ field: [UInt8]) -> String {
    let front = field.drop { $0 <= 0x20 }
    return String(
      decoding: front.prefix((front.lastIndex { $0 > 0x20 } ?? front.startIndex - 1) + 1 - front.startIndex),
      as: UTF8.self)
  }

  /// The fields of the record at `start`, and where its line end is.
  private func record(at start: Int) throws(Failure) -> ([[UInt8]], Int) {
    let limit = start + dialect.maxRecordBytes
    var fields: [[UInt8]] = []
    var i = start
    // The byte at a place; the end of the file is a line end.
    func byte(_ place: Int, _ failure: Failure) throws(Failure) -> UInt8 {
      if place > limit { throw failure }
      return place < bytes.count ? bytes[place] : lineEnd.rawValue
    }
    while true {
      var field: [UInt8] = []
      while dialect.isBlank(try byte(i, .tooLarge), lineEnd) { i += 1 }
      if try byte(i, .tooLarge) == dialect.quote {
        i += 1
        while true {
          if i >= bytes.count { throw .unclosed }
          let next = try byte(i, .unclosed)
          i += 1
          if next != dialect.quote {
            field.append(next)
          } else if try byte(i, .unclosed) == dialect.quote {
            field.append(next)
            i += 1
          } else {
            break
          }
        }
        while dialect.isBlank(try byte(i, .tooLarge), lineEnd) { i += 1 }
        let after = try byte(i, .tooLarge)
        if after != dialect.delimiter && after != lineEnd.rawValue { throw .unclosed }
      } else {
        while true {
          let next = try byte(i, .tooLarge)
          if next == dialect.delimiter || next == lineEnd.rawValue { break }
          if next == dialect.quote { throw .stray }
          field.append(next)
          i += 1
        }
      }
      fields.append(field)
      if try byte(i, .tooLarge) == lineEnd.rawValue { return (fields, i) }
      i += 1
    }
  }
}

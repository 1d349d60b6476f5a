import Columns
import Glibc

#if _endian(big)
  #error("Parquet is little-endian, and so must be the machine: values are copied as they lie in memory.")
#endif

// Bulk copies between typed arrays and bytes. Together with Compression.swift, File.swift and what packs and unpacks in
// Encodings the only place in this target where pointers are used.

extension [UInt8] {
  /// Adds the bytes of values as they lie in memory; only the first `byteCount` of them if given.
  @inline(__always)
  mutating func append<Value: BitwiseCopyable>(bytesOf values: borrowing Span<Value>, byteCount: Int? = nil) {
    let source = values.bytes
    let count = byteCount ?? source.byteCount
    precondition(count <= source.byteCount)
    append(addingCapacity: count) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        source.withUnsafeBytes { from in
          UnsafeMutableRawBufferPointer(target).copyMemory(from: UnsafeRawBufferPointer(rebasing: from[..<count]))
        }
        filled = count
      }
    }
  }

  /// Adds the bytes of values as they lie in a page.
  @inline(__always)
  mutating func append<Value: PlainValue>(swapped values: borrowing Span<Value>) {
    let stride = MemoryLayout<Value>.stride
    append(addingCapacity: values.count * stride) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        let target = UnsafeMutableRawBufferPointer(target)
        for row in values.indices {
          target.storeBytes(of: values[unchecked: row].swapped, toByteOffset: row &* stride, as: Value.self)
        }
        filled = values.count * stride
      }
    }
  }

  /// Replaces the first bytes by a part of other bytes. Both have been checked to be long enough.
  mutating func replace(_ other: [UInt8], in range: Range<Int>) {
    precondition(range.count <= count)
    withUnsafeMutableBytes { target in
      other.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
  }

  /// Adds a word, least significant byte first.
  mutating func append(littleEndian value: UInt32) {
    var shifted = value
    for _ in 0..<4 {
      append(UInt8(truncatingIfNeeded: shifted))
      shifted >>= 8
    }
  }

  /// Adds non-empty texts of rows, each after its length in four bytes.
  mutating func append(lengthsAndTexts texts: borrowing TextColumn, rows: Range<Int>) {
    if rows.isEmpty { return }
    let first = texts.range(rows.lowerBound).lowerBound
    let size = texts.ends[rows.upperBound - 1] - first
    let ends = texts.ends.span
    let source = texts.bytes.span.bytes
    append(addingCapacity: size + 4 * rows.count) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        source.withUnsafeBytes { from in
          let base = UnsafeMutableRawBufferPointer(target)
          var start = first
          var at = 0
          for row in rows {
            let end = ends[row]
            let length = end - start
            if length > 0 {
              base.storeBytes(of: UInt32(length), toByteOffset: at, as: UInt32.self)
              // In bounds: the target is as large as all lengths and texts together.
              if let to = base.baseAddress, let source = from.baseAddress {
                copyField(source + start, to + at + 4, length)
              }
              at += 4 + length
            }
            start = end
          }
          filled = at
        }
      }
    }
  }
}

extension Array where Element: BitwiseCopyable {
  /// Adds `count` values that lie in bytes as they do in memory. The caller has checked that they are there.
  @inline(__always)
  mutating func append(_ count: Int, from bytes: RawSpan, at offset: Int) {
    let size = count * MemoryLayout<Element>.stride
    precondition(offset >= 0 && offset + size <= bytes.byteCount)
    append(addingCapacity: count) { (output: inout OutputSpan<Element>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        bytes.withUnsafeBytes { from in
          UnsafeMutableRawBufferPointer(target)
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: from[offset..<(offset + size)]))
        }
        filled = count
      }
    }
  }
}

extension TextColumn {
  /// Adds `rows` values from a page where each lies after its length in four bytes. Rows whose presence is 0 are missing
  /// and not in the page; without `presence` all rows are there.
  mutating func append(
    lengthsAndTexts body: RawSpan, in range: Range<Int>, rows: Int, presence: [UInt8]?
  ) throws(Flaw) {
    precondition(range.upperBound <= body.byteCount && (presence?.count ?? rows) == rows)
    var newEnds = ends
    ends = []  // so that `newEnds` is the only owner and grows in place
    var isWhole = true
    let base = bytes.count
    bytes.append(addingCapacity: range.count) { (output: inout OutputSpan<UInt8>) in
      output.withUnsafeMutableBufferPointer { target, filled in
        body.withUnsafeBytes { from in
          newEnds.append(addingCapacity: rows) { (output: inout OutputSpan<Int>) in
            var at = range.lowerBound
            for row in 0..<rows {
              if presence == nil || presence.unsafelyUnwrapped[row] != 0 {
                if range.upperBound - at < 4 { return isWhole = false }
                let length = Int(from.loadUnaligned(fromByteOffset: at, as: UInt32.self))
                at += 4
                if range.upperBound - at < length { return isWhole = false }
                // In bounds: what has been copied is less than what has been read, and the target is as large as all.
                if let to = UnsafeMutableRawPointer(target.baseAddress), let source = from.baseAddress {
                  copyField(source + at, to + filled, length)
                }
                at += length
                filled += length
              }
              output.append(base + filled)
            }
          }
        }
      }
    }
    ends = newEnds
    if !isWhole { throw Flaw("a page of text ends before its last value; the file is damaged") }
  }
}

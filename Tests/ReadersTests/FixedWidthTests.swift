import Columns
import Testing

@testable import Readers

/// A header `A`, persons `B`, lines `C` with amounts `D`, and a closing record `Z`.
private let layout = RecordLayout(
  tag: .init(name: "tag", at: 1, length: 1), recordLength: nil,
  kinds: [
    .init(tag: "A", within: [], fields: [.init(name: "sender", at: 2, length: 3)]),
    .init(tag: "B", within: ["A"], fields: [.init(name: "person", at: 2, length: 2)]),
    .init(tag: "C", within: ["B"], fields: [.init(name: "code", at: 2, length: 3)]),
    .init(
      tag: "D", within: ["C"],
      fields: [
        .init(name: "cents", at: 2, length: 4, sign: "sign"), .init(name: "sign", at: 6, length: 1),
        .init(name: "by", at: 7, length: 1),
      ]),
    .init(
      tag: "Z", within: ["A"],
      fields: [
        .init(name: "persons", at: 2, length: 2), .init(name: "all", at: 4, length: 2),
        .init(name: "total", at: 6, length: 8, sign: "sign"), .init(name: "sign", at: 14, length: 1),
      ]),
  ], record: "C", closing: "Z",
  totals: [
    .init(field: "persons", counts: ["B"], sum: nil), .init(field: "all", counts: ["B", "C", "D"], sum: nil),
    .init(field: "total", counts: [], sum: .init("D.cents"), decimals: 2),
  ], credit: "C")

private func rows(_ text: String) throws -> Reading {
  let file = try TemporaryFile(text)
  let fields = ["A.sender", "B.person", "C.code", "D.cents", "D.by"].compactMap { RecordLayout.Reference($0) }
  var reader = try FixedWidthReader(path: file.path, layout: layout, fields: fields)
  var reading = Reading()
  while let batch = try reader.next() { reading.append(batch) }
  return reading
}

private func error(_ text: String) -> String? {
  do {
    _ = try rows(text)
    return nil
  } catch let error as ReadError {
    return "\(error.kind.rawValue) \(error.line ?? 0): \(error.detail ?? "")"
  } catch {
    return "\(error)"
  }
}

@Suite("Records of fixed width") struct FixedWidthTests {
  static let good = "Axyz\nB01\nCabc\nD0100Dp\nD0030Cq\nCdef\nB02\nCghi\nD0005D\nZ020800000075D\n"

  @Test("a record takes what lies around it, and sums what lies in it")
  func records() throws {
    let reading = try rows(Self.good)
    #expect(
      reading.rows == [
        ["xyz", "01", "abc", "70", "p"], ["xyz", "01", "def", "", ""], ["xyz", "02", "ghi", "5", ""],
      ])
    #expect(reading.lines == [3, 6, 8])
  }

  @Test("CRLF, blank lines and several messages in one file")
  func ends() throws {
    let text = Self.good.replacing("\n", with: "\r\n") + "\r\n" + Self.good.replacing("xyz", with: "uvw")
    let reading = try rows(text)
    #expect(reading.rows.count == 6)
    #expect(reading.rows[3][0] == "uvw")
    #expect(reading.lines[3] == 14)
  }

  @Test("a credit larger than the debit is negative")
  func credit() throws {
    let reading = try rows("Axyz\nB01\nCabc\nD0100C\nZ010300000100C\n")
    #expect(reading.rows == [["xyz", "01", "abc", "-100", ""]])
  }

  @Test(
    "totals that are not those of the records refuse the file and say by how much",
    arguments: [
      (good.replacing("Z0208", with: "Z0308"), "control-totals 10: persons is 3, the records make 2: 1 less"),
      (
        good.replacing("000075D", with: "000076D"), "control-totals 10: total is 0.76, the records make 0.75: 0.01 less"
      ),
      (
        good.replacing("000075D", with: "000075C"),
        "control-totals 10: total is -0.75, the records make 0.75: 1.50 more"
      ),
      (
        good.replacing("D0005D\n", with: ""),
        "control-totals 9: all is 8, the records make 7: 1 less; total is 0.75, the records make 0.70: 0.05 less"
      ),
    ])
  func totals(text: String, message: String) { #expect(error(text) == message) }

  @Test(
    "records that are not as the layout says are refused with their line",
    arguments: [
      ("Axyz\nCabc\n", "wrong-structure 2: record C without record B above it"),
      ("Axyz\nQabc\n", "wrong-structure 2: no kind of record of the layout"),
      ("B01\n", "wrong-structure 1: record B without record A above it"),
      ("Axyz\nB01\nCabc\n", "wrong-structure 3: no closing record Z for the message that begins at line 1"),
      ("Axyz\nB01\nCabc\nD01x0D\n", "wrong-structure 4: cents of record D is not a number"),
    ])
  func structure(text: String, message: String) { #expect(error(text) == message) }

  @Test("a record of another length than the layout says is refused")
  func length() throws {
    let fixed = RecordLayout(
      tag: .init(name: "tag", at: 1, length: 1), recordLength: 4,
      kinds: [.init(tag: "A", within: [], fields: [.init(name: "x", at: 2, length: 3)])], record: "A", closing: nil,
      totals: [], credit: "C")
    let file = try TemporaryFile("Axyz\nAxy\n")
    var reader = try FixedWidthReader(path: file.path, layout: fixed, fields: [#require(.init("A.x"))])
    let error = #expect(throws: ReadError.self) { while try reader.next() != nil {} }
    #expect(error?.line == 2)
    #expect(error?.detail == "record A has 3 bytes; the layout says 4")
  }
}

import Columns
import Testing

@Suite("CSV as we write it")
struct CSVTests {
  @Test(
    "cells are quoted where needed and never a formula",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("", ""), ("1-2", "1-2"),
      ("'x", "'x"),
      ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
      ("=1+1", "'=1+1"), ("@x", "'@x"), ("+31", "'+31"), ("\tx", "'\tx"), ("=a,b", "\"'=a,b\""),
      ("-x", "'-x"), ("-", "'-"), ("-1+1", "'-1+1"), ("-2+cmd|' /C calc'!A0", "'-2+cmd|' /C calc'!A0"),
      ("\rx", "\"'\rx\""), ("\nx", "\"'\nx\""), ("\r\n=1", "\"'\r\n=1\""),
      // An accent makes one character of both, which is not the sign alone.
      ("=\u{301}1", "'=\u{301}1"),
      ("\u{FF1D}1", "'\u{FF1D}1"), ("\u{FF0B}1", "'\u{FF0B}1"), ("\u{FF0D}1", "'\u{FF0D}1"),
      ("\u{FF20}x", "'\u{FF20}x"),
      ("\u{FF21}", "\u{FF21}"),
      // Numbers that we write stay numbers.
      ("-3", "-3"), ("-3.5", "-3.5"), ("-1e-05", "-1e-05"), ("-inf", "'-inf"), ("-0x1p3", "'-0x1p3"),
      ("-1.2.3", "'-1.2.3"),
    ])
  func cell(text: String, written: String) {
    #expect(CSV.record([text, "b"]) == written + ",b\r\n")
    let isEscaped = written.drop { $0 == "\"" }.utf8.first == UInt8(ascii: "'") && text.utf8.first != UInt8(ascii: "'")
    #expect(CSV.original(isEscaped ? "'" + text : text) == text)
  }

  @Test("a table has codes, numbers and nothing for what is missing")
  func table() {
    var codes = CodeColumn()
    for value in ["=1+1", nil, "=1+1", "a,b"] { codes.append(value) }
    let columns: [Column] = [
      .code(codes), .long([1, -2, 3, 4]), .integer([5, Missing.int32, 7, -8]), .decimal([0.5, -1.25, .nan, 1e-7]),
    ]
    #expect(
      String(decoding: CSV.table(["a", "b", "c", "d"], columns), as: UTF8.self)
        == "a,b,c,d\r\n'=1+1,1,5,0.5\r\n,-2,,-1.25\r\n'=1+1,3,7,\r\n\"a,b\",4,-8,1e-07\r\n")
  }
}

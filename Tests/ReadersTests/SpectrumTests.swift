import Testing

@testable import Readers

/// The cases of csv-spectrum (github.com/maxogden/csv-spectrum), written anew, and corner cases of RFC 4180.
@Suite("Delimited text of every kind") struct SpectrumTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let rows: [[String]]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "simple", text: "a,b,c\n1,2,3\n", rows: [["a", "b", "c"], ["1", "2", "3"]]),
    Case(name: "simple_crlf", text: "a,b,c\r\n1,2,3\r\n", rows: [["a", "b", "c"], ["1", "2", "3"]]),
    Case(
      name: "comma_in_quotes", text: "first,last,address,city,zip\nJan,Jansen,Dorpsstraat 1,\"Ons Dorp, NL\",08123\n",
      rows: [
        ["first", "last", "address", "city", "zip"], ["Jan", "Jansen", "Dorpsstraat 1", "Ons Dorp, NL", "08123"],
      ]),
    Case(
      name: "empty", text: "a,b,c\n1,\"\",\"\"\n2,3,4\n", rows: [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    Case(
      name: "empty_crlf", text: "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n",
      rows: [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
    Case(
      name: "escaped_quotes", text: "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n",
      rows: [["a", "b"], ["1", "ha \"ha\" ha"], ["3", "4"]]),
    Case(
      name: "json", text: "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n",
      rows: [["key", "val"], ["1", "{\"type\": \"Point\", \"at\": [102.0, 0.5]}"]]),
    Case(
      name: "newlines", text: "a,b,c\n1,2,3\n\"Er was \neens\",5,6\n7,8,9\n",
      rows: [["a", "b", "c"], ["1", "2", "3"], ["Er was \neens", "5", "6"], ["7", "8", "9"]]),
    Case(
      name: "newlines_crlf", text: "a,b,c\r\n1,2,3\r\n\"Er was \r\neens\",5,6\r\n7,8,9\r\n",
      rows: [["a", "b", "c"], ["1", "2", "3"], ["Er was \r\neens", "5", "6"], ["7", "8", "9"]]),
    Case(
      name: "quotes_and_newlines", text: "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n",
      rows: [["a", "b"], ["1", "ha \n\"ha\" \nha"], ["3", "4"]]),
    Case(name: "utf8", text: "a,b,c\n1,2,3\n4,5,ʤ\n", rows: [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "ʤ"]]),
    Case(
      name: "location_coordinates", text: "\"nummer\",\"plaats\"\n\"\",\"37°36'37.8\"\"N 121°2'17.9\"\"W\"\n",
      rows: [["nummer", "plaats"], ["", "37°36'37.8\"N 121°2'17.9\"W"]]),
    Case(name: "no line end at the end", text: "a,b\n1,\"2\"", rows: [["a", "b"], ["1", "2"]]),
    Case(
      name: "quotes within quotes alone", text: "a,b\n\"\"\"\",\"\"\"\"\"\"\n", rows: [["a", "b"], ["\"", "\"\""]]),
    Case(name: "blank lines", text: "\na,b\n\n1,2\n \n", rows: [["a", "b"], ["1", "2"]]),
    Case(name: "empty last field", text: "a,b\n1,\n,2\n", rows: [["a", "b"], ["1", ""], ["", "2"]]),
    Case(name: "carriage returns alone", text: "a,b\r1,2\r", rows: [["a", "b"], ["1", "2"]]),
  ]

  @Test("every case gives its records, however the file is cut", arguments: cases, [1, 3, 8 << 20])
  func records(_ item: Case, pieceBytes: Int) throws {
    let dialect = Dialect(hasHeader: false)
    let width = item.rows[0].count
    #expect(try read(item.text, dialect, width: width, pieceBytes: pieceBytes).rows == item.rows)
    // With a byte order mark the same.
    #expect(try read("\u{FEFF}" + item.text, dialect, width: width, pieceBytes: pieceBytes).rows == item.rows)
  }
}

/// Documents that are not well formed, each for one rule of XML 1.0, after the kinds of the W3C's test suite.
@Suite("XML that is not well formed") struct NotWellFormedTests {
  static let documents: [(rule: String, text: String)] = [
    ("no root", ""), ("text alone", "text"), ("not closed", "<r><a></r>"), ("closed twice", "<r></r></r>"),
    ("crossed", "<r><a><b></a></b></r>"), ("two roots", "<r/><r/>"), ("text behind", "<r/>text"),
    ("attribute twice", "<r a='1' a='2'/>"), ("no quotes", "<r a=1/>"), ("quote not closed", "<r a='1/>"),
    ("less-than in attribute", "<r a='<'/>"), ("bare ampersand", "<r>a & b</r>"), ("no such entity", "<r>&no;</r>"),
    ("reference to nothing", "<r>&#;</r>"), ("reference to NUL", "<r>&#0;</r>"),
    ("reference too high", "<r>&#x110000;</r>"),
    ("control character", "<r>\u{1}</r>"), ("comment with dashes", "<r><!-- a -- b --></r>"),
    ("comment not closed", "<r><!-- a</r>"), ("CDATA not closed", "<r><![CDATA[a</r>"),
    ("end of CDATA in text", "<r>]]></r>"), ("name begins with a digit", "<1r/>"), ("blank before name", "< r/>"),
    ("declaration not first", " <?xml version='1.0'?><r/>"), ("instruction called xml", "<r><?xml a?></r>"),
    ("instruction not closed", "<r><?a </r>"), ("end tag with attribute", "<r></r a='1'>"),
    ("no blank between attributes", "<r a='1'b='2'/>"), ("cut off", "<r><a>1</a><a>"),
  ]

  @Test("is refused with line and column by both readers, never a crash", arguments: 0..<documents.count)
  func refused(index: Int) throws {
    let (rule, text) = Self.documents[index]
    let file = try TemporaryFile("<?xml version='1.0'?>\n" + text)
    let plain = rule == "declaration not first" ? try TemporaryFile("\n" + text) : file
    let records = #expect(throws: ReadError.self, "\(rule)") {
      var reader = try XMLReader(path: plain.path, record: "//r", fields: [".", "@a"])
      while try reader.next() != nil {}
    }
    let trees = #expect(throws: ReadError.self, "\(rule)") {
      var reader = try XMLTreeReader(path: plain.path, element: "r")
      while try reader.next() != nil {}
    }
    for error in [records, trees] {
      #expect(error?.kind == .malformedXML, "\(rule)")
      #expect(error?.line != nil && error?.column != nil, "\(rule)")
    }
  }

  @Test("document types are refused before anything in them is done")
  func documentTypes() throws {
    let bomb =
      "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><r>&c;</r>"
    for text in [
      bomb, "<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><r/>",
      "<!DOCTYPE r [<!ENTITY x SYSTEM \"http://x/\">]><r>&x;</r>",
    ] {
      let file = try TemporaryFile(text)
      let error = #expect(throws: ReadError.self) {
        var reader = try XMLTreeReader(path: file.path, element: "r")
        while try reader.next() != nil {}
      }
      #expect(error?.kind == .dtdRefused)
    }
  }

  @Test("trees are bounded in depth and size")
  func bounds() throws {
    let deep = try TemporaryFile(String(repeating: "<r>", count: 200))
    let depth = #expect(throws: ReadError.self) {
      var reader = try XMLTreeReader(path: deep.path, element: "r")
      while try reader.next() != nil {}
    }
    #expect(depth?.kind == .tooDeep)
    let wide = try TemporaryFile(
      "<r>" + String(repeating: "<a>" + String(repeating: "x", count: 1000) + "</a>", count: 17_000) + "</r>")
    let size = #expect(throws: ReadError.self) {
      var reader = try XMLTreeReader(path: wide.path, element: "r")
      while try reader.next() != nil {}
    }
    #expect(size?.kind == .fieldTooLarge)
  }
}

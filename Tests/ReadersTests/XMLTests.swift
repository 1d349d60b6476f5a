import Testing

@testable import Readers

/// Reads the records of a document.
private func records(
  _ document: some Sequence<UInt8>, _ record: String, _ fields: [String]
) throws -> Reading {
  let file = try TemporaryFile(Array(document))
  var reader = try XMLReader(path: file.path, record: record, fields: fields)
  var reading = Reading()
  while let batch = try reader.next() {
    #expect(batch.count > 0 && batch.count <= XMLReader.batchRecords)
    reading.append(batch)
  }
  #expect(try whole(file.path, record, fields) == reading)
  return reading
}

/// The same, all at once.
private func whole(_ path: String, _ record: String, _ fields: [String]) throws -> Reading {
  var reading = Reading()
  try XMLReader.readAll(path: path, record: record, fields: fields) { table in
    reading.append(table.batch())
    return true
  }
  return reading
}

private func rows(_ document: String, _ record: String, _ fields: [String]) throws -> [[String]] {
  try records(document.utf8, record, fields).rows
}

private func error(_ document: String, _ fields: [String] = ["."]) throws -> ReadError? {
  do {
    _ = try rows(document, "//r", fields)
    return nil
  } catch let error as ReadError {
    let file = try TemporaryFile(document)
    let other = #expect(throws: ReadError.self) { _ = try whole(file.path, "//r", fields) }
    // In a file that is cut off behind a line end, what is missing is missing on the line behind it.
    let isBehind = document.hasSuffix("\n") && other?.line == error.line.map { $0 + 1 }
    #expect(other?.kind == error.kind && (other?.line == error.line || isBehind))
    return error
  }
}

@Suite struct XMLWholeTests {
  /// When libxml2 fetches its text, it takes a NUL byte for the end.
  @Test(arguments: ["<x><r>1</r></x>\0", "<x><r>1</r></x>\0\0<r>2</r>", "<x><r>1</r>\0<r>2</r></x>"])
  func aNULByteIsNoEnd(text: String) throws {
    let file = try TemporaryFile(text)
    #expect(throws: ReadError.self) {
      try XMLReader.readAll(path: file.path, record: "//r", fields: ["."]) { _ in true }
    }
  }

  @Test func tablesAreHandedOverInOrderUntilNoMoreAreWanted() throws {
    let file = try TemporaryFile("<a>" + (1...30_000).map { "<r>\($0)</r>" }.joined() + "</a>")
    var tables: [Int] = []
    try XMLReader.readAll(path: file.path, record: "//r", fields: ["."]) { table in
      tables.append(table.count)
      return true
    }
    #expect(tables.reduce(0, +) == 30_000 && tables.count > 5 && tables.dropLast().allSatisfy { $0 >= 2048 })
    var taken = 0
    try XMLReader.readAll(path: file.path, record: "//r", fields: ["."]) { table in
      taken += 1
      return taken < 3
    }
    #expect(taken == 3)
  }

  /// A document with more places than are kept: all are read in the same way.
  @Test func manyPlaces() throws {
    let names = (0..<3 * XMLPlaces.limit).map { "n\($0)" }
    let document = "<a>" + names.map { "<\($0)><r k='\($0)'><b>\($0)</b></r></\($0)>" }.joined() + "</a>"
    let reading = try records(document.utf8, "//r", ["@k", "b", "../../b"])
    #expect(reading.rows == names.map { [$0, $0, ""] })
  }
}

@Suite struct XMLValueTests {
  private let delivery = """
    <?xml version="1.0" encoding="UTF-8"?>
    <aanlevering>
      <respons nr="1">
        <patient bsn="111"><naam>A &amp; B</naam></patient>
        <traject id="t1"/>
        <meetmoment>T0</meetmoment>
        <vragenlijst code="VAS"><antwoord item="a" waarde="3"/><antwoord item="b">7</antwoord></vragenlijst>
        <vragenlijst code="ODI"><antwoord item="c" waarde="9"/></vragenlijst>
      </respons>
      <respons nr="2">
        <patient bsn="222"/>
        <vragenlijst code="VAS"><antwoord item="d" waarde="1"/></vragenlijst>
        <meetmoment>T1</meetmoment>
      </respons>
    </aanlevering>
    """

  @Test func fieldsOfTheRecordItsChildrenAndItsAncestors() throws {
    let fields = [
      "@item", "@waarde", ".", "../@code", "../../meetmoment", "../../traject/@id", "../../patient/@bsn",
      "../../patient/naam", "../../@nr",
    ]
    let expected = [
      ["a", "3", "", "VAS", "T0", "t1", "111", "A & B", "1"],
      ["b", "", "7", "VAS", "T0", "t1", "111", "A & B", "1"],
      ["c", "9", "", "ODI", "T0", "t1", "111", "A & B", "1"],
      ["d", "1", "", "VAS", "", "", "222", "", "2"],
    ]
    #expect(try rows(delivery, "/aanlevering/respons/vragenlijst/antwoord", fields) == expected)
    #expect(try rows(delivery, "//antwoord", fields) == expected)
    #expect(try rows(delivery, "//vragenlijst/antwoord", fields) == expected)
    #expect(try records(delivery.utf8, "//antwoord", fields).lines == [1, 2, 3, 4])
  }

  @Test func childElementsAtAnyDepth() throws {
    let fields = ["@nr", "patient/@bsn", "patient/naam", "meetmoment", "vragenlijst/antwoord/@item"]
    #expect(
      try rows(delivery, "/aanlevering/respons", fields) == [
        ["1", "111", "A & B", "T0", "a"], ["2", "222", "", "T1", "d"],
      ])
  }

  @Test func otherPathsGiveNoRecords() throws {
    #expect(try rows(delivery, "/aanlevering/vragenlijst", ["@code"]) == [])
    #expect(try rows(delivery, "/respons", ["@nr"]) == [])
    #expect(try rows(delivery, "//patient/antwoord", ["@item"]) == [])
  }

  @Test func theFirstOfRepeatedValuesCounts() throws {
    #expect(try rows("<a><r><x>1</x><x>2</x></r><r><y/></r></a>", "/a/r", ["x"]) == [["1"], [""]])
    #expect(try rows("<a><r><x/><x>2</x></r></a>", "/a/r", ["x"]) == [[""]])
  }

  @Test func textIsOwnTextInOneField() throws {
    #expect(try rows("<a><r>een <b>vet</b> twee</r></a>", "//r", [".", "b"]) == [["een  twee", "vet"]])
    #expect(try rows("<a><r>x<![CDATA[ < & > ]]>y</r></a>", "//r", ["."]) == [["x < & > y"]])
    #expect(try rows("<a><r>&lt;&#233;&#xE9;&gt;</r></a>", "//r", ["."]) == [["<éé>"]])
    #expect(try rows("<a><r><!-- no --> 5 <?pi no?></r></a>", "//r", ["."]) == [["5"]])
  }

  /// XML 1.0, 2.11. The push parser hands long CDATA on in pieces of 300 bytes, also with an end of line across two.
  @Test(arguments: ["\r", "\r\n", "\n", "\r\r\n\n"], [0, 298, 299, 300, 301, 599])
  func lineEndsInCDATA(end: String, before: Int) throws {
    let start = String(repeating: "x", count: before)
    let lines = end == "\r\r\n\n" ? "\n\n\n" : "\n"
    let text = "<a><r>y<![CDATA[\(start)\(end)]]><![CDATA[\(end)z]]></r></a>"
    #expect(try rows(text, "//r", ["."]) == [["y\(start)\(lines)\(lines)z"]])
    let file = try TemporaryFile(text)
    var trees = try XMLTreeReader(path: file.path, element: "r")
    #expect(try trees.next()?.value == "y\(start)\(lines)\(lines)z")
    let copy = try XMLCopy.copy(path: file.path, record: "//r") { _ in true }
    #expect(String(decoding: copy, as: UTF8.self).contains("<r>y\(start)\(lines)\(lines)z</r>"))
  }

  @Test func referencesInAttributes() throws {
    let row = try rows(#"<a><r v="A &amp; B &lt;&quot;&#233; &amp;#38; &amp;amp;"/></a>"#, "//r", ["@v"])
    #expect(row == [["A & B <\"é &#38; &amp;"]])
  }

  @Test func namespacesAndPrefixesAreNotLookedAt() throws {
    let document = #"<z:a xmlns:z="urn:x" xmlns="urn:y"><z:r z:v="1"><k>2</k></z:r><u:r v="3"/></z:a>"#
    #expect(try rows(document, "/a/r", ["@v", "k"]) == [["1", "2"], ["3", ""]])
  }

  @Test func recordsWithinRecordsAreNotRecords() throws {
    #expect(try rows("<r n='1'><r n='2'/><x/></r>", "//r", ["@n"]) == [["1"]])
  }

  @Test func encodings() throws {
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a><r v='".utf8) + [0xE9] + Array("'/></a>".utf8)
    #expect(try records(latin, "//r", ["@v"]).rows == [["é"]])
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in "<a><r v='é€'/></a>".utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try records(wide, "//r", ["@v"]).rows == [["é€"]])
    #expect(try records([0xEF, 0xBB, 0xBF] + "<a><r v='é'/></a>".utf8, "//r", ["@v"]).rows == [["é"]])
  }

  /// Many chunks and batches on a single line, with values longer than a chunk.
  @Test func largeDocumentOnOneLine() throws {
    let long = String(repeating: "lang ", count: 30_000)
    var document = "<a><p>x</p>"
    for i in 0..<20_000 { document += "<r i=\"\(i)\"><k>\(i * 7)</k>\(i % 7000 == 5 ? long : "")</r>" }
    document += "</a>"
    let reading = try records(document.utf8, "/a/r", ["@i", "k", ".", "../p"])
    #expect(reading.records.count == 20_000)
    #expect(reading.lines == Array(1...20_000))
    for (i, row) in reading.rows.enumerated() {
      #expect(row[0] == "\(i)" && row[1] == "\(i * 7)" && row[3] == "x")
      if i % 7000 == 5 { #expect(row[2] == long.dropLast()) }
    }
  }

  @Test func manyRecordsInOneChunk() throws {
    let document = "<a>" + String(repeating: "<r/>", count: 30_000) + "</a>"
    #expect(try records(document.utf8, "/a/r", ["@i"]).records.count == 30_000)
  }

  @Test func noRecords() throws {
    #expect(try rows("<a/>", "//r", ["."]) == [])
  }
}

@Suite struct XMLErrorTests {
  @Test func malformedDocumentsHaveAPlace() throws {
    let mismatch = try #require(try error("<a>\n <r>1</r>\n <r>2</x>\n</a>"))
    #expect(mismatch.kind == .malformedXML && mismatch.line == 3)
    #expect(mismatch.column == 10)
    #expect(mismatch.detail?.contains("mismatch") == true)
    #expect(try error("<a><r>1</r>")?.kind == .malformedXML)
    #expect(try error("<a>\n<r v=1/></a>")?.line == 2)
    #expect(try error("")?.kind == .malformedXML)
    #expect(try error("a;b;c\n")?.kind == .malformedXML)
    #expect(try error("<a></a><b/>")?.kind == .malformedXML)
    #expect(try error("<a>&unknown;</a>")?.kind == .malformedXML)
    #expect(try error("<a>\u{1}</a>")?.kind == .malformedXML)
  }

  @Test func truncationFarIntoTheFileIsFound() throws {
    let document = "<a>\n" + String(repeating: "<r>1</r>\n", count: 40_000)
    let found = try #require(try error(document))
    #expect(found.kind == .malformedXML)
    #expect(found.line == 40_001)
  }

  @Test func documentTypesAreRefused() throws {
    let laughs = """
      <?xml version="1.0"?>
      <!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;&m;&m;&m;&m;">]>
      <a><r>&n;</r></a>
      """
    #expect(try error(laughs)?.kind == .dtdRefused)
    #expect(try error(laughs)?.line == 2)
    #expect(try error("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>")?.kind == .dtdRefused)
    let external = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><r>&x;</r></a>"
    #expect(try error(external)?.kind == .dtdRefused)
    #expect(try error("<!DOCTYPE r><r/>")?.kind == .dtdRefused)
  }

  @Test func depthIsLimited() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "<b>", count: depth - 1) + "<r/>" + String(repeating: "</b>", count: depth - 1)
    }
    #expect(try rows(nested(100), "//r", ["."]).count == 1)
    #expect(try error(nested(101))?.kind == .tooDeep)
  }

  @Test func valuesAreLimited() throws {
    let most = String(repeating: "x", count: XMLReader.maximumFieldBytes)
    #expect(try rows("<a><r>\(most)</r></a>", "//r", ["."])[0][0].utf8.count == XMLReader.maximumFieldBytes)
    #expect(try error("<a><r>\(most)x</r></a>")?.kind == .fieldTooLarge)
    #expect(try error("<a><r v='\(most)x'/></a>", ["@v"])?.kind == .fieldTooLarge)
    // What no field asks for is not kept, however large.
    #expect(try rows("<a><s>\(most)x</s><r>1</r></a>", "//r", ["."]) == [["1"]])
  }

  @Test(arguments: ["", "a", "/", "//", "/a//b", "/a/", "/a b"]) func recordPathsThatAreNotUnderstood(path: String)
    throws
  {
    let file = try TemporaryFile("<a/>")
    let error = #expect(throws: ReadError.self) { _ = try XMLReader(path: file.path, record: path, fields: ["."]) }
    #expect(error?.kind == .badPath)
  }

  @Test(arguments: ["", "@", "a/@", "a@b", "/a", "a//b", "../../../x", "a/../b"])
  func fieldPathsThatAreNotUnderstood(path: String) throws {
    let file = try TemporaryFile("<a/>")
    let error = #expect(throws: ReadError.self) { _ = try XMLReader(path: file.path, record: "/a/b", fields: [path]) }
    #expect(error?.kind == .badPath)
  }

  @Test func missingFile() {
    let error = #expect(throws: ReadError.self) {
      _ = try XMLReader(path: "/nonexistent/file.xml", record: "//r", fields: ["."])
    }
    #expect(error?.kind == .cannotOpen)
  }
}

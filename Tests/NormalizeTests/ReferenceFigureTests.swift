import Columns
import Definitions
import Foundation
import TestPipelines
import Testing
import Workspace

@testable import Normalize

@Suite("Published figures beside those of a delivery")
struct ReferenceFigureTests {
  private static let quality = """
    age-pyramid: {file: standards/people.csv, year: 2016, source: made up}
    references:
      - {figure: share-of-women, name: {nl: V, en: W}, value: 0.5, source: made up}
      - {figure: share-of-65-and-older, name: {nl: O, en: O}, value: 0.2, year: 2016, source: made up}
    """

  private func lab(_ table: String = "age;male;female\n0;10;10\n20;30;30\n65;10;10\n") throws -> Lab {
    try Lab(adding: ["quality.yaml": Self.quality, "standards/people.csv": table])
  }

  @Test("ages and sexes of five persons, worked out by hand")
  func pyramid() throws {
    let lab = try lab()
    // In 2016 they are 66, 65, 20, 19 and not yet born.
    var text = peopleHeader
    for (person, born) in ["1950-05-05,V", "1951-12-31,M", "1996-05-05,V", "1997-05-05,V", "2017-01-01,M"].enumerated()
    {
      text += "\(Persons.number(person)),\(born),2015-01-01,,1011\n"
    }
    try lab.deliver("people.csv", text)
    let (manifest, run) = try lab.normalize()
    let rows = ReferenceFigures.pyramid(lab.pipeline, run)
    #expect(rows.map(\.from) == [0, 20, 65] && rows.map(\.to) == [19, 64, nil])
    #expect(rows.map(\.men) == [0, 0, 0.25] && rows.map(\.women) == [0.25, 0.25, 0.25])
    #expect(rows.map(\.publishedMen) == [0.1, 0.3, 0.1] && rows.map(\.publishedWomen) == [0.1, 0.3, 0.1])
    let page = try String(contentsOf: run.quality.appending(path: "index.html"), encoding: .utf8)
    #expect(
      page.contains("Leeftijdsopbouw in 2016") && page.contains("<tr><td>65+<td>25,0%<td>10,0%<td>25,0%<td>10,0%</tr>"))
    let document = try String(contentsOf: run.quality.appending(path: "findings.json"), encoding: .utf8)
    #expect(document.contains("\"published_women\" : 0.3"))
    #expect(manifest.coreRows["person"] == 5)
  }

  @Test(arguments: [
    (
      "age;male;female\n1;10;10\n",
      "standards/people.csv:2:1: each band starts with its first age, in ascending order from 0"
    ),
    ("age;male;female\n0;10;10\n0;1;1\n", "standards/people.csv:3:1: each band starts with its first age"),
    ("age;male;female\n0;10;many\n", "standards/people.csv:2:1: expected two numbers of persons, found \"10;many\""),
    ("age;male;female\n", "there are no persons in it"),
  ])
  func mistakes(table: String, message: String) throws {
    let errors = #expect(throws: DefinitionErrors.self) { _ = try lab(table) }
    #expect(errors?.errors.map(\.description).contains { $0.contains(message) } == true, "\(errors?.errors ?? [])")
  }
}

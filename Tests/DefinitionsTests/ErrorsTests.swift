import Definitions
import Foundation
import Testing

/// One mistake in the small pipeline and all that is then said.
struct Mistake: Sendable, CustomTestStringConvertible {
  let path: String
  let old: String
  let new: String
  let messages: [String]

  init(_ path: String, _ old: String, _ new: String, _ messages: String...) {
    self.init(path, old, new, messages: messages)
  }

  init(_ path: String, _ old: String, _ new: String, messages: [String]) {
    self.path = path
    self.old = old
    self.new = new
    self.messages = messages
  }

  var testDescription: String { "\(path): \(old) → \(new)" }

  func check(in pipeline: SmallPipeline = SmallPipeline()) throws {
    var pipeline = pipeline
    if old.isEmpty { pipeline.files[path] = new } else { try pipeline.edit(path, old, new) }
    let found = try pipeline.problems()
    #expect(found == messages)
  }
}

@Suite struct ErrorsTests {
  @Test func noMistakes() throws { #expect(try SmallPipeline().problems() == []) }

  @Test(arguments: Mistakes.general) func general(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.pipeline) func pipeline(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.stays) func stays(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.sources) func sources(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.questionnaires) func questionnaires(_ mistake: Mistake) throws {
    var pipeline = SmallPipeline()
    pipeline.files["sources/other.yaml"] = Mistakes.questionnaireSource
    pipeline.files["questionnaires/q.json"] = Mistakes.rightQuestionnaire
    #expect(try pipeline.problems() == [])
    pipeline.files["questionnaires/q.json"] = mistake.new
    #expect(try pipeline.problems() == mistake.messages)
  }
  @Test(arguments: Mistakes.layouts) func layouts(_ mistake: Mistake) throws {
    var pipeline = SmallPipeline()
    pipeline.files["sources/other.yaml"] = Mistakes.layoutSource
    pipeline.files["layouts/small.yaml"] = Mistakes.rightLayout
    #expect(try pipeline.problems() == [])
    pipeline.files["layouts/small.yaml"] = mistake.new
    // What follows from the mistake may be told too.
    #expect(try pipeline.problems().contains(mistake.messages[0]))
  }

  @Test(arguments: [
    ("A.sender", nil), ("C.amount", nil),
    ("D.other", "sources/other.yaml:6:24: record D lies neither around nor within record B"),
    ("B.cod", "sources/other.yaml:6:24: expected a field of the layout such as 04.code, found \"B.cod\""),
  ])
  func layoutFields(column: String, message: String?) throws {
    var pipeline = SmallPipeline()
    pipeline.files["sources/other.yaml"] = Mistakes.layoutSource.replacing("B.code", with: column)
    pipeline.files["layouts/small.yaml"] = Mistakes.rightLayout
    #expect(try pipeline.problems() == (message.map { [$0] } ?? []))
  }

  @Test(arguments: Mistakes.formats) func formats(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.totals) func totals(_ mistake: Mistake) throws {
    try mistake.check(in: Mistakes.withTotals())
  }
  @Test func noMistakesInTotals() throws { #expect(try Mistakes.withTotals().problems() == []) }
  @Test func layoutByMunicipalityNeedsTotals() throws {
    var pipeline = try Mistakes.withTotals()
    pipeline.files["sources/totals.yaml"] = nil
    pipeline.files["indicators/ratio.yaml"] = nil
    #expect(
      try pipeline.problems() == [
        "pipeline.yaml: region layout \"towns\" goes by municipality, and no source delivers group_total, which names them"
      ])
  }
  @Test(arguments: Mistakes.instruments) func instruments(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.rules) func rules(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.indicators) func indicators(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.series) func series(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.comparisons) func comparisons(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.caseMix) func caseMix(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.populations) func populations(_ mistake: Mistake) throws { try mistake.check() }
  @Test(arguments: Mistakes.tables) func tables(_ mistake: Mistake) throws { try mistake.check() }
}

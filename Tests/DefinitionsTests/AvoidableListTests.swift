import Foundation
import TestSupport
import Testing

@testable import Definitions

/// The lists of diagnoses that pipelines share.
@Suite struct AvoidableListTests {
  @Test(
    "the list of ambulatory-care-sensitive conditions: read as a pipeline reads it, each code once, with and without point"
  )
  func avoidable() throws {
    let folder = DefinitionFolder(Shared.package.appending(path: "pipelines/chronische-pijn"))
    let table = try #require(
      DefinitionTable(
        "../codes/ambulatory-care-sensitive-icd10.csv", header: ["diagnosis", "group"], in: folder))
    #expect(folder.problems.errors.isEmpty)
    let codes = table.rows.map { $0.fields[0] }
    #expect(Set(codes).count == codes.count)
    for code in codes where code.contains(".") { #expect(codes.contains(code.replacing(".", with: ""))) }
    #expect(Set(table.rows.map { $0.fields[1] }).count == 19)
    func isIn(_ diagnosis: String) -> Bool { codes.contains { diagnosis.hasPrefix($0) } }
    // Asthma, heart failure and diabetes with complications; not a fracture, diabetes without, nor a DBC diagnosis.
    #expect(isIn("J45.9") && isIn("I500") && isIn("E11.2") && isIn("E112"))
    #expect(!isIn("S72.0") && !isIn("E11.9") && !isIn("0301.0554"))
  }
}

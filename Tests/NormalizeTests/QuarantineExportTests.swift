import Foundation
import Ingest
import Normalize
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Original records written back")
struct QuarantineExportTests {
  static let header = "claim,line,bsn,start,amount\n"

  @Test("records that were set aside come back with their header, as they were")
  func export() throws {
    let lab = try Lab(changing: [
      ("sources/hospital.yaml", "encoding: utf-8}", "encoding: windows-1252, skip-lines: 1}"),
      ("sources/hospital.yaml", "\"hospital*.csv\"", "\"more/hospital*.csv\""),
    ])
    let good = "1,1,\(Persons.number(0)),2015-03-01,10.00\n"
    let bad = ["1,2,000000000,\"2015-\n03-02\",2.50\r\n", "2,1,\(Persons.number(1)),2015-13-03,0.25\n", "3,1,x\n"]
    var bytes: [UInt8] = [0x5A, 0xE9, 0x0A]
    bytes += Array((Self.header + good + bad[0] + good + bad[1] + bad[2] + good).utf8)
    try lab.deliver("more/hospital.csv", bytes: bytes)
    let deliveries = try lab.ingest().deliveries
    #expect(deliveries[0].quarantined == 3)
    let run = RunFolder(id: "run", folder: lab.folder.file("run"))
    try Workspace.create(run.folder)
    try QuarantineFiles.write(manifest: lab.manifest(deliveries), workspace: lab.workspace, run: run)
    try lab.manifest(deliveries).write(run)

    let output = lab.folder.file("mend")
    let outcomes = try QuarantineExport.write(
      run.folder, pipeline: lab.pipeline, input: lab.folder.file("input"), to: output)
    #expect(outcomes.map(\.records) == [3])
    let written = Array(try Data(contentsOf: output.appending(path: "more_hospital.csv")))
    #expect(written == [0x5A, 0xE9, 0x0A] + Array((Self.header + bad.joined()).utf8))
    // Not over what is there, and not from another file.
    #expect(throws: Problem.self) {
      _ = try QuarantineExport.write(run.folder, pipeline: lab.pipeline, input: lab.folder.file("input"), to: output)
    }
    try lab.deliver("more/hospital.csv", bytes: bytes + [0x0A])
    #expect(throws: Problem.self) {
      _ = try QuarantineExport.write(
        run.folder, pipeline: lab.pipeline, input: lab.folder.file("input"), to: lab.folder.file("other"))
    }
  }
}

import Foundation
import Ingest
import Normalize
import TestPipelines
import Testing
import Workspace

extension Lab {
  /// Runs the first two stages.
  func normalize(jobs: Int = 2) throws -> (manifest: Manifest, run: RunFolder) {
    var manifest = self.manifest(try ingest(jobs: jobs).deliveries)
    let run = try workspace.begin("run")
    try Normalize.run(
      pipeline, manifest: &manifest, workspace: workspace, run: run, jobs: jobs, reporter: .silent)
    return (manifest, run)
  }

  /// The quarantine of a run.
  func quarantine(_ run: RunFolder) throws -> [[String: String]] {
    try Lab.rows(run.quarantine.appending(path: "quarantine.parquet"))
  }
}

/// Rows without their order.
func canonical(_ rows: [[String: String]]) -> [String] {
  rows.map { row in row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }.sorted()
}

/// A line of an insurer's delivery.
func claim(
  _ claim: String, _ line: Int = 1, person: Int = 0, care: String = "HA", activity: String = "C",
  start: String = "31-12-2015", amount: String = "10", birth: String = "", sex: String = ""
) -> String {
  "\(claim);\(line);\(Persons.number(person));01000001;\(care);\(activity);M54;\(start);1;\(amount);\(birth);\(sex);\n"
}
let claimHeader = "Number;Line;BSN;AGB;Care;Activity;Diagnosis;Start;Quantity;Amount;Birth;Sex;Postcode\n"
let wideHeader = "bsn,path,index,agb,day0,ache0_1,ache0_2,mood0,day1,ache1_1,ache1_2,guess,given\n"
let longHeader = "id,bsn,list,moment,day,item,value\n"
let peopleHeader = "bsn,born,sex,from,to,postcode\n"

import ArgumentParser
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// What quality checks found.
struct QualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "Lists what the quality checks of a run found, or the checks themselves.",
    discussion: """
      Without a run: every check that comes with Spiegel, or with the folder of a pipeline those of that pipeline, with \
      threshold, reason and what is counted out of what, as quality.yaml would say it. The page for the data steward is quality/index.html of the run; \
      findings.csv, findings.json and findings.parquet beside it have the same for programs.
      """)

  @Argument(help: ArgumentHelp("Folder of a run, for example workspace/current, or of a pipeline.", valueName: "run"))
  var folder: String?

  @Flag(help: "Also checks that found nothing.")
  var all = false

  func run() {
    ending {
      let isPipeline = folder.map { FileManager.default.fileExists(atPath: $0 + "/pipeline.yaml") } ?? false
      guard let folder, !isPipeline else {
        let checks = try folder.map { try Pipeline.load(folder: URL(filePath: $0)).quality.checks }
        print("check\tcategory\tseverity\tthreshold\tconsequence\tmeaning\treason\ttable\tcolumn\tviolated\tamong")
        for check in checks ?? QualityCatalogue.all {
          print(
            [
              check.id, check.category.rawValue, check.severity.rawValue, "\(check.threshold)",
              check.consequence.rawValue, check.english, check.why, check.table, check.column ?? "",
              CheckRule.violated(check), CheckRule.among(check),
            ].joined(separator: "\t"))
        }
        return
      }
      let run = RunFolder(id: "run", folder: URL(filePath: folder))
      let file = run.core(Core.finding.name).appending(path: "part-0.parquet")
      do throws(ParquetError) {
        let reader = try ParquetReader(path: file.path)
        print("severity\tstatus\tconsequence\tcheck\tscope\tviolated\tdenominator\tshare\tdelivery\trecord")
        for group in reader.rowGroups.indices where reader.rowGroups[group] > 0 {
          for row in Findings.rows(of: try reader.read(group: group)) ?? [] where all || row.violated > 0 {
            print(
              [
                row.severity.rawValue, row.status.rawValue, row.consequence.rawValue, row.check, row.scope,
                "\(row.violated)", "\(row.denominator)", "\(row.share)", row.delivery,
                row.record.map(String.init) ?? "",
              ].joined(separator: "\t"))
          }
        }
      } catch {
        throw Problem(
          .noInput, at: file.path, "holds no findings: \(error.reason)",
          remedy: "Name the folder of a run, for example workspace/current.")
      }
    }
  }
}

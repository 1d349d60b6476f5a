import ArgumentParser
import Columns
import Definitions
import Foundation
import Ingest
import Parquet
import Workspace

/// What was set aside.
struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Lists what a run set aside, by delivery and reason, or writes the original records back for repair.",
    discussion: """
      Every single case, with line, column and (masked) value, is in quarantine/quarantine.csv of the run. With --export \
      the deliveries are read again, and the records of delimited text that were set aside are written with their header, \
      so that they can be mended and delivered again. These files hold personal data: only you may read them.
      """)

  @Argument(help: ArgumentHelp("Folder of a run, for example workspace/current.", valueName: "run"))
  var folder: String

  @Option(help: "Folder for the original records that were set aside; needs --input and --pipeline.")
  var export: String?

  @Option(help: "Folder with the deliveries of the run.")
  var input: String?

  @Option(help: "Folder of the run's pipeline.")
  var pipeline: String?

  func validate() throws {
    if export != nil && (input == nil || pipeline == nil) {
      throw ValidationError("--export needs --input, the folder with the deliveries, and --pipeline.")
    }
  }

  func run() {
    if let export, let input, let pipeline { return exportRecords(to: export, input: input, pipeline: pipeline) }
    ending {
      let file = URL(filePath: folder).appending(path: "quarantine").appending(path: "quarantine.parquet")
      do throws(ParquetError) {
        let reader = try ParquetReader(path: file.path)
        var counts: [[String]: Int] = [:]
        for group in reader.rowGroups.indices {
          let columns = try reader.read(group: group, columns: ["delivery", "reason", "column", "scope"])
          for row in 0..<reader.rowGroups[group] {
            counts[columns.map { if case .code(let codes) = $0 { codes[row] ?? "" } else { "" } }, default: 0] += 1
          }
        }
        print("delivery\treason\tcolumn\tset aside\tcases")
        for (key, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
          print((key + ["\(count)"]).joined(separator: "\t"))
        }
      } catch {
        throw Problem(
          .noInput, at: file.path, "holds no quarantine: \(error.reason)",
          remedy: "Name the folder of a run, for example workspace/current.")
      }
    }
  }

  private func exportRecords(to output: String, input: String, pipeline: String) {
    ending {
      var options = StageOptions()
      options.pipeline = pipeline
      let outcomes = try QuarantineExport.write(
        URL(filePath: folder), pipeline: try options.loadPipeline(), input: URL(filePath: input),
        to: URL(filePath: output))
      for outcome in outcomes {
        if let records = outcome.records, let file = outcome.file {
          print("\(outcome.delivery): \(records) records in \(file)")
        } else {
          print("\(outcome.delivery): not delimited text; find the records by their number in quarantine.csv")
        }
      }
      if outcomes.isEmpty { print("Nothing was set aside.") }
    }
  }
}

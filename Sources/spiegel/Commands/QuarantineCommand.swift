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
      the deliveries are read again, and the records that were set aside are written as claims.mended.csv, in the format of \
      their delivery, with claims.mended.csv.mends beside it. Mend the first, put both beside the delivery and run again: \
      the records count as mended, and no longer as set aside. These files hold personal data: only you may read them.
      """)

  @Argument(help: ArgumentHelp("Folder of a run, for example workspace/current.", valueName: "run"))
  var folder: String

  @Option(help: "Folder for the original records that were set aside; needs --input and --pipeline.")
  var export: String?

  @Flag(help: "Shows records with the offending fields marked; needs --input and --pipeline.")
  var show = false

  @Option(help: "How many records of each delivery --show shows.")
  var limit = 20

  @Flag(help: "Has --show print values as they are, which may be personal data.")
  var unmasked = false

  @Option(help: "Folder with the deliveries of the run.")
  var input: String?

  @Option(help: "Folder of the run's pipeline.")
  var pipeline: String?

  func validate() throws {
    if (export != nil || show) && (input == nil || pipeline == nil) {
      throw ValidationError(
        "--\(show ? "show" : "export") needs --input, the folder with the deliveries, and --pipeline.")
    }
    if show && export != nil { throw ValidationError("Either --show or --export.") }
    if limit < 1 { throw ValidationError("--limit is at least 1.") }
  }

  func run() {
    if show, let input, let pipeline { return showRecords(input: input, pipeline: pipeline) }
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
      // A rejected run leaves its quarantine only.
      let manifest = URL(filePath: folder).appending(path: "manifest.json")
      if FileManager.default.fileExists(atPath: manifest.path) {
        for line in Summary.redelivered(try JSONFile.read(manifest)) { print(line) }
      }
    }
  }

  private func showRecords(input: String, pipeline: String) {
    ending {
      var options = StageOptions()
      options.pipeline = pipeline
      let records = try QuarantineView.records(
        of: URL(filePath: folder), pipeline: try options.loadPipeline(), input: URL(filePath: input), limit: limit,
        isMasked: !unmasked)
      for record in records {
        print("\(record.delivery), record \(record.number): \(record.reasons.joined(separator: "; "))")
        let width = record.fields.map(\.name.count).max() ?? 0
        for field in record.fields {
          let name = field.name + String(repeating: " ", count: width - field.name.count)
          print("  \(field.isOffending ? ">" : " ") \(name)  \(field.value)")
        }
        if record.fields.isEmpty { print("    it could not be taken apart into fields") }
      }
      if records.isEmpty { print("Nothing was set aside.") }
    }
  }

  private func exportRecords(to output: String, input: String, pipeline: String) {
    ending {
      var options = StageOptions()
      options.pipeline = pipeline
      let outcomes = try QuarantineExport.write(
        URL(filePath: folder), pipeline: try options.loadPipeline(), input: URL(filePath: input),
        to: URL(filePath: output))
      for outcome in outcomes { print("\(outcome.delivery): \(outcome.records) records in \(outcome.file)") }
      if outcomes.isEmpty { print("Nothing was set aside.") }
    }
  }
}

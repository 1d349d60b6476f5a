import ArgumentParser
import Columns
import Foundation
import Parquet
import Workspace

/// What was set aside.
struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Lists what a run set aside, by delivery and reason.",
    discussion: "Every single case, with line, column and (masked) value, is in quarantine/quarantine.csv of the run.")

  @Argument(help: ArgumentHelp("Folder of a run, for example workspace/current.", valueName: "run"))
  var folder: String

  func run() {
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
}

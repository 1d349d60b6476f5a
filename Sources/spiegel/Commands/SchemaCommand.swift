import ArgumentParser
import Columns
import CoreDataset

/// The data dictionary.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the dictionary of the core dataset, the results and the quarantine (Markdown).")

  func run() {
    for table in Core.all + [Results.table, Comparisons.table, Models.table, Trends.table, Staged.quarantine] {
      print(
        "## \(table.name)\n\n\(table.meaning)\n\n| column | type | key | required | meaning | unit |\n|---|---|---|---|---|---|"
      )
      for column in table.columns {
        print(
          "| \(column.name) | \(column.spec.type.rawValue) | \(column.isKey ? "yes" : "") | "
            + "\(column.spec.isNullable ? "" : "yes") | \(column.meaning) | \(column.unit) |")
      }
      print("")
    }
  }
}

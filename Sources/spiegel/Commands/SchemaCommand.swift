import ArgumentParser
import Columns
import CoreDataset
import Foundation

/// The data dictionary.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the dictionary of the core dataset, the results and the quarantine.",
    discussion:
      "A run has the data package of its own core dataset, with the paths of its files, in core/datapackage.json.")

  /// For whom the dictionary is.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown, json, datapackage
  }

  @Option(
    help: "markdown for people, json for programs, datapackage for a Frictionless data package of the core tables.")
  var format = Format.markdown

  func run() throws {
    let tables = Core.all + [Results.table, Comparisons.table, Models.table, Trends.table, Staged.quarantine]
    switch format {
    case .markdown: print(DataDictionary.markdown(tables))
    case .json: print(try json(tables.map(DataDictionary.Table.init)))
    case .datapackage:
      // Without a run its files are not known: the pattern that every run follows.
      print(
        try json(DataPackage(name: "spiegel-core", version: Tool.version, Core.all) { ["\($0.name)/**/*.parquet"] }))
    }
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

import CoreDataset
import Definitions
import Foundation
import Workspace

/// `core/datapackage.json`: says of the core dataset what is in it, for programs that know nothing of Spiegel.
enum DescriptorFile {
  /// Describes the tables that were written, file by file.
  static func write(_ pipeline: Pipeline, _ manifest: Manifest, run: RunFolder) throws(Problem) {
    let folder = run.folder.appending(path: "core")
    let files = ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(".parquet") }.sorted()
    let package = DataPackage(
      name: pipeline.id, version: manifest.definitionVersion, currency: pipeline.currency, Core.all
    ) { table in files.filter { $0.hasPrefix(table.name + "/") } }
    try JSONFile.write(package, to: folder.appending(path: "datapackage.json"))
  }
}

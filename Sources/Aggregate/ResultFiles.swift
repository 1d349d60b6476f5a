import Columns
import CoreDataset
import Foundation
import Parquet
import Workspace

/// Writes the results and what belongs to them as Parquet and CSV.
enum ResultFiles {
  /// `results.*`, `comparisons.*` where units are compared, `models.*` where models are fitted, `trends.*` where there are
  /// enough periods for control charts, `distributions.*` where percentiles are wanted, `differences.*` where changes are
  /// set beside those of another population, `response-bias.*` where responders are compared with others and `savings.*`
  /// where savings are shared.
  static func write(_ tables: IndicatorTables, to folder: URL) throws(Problem) {
    try Workspace.create(folder)
    try write(Results.table, Results.columns(of: tables.rows), rows: tables.rows.count, folder, "results")
    if !tables.comparisons.isEmpty {
      let rows = tables.comparisons
      try write(Comparisons.table, Comparisons.columns(of: rows), rows: rows.count, folder, "comparisons")
    }
    if !tables.trends.isEmpty {
      try write(Trends.table, Trends.columns(of: tables.trends), rows: tables.trends.count, folder, "trends")
    }
    if !tables.distributions.isEmpty {
      let rows = tables.distributions
      try write(Distributions.table, Distributions.columns(of: rows), rows: rows.count, folder, "distributions")
    }
    if !tables.differences.isEmpty {
      let rows = tables.differences
      try write(Differences.table, Differences.columns(of: rows), rows: rows.count, folder, "differences")
    }
    if !tables.responseBiases.isEmpty {
      let rows = tables.responseBiases
      try write(ResponseBiases.table, ResponseBiases.columns(of: rows), rows: rows.count, folder, "response-bias")
    }
    if !tables.savings.isEmpty {
      try write(Savings.table, Savings.columns(of: tables.savings), rows: tables.savings.count, folder, "savings")
    }
    if !tables.models.isEmpty {
      try write(Models.table, Models.columns(of: tables.models), rows: tables.models.count, folder, "models")
    }
  }

  private static func write(
    _ table: CoreTable, _ columns: [Column], rows: Int, _ folder: URL, _ name: String
  ) throws(Problem) {
    do throws(ParquetError) {
      let writer = try ParquetWriter(path: folder.appending(path: "\(name).parquet").path, columns: table.specs)
      try writer.write(columns, rows: rows)
      try writer.finish()
    } catch {
      throw Problem(.cannotWrite, at: error.path, error.reason)
    }
    let file = folder.appending(path: "\(name).csv")
    do {
      try Data(CSV.table(table.columns.map(\.name), columns)).write(to: file)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "cannot be written")
    }
  }
}

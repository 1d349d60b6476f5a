import Columns
public import CoreDataset
public import Definitions
import Foundation
import Parquet
public import Workspace

/// The fourth stage: results become files for people and for other systems.
extension Mirror {
  /// Reads the results and the provider register of a run and writes `mirror/`. What `published`, the runs of the pipeline
  /// before this one, showed is looked at for differences that would give something away; `earlier` is the last of them.
  ///
  /// - Throws: data when what would be published gives away what must stay hidden; when results are missing or damaged,
  ///   or output cannot be written.
  public static func run(
    _ pipeline: Pipeline, manifest: inout Manifest, run: RunFolder, earlier: RunFolder? = nil,
    published: [RunFolder] = [], jobs: Int = 1, reporter: Reporter
  ) throws(Problem) {
    let providers = try register(run)
    // A provider is told of the region that it lies in at the end of the last period.
    let lastDay = pipeline.periods.last?.to ?? Day(0)
    let input = MirrorInput(
      pipeline: pipeline, results: try results(run), providerNames: providers.mapValues(\.name), runID: manifest.run,
      generatedFrom: manifest.deliveries.map { (file: $0.delivery, records: $0.accepted) },
      providerRegion: providers.mapValues { provider in
        Dictionary(
          uniqueKeysWithValues: pipeline.regions.filter { !$0.isByInsurer }.map {
            ($0.id, $0.units[$0.unit(ofPostcode: provider.postcode, on: lastDay)].code)
          })
      }, comparisons: try comparisons(run), trends: try trends(run),
      earlier: try EarlierFigures.of(published), lastPublished: try lastPublished(earlier),
      differences: try differences(earlier, manifest),
      qualityPage: FileManager.default.fileExists(atPath: run.folder.appending(path: "quality/index.html").path)
        ? "../quality/index.html" : nil)
    manifest.reference = earlier?.id
    manifest.references = published.map(\.id)
    let reports = MirrorReports(input, jobs: jobs)
    try reports.check()
    try reports.record(run)
    do {
      let counts = try files(reports, jobs: jobs) { file in
        let url = run.mirror.appending(path: file.path)
        try Workspace.create(url.deletingLastPathComponent())
        try Data(file.contents).write(to: url)
      }
      manifest.withheld = counts.withheld
      reporter.progress("mirror", counts.recipients, of: counts.recipients)
      reporter.event(
        "MirrorWritten",
        [
          "recipients": "\(counts.recipients)", "files": "\(counts.files)", "figures_shown": "\(counts.shown)",
          "figures_withheld": "\(counts.withheld)",
        ])
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(
        .cannotWrite, at: run.mirror.path, "a mirror file cannot be written",
        remedy: "Check the rights and the free space.")
    }
  }

  /// What a run published, if it says so: very old runs do not.
  private static func lastPublished(_ run: RunFolder?) throws(Problem) -> [ResultRow] {
    guard let run, FileManager.default.fileExists(atPath: DisclosureRecord.published(run).path) else { return [] }
    return try results(run, file: DisclosureRecord.published(run))
  }

  private static func differences(_ earlier: RunFolder?, _ manifest: Manifest) throws(Problem) -> RunDifferences? {
    guard let earlier else { return nil }
    return RunDifferences(from: try Manifest.read(earlier), to: manifest)
  }

  /// The figures of a run as they were computed: nothing withheld.
  ///
  /// - Throws: when they are missing or damaged.
  public static func results(of run: RunFolder) throws(Problem) -> [ResultRow] { try results(run) }

  /// The rows of the results, or of another table of their form.
  static func results(_ run: RunFolder, file: URL? = nil) throws(Problem) -> [ResultRow] {
    let path = (file ?? run.results.appending(path: "results.parquet")).path
    do throws(ParquetError) {
      let reader = try ParquetReader(path: path)
      var rows: [ResultRow] = []
      for group in reader.rowGroups.indices { rows += Results.rows(of: try reader.read(group: group)) ?? [] }
      return rows
    } catch {
      throw Problem(.cannotRead, at: path, error.reason, remedy: "Run aggregate first.")
    }
  }

  /// How units were compared; none when no indicator compares them.
  private static func comparisons(_ run: RunFolder) throws(Problem) -> [ComparisonRow] {
    try table("comparisons", run) { Comparisons.rows(of: $0) }
  }

  /// Control charts; none when there are too few periods.
  private static func trends(_ run: RunFolder) throws(Problem) -> [TrendRow] {
    try table("trends", run) { Trends.rows(of: $0) }
  }

  /// The rows of a table that is there only when it has any.
  private static func table<Row>(
    _ name: String, _ run: RunFolder, _ decode: ([Column]) -> [Row]?
  ) throws(Problem) -> [Row] {
    let path = run.results.appending(path: "\(name).parquet").path
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do throws(ParquetError) {
      let reader = try ParquetReader(path: path)
      var rows: [Row] = []
      for group in reader.rowGroups.indices { rows += decode(try reader.read(group: group)) ?? [] }
      return rows
    } catch {
      throw Problem(.cannotRead, at: path, error.reason, remedy: "Run aggregate again.")
    }
  }

  private static func register(_ run: RunFolder) throws(Problem) -> [String: (name: String, postcode: Int32)] {
    let path = run.core("provider").appending(path: "part-0.parquet").path
    do throws(ParquetError) {
      let reader = try ParquetReader(path: path)
      var register: [String: (name: String, postcode: Int32)] = [:]
      for group in reader.rowGroups.indices {
        let columns = try reader.read(group: group, columns: ["agb", "name", "postcode4"])
        guard case .code(let codes) = columns[0], case .code(let names) = columns[1],
          case .integer(let postcodes) = columns[2]
        else { continue }
        for row in postcodes.indices {
          if let code = codes[row] { register[code] = (names[row] ?? code, postcodes[row]) }
        }
      }
      return register
    } catch {
      throw Problem(.cannotRead, at: path, error.reason, remedy: "Run normalize first.")
    }
  }
}

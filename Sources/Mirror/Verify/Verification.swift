import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
public import Workspace

/// Whether a run is as it was published and safe to hand on. Reads the run folder only.
public enum Verification {
  /// What was looked at, and what is wrong with it.
  public struct Check: Sendable, Equatable {
    /// What was looked at, in words.
    public let name: String
    /// How many things were looked at.
    public let count: Int
    /// What is wrong, by place, without values of figures; empty when all is well.
    public let faults: [String]
  }

  /// All checks of a run, in order.
  ///
  /// - Throws: no input without a manifest; data when the manifest cannot be read.
  public static func checks(of run: RunFolder) throws(Problem) -> [Check] {
    guard FileManager.default.fileExists(atPath: run.manifest.path) else {
      throw Problem(
        .noInput, at: run.folder.path, "is not a published run", expected: "a folder with manifest.json",
        remedy: "Name the folder of a run, for example workspace/current.")
    }
    let manifest: Manifest
    do throws(Problem) {
      manifest = try Manifest.read(run)
    } catch {
      throw Problem(
        .data, at: run.manifest.path, "is damaged",
        remedy: "Do not hand this run on; publish it again with spiegel run.")
    }
    let (agreement, figures) = agreement(run)
    let results: [ResultRow]
    do throws(Problem) {
      results = try Mirror.results(run)
    } catch {
      // Missing or damaged: the hashes say so.
      results = []
    }
    let disclosures = DisclosureAudit.disclosures(in: figures, knowledge(results, run))
    return [
      hashes(manifest, run), accounts(manifest, run), agreement,
      Check(
        name: "published figures of which none gives away a withheld one", count: figures.count,
        faults: disclosures.map { "\($0.figure): \(words($0.kind))" }),
      differences(figures, run), leftovers(figures, results, run),
    ]
  }

  static func words(_ kind: DisclosureAudit.Disclosure.Kind) -> String {
    switch kind {
    case .numbers: "is withheld or rounded, but these numbers are there"
    case .elsewhere: "this number is of a figure that is withheld"
    case .solved: "is withheld, but follows from published sums"
    case .few: "the figures withheld below it are about fewer persons together than the minimum"
    case .narrow: "is withheld, but published sums bound it too narrowly"
    }
  }

  /// What the run folder says beside the published figures; less of a run that was published before there was a record.
  private static func knowledge(_ results: [ResultRow], _ run: RunFolder) -> SumAudit.Knowledge {
    var record: DisclosureRecord?
    do throws(Problem) { record = try JSONFile.read(DisclosureRecord.file(run)) } catch { record = nil }
    return SumAudit.Knowledge(record, truth: results)
  }

  /// Whether digits of a withheld figure stand in any file.
  private static func leftovers(_ figures: [PublishedFigure], _ results: [ResultRow], _ run: RunFolder) -> Check {
    let hidden = Set(figures.map(AuditedFigure.init).filter(\.isHidden).map(\.key))
    let (files, faults) = LeftoverNumbers.found(LeftoverNumbers.secrets(results, hidden: hidden), in: run)
    return Check(name: "files without a number of a withheld figure", count: files, faults: faults)
  }

  /// Whether a figure differs by few persons from what this run or one before it showed.
  private static func differences(_ figures: [PublishedFigure], _ run: RunFolder) -> Check {
    let name = "published figures beside those of earlier runs"
    let record: DisclosureRecord
    let earlier: EarlierFigures
    do throws(Problem) {
      record = try JSONFile.read(DisclosureRecord.file(run))
      earlier = try EarlierFigures.of(run)
    } catch {
      // A run that was published before there was a record, or a damaged one, of which the hashes say so.
      return Check(name: name, count: 0, faults: [])
    }
    let days = Dictionary(record.periods.map { ($0.id, (from: Day($0.from), to: Day($0.to))) }) { first, _ in first }
    let faults = figures.filter { figure in
      guard let persons = figure.number("persons"), let measured = figure.number("measured"),
        let period = days[figure.fields["period"] ?? ""], let from = period.from, let to = period.to
      else { return false }
      return earlier.isNear(
        EarlierFigures.Figure(
          indicator: figure.indicator, layout: figure.layout, unit: figure.unit,
          stratum: figure.fields["stratum"] ?? "", from: from.number, to: to.number),
        EarlierFigures.Counts(persons: Int(persons), measured: Int(measured)),
        isOfAnswers: record.ofAnswers.contains(figure.indicator), minimum: Int(record.minimumPersons.rounded(.up)))
    }
    return Check(
      name: name, count: figures.count,
      faults: faults.map { "\($0.layout)/\($0.unit) \($0.id): differs by few persons from what was published before" })
  }

  // MARK: - Hashes and counts

  private static func hashes(_ manifest: Manifest, _ run: RunFolder) -> Check {
    var faults: [String] = []
    let found = files(below: run.folder).filter { $0 != "manifest.json" }
    for path in Set(manifest.files.keys).union(found).sorted() {
      guard let expected = manifest.files[path] else {
        faults.append("\(path): is not in the manifest")
        continue
      }
      do throws(Problem) {
        if try ContentDigest.of(file: run.folder.appending(path: path)) != expected {
          faults.append("\(path): is not the file that was published")
        }
      } catch {
        faults.append("\(path): is missing or cannot be read")
      }
    }
    if manifest.files.isEmpty { faults.append("manifest.json: names no files; this run was not published") }
    return Check(name: "files with the hash of the manifest", count: manifest.files.count, faults: faults)
  }

  private static func files(below folder: URL) -> [String] {
    (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder.appending(path: path).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  private static func accounts(_ manifest: Manifest, _ run: RunFolder) -> Check {
    var faults = manifest.deliveries.filter { !$0.addsUp }
      .map { "\($0.delivery): records read are not accepted, quarantined and superseded together" }
    for (table, rows) in manifest.coreRows.sorted(by: { $0.key < $1.key }) {
      let parts = files(below: run.core(table)).filter { $0.hasSuffix(".parquet") }
      let counted = parts.map { rowCount(run.core(table).appending(path: $0)) }
      if counted.contains(nil) || counted.compactMap(\.self).reduce(0, +) != rows {
        faults.append("core/\(table): its rows are not those of the manifest")
      }
    }
    let results = rowCount(run.results.appending(path: "results.parquet"))
    if results != manifest.results.values.reduce(0, +) {
      faults.append("results/results.parquet: its rows are not those of the manifest")
    }
    return Check(
      name: "accounts that add up", count: manifest.deliveries.count + manifest.coreRows.count + 1, faults: faults)
  }

  private static func rowCount(_ file: URL) -> Int? {
    do throws(ParquetError) { return try ParquetReader(path: file.path).rowGroups.reduce(0, +) } catch { return nil }
  }

  // MARK: - Formats

  /// Whether the files of each recipient say the same, and the figures that they say.
  static func agreement(_ run: RunFolder) -> (check: Check, figures: [PublishedFigure]) {
    var faults: [String] = []
    var figures: [PublishedFigure] = []
    var count = 0
    let all = Set(files(below: run.mirror))
    let folders = Set(
      all.filter { $0.split(separator: "/").count == 3 }.map {
        $0.prefix { $0 != "/" } + "/" + $0.split(separator: "/")[1]
      })
    for folder in folders.sorted() {
      var first: (name: String, figures: [PublishedFigure])?
      for reader in PublishedFile.readers where all.contains("\(folder)/\(reader.name)") {
        let place = "mirror/\(folder)/\(reader.name)"
        guard let read = try? reader.read(run.mirror.appending(path: "\(folder)/\(reader.name)")) else {
          faults.append("\(place): cannot be read")
          continue
        }
        count += read.count * FigureField.all.count
        if let first {
          faults += differences(first.figures, read).map { "\(place): differs from \(first.name): \($0)" }
        } else {
          first = (reader.name, read)
          figures += read
        }
      }
    }
    let (distinct, otherwise) = distinct(figures)
    faults += otherwise
    return (Check(name: "values that are the same in all formats", count: count, faults: faults), distinct)
  }

  /// The figures, each once: research and regions have figures that their units have too. Such figures must be the same.
  private static func distinct(_ figures: [PublishedFigure]) -> ([PublishedFigure], faults: [String]) {
    var first: [String: PublishedFigure] = [:]
    var distinct: [PublishedFigure] = []
    var faults: [String] = []
    for figure in figures {
      let name = "\(figure.layout) \(figure.unit) \(figure.id)"
      guard let known = first[name] else {
        first[name] = figure
        distinct.append(figure)
        continue
      }
      if known != figure { faults.append("\(name): is not the same in the files of two recipients") }
    }
    return (distinct, faults)
  }

  private static func differences(_ a: [PublishedFigure], _ b: [PublishedFigure]) -> [String] {
    // A table for research has several units; a file of one recipient of which the unit differs says so itself.
    let hasUnits = Set(a.map { "\($0.layout) \($0.unit)" }).count > 1
    func key(_ figure: PublishedFigure) -> String { hasUnits ? figure.place : figure.id }
    let first = Dictionary(a.map { (key($0), $0) }) { one, _ in one }
    let second = Dictionary(b.map { (key($0), $0) }) { one, _ in one }
    var differences = Set(first.keys).symmetricDifference(second.keys).map { "\($0) is in one only" }
    if a.count != first.count || b.count != second.count { differences.append("a figure is there twice") }
    for (id, one) in first {
      guard let other = second[id], one != other else { continue }
      var names = Set(one.fields.keys).union(other.fields.keys).filter { one.fields[$0] != other.fields[$0] }
      if one.layout != other.layout || one.unit != other.unit { names.insert("recipient") }
      differences.append("\(id) (\(names.sorted().joined(separator: ", ")))")
    }
    return differences.sorted()
  }
}

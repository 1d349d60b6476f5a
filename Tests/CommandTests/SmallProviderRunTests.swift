import Foundation
import TestSupport
import Testing

/// A whole run in which a care provider has 3 patients and lies in a region with one other care provider.
@Suite("A run with a provider of 3 patients beside one other in its region")
struct SmallProviderRunTests {
  private static let small = "04021301"
  private static let neighbour = "04021302"
  /// The other providers of the same living lab; they move to another town.
  private static let others = ["06010301", "06010302", "01004301", "01004302", "02007301"]

  private struct Run {
    let published: SampleRuns.Published
    let results: Table
    let shown: Table
  }

  /// Figures by row, with what they are about.
  private struct Table {
    let table: ParquetTable
    let names: [[String]]

    init(_ file: URL) throws {
      table = try ParquetTable(file)
      let columns = ["indicator", "period", "stratum", "layout", "unit"].map(table.texts)
      names = (0..<table.rows).map { row in columns.map { $0[row] } }
    }
  }

  /// The deliveries of the sample runs, in which nearly all of one provider's records are its neighbour's.
  private static func delivery() throws -> URL {
    let folder = try TemporaryFolder.untilExit().appending(path: "delivery")
    try FileManager.default.copyItem(at: try SampleRuns.delivery.get().folder, to: folder)
    var patients: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let file = folder.appending(path: name)
      // One byte is one character: only digits are changed.
      let lines = try String(contentsOf: file, encoding: .isoLatin1).components(separatedBy: "\n").map { line in
        if name == "zorgaanbieders.csv", let code = others.first(where: line.contains) {
          return line.replacing(try Regex("\(code)(;.*;)[0-9]{4} ")) { "\(code)\($0.output[1].substring ?? "")1011 " }
        }
        guard name != "zorgaanbieders.csv", line.contains(small) else { return line }
        if patients.count < 3, name.hasPrefix("prom-pijn"), let bsn = line.firstMatch(of: /"?(9[0-9]{8})"?/)?.1,
          !patients.contains(String(bsn))
        {
          patients.append(String(bsn))
        }
        return patients.contains(where: line.contains) ? line : line.replacingOccurrences(of: small, with: neighbour)
      }
      try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .isoLatin1)
    }
    #expect(patients.count == 3)
    return folder
  }

  private static let run = Result {
    let workspace = RunWorkspace(folder: try TemporaryFolder.untilExit())
    let outcome = try Spiegel.run(
      "run", SampleRuns.pipeline, "--input", try delivery().path, "--workspace", workspace.folder.path)
    let published = try SampleRuns.Published(outcome, workspace)
    let folder = workspace.current.appending(path: "results")
    return Run(
      published: published, results: try Table(folder.appending(path: "results.parquet")),
      shown: try Table(folder.appending(path: "published.parquet")))
  }

  @Test("It is published, and nothing is found wrong with it")
  func published() throws {
    let run = try Self.run.get()
    #expect(run.published.outcome.exitCode == 0, "\(run.published.outcome.errors)")
    let verified = try Spiegel.run("verify", run.published.workspace.current.path)
    #expect(verified.exitCode == 0, "\(verified.output) \(verified.errors)")
  }

  @Test("No file of any recipient has a number of the 3 patients")
  func noNumber() throws {
    let run = try Self.run.get()
    let persons = run.results.table.numbers("persons")
    let own = run.results.names.indices.filter {
      run.results.names[$0][4] == Self.small && (persons[$0] ?? 0) > 0
    }
    #expect(own.contains { persons[$0] == 3 } && own.allSatisfy { (persons[$0] ?? 0) <= 3 })
    func isWhole(_ number: Double) -> Bool { abs(number - number.rounded()) < 1e-9 }
    var secrets: Set<String> = []
    var others: Set<String> = []
    for column in ["value", "numerator", "denominator", "standard_deviation", "lower95", "upper95", "expected"] {
      for (row, number) in run.results.table.numbers(column).enumerated() {
        guard let number else { continue }
        let digits = "\(abs(number))"
        // Few digits are anybody's, and so is a third.
        guard digits.count >= 9, !(1...100).contains(where: { abs(number) < 1 && isWhole(number * Double($0)) }) else {
          continue
        }
        if own.contains(row) { secrets.insert(digits) } else { others.insert(digits) }
      }
    }
    secrets.subtract(others)
    #expect(secrets.count >= 20, "\(secrets.count)")
    let files = run.published.tree.filter { $0.key.hasPrefix("mirror/") || $0.key.hasPrefix("quality/") }
    #expect(files.count > 300)
    for (path, contents) in files where !path.hasSuffix(".parquet") {
      let found = Self.numbers(in: [UInt8](contents)).intersection(secrets)
      #expect(found.isEmpty, "\(path)")
    }
    for (path, _) in files where path.hasSuffix(".parquet") {
      let table = try ParquetTable(run.published.workspace.current.appending(path: path))
      for column in table.columns.keys {
        for number in table.numbers(column) {
          if let number { #expect(!secrets.contains("\(abs(number))"), "\(path) \(column)") }
        }
      }
    }
    let page = try CSVTable(
      run.published.workspace.current.appending(path: "mirror/provider/\(Self.small)/spiegel.csv"))
    #expect(!page.rows.isEmpty && page.rows.allSatisfy { page.value($0, "protection") == "withheld" })
  }

  /// The numbers in a text: digits and points.
  private static func numbers(in bytes: [UInt8]) -> Set<String> {
    var numbers: Set<String> = []
    for part in bytes.split(whereSeparator: { $0 != 0x2E && !(0x30...0x39).contains($0) }) where part.count >= 9 {
      numbers.insert(String(decoding: part, as: UTF8.self))
    }
    return numbers
  }

  /// The neighbour knows its own figures exactly, and has every file of everybody. A total over care providers minus the
  /// published ones and its own must leave two or more with ten persons or more.
  @Test("The neighbour cannot take its own figures off a total")
  func neighbour() throws {
    let run = try Self.run.get()
    let persons = run.results.table.numbers("persons")
    let numerators = run.results.table.numbers("numerator")
    let isShown = Dictionary(
      uniqueKeysWithValues: zip(run.shown.names, run.shown.table.numbers("persons")).map { ($0, ($1 ?? 0) > 0) })
    let rows = Dictionary(uniqueKeysWithValues: run.results.names.enumerated().map { ($1, $0) })
    var totals = 0
    for (name, row) in rows where name[4] == Self.small && (persons[row] ?? 0) > 0 {
      let total = Array(name[0..<3]) + ["nation", "NL"]
      let providers = rows.filter { Array($0.key[0..<3]) == Array(name[0..<3]) && $0.key[3] == "provider" }
      for numbers in [persons, numerators] {
        guard let nation = rows[total], isShown[total] == true, let sum = numbers[nation] else { continue }
        let parts = providers.values.reduce(0) { $0 + (numbers[$1] ?? 0) }
        guard abs(sum - parts) < 1e-6 * max(1, sum) else { continue }
        totals += 1
        let hidden = providers.filter {
          isShown[$0.key] == false && $0.key[4] != Self.neighbour && (persons[$0.value] ?? 0) > 0
        }
        let together = hidden.reduce(0) { $0 + (persons[$1.value] ?? 0) }
        #expect(hidden.count >= 2 && together >= 10, "\(name)")
      }
    }
    #expect(totals > 10, "\(totals)")
  }
}

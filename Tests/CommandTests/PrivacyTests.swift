import Foundation
import TestSupport
import Testing

/// No citizen number and no name leaves the input files: not into the workspace, not into what the program says.
struct PrivacyTests {
  /// What identifies the people of a delivery.
  struct Identifying {
    var numbers: Set<Int> = []
    var surnames: Set<String> = []

    /// Every run of nine digits of every file that passes the eleven test or stands in a column of citizen numbers, and
    /// every surname.
    init(_ delivery: URL) throws {
      for (path, content) in try FileTree.contents(delivery) {
        let text = String(decoding: content, as: UTF8.self)
        if path.hasSuffix(".xml") {
          for part in text.components(separatedBy: "bsn=\"").dropFirst() { insert(String(part.prefix(9))) }
          continue
        }
        let lines = text.components(separatedBy: "\r\n").flatMap { $0.components(separatedBy: "\n") }
        let delimiter = lines[0].contains(";") ? ";" : ","
        let header = lines[0].components(separatedBy: delimiter).map { $0.filter(\.isLetter) }
        for line in lines.dropFirst() {
          let fields = line.components(separatedBy: delimiter)
          for (name, field) in zip(header, fields) {
            if name.lowercased() == "bsn" { insert(field.filter { $0 != "\"" }) }
            if name == "Naam" && path.hasPrefix("verzekerden") {
              surnames.insert(String(field.drop { $0 != " " }.dropFirst()))
            }
          }
        }
      }
    }

    private mutating func insert(_ number: String) {
      if number.utf8.count == 9, let number = Int(number) { numbers.insert(number) }
    }

    /// The citizen numbers and names in some bytes. The sixteen digits of a computed fraction hold any nine digits by
    /// chance: more than nine digits behind a decimal mark are no citizen number.
    func found(in content: Data) -> [String] {
      var found: [String] = []
      var inRun: [String] = []
      var digits = 0
      var number = 0
      var isFraction = false
      var (last, beforeLast): (UInt8, UInt8) = (0, 0)
      func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
      func endRun() {
        if !(isFraction && digits > 9) { found += inRun }
        inRun = []
        digits = 0
        number = 0
      }
      content.withUnsafeBytes { bytes in
        for byte in bytes {
          if isDigit(byte) {
            if digits == 0 { isFraction = last == UInt8(ascii: ".") && isDigit(beforeLast) }
            digits += 1
            number = (number * 10 + Int(byte) - 0x30) % 1_000_000_000
            if digits >= 9 && numbers.contains(number) { inRun.append("number \(number)") }
          } else if digits > 0 {
            endRun()
          }
          (beforeLast, last) = (last, byte)
        }
      }
      endRun()
      for surname in surnames where content.range(of: Data(surname.utf8)) != nil { found.append(surname) }
      return found
    }

    func found(in text: String) -> [String] { found(in: Data(text.utf8)) }
  }

  /// Raw bytes of every file, and every value of every Parquet file.
  private static func found(_ identifying: Identifying, in workspace: URL) throws -> (found: [String], files: Int) {
    var found: [String] = []
    let contents = try FileTree.contents(workspace)
    for (path, content) in contents {
      found += identifying.found(in: content).map { "\(path): \($0)" }
      guard path.hasSuffix(".parquet") else { continue }
      let (texts, numbers) = try ParquetTable(workspace.appending(path: path)).everything()
      found += identifying.found(in: texts.joined(separator: "\n")).map { "\(path), unpacked: \($0)" }
      for number in numbers where identifying.numbers.contains(Int(number)) {
        found.append("\(path), as a number: \(number)")
      }
    }
    return (found, contents.count)
  }

  @Test func thereIsSomethingToFind() throws {
    let identifying = try Identifying(try SampleRuns.delivery.get().folder)
    #expect(identifying.numbers.count == 2000)
    #expect(identifying.surnames.count > 30)
    let number = try #require(identifying.numbers.first)
    let name = try #require(identifying.surnames.first)
    #expect(identifying.found(in: "a\(number)b \(name)").count == 2)
    #expect(identifying.found(in: "1\(number)").count == 1)
    #expect(identifying.found(in: "file.\(number)").count == 1)
    #expect(identifying.found(in: "0.\(number)").count == 1)
    #expect(identifying.found(in: "0.1\(number)23").isEmpty)
  }

  @Test func nothingInTheWorkspaceOrTheLog() throws {
    let identifying = try Identifying(try SampleRuns.delivery.get().folder)
    let runs = try SampleRuns.twice.get()
    let (found, files) = try Self.found(identifying, in: runs.first.workspace.folder)
    #expect(files > 300)
    #expect(found == [])
    for outcome in [runs.first.outcome, runs.second.outcome] {
      #expect(identifying.found(in: outcome.output) == [])
      #expect(identifying.found(in: outcome.errors) == [])
    }
  }

  /// Records that were set aside neither, though faults can put anything anywhere.
  @Test func nothingInTheQuarantine() throws {
    let delivery = try SampleRuns.faulty.get().folder
    let identifying = try Identifying(delivery)
    let folder = try TemporaryFolder()
    let outcome = try Spiegel.run(
      "ingest", SampleRuns.pipeline, "--input", delivery.path, "--workspace", folder.url.path, "--log-format", "json")
    #expect(outcome.exitCode == 0)
    let (found, files) = try Self.found(identifying, in: folder.url)
    #expect(files > 13)
    #expect(found == [])
    #expect(identifying.found(in: outcome.output + outcome.errors) == [])
  }

  /// A file whose header is missing begins with a person; the message about its columns must not show that person.
  @Test(arguments: ["verzekerden.csv", "verzekeraar-declaraties-2016.csv", "prem-pijn.csv"])
  func nothingInTheMessageAboutAMissingHeader(name: String) throws {
    let delivery = try SampleRuns.delivery.get().folder
    let identifying = try Identifying(delivery)
    let content = try Data(contentsOf: delivery.appending(path: name))
    let firstRecord = try #require(content.firstIndex(of: 0x0A)) + 1
    let folder = try TemporaryFolder()
    let input = folder.url.appending(path: "input")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    try content[firstRecord...].write(to: input.appending(path: name))
    let outcome = try Spiegel.run(
      "run", SampleRuns.pipeline, "--input", input.path, "--workspace", folder.url.appending(path: "workspace").path)
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.hasPrefix("error: \(name):1: the columns \""))
    #expect(identifying.found(in: outcome.errors) == [], "\(outcome.errors)")
    #expect(outcome.errors.contains("its first line looks like a record, not like column names"))
  }
}

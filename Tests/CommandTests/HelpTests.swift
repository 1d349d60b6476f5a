import Foundation
import TestSupport
import Testing

/// The program explains itself, and what is written about it holds.
struct HelpTests {
  static let commands = [
    "run", "ingest", "normalize", "aggregate", "mirror", "check", "inspect", "quarantine", "schema", "samples",
    "instruments", "score", "verify", "quality", "explain", "compare",
  ]

  @Test func theCommandsAreThese() throws {
    let help = try Spiegel.run("--help")
    #expect(help.exitCode == 0)
    let list = try #require(help.output.components(separatedBy: "SUBCOMMANDS:\n").last)
    let names = list.components(separatedBy: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.filter { $0 != "See" } == Self.commands)
    #expect(help.output.contains("75 another run"))
  }

  @Test(arguments: commands)
  func everyCommandHasHelp(command: String) throws {
    let help = try Spiegel.run(command, "--help")
    #expect(help.exitCode == 0)
    #expect(help.errors.isEmpty)
    let abstract = try #require(help.output.components(separatedBy: "\n").first)
    #expect(abstract.hasPrefix("OVERVIEW: ") && abstract.count > "OVERVIEW: ".count + 20)
    #expect(help.output.contains("USAGE: spiegel \(command)"))
    // Every argument and option has a sentence, on its own line or below.
    let lines = help.output.components(separatedBy: "\n")
    for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  -") || line.hasPrefix("  <") {
      let isAlone = line.split(separator: " ").allSatisfy { $0.hasPrefix("-") || $0.hasPrefix("<") }
      #expect(!isAlone || next.hasPrefix("          "), "\(command): \(line)")
    }
  }

  static let readme = Shared.package.appending(path: "README.md")

  /// Every command and option in a line that calls `spiegel` exists.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: readme.path), "there is no README.md"))
  func theReadmeNamesWhatExists() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8).replacingOccurrences(of: "\\\n", with: " ")
    var helps: [String: String] = [:]
    for command in Self.commands { helps[command] = try Spiegel.run(command, "--help").output }
    var calls = 0
    for line in text.components(separatedBy: "\n") {
      for call in line.components(separatedBy: "spiegel ").dropFirst() {
        // A call ends where its code does.
        let words = call.prefix { !"`|#&;".contains($0) }.split { " []()".contains($0) }.map(String.init)
        guard let command = words.first, let help = helps[command] else { continue }
        calls += 1
        for word in words where word.hasPrefix("--") {
          let option = String(word.prefix { $0 != "=" && $0 != "," && $0 != "." })
          #expect(help.contains(option + " ") || help.contains(option + "\n"), "\(line)")
        }
      }
    }
    #expect(calls > 0)
  }
}

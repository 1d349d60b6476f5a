public import Foundation

/// Python, with the libraries that tests compare with where they are installed.
public enum Python {
  /// Whether these modules can be imported.
  public static func has(_ modules: String) -> Bool { (try? run("import \(modules)").succeeded) ?? false }

  /// Runs a program; what it printed and whether it ended well.
  public static func run(
    _ program: String, _ arguments: [String] = [], in folder: URL = FileManager.default.temporaryDirectory
  ) throws -> (succeeded: Bool, output: String) {
    let python = URL(filePath: "/usr/bin/env")
    let runner = try CommandRunner(python, ["python3", "-c", program] + arguments, environment: [:], in: folder)
    let outcome = try runner.outcome()
    return (outcome.exitCode == 0, outcome.output + outcome.errors)
  }
}

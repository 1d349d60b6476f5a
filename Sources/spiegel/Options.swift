import ArgumentParser
import Definitions
import Foundation
import Glibc
import Ingest
import Logging
import Workspace

/// How log lines look.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Options that every stage has.
struct StageOptions: ParsableArguments {
  @Argument(help: "Folder of the pipeline: the one that holds pipeline.yaml.")
  var pipeline: String

  @Option(help: "Folder in which runs are kept.")
  var workspace = "workspace"

  @Option(help: "Threads. The result does not depend on it.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "How log lines on standard error look: text or json, one event a line.")
  var logFormat = LogFormat.text

  mutating func validate() throws {
    if jobs < 1 || jobs > 256 { throw ValidationError("--jobs must be between 1 and 256, not \(jobs).") }
  }

  /// The workspace.
  func openWorkspace() throws(Problem) -> Workspace { try Workspace(URL(filePath: workspace)) }

  /// The checked definitions.
  func loadPipeline() throws -> Pipeline {
    let folder = URL(filePath: pipeline)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw Problem(
        .definition, at: pipeline, "there is no such pipeline folder", expected: "a folder with pipeline.yaml",
        remedy: "Check the path; pipelines are under pipelines/.")
    }
    return try Pipeline.load(folder: folder)
  }

  /// Events and progress, on standard error.
  func reporter() -> Reporter {
    let format = logFormat
    let logger = Logger(label: "spiegel") { _ in ConsoleLogHandler(format: format) }
    let isTerminal = isatty(STDERR_FILENO) == 1 && format == .text
    return Reporter(logger: logger) { stage, done, total in
      guard isTerminal else { return }
      let line = "\r\u{1B}[K\(stage) \(done)/\(total)" + (done == total ? "\n" : "")
      FileHandle.standardError.write(Data(line.utf8))
    }
  }
}

/// Options of stages that read deliveries.
struct InputOptions: ParsableArguments {
  @Option(help: "Folder with the delivered files.")
  var input: String

  @Option(
    help: """
      File with the key for pseudonyms, mode 0600; made when it is not there. Default: SPIEGEL_KEY_FILE, else \
      ~/.config/spiegel/pseudonym.key.
      """)
  var keyFile: String?

  @Option(
    help: ArgumentHelp(
      "Control totals of a delivery; can be repeated. A difference refuses the delivery.",
      valueName: "claims.csv:records=12,amount=3.45"))
  var expect: [String] = []

  /// Control totals by delivery.
  func expected() throws(Problem) -> [String: StatedTotals] {
    var all: [String: StatedTotals] = [:]
    for text in expect {
      guard let (delivery, totals) = StatedTotals.parse(text) else {
        throw Problem(
          .usage, "--expect \"\(text)\" is not understood", expected: "FILE:records=NUMBER,amount=EUROS.CENTS")
      }
      all[delivery] = totals
    }
    return all
  }

  /// The key; a new one is announced.
  func key(_ reporter: Reporter) throws(Problem) -> PseudonymKey {
    let environment = ProcessInfo.processInfo.environment
    let path =
      keyFile ?? environment["SPIEGEL_KEY_FILE"]
      ?? (environment["HOME"] ?? ".") + "/.config/spiegel/pseudonym.key"
    let (key, isNew) = try PseudonymKey.load(URL(filePath: path))
    if isNew {
      reporter.warning(
        "KeyCreated", ["file": path, "advice": "keep a copy apart: without it persons get other pseudonyms"])
    }
    return key
  }
}

import Foundation
import TestSupport
import Testing

/// The real program, as a batch job runs it.
enum Spiegel {
  /// The program beside the test bundle.
  static let program: URL = {
    let beside = Bundle.main.bundleURL.appending(path: "spiegel")
    let built = Shared.package.appending(path: ".build/debug/spiegel")
    return FileManager.default.isExecutableFile(atPath: beside.path) ? beside : built
  }()

  /// A pipeline of the project.
  static func pipeline(_ name: String) -> String { Shared.package.appending(path: "pipelines/\(name)").path }

  /// The key of all tests, which is no secret: the same key gives the same bytes.
  static let keyFile = Result {
    let file = try TemporaryFolder.untilExit().appending(path: "pseudonym.key")
    try Data((String(repeating: "0123456789abcdef", count: 4) + "\n").utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    return file
  }

  /// Starts the program.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL = FileManager.default.temporaryDirectory
  ) throws -> CommandRunner {
    let key = ["SPIEGEL_KEY_FILE": try keyFile.get().path]
    return try CommandRunner(program, arguments, environment: key.merging(environment) { $1 }, in: folder)
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: String..., environment: [String: String] = [:], in folder: URL = FileManager.default.temporaryDirectory
  ) throws -> CommandOutcome {
    try start(arguments, environment: environment, in: folder).outcome()
  }
}

/// A folder of runs and what can be read in it.
struct RunWorkspace: Sendable {
  let folder: URL

  /// What `current` points to; nil without it.
  var currentTarget: String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: folder.appending(path: "current").path)
  }

  /// The newest published run.
  var current: URL { folder.appending(path: currentTarget ?? "current") }

  /// The manifest of a run folder.
  static func manifest(_ run: URL) throws -> RunManifest {
    try JSONDecoder().decode(RunManifest.self, from: Data(contentsOf: run.appending(path: "manifest.json")))
  }
}

/// The part of a manifest that tests look at.
struct RunManifest: Decodable, Sendable {
  struct Delivery: Decodable, Sendable {
    var delivery: String
    var read: Int
    var accepted: Int
    var quarantined: Int
    var superseded: Int
    var valuesSetAside: Int
    var readCents: Int64
    var acceptedCents: Int64
    var quarantinedCents: Int64
    var supersededCents: Int64
    var quarantinedWithoutAmount: Int
    var netted: Int
    var nettedCents: Int64
    var unmatchedCredits: Int
    var unmatchedCreditCents: Int64
    var reasons: [String: Int]

    var addsUp: Bool { read == accepted + quarantined + superseded + netted + unmatchedCredits }

    var moneyAddsUp: Bool {
      readCents == acceptedCents + quarantinedCents + supersededCents + nettedCents + unmatchedCreditCents
    }
  }
  var run: String
  var pipeline: String
  var reference: String?
  var deliveries: [Delivery]
  var ignored: [String]
  var coreRows: [String: Int]
  var notes: [String: Int]
  var files: [String: String]
}

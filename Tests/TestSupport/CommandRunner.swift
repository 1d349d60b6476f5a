public import Foundation

/// What a program left behind when it ended.
public struct CommandOutcome: Sendable {
  /// Its exit code; the number of the signal when `wasKilled`.
  public let exitCode: Int32
  /// Whether a signal ended it.
  public let wasKilled: Bool
  /// Standard output.
  public let output: String
  /// Standard error.
  public let errors: String

  /// The lines of standard error.
  public var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// Runs a program and catches what it says.
public final class CommandRunner {
  private let process = Process()
  private let folder: TemporaryFolder
  private let output: URL
  private let errors: URL

  /// Starts a program.
  ///
  /// - Parameter environment: Variables beside those of the tests themselves.
  public init(_ program: URL, _ arguments: [String], environment: [String: String], in workingFolder: URL) throws {
    folder = try TemporaryFolder()
    output = folder.url.appending(path: "stdout")
    errors = folder.url.appending(path: "stderr")
    // Files, not pipes: a pipe that nobody empties would hold the program up.
    for file in [output, errors] { try Data().write(to: file) }
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = workingFolder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// Whether it has not ended yet.
  public var isRunning: Bool { process.isRunning }

  /// Ends it at once, as `kill -9` does.
  public func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Waits until it ends.
  public func outcome() throws -> CommandOutcome {
    process.waitUntilExit()
    return CommandOutcome(
      exitCode: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

import ArgumentParser
import Definitions
import Foundation
import Logging
import Workspace

/// Writes log events to standard error: a readable line, or one JSON object a line.
struct ConsoleLogHandler: LogHandler {
  let format: LogFormat
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  init(format: LogFormat) { self.format = format }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { $1 }
    let line =
      switch format {
      case .text:
        (event.level >= .warning ? "warning: " : "") + "\(event.message)"
          + fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
      case .json: json(event.level, "\(event.message)", fields)
      }
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  private static func quoted(_ value: String) -> String {
    value.contains(" ") || value.isEmpty ? "\"\(value)\"" : value
  }

  private func json(_ level: Logger.Level, _ message: String, _ fields: Logger.Metadata) -> String {
    var object = fields.mapValues { "\($0)" }
    object["event"] = message
    object["level"] = level.rawValue
    object["time"] = ISO8601DateFormatter().string(from: Date())
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{\"event\":\"\(message)\"}"
  }
}

/// Says on standard error what went wrong and ends the process with the exit code that belongs to it.
func ending(_ format: LogFormat = .text, _ work: () throws -> Void) {
  do {
    try work()
  } catch let problem as Problem {
    report([problem.description], format)
    exit(problem.category.rawValue)
  } catch let errors as DefinitionErrors {
    report(errors.errors.map(\.description), format)
    exit(Problem.Category.definition.rawValue)
  } catch let code as ExitCode {
    exit(code.rawValue)
  } catch {
    report(["unexpected failure: \(type(of: error))"], format)
    exit(70)
  }
}

private func report(_ lines: [String], _ format: LogFormat) {
  for line in lines {
    switch format {
    case .text: FileHandle.standardError.write(Data("error: \(line)\n".utf8))
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let object = ["event": "RunFailed", "level": "error", "message": line]
      if let data = try? encoder.encode(object) { FileHandle.standardError.write(data + Data("\n".utf8)) }
    }
  }
}

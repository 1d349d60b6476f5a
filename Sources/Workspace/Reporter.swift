public import Logging

/// Where stages report what they do: events for a log, progress for a person who waits.
///
/// Events are counted per file or stage, never per record, and hold no value of a person.
public struct Reporter: Sendable {
  private let logger: Logger
  private let onProgress: @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void

  /// A reporter that logs to `logger` and shows progress by `onProgress`.
  public init(logger: Logger, onProgress: @escaping @Sendable (String, Int, Int) -> Void = { _, _, _ in }) {
    self.logger = logger
    self.onProgress = onProgress
  }

  /// A reporter that says nothing.
  public static let silent = Reporter(logger: Logger(label: "spiegel", factory: { _ in SwiftLogNoOpLogHandler() }))

  /// Something that happened, as a name and counts.
  public func event(_ name: String, _ fields: KeyValuePairs<String, String>) {
    logger.info("\(name)", metadata: Self.metadata(fields))
  }

  /// Something that a person should look at.
  public func warning(_ name: String, _ fields: KeyValuePairs<String, String>) {
    logger.warning("\(name)", metadata: Self.metadata(fields))
  }

  /// How far a stage is.
  public func progress(_ stage: String, _ done: Int, of total: Int) { onProgress(stage, done, total) }

  private static func metadata(_ fields: KeyValuePairs<String, String>) -> Logger.Metadata {
    Logger.Metadata(uniqueKeysWithValues: fields.map { ($0.key, .string($0.value)) })
  }
}

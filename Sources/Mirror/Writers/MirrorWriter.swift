import Definitions

/// A format of mirror files. Each is one file in this folder and one line in the registry.
protocol MirrorWriter: SendableMetatype {
  /// The format; also the extension of its files.
  static var format: MirrorSpec.Format { get }

  /// The file for one recipient.
  static func write(_ report: MirrorReport) -> [UInt8]

  /// Files that go with the format once, at the root: schemas.
  static func companions() -> [MirrorFile]
}

extension MirrorWriter {
  static func companions() -> [MirrorFile] { [] }
}

/// The formats that can be written.
public enum MirrorWriterRegistry {
  static let all: [any MirrorWriter.Type] = [CSVWriter.self, XMLWriter.self, JSONWriter.self, HTMLWriter.self]

  /// The formats that can be written.
  public static var formats: [MirrorSpec.Format] { all.map { $0.format } }

  /// The writers of some formats, in the order asked.
  static func writers(for formats: [MirrorSpec.Format]) -> [any MirrorWriter.Type] {
    formats.compactMap { format in all.first { $0.format == format } }
  }
}

extension [UInt8] {
  /// Appends a text as UTF-8.
  @inline(__always)
  mutating func write(_ text: String) { append(contentsOf: text.utf8) }
}

import Definitions

/// A format of mirror files. Each is one file in this folder and one line in the registry.
protocol MirrorWriter: SendableMetatype {
  /// The format; also the extension of its files, unless `fileName` says otherwise.
  static var format: MirrorSpec.Format { get }

  /// Name of the file in the folder of a recipient.
  static var fileName: String { get }

  /// The file for one recipient.
  static func write(_ report: MirrorReport) -> [UInt8]

  /// Files that go with the file of one recipient, in the same folder: descriptions of it. Paths are names in the folder.
  static func beside(_ report: MirrorReport, _ contents: [UInt8]) -> [MirrorFile]

  /// Files that go with the format once, at the root: schemas.
  static func companions() -> [MirrorFile]
}

extension MirrorWriter {
  static var fileName: String { "spiegel.\(format.rawValue)" }
  static func beside(_ report: MirrorReport, _ contents: [UInt8]) -> [MirrorFile] { [] }
  static func companions() -> [MirrorFile] { [] }
}

/// The formats that can be written.
public enum MirrorWriterRegistry {
  static let all: [any MirrorWriter.Type] = [
    CSVWriter.self, XMLWriter.self, JSONWriter.self, FHIRWriter.self, HTMLWriter.self,
  ]

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

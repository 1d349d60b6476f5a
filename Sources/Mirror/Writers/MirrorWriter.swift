import Definitions

/// A format of mirror files. Each is one file in this folder and one line in the registry.
protocol MirrorWriter: SendableMetatype {
  /// The format; also the extension of its files, unless `fileName` says otherwise.
  static var format: MirrorSpec.Format { get }

  /// Name of the file in the folder of a recipient.
  static var fileName: String { get }

  /// The files for one recipient: the file itself and what goes with it in the same folder, such as its description. Paths
  /// are names in the folder.
  static func files(_ report: MirrorReport) -> [MirrorFile]

  /// Files that go with the format once, at the root: schemas.
  static func companions() -> [MirrorFile]
}

extension MirrorWriter {
  static var fileName: String { "spiegel.\(format.rawValue)" }
  static func companions() -> [MirrorFile] { [] }
}

/// The formats that can be written.
public enum MirrorWriterRegistry {
  static let all: [any MirrorWriter.Type] = [
    CSVWriter.self, ParquetFigures.self, XMLWriter.self, JSONWriter.self, FHIRWriter.self, HTMLWriter.self,
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

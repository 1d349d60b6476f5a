import Definitions

/// Turns the results table into files for people and for other systems: one folder per recipient.
public enum Mirror {
  /// Makes all files of a run and hands them over one at a time, so that only one recipient is in memory.
  ///
  /// Small numbers are protected in all figures together before the first file is made (`Suppression`). Order and bytes
  /// of the files depend on the input only. Throws what `emit` throws, and nothing else.
  public static func files(_ input: MirrorInput, emit: (MirrorFile) throws -> Void) throws -> MirrorCounts {
    let reports = MirrorReports(input)
    let writers = MirrorWriterRegistry.writers(for: input.pipeline.mirror.formats)
    var entries: [IndexPage.Entry] = []
    var counts = MirrorCounts()
    func hand(_ file: MirrorFile) throws {
      counts.files += 1
      counts.bytes += file.contents.count
      try emit(file)
    }
    for recipient in reports.recipients {
      let report = reports.report(for: recipient)
      for file in files(report, writers) { try hand(file) }
      counts.add(report.counts)
      entries.append(IndexPage.Entry(recipient: recipient, counts: report.counts))
    }
    for file in writers.flatMap({ $0.companions() }) { try hand(file) }
    try hand(MirrorFile(path: "index.html", contents: IndexPage.write(entries, input)))
    return counts
  }

  /// The files of one recipient.
  static func files(_ report: MirrorReport, _ writers: [any MirrorWriter.Type]) -> [MirrorFile] {
    let folder = path(of: report.recipient)
    return writers.map { writer in
      MirrorFile(path: "\(folder)/spiegel.\(writer.format.rawValue)", contents: writer.write(report))
    }
  }

  /// Folder of a recipient: layout and unit, each safe as a name of a folder and in a link.
  static func path(of recipient: Recipient) -> String {
    "\(safeName(recipient.layout))/\(safeName(recipient.unit))"
  }

  /// A code as a name of a folder. Letters, digits, `_` and `-` stay; every other byte becomes `~` and two hexadecimal
  /// digits, so that different codes have different names and none can leave its folder.
  static func safeName(_ code: String) -> String {
    if code.isEmpty { return "~" }
    var name: [UInt8] = []
    for byte in code.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        name.append(byte)
      default:
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        name += [UInt8(ascii: "~"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: name, as: UTF8.self)
  }
}

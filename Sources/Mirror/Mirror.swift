import Definitions
import Dispatch
import Synchronization

/// Turns the results table into files for people and for other systems: one folder per recipient.
public enum Mirror {
  /// Makes all files of a run and hands them over one at a time, in a fixed order, so that only a few recipients are in
  /// memory: `jobs` times four.
  ///
  /// Small numbers are protected in all figures together before the first file is made (`Suppression`). Order and bytes
  /// of the files depend on the input only, not on `jobs`. Throws what `emit` throws, and nothing else.
  public static func files(
    _ input: MirrorInput, jobs: Int = 1, emit: (MirrorFile) throws -> Void
  ) throws -> MirrorCounts {
    try files(MirrorReports(input, jobs: jobs), jobs: jobs, emit: emit)
  }

  /// The same, of figures that are protected already.
  public static func files(
    _ reports: MirrorReports, jobs: Int = 1, emit: (MirrorFile) throws -> Void
  ) throws -> MirrorCounts {
    let input = reports.input
    let mirror = input.pipeline.mirror
    let writers = Dictionary(
      mirror.recipients.map { ($0, MirrorWriterRegistry.writers(for: mirror.formats(of: $0))) }
    ) { first, _ in first }
    var entries: [IndexPage.Entry] = []
    var counts = MirrorCounts()
    func hand(_ file: MirrorFile) throws {
      counts.files += 1
      counts.bytes += file.contents.count
      try emit(file)
    }
    let jobs = max(1, jobs)
    let batch = jobs * 4
    for start in stride(from: 0, to: reports.recipients.count, by: batch) {
      let recipients = reports.recipients[start..<min(start + batch, reports.recipients.count)]
      for made in make(Array(recipients), reports, writers, jobs: jobs) {
        for file in made.files { try hand(file) }
        counts.add(made.entry.counts)
        entries.append(made.entry)
      }
    }
    let used = Set(mirror.recipients.flatMap { mirror.formats(of: $0) })
    for writer in MirrorWriterRegistry.all where used.contains(writer.format) {
      for file in writer.companions() { try hand(file) }
    }
    try hand(MirrorFile(path: "index.html", contents: IndexPage.write(entries, input, reports.rules)))
    return counts
  }

  private struct Made: Sendable {
    let files: [MirrorFile]
    let entry: IndexPage.Entry
  }

  /// The files of some recipients, in their order.
  private static func make(
    _ recipients: [Recipient], _ reports: MirrorReports, _ writers: [String: [any MirrorWriter.Type]], jobs: Int
  ) -> [Made] {
    @Sendable func one(_ recipient: Recipient) -> Made {
      let report = reports.report(for: recipient)
      return Made(files: files(report, writers[recipient.audience] ?? []), entry: IndexPage.Entry(report))
    }
    if jobs == 1 { return recipients.map(one) }
    let results = Mutex([Made?](repeating: nil, count: recipients.count))
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
      // Every job has its own recipients: no order of finishing can be seen in the result.
      for position in stride(from: job, to: recipients.count, by: jobs) {
        let made = one(recipients[position])
        results.withLock { $0[position] = made }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  /// The files of one recipient.
  static func files(_ report: MirrorReport, _ writers: [any MirrorWriter.Type]) -> [MirrorFile] {
    let folder = path(of: report.recipient)
    return writers.flatMap { writer in
      let contents = writer.write(report)
      let beside = writer.beside(report, contents)
      return [MirrorFile(path: "\(folder)/\(writer.fileName)", contents: contents)]
        + beside.map { MirrorFile(path: "\(folder)/\($0.path)", contents: $0.contents) }
    }
  }

  /// Folder of a recipient: kind of recipient and unit, each safe as a name of a folder and in a link.
  static func path(of recipient: Recipient) -> String {
    "\(safeName(recipient.audience))/\(safeName(recipient.unit))"
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

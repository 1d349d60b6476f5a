import Definitions
import Dispatch
import Synchronization

/// Turns the results table into files for people and for other systems: one folder per recipient.
public enum Mirror {
  /// Makes all files of a run and hands them over one at a time, in a fixed order, so that only a few recipients are in
  /// memory: `jobs` times four. While files are handed over, those of the next recipients are made.
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
    try inOrder(
      reports.recipients.count, jobs: jobs,
      make: { position in
        let report = reports.report(for: reports.recipients[position])
        return Made(files: files(report, writers[report.recipient.audience] ?? []), entry: IndexPage.Entry(report))
      },
      take: { made in
        for file in made.files { try hand(file) }
        counts.add(made.entry.counts)
        entries.append(made.entry)
      })
    let used = Set(mirror.recipients.flatMap { mirror.formats(of: $0) })
    for writer in MirrorWriterRegistry.all where used.contains(writer.format) {
      for file in writer.companions() { try hand(file) }
    }
    try hand(MirrorFile(path: "index.html", contents: IndexPage.write(entries, input, reports.rules, reports.changes)))
    return counts
  }

  private struct Made: Sendable {
    let files: [MirrorFile]
    let entry: IndexPage.Entry
  }

  /// Makes so many things on `jobs` threads and takes them in their order on this one, at most `jobs` times four ahead.
  private static func inOrder<Thing: Sendable>(
    _ count: Int, jobs: Int, make: @escaping @Sendable (Int) -> Thing, take: (Thing) throws -> Void
  ) throws {
    if jobs < 2 {
      for position in 0..<count { try take(make(position)) }
      return
    }
    let room = DispatchSemaphore(value: jobs * 4)
    let isMade = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    let made = Mutex([Thing?](repeating: nil, count: count))
    let next = Atomic(0)
    let group = DispatchGroup()
    for _ in 0..<min(jobs, count) {
      DispatchQueue.global().async(group: group) {
        while true {
          room.wait()
          let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard position < count else { break }
          let thing = make(position)
          made.withLock { $0[position] = thing }
          isMade[position].signal()
        }
        // The next thread that finds nothing left needs no room.
        room.signal()
      }
    }
    defer {
      // After an error nothing more is made; threads that wait for room find nothing left.
      next.store(count, ordering: .relaxed)
      for _ in 0..<count { room.signal() }
      group.wait()
    }
    for position in 0..<count {
      isMade[position].wait()
      let thing = made.withLock { all in
        defer { all[position] = nil }
        return all[position]
      }
      if let thing { try take(thing) }
      room.signal()
    }
  }

  /// The files of one recipient.
  static func files(_ report: MirrorReport, _ writers: [any MirrorWriter.Type]) -> [MirrorFile] {
    let folder = path(of: report.recipient)
    var files = writers.flatMap { $0.files(report) }
    let tables = files.filter { DataPackage.describes($0.path) }
    if !tables.isEmpty {
      files.append(MirrorFile(path: DataPackage.fileName, contents: DataPackage.write(report, describing: tables)))
    }
    return files.map { MirrorFile(path: "\(folder)/\($0.path)", contents: $0.contents) }
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

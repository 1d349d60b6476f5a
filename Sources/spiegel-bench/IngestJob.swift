import Foundation
import Readers

/// Measures ingest beside the bare libraries that it stands on: libcsv and libxml2 (SAX2) only cut the same file into
/// fields or elements, on the same cores; ingest reads, checks, makes pseudonyms, hashes the file and writes staged files.
/// Normalize is measured beside the ingest of the same rows.
///
///     spiegel-bench ingest [--lines N] [--runs N] [--jobs N] [--folder DIR] [--only plain|quoted|xml]
///
/// XML cannot be divided over cores, so libxml2 uses one.
struct IngestJob {
  private var lines = 1_000_000
  private var runs = 5
  private var jobs = 2
  private var folder = FileManager.default.temporaryDirectory.appending(path: "spiegel-bench-ingest").path
  private var only: String?

  private enum Form: String, CaseIterable {
    case plain, quoted, xml

    var title: String {
      switch self {
      case .plain: "CSV without quotes"
      case .quoted: "CSV, every field in quotes"
      case .xml: "XML"
      }
    }
    /// The yardsticks. libxml2 can be given its text piece by piece, or fetch it, which takes less time.
    var libraries: [(name: String, job: String)] {
      self == .xml ? [("libxml2, given pieces", "push"), ("libxml2, fetching", "pull")] : [("libcsv", "csv")]
    }
    var file: String { self == .xml ? "claims.xml" : "claims.csv" }
  }

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard let value = rest.popFirst() else { throw BenchError("\(argument) needs a value") }
      switch argument {
      case "--lines": lines = max(1, Int(value) ?? lines)
      case "--runs": runs = max(1, Int(value) ?? runs)
      case "--jobs": jobs = max(1, Int(value) ?? jobs)
      case "--folder": folder = value
      case "--only": only = value
      default: throw BenchError("\(argument) is not known")
      }
    }
  }

  /// What the bench runs as a process of its own: `spiegel-bench bare csv|push|pull FILE THREADS`.
  static func bare(_ arguments: [String]) throws {
    guard arguments.count == 3, let threads = Int(arguments[2]) else {
      throw BenchError("usage: spiegel-bench bare csv|push|pull FILE THREADS")
    }
    let count =
      arguments[0] == "csv"
      ? try BareTokenisers.delimited(path: arguments[1], delimiter: UInt8(ascii: ";"), threads: threads)
      : try BareTokenisers.xml(path: arguments[1], fetches: arguments[0] == "pull")
    print(count)
  }

  func run() throws {
    for (name, text) in ClaimsPipeline.ingestFiles { try write(text, to: "pipelines/claims/\(name)") }
    print("\(lines) claim lines of 14 fields, \(jobs) threads, \(runs) runs in turn, medians\n")
    print("| | wall s | processor s | peak MB | wall, unit = 1 | processor, unit = 1 |")
    print("|---|---|---|---|---|---|")
    for form in Form.allCases where only == nil || only == form.rawValue { try measure(form) }
  }

  private func measure(_ form: Form) throws {
    let input = path("\(form.rawValue)/\(form.file)")
    try makeInput(form, input)
    let own = Bundle.main.executableURL?.path ?? "spiegel-bench"
    let spiegel = URL(filePath: own).deletingLastPathComponent().appending(path: "spiegel").path
    let workspace = path("workspace")
    let common = [path("pipelines/claims"), "--workspace", workspace, "--jobs", "\(jobs)"]
    var bare: [[Measured]] = form.libraries.map { _ in [] }
    var ingest: [Measured] = []
    var normalize: [Measured] = []
    // The first round warms the disk cache and is not counted.
    for round in 0...runs {
      try? FileManager.default.removeItem(atPath: workspace)
      let b = try form.libraries.map { try Measured.run([own, "bare", $0.job, input, "\(jobs)"]) }
      let i = try Measured.run(
        [spiegel, "ingest"] + common + ["--input", path(form.rawValue), "--key-file", path("key")])
      let n = try Measured.run([spiegel, "normalize"] + common)
      if round == 0 { continue }
      for (index, run) in b.enumerated() { bare[index].append(run) }
      ingest.append(i)
      normalize.append(n)
    }
    for (library, runs) in zip(form.libraries, bare) { show("\(form.title): \(library.name)", runs, runs) }
    for (library, runs) in zip(form.libraries, bare) {
      show("\(form.title): ingest (\(library.name) = 1)", ingest, runs)
    }
    show("\(form.title): normalize (ingest = 1)", normalize, ingest)
  }

  private func show(_ name: String, _ runs: [Measured], _ unit: [Measured]) {
    func two(_ value: Double) -> String { String(format: "%.2f", value) }
    let wall = median(zip(runs, unit).map { $0.wall / $1.wall })
    let processor = median(zip(runs, unit).map { $0.processor / $1.processor })
    print(
      "| \(name) | \(two(median(runs.map(\.wall)))) | \(two(median(runs.map(\.processor)))) | "
        + "\(Int(median(runs.map(\.peakMegabytes)))) | \(two(wall)) | \(two(processor)) |")
  }

  private func path(_ name: String) -> String { URL(filePath: folder).appending(path: name).path }

  private func write(_ text: String, to name: String) throws {
    let file = URL(filePath: path(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  // MARK: Made-up claims

  private static let names = [
    "declaratie_id", "regel", "bsn", "geboortejaar", "geslacht", "postcode4", "agb", "prestatiecode", "diagnosecode",
    "begindatum", "einddatum", "aantal", "bedrag", "soort",
  ]

  /// Writes the lines in a form, unless they are there already.
  private func makeInput(_ form: Form, _ file: String) throws {
    let stamp = "\(form.rawValue).lines"
    if (try? String(contentsOfFile: path(stamp), encoding: .utf8)) == "\(lines)" { return }
    try write("", to: "\(form.rawValue)/\(form.file)")
    guard let output = FileHandle(forWritingAtPath: file) else { throw BenchError("cannot write \(file)") }
    var text = form == .xml ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<aanlevering>\n" : ""
    if form != .xml { Self.append(Self.names, form, to: &text) }
    var random = Random()
    for number in 0..<lines {
      Self.append(Self.fields(number, &random), form, to: &text)
      if text.utf8.count > 1 << 20 {
        try output.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    if form == .xml { text += "</aanlevering>\n" }
    try output.write(contentsOf: Data(text.utf8))
    try output.close()
    try write("\(lines)", to: stamp)
  }

  private static func append(_ fields: [String], _ form: Form, to text: inout String) {
    switch form {
    case .plain: text += fields.joined(separator: ";")
    case .quoted: text += "\"" + fields.joined(separator: "\";\"") + "\""
    case .xml:
      text += "<regel>"
      for (name, field) in zip(names, fields) { text += "<\(name)>\(field)</\(name)>" }
      text += "</regel>"
    }
    text += "\n"
  }

  private static func fields(_ number: Int, _ random: inout Random) -> [String] {
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return [
      "D" + padded(number / 3, 9), String(number % 3 + 1), String(100_000_000 + random.below(3_000_000)),
      String(1930 + random.below(80)), number % 2 == 0 ? "M" : "V", String(1000 + random.below(8999)),
      padded(1_000_000 + random.below(8_999_999), 8),
      "15A" + padded(random.below(800), 3), String(100 + random.below(9899)),
      "2023-\(padded(1 + random.below(12), 2))-\(padded(1 + random.below(28), 2))",
      "2023-12-\(padded(1 + random.below(28), 2))", String(1 + random.below(4)),
      "\(random.below(5000)).\(padded(random.below(100), 2))", number % 2 == 0 ? "huisarts" : "msz",
    ]
  }

  /// SplitMix64: the same numbers on every machine.
  private struct Random {
    var state: UInt64 = 1
    mutating func below(_ limit: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(limit))
    }
  }
}

import Foundation

/// The whole job on claim lines: read and check, remove duplicates, write the core dataset, and per region and kind of care
/// give lines, euros, persons, the crude and the age-sex standardised rate.
struct ClaimsJob {
  let options: Options
  private let folder: URL

  init(_ options: Options) {
    self.options = options
    folder = URL(filePath: options.folder)
  }

  func run() throws {
    try prepare()
    let sides = self.sides
    var measured = sides.map { _ in [Measured]() }
    for round in 0...options.runs {
      for (index, side) in sides.enumerated() {
        let result = try side.run()
        // The first round warms the disk cache and is not counted.
        if round > 0 { measured[index].append(result) }
      }
    }
    print("\(options.lines) claim lines, \(options.runs) runs in turn, medians\n")
    print("| | wall s | processor s | peak MB | wall, Spiegel = 1 |\n|---|---|---|---|---|")
    for (side, runs) in zip(sides, measured) {
      let ratio = median(zip(runs, measured[0]).map { $0.wall / $1.wall })
      print(
        "| \(side.name) | \(one(median(runs.map(\.wall)))) | \(one(median(runs.map(\.processor)))) | "
          + "\(Int(median(runs.map(\.peakMegabytes)))) | \(one(ratio)) |")
    }
    print("\n\(try compare()) rows of region, year and kind of care are the same on all sides.")
  }

  private func one(_ value: Double) -> String { String(format: "%.2f", value) }

  private struct Side {
    let name: String
    let run: () throws -> Measured
  }

  private var sides: [Side] {
    let spiegel = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "spiegel").path ?? "spiegel"
    let workspace = path("workspace")
    return [
      Side(name: "Spiegel") {
        try? FileManager.default.removeItem(atPath: workspace)
        return try Measured.run([
          spiegel, "run", path("pipelines/claims"), "--input", path("input"), "--workspace", workspace, "--key-file",
          path("key"), "--jobs", "2",
        ])
      },
      Side(name: "DuckDB") { try peer("duckdb") },
      Side(name: "Polars") { try peer("polars") },
    ]
  }

  private func peer(_ name: String) throws -> Measured {
    try Measured.run([
      options.python, "\(options.peers)/peer_\(name).py", path("input/claims.csv"), path("refs"),
      path("out-\(name).csv"), "--core", path("core-\(name).parquet"),
    ])
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  // MARK: Preparation

  private func prepare() throws {
    let files = FileManager.default
    for name in ["input", "refs", "pipelines/claims"] {
      try files.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }
    _ = try Measured.run([options.python, "\(options.peers)/gen_refs.py", path("refs")])
    let stamp = path("lines")
    if (try? String(contentsOfFile: stamp, encoding: .utf8)) != "\(options.lines)" {
      _ = try Measured.run([
        options.python, "\(options.peers)/gen_claims.py", "\(options.lines)", path("input/claims.csv"),
      ])
      try "\(options.lines)".write(toFile: stamp, atomically: true, encoding: .utf8)
    }
    for (name, text) in ClaimsPipeline.files {
      let file = folder.appending(path: "pipelines/claims").appending(path: name)
      try files.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let regions = try String(contentsOfFile: path("refs/regio.csv"), encoding: .utf8).split(separator: "\n").dropFirst()
      .map(String.init)
    var layout = regions.map { line in line + ";" + (line.split(separator: ";").last ?? "") }
    // The population has regions without a postcode. They count in the weights, so they get one that nobody has.
    let inhabited = Set(
      try String(contentsOfFile: path("refs/bevolking.csv"), encoding: .utf8).split(separator: "\n").dropFirst()
        .compactMap { $0.split(separator: ";").first })
    let placed = Set(regions.compactMap { $0.split(separator: ";").last })
    for (number, region) in inhabited.subtracting(placed).sorted().enumerated() {
      layout.append("\(String(format: "%04d", number));\(region);\(region)")
    }
    try (["postcode4;unit;name"] + layout).joined(separator: "\n")
      .write(toFile: path("pipelines/claims/regions/regio.csv"), atomically: true, encoding: .utf8)
    try? files.removeItem(atPath: path("pipelines/claims/standards/bevolking.csv"))
    try files.copyItem(atPath: path("refs/bevolking.csv"), toPath: path("pipelines/claims/standards/bevolking.csv"))
  }

  // MARK: Comparison

  /// Every figure of every side, or an error that names the first difference.
  private func compare() throws -> Int {
    let own = try ownRows()
    for name in ["duckdb", "polars"] {
      let lines = try String(contentsOfFile: path("out-\(name).csv"), encoding: .utf8)
        .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ";").map(String.init) }
      guard lines.count == own.count else { throw BenchError("\(name) has \(lines.count) rows, Spiegel \(own.count)") }
      for line in lines {
        let key = "\(line[0]) \(line[2])"
        guard let row = own[key] else { throw BenchError("Spiegel has no row \(key)") }
        for (index, (mine, theirs)) in zip(row, line[3...].compactMap { Double($0) }).enumerated()
        where abs(mine - theirs) > (index < 3 ? 0.001 : 0.00006) {
          throw BenchError("\(key): Spiegel \(mine), \(name) \(theirs)")
        }
      }
    }
    return own.count
  }

  /// Lines, euros, persons, crude and standardised rate by region and kind of care.
  private func ownRows() throws -> [String: [Double]] {
    let text = try String(contentsOfFile: path("workspace/current/results/results.csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { throw BenchError("no results") }
    func column(_ name: String) -> Int { header.firstIndex(of: name) ?? 0 }
    let careTypes = ["care_type=medical-specialist": "msz", "care_type=general-practice": "huisarts"]
    var rows: [String: [Double]] = [:]
    for line in lines.dropFirst()
    where line[column("layout")] == "regio" && line[column("unit")] != "onbekend" && line[column("persons")] != "0" {
      let care = careTypes[line[column("stratum")]] ?? line[column("stratum")]
      rows["\(line[column("unit")]) \(care)"] = ["numerator", "amount", "persons", "value", "adjusted"].compactMap {
        Double(line[column($0)])
      }
    }
    return rows
  }
}

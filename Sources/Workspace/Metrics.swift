import Foundation

/// Gauges of a run for monitoring, as OpenMetrics text (github.com/prometheus/OpenMetrics, version 1.0).
///
/// They hold counts of records and of figures, never a figure, a name of a file or a code of a unit, so that whoever
/// watches the machine learns nothing about persons or care providers. They have no time stamps: the same run gives the
/// same bytes.
public enum Metrics {
  /// Name of the file in the run folder.
  public static let fileName = "metrics.txt"

  /// Writes the gauges of a run into its folder.
  public static func write(_ manifest: Manifest, _ run: RunFolder) throws(Problem) {
    let file = run.folder.appending(path: fileName)
    do {
      try Data(text(manifest).utf8).write(to: file)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "cannot be written", remedy: "Check the rights and the free space.")
    }
  }

  /// The text.
  public static func text(_ manifest: Manifest) -> String {
    var lines = [
      "# TYPE spiegel_run info", "# HELP spiegel_run Which run these gauges are of.",
      "spiegel_run_info"
        + labels([
          ("run", manifest.run), ("pipeline", manifest.pipeline), ("definition_version", manifest.definitionVersion),
          ("tool", manifest.tool),
        ]) + " 1",
    ]
    func gauge(_ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Int)]) {
      lines += ["# TYPE \(name) gauge", "# HELP \(name) \(help)"]
      lines += samples.map { "\(name)\(labels($0.labels)) \($0.value)" }
    }
    let sources = Dictionary(grouping: manifest.deliveries, by: \.source).sorted { $0.key < $1.key }
    gauge(
      "spiegel_deliveries", "Delivered files by kind of source.", sources.map { ([("source", $0.key)], $0.value.count) }
    )
    let outcomes: [(name: String, count: (DeliveryAccount) -> Int)] = [
      ("accepted", \.accepted), ("quarantined", \.quarantined), ("superseded", \.superseded),
      ("redelivered", { $0.redelivered ?? 0 }),
    ]
    gauge(
      "spiegel_records", "Records read, by kind of source and what became of them.",
      sources.flatMap { source, accounts in
        outcomes.map { outcome in
          ([("source", source), ("outcome", outcome.name)], accounts.reduce(0) { $0 + outcome.count($1) })
        }
      })
    gauge(
      "spiegel_values_set_aside", "Values set aside of records that were accepted, by kind of source.",
      sources.map { ([("source", $0.key)], $0.value.reduce(0) { $0 + $1.valuesSetAside }) })
    gauge(
      "spiegel_deliveries_unbalanced", "Delivered files of which records read is not the sum of what became of them.",
      [([], manifest.deliveries.count { !$0.addsUp })])
    gauge(
      "spiegel_core_rows", "Rows of each table of the core dataset.",
      manifest.coreRows.sorted { $0.key < $1.key }.map { ([("table", $0.key)], $0.value) })
    gauge(
      "spiegel_figures", "Figures by whether they stand.",
      manifest.results.sorted { $0.key < $1.key }.map { ([("status", $0.key)], $0.value) })
    gauge(
      "spiegel_figures_withheld", "Figures withheld from mirror files to protect persons.", [([], manifest.withheld)])
    return (lines + ["# EOF"]).joined(separator: "\n") + "\n"
  }

  /// Labels in braces; nothing without labels.
  private static func labels(_ labels: [(name: String, value: String)]) -> String {
    if labels.isEmpty { return "" }
    let pairs = labels.map { label in
      let value = label.value.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        .replacingOccurrences(of: "\n", with: "\\n")
      return "\(label.name)=\"\(value)\""
    }
    return "{" + pairs.joined(separator: ",") + "}"
  }
}

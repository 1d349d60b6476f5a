import Foundation
import TestSupport
import Testing
import Workspace

@Suite("Gauges for monitoring")
struct MetricsTests {
  static func manifest() -> Manifest {
    var manifest = ManifestTests.manifest()
    manifest.deliveries.append(manifest.deliveries[0])
    manifest.deliveries[1].accepted = 5
    manifest.coreRows = ["score": 4, "claim_line": 12]
    manifest.results = ["ok": 7, "insufficient": 2]
    manifest.withheld = 3
    manifest.pipeline = "p\\\"\n"
    return manifest
  }

  @Test("Counts by kind of source, and nothing that names a file, a unit or an amount")
  func text() {
    let text = Metrics.text(Self.manifest())
    for line in [
      "spiegel_run_info{run=\"r\",pipeline=\"p\\\\\\\"\\n\",definition_version=\"1\",tool=\"t\"} 1",
      "spiegel_deliveries{source=\"claims\"} 2", "spiegel_records{source=\"claims\",outcome=\"accepted\"} 11",
      "spiegel_records{source=\"claims\",outcome=\"quarantined\"} 6", "spiegel_deliveries_unbalanced 1",
      "spiegel_core_rows{table=\"claim_line\"} 12", "spiegel_figures{status=\"ok\"} 7", "spiegel_figures_withheld 3",
    ] {
      #expect(text.contains("\n\(line)\n"), "\(line)")
    }
    #expect(text.hasSuffix("\n# EOF\n"))
    #expect(!text.contains("ü.csv") && !text.contains("9000000000") && !text.contains("\"m\""))
  }

  @Test("They are written into the run folder")
  func file() throws {
    let folder = try TemporaryFolder()
    try Metrics.write(Self.manifest(), RunFolder(id: "r", folder: folder.url))
    #expect(try folder.text(Metrics.fileName) == Metrics.text(Self.manifest()))
    #expect(throws: Problem.self) {
      try Metrics.write(Self.manifest(), RunFolder(id: "r", folder: folder.file("none")))
    }
  }

  @Test(
    "The OpenMetrics parser of prometheus_client reads them",
    .enabled(if: Python.has("prometheus_client.openmetrics.parser"), "needs python3 with prometheus-client"))
  func parser() throws {
    let folder = try TemporaryFolder()
    try folder.write("metrics.txt", Metrics.text(Self.manifest()))
    let program = """
      from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
      for family in read(open("metrics.txt", encoding="utf-8", newline="").read()):
          for sample in family.samples:
              print(family.type, sample.name, sorted(sample.labels.values()), int(sample.value))
      """
    let result = try Python.run(program, in: folder.url)
    #expect(result.succeeded, "\(result.output)")
    #expect(result.output.contains("gauge spiegel_records ['claims', 'superseded'] 2\n"))
    #expect(result.output.contains("info spiegel_run_info ['1', 'p\\\\\"\\n', 'r', 't'] 1\n"))
  }
}

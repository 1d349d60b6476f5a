import Aggregate
import ArgumentParser
import Columns
import CoreDataset
import Definitions
import Foundation
import Workspace

/// From a figure to its inputs.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows how a figure came about: definition, who was left at each step, method, inputs by delivery.",
    discussion: """
      The figure is computed once more from the core dataset of the run and compared with the results. With --records the \
      contributing rows of the core dataset are written below the workspace, readable by you only; the audit trail says \
      that you did.
      """)

  @Argument(help: ArgumentHelp("Folder of a run, for example workspace/current.", valueName: "run"))
  var folder: String

  @Argument(help: "Id of the indicator.")
  var indicator: String

  @Argument(help: "Code of the unit, as in the results; NL for the nation.")
  var unit: String

  @Option(help: "One period; all of them without it.")
  var period: String?

  @Option(help: "Layout of the unit, where several have its code.")
  var layout: String?

  @Option(help: "Folder of the run's pipeline. Default: pipelines/ and its id.")
  var pipeline: String?

  @Flag(help: "Also write the contributing core records below the workspace.")
  var records = false

  func run() {
    ending {
      let url = URL(filePath: folder).resolvingSymlinksInPath()
      let run = RunFolder(id: url.lastPathComponent, folder: url)
      guard FileManager.default.fileExists(atPath: run.manifest.path) else {
        throw Problem(
          .noInput, at: folder, "there is no run here",
          remedy: "Name the folder of a run, for example workspace/current.")
      }
      let manifest = try Manifest.read(run)
      var options = StageOptions()
      options.pipeline = pipeline ?? "pipelines/\(manifest.pipeline)"
      let definitions = try options.loadPipeline()
      guard definitions.digest == manifest.definitionDigest else {
        throw Problem(
          .definition, at: options.pipeline, "these are not the definitions that made the run",
          expected: "digest \(manifest.definitionDigest.prefix(16))",
          remedy: "Name with --pipeline the folder as it was when the run was made.")
      }
      let explanations = try Explain.figures(
        of: indicator, unit: unit, layout: layout, period: period, run: run, pipeline: definitions,
        withRecords: records)
      print(ExplanationText.text(explanations, definitions, manifest), terminator: "")
      if records { try write(explanations, run) }
    }
  }

  private func write(_ explanations: [Explanation], _ run: RunFolder) throws {
    // Published runs lie in runs/, the draft in the workspace itself.
    let parent = run.folder.deletingLastPathComponent()
    let workspace = try Workspace(parent.lastPathComponent == "runs" ? parent.deletingLastPathComponent() : parent)
    let folder = workspace.folder.appending(path: "explain").appending(path: run.id)
    try Workspace.create(folder)
    for explanation in explanations {
      let figure = explanation.figure
      let name = [figure.indicator, figure.layout, figure.unit, figure.period].joined(separator: "_")
        .map { $0.isLetter || $0.isNumber || "-_".contains($0) ? String($0) : "-" }.joined()
      let file = folder.appending(path: "\(name).csv")
      // Who looks at records of persons is written down before they can.
      try AuditTrail(workspace).append(
        "RecordsExplained", run: run.id,
        details: [
          "indicator": figure.indicator, "unit": "\(figure.layout) \(figure.unit)", "period": figure.period,
          "records": "\(explanation.records.count)",
        ])
      let table = Data(CSV.file([Explanation.recordColumns] + explanation.records))
      let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
      guard FileManager.default.createFile(atPath: file.path, contents: table, attributes: attributes) else {
        throw Problem(.cannotWrite, at: file.path, "cannot be written")
      }
      print("\(explanation.records.count) records in \(file.path)")
    }
  }
}

import ArgumentParser
import Definitions
import Foundation

/// Definitions only, no data.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks the definitions of a pipeline without reading any data.")

  @Argument(help: "Folder of the pipeline.")
  var pipeline: String

  func run() {
    ending {
      var options = StageOptions()
      options.pipeline = pipeline
      let checked = try options.loadPipeline()
      print(
        """
        Pipeline \(checked.id) \(checked.version): \(checked.sources.count) sources, \
        \(checked.instruments.count) instruments, \(checked.populations.count) populations, \
        \(checked.indicators.count) indicators, \(checked.regions.count) region layouts, \
        \(checked.periods.count) periods. No errors.
        """)
    }
  }
}

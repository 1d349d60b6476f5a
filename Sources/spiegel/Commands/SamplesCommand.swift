import ArgumentParser
import Foundation
import Samples
import Workspace

/// Deliveries of made-up people.
struct SamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "samples", abstract: "Writes deliveries of made-up people, as Dutch parties deliver them.",
    discussion:
      "The same number of persons and seed give the same bytes. Memory does not grow with the number of persons.")

  @Option(
    help: """
      Which deliveries: network (claims, insured people, care providers and questionnaires of a region) or positive-health \
      (answers of inhabitants and of professionals, of care centres).
      """)
  var set = SampleSet.network

  @Option(help: "Number of persons.")
  var persons = 2000

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64 = 1

  @Option(help: "Folder for the files; made when it is not there.")
  var output: String

  @Flag(help: "Plants faults of every kind and lists them in faults.csv.")
  var faults = false

  @Flag(
    help: """
      Plants records that are well written and cannot be true, and lists them in implausible.csv; a month that is missing and \
      one that is there three times from 4000 persons on.
      """)
  var implausible = false

  mutating func validate() throws {
    if persons < 1 { throw ValidationError("--persons must be at least 1, not \(persons).") }
    if set != .network, faults || implausible {
      throw ValidationError("--faults and --implausible are planted in the deliveries of --set network only.")
    }
  }

  func run() {
    ending {
      let report: SampleReport
      do {
        report = try SampleGenerator.write(
          SampleOptions(persons: persons, seed: seed, faults: faults, implausible: implausible, set: set),
          to: URL(filePath: output))
      } catch {
        throw Problem(
          .cannotWrite, at: output, "the samples cannot be written", remedy: "Check the folder and the free space.")
      }
      for file in report.files { print("\(file.name): \(file.records) records") }
      if faults { print("\(report.faults.count) faults planted, listed in faults.csv") }
      if implausible { print("\(report.implausible.count) implausible records planted, listed in implausible.csv") }
    }
  }
}

extension SampleSet: ExpressibleByArgument {}

import Columns
import CoreDataset
import Definitions
public import Foundation
import Parquet
public import Workspace

/// The first stage: delivered files become typed columns with pseudonyms, and nothing is lost on the way.
public enum Ingest {
  /// Changes when ingest makes other staged files from the same input, so that old ones are not reused.
  static let formatVersion = "2"

  /// What ingest did.
  public struct Result: Sendable {
    /// One account per delivered file, in order of name.
    public var deliveries: [DeliveryAccount]
    /// Files that were left alone because the pipeline says so.
    public var ignored: [String]
  }

  /// Reads every file of the input folder into the workspace's staged area. A file that was staged before, with the same
  /// content, definitions and key, is not read again.
  ///
  /// - Throws: when a file is not recognised, cannot be read, lacks a declared column or holds no records, or when more
  ///   records than the pipeline allows had to be set aside.
  public static func run(
    _ pipeline: Pipeline, input: URL, workspace: Workspace, key: PseudonymKey, jobs: Int, reporter: Reporter
  ) throws(Problem) -> Result {
    let (matches, ignored) = try Recognition.matches(pipeline, in: input)
    for name in ignored { reporter.event("FileIgnored", ["file": name]) }
    let digests = try inParallel(matches.count, jobs: jobs) { index throws(Problem) in
      try ContentDigest.of(file: matches[index].file)
    }
    var accounts: [DeliveryAccount] = []
    var seen: [String: String] = [:]
    for (index, match) in matches.enumerated() {
      let name = Recognition.shown(match.file.lastPathComponent)
      if let twin = seen[digests[index]] {
        reporter.warning("DeliveryRepeated", ["file": name, "same_as": twin])
        continue
      }
      seen[digests[index]] = name
      let staged = ContentDigest.of(
        [formatVersion, digests[index], name, match.source.id, pipeline.id, pipeline.digest, key.id].joined(
          separator: "\n"))
      let account: DeliveryAccount
      let countsFile = workspace.staged(staged).appending(path: "counts.json")
      if FileManager.default.fileExists(atPath: countsFile.path) {
        account = try JSONFile.read(countsFile)
        reporter.event("FileReused", ["file": name, "records_read": "\(account.read)"])
      } else {
        let delivery = Delivery(
          name: name, file: match.file, sha256: digests[index], staged: staged, source: match.source, pipeline: pipeline
        )
        account = try delivery.stage(in: workspace, key: key, jobs: jobs)
        reporter.event(
          "FileIngested",
          [
            "file": name, "source": account.source, "records_read": "\(account.read)",
            "records_accepted": "\(account.accepted)", "records_quarantined": "\(account.quarantined)",
            "values_set_aside": "\(account.valuesSetAside)",
          ])
      }
      guard account.addsUp else {
        throw Problem(
          .data, at: name,
          "the account does not add up: \(account.read) records read, \(account.accepted) accepted, "
            + "\(account.quarantined) quarantined", remedy: "This is an error in Spiegel: please report it.")
      }
      accounts.append(account)
      reporter.progress("ingest", index + 1, of: matches.count)
    }
    return Result(deliveries: accounts, ignored: ignored)
  }

  /// Stops a run in which too much had to be set aside. The quarantine is written before, so that it can be read.
  public static func checkThreshold(_ pipeline: Pipeline, _ deliveries: [DeliveryAccount]) throws(Problem) {
    for account in deliveries where account.read > 0 {
      let share = Double(account.quarantined) / Double(account.read)
      if share > pipeline.maximumQuarantined.value {
        let reasons = account.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        throw Problem(
          .data, at: account.delivery,
          "\(account.quarantined) of \(account.read) records had to be set aside (\(reasons))",
          expected: "at most \(pipeline.maximumQuarantined.value * 100)% (maximum-quarantined in pipeline.yaml)",
          remedy: "Read the quarantine file, mend the delivery or its source definition, and run again.")
      }
    }
  }
}

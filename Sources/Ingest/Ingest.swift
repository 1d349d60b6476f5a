import Columns
import CoreDataset
import Definitions
public import Foundation
import Parquet
public import Workspace

/// The first stage: delivered files become typed columns with pseudonyms, and nothing is lost on the way.
public enum Ingest {
  /// Changes when ingest makes other staged files from the same input, so that old ones are not reused.
  static let formatVersion = "6"

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
  /// - Parameter expected: control totals by name of delivery, besides those that definitions and deliveries state.
  /// - Throws: when a file is not recognised, cannot be read, does not have its control totals, lacks a declared column or holds no records, or when more
  ///   records than the pipeline allows had to be set aside.
  public static func run(
    _ pipeline: Pipeline, input: URL, workspace: Workspace, key: PseudonymKey, jobs: Int, reporter: Reporter,
    expected: [String: StatedTotals] = [:]
  ) throws(Problem) -> Result {
    let (matches, ignored) = try Recognition.matches(pipeline, in: input)
    if let unknown = expected.keys.sorted().first(where: { name in !matches.contains { $0.name == name } }) {
      throw Problem(
        .usage, "totals are expected of \(unknown), which was not delivered", remedy: "Check --expect and --input.")
    }
    for name in ignored { reporter.event("FileIgnored", ["file": name]) }
    let redeliveries = try Redeliveries(matches)
    let digests = try inParallel(matches.count, jobs: jobs) { index throws(Problem) -> String? in
      let file = matches[index].file
      return isHashedWhileRead(matches[index], in: workspace) ? nil : try ContentDigest.of(file: file)
    }
    var accounts: [DeliveryAccount] = []
    var seen: [String: String] = [:]
    for (index, match) in matches.enumerated() {
      let name = match.name
      let delivery = Delivery(
        name: name, file: match.file, knownDigest: digests[index], source: match.source, pipeline: pipeline, key: key,
        replaced: redeliveries.replaced[name] ?? [], mends: match.mends)
      let account: DeliveryAccount
      if let digest = digests[index], let twin = seen[digest] {
        reporter.warning("DeliveryRepeated", ["file": name, "same_as": twin])
        continue
      } else if let known = try delivery.stagedAccount(in: workspace) {
        account = known
        reporter.event("FileReused", ["file": name, "records_read": "\(account.read)"])
      } else {
        account = try delivery.stage(in: workspace, jobs: jobs)
        reporter.event(
          "FileIngested",
          [
            "file": name, "source": account.source, "records_read": "\(account.read)",
            "records_accepted": "\(account.accepted)", "records_quarantined": "\(account.quarantined)",
            "values_set_aside": "\(account.valuesSetAside)",
          ])
        if account.spreadsheetSigns > 0 {
          reporter.warning(
            "SpreadsheetDamage",
            [
              "file": name, "values": "\(account.spreadsheetSigns)",
              "advice": "leading zeros are gone or dates are numbers: ask for an export that no spreadsheet has saved",
            ])
        }
      }
      if let mends = account.mends {
        reporter.event("RecordsMended", ["file": name, "of": mends, "records": "\(match.mends?.records.count ?? 0)"])
      }
      try checkTotals(delivery, account, expected[name])
      if let twin = seen[account.sha256] {
        reporter.warning("DeliveryRepeated", ["file": name, "same_as": twin])
        continue
      }
      seen[account.sha256] = name
      if let imbalance = account.imbalance(after: "ingest") { throw imbalance }
      accounts.append(account)
      reporter.progress("ingest", index + 1, of: matches.count)
    }
    let joined = try ClaimJoin(pipeline: pipeline, workspace: workspace, reporter: reporter).run(accounts, jobs: jobs)
    return Result(deliveries: joined, ignored: ignored)
  }

  /// Compares an account with all totals that are stated of its delivery.
  private static func checkTotals(
    _ delivery: Delivery, _ account: DeliveryAccount, _ expected: StatedTotals?
  ) throws(Problem) {
    var all = [delivery.mends == nil ? try delivery.statedTotals() : nil, expected]
    if account.statedRecords != nil || account.statedCents != nil {
      all.append(StatedTotals(records: account.statedRecords, cents: account.statedCents, origin: "its footer"))
    }
    for totals in all.compactMap(\.self) { try totals.check(account) }
  }

  /// A large file that was never staged is hashed while it is read, so that both cores have work. One of which a staged
  /// form may be there is hashed first.
  private static func isHashedWhileRead(_ match: Recognition.Match, in workspace: Workspace) -> Bool {
    let size = (try? match.file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    if size < 32 << 20 || match.source.fields.contains(where: { $0.form == .recordAsPerson }) { return false }
    switch match.source.format {
    case .delimited, .xml: break
    case .fhir, .fixedWidth: return false
    }
    let staged = workspace.folder.appending(path: "staged")
    let folders = (try? FileManager.default.contentsOfDirectory(at: staged, includingPropertiesForKeys: nil)) ?? []
    let name = match.name
    return !folders.contains { folder in
      let account: DeliveryAccount? = try? JSONFile.read(folder.appending(path: "counts.json"))
      return account?.delivery == name
    }
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

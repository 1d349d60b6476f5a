import Columns
import CoreDataset
public import Definitions
import Foundation
import Parquet
public import Workspace

/// The second stage: staged rows become the core dataset, with standard codes, each claim line once, persons once,
/// questionnaires scored.
public enum Normalize {
  /// Reads the staged deliveries that the manifest names and writes the core tables and the quarantine of the run. The
  /// manifest's accounts are completed.
  ///
  /// - Throws: when staged files are missing or damaged, output cannot be written, or an account does not add up.
  public static func run(
    _ pipeline: Pipeline, manifest: inout Manifest, workspace: Workspace, run: RunFolder, jobs: Int, reporter: Reporter
  ) throws(Problem) {
    let accounts = manifest.deliveries
    let claims = try StagedPart.open(.claimLine, accounts, pipeline, workspace)
    let insured = try StagedPart.open(.insuredPeriod, accounts, pipeline, workspace)
    let answers = try StagedPart.open(.response, accounts, pipeline, workspace)
    let providers = try StagedPart.open(.provider, accounts, pipeline, workspace)

    let duplicates = try Duplicates.find(claims, buckets: pipeline.buckets, jobs: jobs, in: run.folder)
    let claimsBucket = ClaimsBucket(
      parts: claims, superseded: duplicates.superseded, agreement: pipeline.agreement,
      needsLastDays: pipeline.runOut != nil,
      history: DeliveryHistory(pipeline, accounts, firstDelivery: duplicates.firstDelivery))
    let keyID = manifest.keyID
    let deliveries = accounts.map(\.delivery)
    var plan = QualityPlan(pipeline, accounts)
    var total = BucketAccounts(deliveries: accounts.count, quality: BucketQuality(plan, deliveries: deliveries))
    (manifest.coreRows["provider"], plan.providers) = try writeProviders(providers, run: run, accounts: &total)
    let checks = BucketQuality(plan, deliveries: deliveries)
    let buckets = try inParallel(pipeline.buckets, jobs: jobs) {
      bucket throws(Problem) -> (rows: [String: Int], accounts: BucketAccounts) in
      var accounts = BucketAccounts(deliveries: deliveries.count, quality: checks)
      var persons = PersonTable()
      var rows: [String: Int] = [:]
      var insuredTime = pipeline.carePaths.isEmpty ? nil : InsuredTime()
      var pathLines = pipeline.carePaths.isEmpty ? nil : CarePathLines(pipeline.carePaths)
      rows["insured_period"] = try InsuredBucket.write(
        insured, bucket: bucket, run: run, persons: &persons, accounts: &accounts, insured: &insuredTime)
      rows.merge(
        try claimsBucket.write(
          bucket: bucket, run: run, persons: &persons, accounts: &accounts, paths: &pathLines), uniquingKeysWith: +)
      var responses = ResponsesBucket(pipeline)
      for part in answers where part.reader.rowGroups[bucket] > 0 {
        try responses.add(part, bucket: bucket, accounts: &accounts)
      }
      responses.assignMoments(accounts: &accounts)
      responses.setAsideBeforeBaseline(accounts: &accounts)
      responses.setAsideDuplicates(accounts: &accounts)
      responses.score(accounts: &accounts)
      for response in responses.responses where !response.isSetAside {
        persons.add(response.person, delivery: deliveries[Int(response.delivery)], record: response.record)
      }
      rows.merge(
        try responses.write(
          bucket: bucket, deliveries: deliveries, pipeline: pipeline,
          claimed: insuredTime.flatMap { pathLines?.paths($0) } ?? [], run: run, persons: persons, accounts: &accounts),
        uniquingKeysWith: +)
      rows["person"] = try persons.write(bucket: bucket, keyID: keyID, run: run, accounts: &accounts)
      reporter.progress("normalize", bucket + 1, of: pipeline.buckets)
      return (rows, accounts)
    }
    for bucket in buckets {
      manifest.coreRows.merge(bucket.rows, uniquingKeysWith: +)
      total.merge(bucket.accounts)
    }
    try writeGroupTotals(pipeline, &manifest, workspace: workspace, run: run, accounts: &total)
    try complete(&manifest, with: total)
    let setAside = try QuarantineFiles.write(total, manifest: manifest, workspace: workspace, run: run)
    if let quality = total.quality {
      try QualityFiles.write(quality, setAside, pipeline, &manifest, workspace: workspace, run: run)
    }
    try DescriptorFile.write(pipeline, manifest, run: run)
    try CodeFiles.write(total.unmapped, pipeline, manifest, run: run)
    if let spec = pipeline.agreement { try total.agreement.ofBoth().write(spec, manifest, run: run) }
    try writeRunOut(pipeline, &manifest, total, run: run)
    for account in manifest.deliveries {
      reporter.event(
        "DeliveryNormalized",
        [
          "file": account.delivery, "accepted": "\(account.accepted)", "superseded": "\(account.superseded)",
          "netted": "\(account.netted)", "unmatched_credits": "\(account.unmatchedCredits)",
          "quarantined": "\(account.quarantined)", "values_set_aside": "\(account.valuesSetAside)",
        ])
    }
  }

  /// Says until when the claims of each party are complete, where the pipeline asks for it.
  private static func writeRunOut(
    _ pipeline: Pipeline, _ manifest: inout Manifest, _ total: BucketAccounts, run: RunFolder
  ) throws(Problem) {
    guard let runOut = pipeline.runOut else { return }
    let estimate = RunOutEstimate(runOut, total.received)
    var accounts: [String: RunOutAccount] = [:]
    for (party, day) in total.lastDays {
      let days = manifest.deliveries.lazy
        .filter { $0.delivers == Delivers.claimLine.rawValue && $0.reportedBy == party }
        .compactMap { pipeline.source($0.source)?.received?.day(in: $0.delivery) }
      accounts[party] = estimate.account(party, last: Day(day), latest: days.max())
    }
    manifest.runOut = accounts
    try RunOutEstimate.write(accounts, to: run.quality)
  }

  /// Moves what normalize set aside from accepted to where it went; checks that each account still adds up.
  private static func complete(_ manifest: inout Manifest, with total: BucketAccounts) throws(Problem) {
    for (index, counts) in total.counts.enumerated() {
      manifest.deliveries[index].accepted -=
        counts.quarantined + counts.superseded + counts.netted + counts.unmatchedCredits
      manifest.deliveries[index].netted += counts.netted
      manifest.deliveries[index].nettedCents += counts.nettedCents
      manifest.deliveries[index].unmatchedCredits += counts.unmatchedCredits
      manifest.deliveries[index].unmatchedCreditCents += counts.unmatchedCreditCents
      manifest.deliveries[index].quarantined += counts.quarantined
      manifest.deliveries[index].superseded += counts.superseded
      manifest.deliveries[index].valuesSetAside += counts.valuesSetAside
      manifest.deliveries[index].acceptedCents -=
        counts.quarantinedCents + counts.supersededCents + counts.nettedCents + counts.unmatchedCreditCents
      manifest.deliveries[index].quarantinedCents += counts.quarantinedCents
      manifest.deliveries[index].supersededCents += counts.supersededCents
      manifest.deliveries[index].reasons.merge(counts.reasons, uniquingKeysWith: +)
    }
    for (account, counts) in zip(manifest.deliveries, total.counts) {
      if let imbalance = account.imbalance(after: "normalize") { throw imbalance }
      guard account.delivers == Delivers.claimLine.rawValue else { continue }
      guard account.accepted == counts.written, account.acceptedCents == counts.writtenCents else {
        throw Problem(
          .data, at: account.delivery,
          "the account of normalize does not add up: \(account.accepted) claim lines of \(account.acceptedCents) cents "
            + "accepted, \(counts.written) of \(counts.writtenCents) written",
          remedy: "This is an error in Spiegel: please report it.")
      }
    }
    let netted = total.counts.reduce(0) { $0 + $1.nettedCents }
    guard netted == 0 else {
      throw Problem(
        .data,
        "the account of normalize does not add up: credits and the debits that they take back differ by "
          + "\(netted) cents", remedy: "This is an error in Spiegel: please report it.")
    }
    let written = total.counts.reduce(0) { $0 + $1.written }
    guard written == manifest.coreRows["claim_line"] ?? 0 else {
      throw Problem(
        .data,
        "the account of normalize does not add up: \(written) claim lines counted, "
          + "\(manifest.coreRows["claim_line"] ?? 0) in the tables",
        remedy: "This is an error in Spiegel: please report it.")
    }
  }

  /// Writes the totals of groups, where the pipeline has any, and checks that every record and cent is written.
  private static func writeGroupTotals(
    _ pipeline: Pipeline, _ manifest: inout Manifest, workspace: Workspace, run: RunFolder,
    accounts: inout BucketAccounts
  ) throws(Problem) {
    guard pipeline.sources.contains(where: { $0.delivers == .groupTotal }) else { return }
    let parts = try StagedPart.open(.groupTotal, manifest.deliveries, pipeline, workspace)
    let written = try GroupTotals.write(parts, run: run, accounts: &accounts)
    manifest.coreRows["group_total"] = written.rows
    if written.withoutUnit > 0 { manifest.notes["group_total records without unit"] = written.withoutUnit }
    var rows = 0
    var cents: Int64 = 0
    for (account, counts) in zip(manifest.deliveries, accounts.counts)
    where account.delivers == Delivers.groupTotal.rawValue {
      let columns = pipeline.sources.first { $0.id == account.source }?.totals?.amounts.count ?? 0
      rows += (account.accepted - counts.quarantined - counts.superseded) * columns
      cents += account.acceptedCents - counts.quarantinedCents - counts.supersededCents
    }
    guard rows == written.rows, cents == written.cents else {
      throw Problem(
        .data,
        "the account of normalize does not add up: \(rows) totals of groups of \(cents) cents accepted, "
          + "\(written.rows) of \(written.cents) written", remedy: "This is an error in Spiegel: please report it.")
    }
  }

  private static func writeProviders(
    _ parts: [StagedPart], run: RunFolder, accounts: inout BucketAccounts
  ) throws(Problem) -> (rows: Int, codes: Set<String>) {
    var writer = CoreTableWriter(Core.provider, in: run.core("provider"))
    let table = Staged.provider
    var known: Set<String> = []
    for part in parts {
      let columns = try part.mapped(bucket: 0, table: table, accounts: &accounts)
      if case .code(let codes) = columns[table.index(of: "agb") ?? 0] { known.formUnion(codes.book.values) }
      let rows = Core.provider.columns.map { column in
        column.name == "delivery"
          ? constant(part.account.delivery, columns[0].count) : columns[table.index(of: column.name) ?? 0]
      }
      accounts.observe(Core.provider, rows)
      try writer.append(rows)
    }
    return (try writer.finish(), known)
  }
}

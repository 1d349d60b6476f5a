public import Foundation

/// The account of one delivered file, in records and in euro cents: read = accepted + quarantined + superseded
/// + netted + unmatched credits + delivered again.
public struct DeliveryAccount: Codable, Sendable, Equatable {
  /// File name.
  public var delivery: String
  /// SHA-256 of the file, hexadecimal.
  public var sha256: String
  /// Source definition that recognised it.
  public var source: String
  /// Who reports in it.
  public var reportedBy: String
  /// Table that it fills.
  public var delivers: String
  /// Digest under which its staged form is kept.
  public var staged: String
  /// Number of staged files.
  public var parts: Int
  /// Records read. For questionnaires delivered a row per answer, a record is an answer.
  public var read = 0
  /// Records accepted.
  public var accepted = 0
  /// Records set aside, with reason.
  public var quarantined = 0
  /// Claim lines replaced by a later delivery of the same line.
  public var superseded = 0
  /// Claim lines that are not in the core table because a credit took them back, and the credits that did.
  public var netted = 0
  /// Credits that no line was found for; they count in no figure.
  public var unmatchedCredits = 0
  /// Credits that ingest accepted.
  public var credits = 0
  /// Values set aside of records that were accepted.
  public var valuesSetAside = 0
  /// Amounts of all records read, euro cents, as far as they could be read.
  public var readCents: Int64 = 0
  /// Accepted amounts, euro cents: after normalize, those in the core dataset.
  public var acceptedCents: Int64 = 0
  /// Amounts of records set aside, euro cents, as far as they could be read.
  public var quarantinedCents: Int64 = 0
  /// Number of records that the delivery states of itself; nil when it does not.
  public var statedRecords: Int?
  /// Sum of amounts that the delivery states of itself, euro cents; nil when it does not.
  public var statedCents: Int64?
  /// Values that look as if a spreadsheet had damaged them: leading zeros lost, dates turned into numbers.
  public var spreadsheetSigns = 0
  /// Superseded amounts, euro cents.
  public var supersededCents: Int64 = 0
  /// What credits took off lines of this delivery, less the credits in it, euro cents: over all deliveries 0.
  public var nettedCents: Int64 = 0
  /// Amounts of credits that no line was found for, euro cents, negative.
  public var unmatchedCreditCents: Int64 = 0
  /// Records set aside of which an amount could not be read, so that no euros of it are counted.
  public var quarantinedWithoutAmount = 0
  /// Records that another delivery has mended: they count there. Nil where there are none.
  public var redelivered: Int?
  /// Their amounts as this delivery has them, euro cents, as far as they could be read.
  public var redeliveredCents: Int64?
  /// The earlier delivery whose set-aside records this one holds mended; nil for others.
  public var mends: String?
  /// Heads of claims that no line was delivered of; nil for other deliveries.
  public var withoutLines: Int?
  /// Records set aside by reason.
  public var reasons: [String: Int] = [:]

  /// An account that is still empty.
  public init(
    delivery: String, sha256: String, source: String, reportedBy: String, delivers: String, staged: String, parts: Int
  ) {
    self.delivery = delivery
    self.sha256 = sha256
    self.source = source
    self.reportedBy = reportedBy
    self.delivers = delivers
    self.staged = staged
    self.parts = parts
  }

  /// Whether every record read is accounted for.
  public var addsUp: Bool {
    read == accepted + quarantined + superseded + netted + unmatchedCredits + (redelivered ?? 0)
  }

  /// Whether every cent read is accounted for.
  public var moneyAddsUp: Bool {
    readCents == acceptedCents + quarantinedCents + supersededCents + nettedCents + unmatchedCreditCents
      + (redeliveredCents ?? 0)
  }

  /// An error that says what does not add up; nil when all does.
  public func imbalance(after stage: String) -> Problem? {
    if addsUp && moneyAddsUp { return nil }
    let message =
      addsUp
      ? "\(readCents) cents read, \(acceptedCents) accepted, \(quarantinedCents) quarantined, "
        + "\(supersededCents) superseded, \(nettedCents) netted, \(unmatchedCreditCents) of unmatched credits, "
        + "\(redeliveredCents ?? 0) delivered again"
      : "\(read) records read, \(accepted) accepted, \(quarantined) quarantined, \(superseded) superseded, "
        + "\(netted) netted, \(unmatchedCredits) unmatched credits, \(redelivered ?? 0) delivered again"
    return Problem(
      .data, at: delivery, "the account of \(stage) does not add up: \(message)",
      remedy: "This is an error in Spiegel: please report it.")
  }
}

/// What a run was made from and what became of it. It holds no time and no machine name, so that the same input gives
/// the same bytes; times are in `audit.jsonl`.
public struct Manifest: Codable, Sendable, Equatable {
  /// Version of this schema.
  public var schema = 1
  /// The run.
  public var run: String
  /// The pipeline.
  public var pipeline: String
  /// Version of its definitions.
  public var definitionVersion: String
  /// SHA-256 over all definition files.
  public var definitionDigest: String
  /// Version of Spiegel.
  public var tool: String
  /// Which key made the pseudonyms.
  public var keyID: String
  /// Accounts of all deliveries.
  public var deliveries: [DeliveryAccount]
  /// Files in the input folder that were left alone, as the pipeline says.
  public var ignored: [String] = []
  /// Rows of each core table.
  public var coreRows: [String: Int] = [:]
  /// Notes of the stages that a reader of the figures needs, for example how many persons have no region.
  public var notes: [String: Int] = [:]
  /// Currency of all amounts, by its code in ISO 4217.
  public var currency: String?
  /// Until when the claims of each party are complete, where the pipeline says how long claims come in.
  public var runOut: [String: RunOutAccount]?
  /// Figures by status.
  public var results: [String: Int] = [:]
  /// Quality checks that ran (`checks`), and how many of them are above their threshold, by severity.
  public var findings: [String: Int]?
  /// Figures blocked, by the check that blocks them.
  public var blocked: [String: Int]?
  /// The published run with which findings were compared.
  public var comparedWith: String?
  /// What a check found in a delivery that refuses it; such a run is not published.
  public var stopped: String?
  /// Figures withheld by the mirror stage.
  public var withheld = 0
  /// The run that was published last before this one.
  public var reference: String?
  /// All runs that were published before it, where figures were withheld for what they tell beside its own.
  public var references: [String]?
  /// SHA-256 of every file of the run, by its path in the run folder.
  public var files: [String: String] = [:]

  /// A manifest of a run that begins.
  public init(
    run: String, pipeline: String, definitionVersion: String, definitionDigest: String, tool: String, keyID: String,
    deliveries: [DeliveryAccount]
  ) {
    self.run = run
    self.pipeline = pipeline
    self.definitionVersion = definitionVersion
    self.definitionDigest = definitionDigest
    self.tool = tool
    self.keyID = keyID
    self.deliveries = deliveries
  }

  /// Reads the manifest of a run.
  public static func read(_ run: RunFolder) throws(Problem) -> Manifest { try JSONFile.read(run.manifest) }

  /// Writes the manifest of a run.
  public func write(_ run: RunFolder) throws(Problem) { try JSONFile.write(self, to: run.manifest) }
}

/// Small files that stages leave for each other.
public enum JSONFile {
  /// Reads a value.
  public static func read<Value: Decodable>(_ file: URL) throws(Problem) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: try Data(contentsOf: file))
    } catch {
      throw Problem(
        .cannotRead, at: file.path, "is missing or damaged", remedy: "Run the stage before this one again.")
    }
  }

  /// Writes a value with its keys in order, whole or not at all.
  public static func write(_ value: some Encodable, to file: URL) throws(Problem) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try (try encoder.encode(value) + Data("\n".utf8)).write(to: file, options: .atomic)
    } catch {
      throw Problem(.cannotWrite, at: file.path, "cannot be written", remedy: "Check the rights and the free space.")
    }
  }
}

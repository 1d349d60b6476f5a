import Columns
import CoreDataset

/// What normalize set aside in one bucket, per delivery. Accounts of buckets add up to that of the stage.
struct BucketAccounts: Sendable {
  /// A record or value set aside.
  struct Entry: Sendable {
    let delivery: Int
    let record: Int32
    let column: String?
    let reason: String
    let value: String?
    let expected: String?
    let isWholeRecord: Bool
  }
  /// Counts of one delivery.
  struct Counts: Sendable {
    var quarantined = 0
    var quarantinedCents: Int64 = 0
    var superseded = 0
    var supersededCents: Int64 = 0
    var valuesSetAside = 0
    /// Claim lines that are not in the core table since a credit took them back, and those credits.
    var netted = 0
    /// What credits took off these and other lines, and the credits themselves, with their sign.
    var nettedCents: Int64 = 0
    var unmatchedCredits = 0
    var unmatchedCreditCents: Int64 = 0
    /// Claim lines written to the core dataset.
    var written = 0
    var writtenCents: Int64 = 0
    var reasons: [String: Int] = [:]
  }

  private(set) var counts: [Counts]
  private(set) var entries: [Entry] = []
  /// Codes that no code list has.
  private(set) var unmapped = UnmappedCodes()
  /// What two parties that report the same care agree on.
  var agreement = AgreementTable()
  /// Last day of care in the claims of each party.
  private(set) var lastDays: [String: Int32] = [:]
  /// When claims were received first, where run-out is estimated.
  var received = ReceivedClaims()
  /// What checks counted; nil where no rows are looked at.
  private(set) var quality: BucketQuality?

  init(deliveries: Int, quality: BucketQuality? = nil) {
    counts = Array(repeating: Counts(), count: deliveries)
    self.quality = quality
  }

  /// Has checks look at rows that are written to a core table, given as its columns in order.
  mutating func observe(_ table: CoreTable, _ columns: [Column], persons: PersonRows? = nil) {
    quality?.observe(table, columns, persons: persons)
  }

  /// A claim line that a later delivery replaces.
  mutating func supersede(_ delivery: Int, cents: Int64) {
    counts[delivery].superseded += 1
    counts[delivery].supersededCents += cents
  }

  /// Claim lines written to the core dataset, with their amounts.
  mutating func write(_ delivery: Int, cents: [Int64]) {
    counts[delivery].written += cents.count
    var sum: Int64 = 0
    for amount in cents { sum += amount }
    counts[delivery].writtenCents += sum
  }

  /// A credit, or a line of which a credit took back something.
  ///
  /// - Parameter cents: Its amount as delivered.
  mutating func net(_ delivery: Int, _ correction: Netting.Correction, cents: Int64) {
    if correction.reason != nil {
      counts[delivery].unmatchedCredits += 1
      counts[delivery].unmatchedCreditCents += cents
    } else {
      if correction.net == 0 { counts[delivery].netted += 1 }
      counts[delivery].nettedCents += cents - correction.net
    }
  }

  /// The last day of care in lines that a party reports.
  mutating func sawCare(of party: String, days: [Int32]) {
    if let last = days.max() { lastDays[party] = max(lastDays[party] ?? .min, last) }
  }

  /// A record set aside.
  mutating func quarantine(
    _ delivery: Int, record: Int32, column: String?, reason: String, value: String?, cents: Int64 = 0
  ) {
    counts[delivery].quarantined += 1
    counts[delivery].quarantinedCents += cents
    counts[delivery].reasons[reason, default: 0] += 1
    entries.append(
      Entry(
        delivery: delivery, record: record, column: column, reason: reason, value: shown(value),
        expected: reason == "unknown-code" ? "a code of the source's code list" : nil, isWholeRecord: true))
  }

  /// A value set aside of a record that is kept.
  mutating func setAside(
    _ delivery: Int, record: Int32, column: String?, reason: String = "unknown-code", _ value: String?,
    expected: String? = nil
  ) {
    counts[delivery].valuesSetAside += 1
    entries.append(
      Entry(
        delivery: delivery, record: record, column: column, reason: reason, value: shown(value), expected: expected,
        isWholeRecord: false))
  }

  /// Counts codes that no code list has.
  mutating func add(_ codes: [UnmappedCodes.Code], delivery: Int, source: String) {
    for code in codes {
      var code = code
      code.value = shown(code.value) ?? ""
      unmapped.add(code, delivery: delivery, source: source)
    }
  }

  /// A code as it may be shown: short, without runs of digits that could be a citizen number.
  private func shown(_ value: String?) -> String? {
    guard let value else { return nil }
    var digits = 0
    var text = ""
    for character in value.prefix(24) {
      digits = character.isNumber ? digits + 1 : 0
      text.append(digits >= 7 ? "#" : character)
    }
    return digits >= 7 || text.contains("#") ? String(text.map { $0.isNumber ? "#" : $0 }) : text
  }

  mutating func merge(_ other: BucketAccounts) {
    entries += other.entries
    unmapped.merge(other.unmapped)
    agreement.merge(other.agreement)
    received.merge(other.received)
    lastDays.merge(other.lastDays, uniquingKeysWith: max)
    if let more = other.quality { quality?.merge(more) }
    for (delivery, more) in other.counts.enumerated() {
      counts[delivery].quarantined += more.quarantined
      counts[delivery].quarantinedCents += more.quarantinedCents
      counts[delivery].superseded += more.superseded
      counts[delivery].supersededCents += more.supersededCents
      counts[delivery].valuesSetAside += more.valuesSetAside
      counts[delivery].netted += more.netted
      counts[delivery].nettedCents += more.nettedCents
      counts[delivery].unmatchedCredits += more.unmatchedCredits
      counts[delivery].unmatchedCreditCents += more.unmatchedCreditCents
      counts[delivery].written += more.written
      counts[delivery].writtenCents += more.writtenCents
      counts[delivery].reasons.merge(more.reasons, uniquingKeysWith: +)
    }
  }
}

public import CoreDataset

/// A care path that persons enter by what is billed for them: episodes of qualifying care, each from an index date with a
/// clean period before it.
public struct CarePathSpec: Sendable, Equatable {
  /// Id: the name of its file.
  public let id: String
  /// Version of the definition.
  public let version: String
  /// Name in reports.
  public let name: Localized
  /// The party whose claim lines count; nil where there is only one.
  public let reportedBy: ReportedBy?
  /// Kinds of care of qualifying lines; empty: all.
  public let careTypes: [CareType]
  /// First characters of diagnosis codes; a line qualifies with one of them or one of `performances`.
  public let diagnoses: [String]
  /// First characters of performance codes.
  public let performances: [String]
  /// Days before the index date without qualifying care.
  public let cleanDays: Threshold
  /// An episode ends when more days than these pass without qualifying care.
  public let gapDays: Threshold
  /// Whether the person must have been insured on all clean days: else care may have gone unseen.
  public let requiresInsurance: Bool

  /// A care path.
  public init(
    id: String, version: String, name: Localized, reportedBy: ReportedBy?, careTypes: [CareType], diagnoses: [String],
    performances: [String], cleanDays: Threshold, gapDays: Threshold, requiresInsurance: Bool
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.reportedBy = reportedBy
    self.careTypes = careTypes
    self.diagnoses = diagnoses
    self.performances = performances
    self.cleanDays = cleanDays
    self.gapDays = gapDays
    self.requiresInsurance = requiresInsurance
  }
}

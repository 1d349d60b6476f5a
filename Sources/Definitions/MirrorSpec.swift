/// Who receives mirror files, in which languages and formats.
public struct MirrorSpec: Sendable, Equatable {
  /// Formats of mirror files.
  public enum Format: String, Sendable, CaseIterable {
    case csv, parquet, xml, json, fhir, html
  }
  /// Kinds of recipient in order: `nation`, `provider`, the id of a region layout, `public` or `research`.
  public let recipients: [String]
  /// Languages of the reports, the first by default.
  public let languages: [String]
  /// Formats.
  public let formats: [Format]
  /// What the whole is called.
  public let nation: Localized
  /// What departs from the above, by kind of recipient.
  public let audiences: [String: Audience]
  /// Charts of several indicators together, in order.
  public let charts: [ChartSpec]

  /// The Netherlands, unless `mirror.yaml` names another whole.
  public static let netherlands = Localized(nl: "Nederland", en: "The Netherlands")

  /// The kind of recipient that is everybody: what is reliable, in plain language.
  public static let everybody = "public"
  /// The kind of recipient that computes with the figures: tables only.
  public static let research = "research"

  /// A mirror specification.
  public init(
    recipients: [String], languages: [String], formats: [Format], nation: Localized = MirrorSpec.netherlands,
    audiences: [String: Audience] = [:], charts: [ChartSpec] = []
  ) {
    self.recipients = recipients
    self.languages = languages
    self.formats = formats
    self.nation = nation
    self.audiences = audiences
    self.charts = charts
  }

  /// Languages of a kind of recipient.
  public func languages(of recipient: String) -> [String] { audiences[recipient]?.languages ?? languages }

  /// Formats for research: one table holds all units.
  public static let researchFormats: [Format] = [.csv, .parquet]

  /// Formats of a kind of recipient. Tables, not pages, are for research, and pages for everybody, unless it says otherwise.
  public func formats(of recipient: String) -> [Format] {
    if let formats = audiences[recipient]?.formats { return formats }
    switch recipient {
    case Self.research: return formats.filter(Self.researchFormats.contains)
    case Self.everybody: return formats.filter { $0 == .html }
    default: return formats
    }
  }
}

/// What one kind of recipient gets that others do not.
public struct Audience: Sendable, Equatable {
  /// Languages of its reports; nil: those of all.
  public let languages: [String]?
  /// Formats; nil: those of all.
  public let formats: [MirrorSpec.Format]?
  /// Indicators that it may see; nil: all.
  public let indicators: [String]?
  /// `research` and `public`: region layouts of which it sees the figures besides those of the nation.
  public let layouts: [String]
  /// The agreement by which a region sees the figures of its care providers by name; nil: it does not.
  public let providers: Agreement?

  /// An agreement.
  public struct Agreement: Sendable, Equatable {
    /// What was agreed, where.
    public let why: String
    /// Since when, as written.
    public let since: String

    /// An agreement.
    public init(why: String, since: String) {
      self.why = why
      self.since = since
    }
  }

  /// An audience.
  public init(
    languages: [String]? = nil, formats: [MirrorSpec.Format]? = nil, indicators: [String]? = nil,
    layouts: [String] = [], providers: Agreement? = nil
  ) {
    self.languages = languages
    self.formats = formats
    self.indicators = indicators
    self.layouts = layouts
    self.providers = providers
  }
}

/// A chart of several indicators or several units.
public struct ChartSpec: Sendable, Equatable {
  /// What is drawn.
  public enum Kind: Sendable, Equatable {
    /// Indicators on axes around a centre, all on the same scale.
    case spider(indicators: [String], scale: ClosedRange<Double>)
    /// Cost against outcome, the recipient among its peers.
    case quadrant(cost: String, outcome: String)
    /// What each kind of care adds to a cost, from the reference measurement to now.
    case waterfall(indicator: String)
    /// Indicators by region of a layout.
    case heat(layout: String, indicators: [String])
    /// An indicator on the map of a layout.
    case map(layout: String, indicator: String, shapes: RegionShapes)
  }
  /// What is drawn.
  public let kind: Kind
  /// Name in reports.
  public let name: Localized

  /// A chart.
  public init(kind: Kind, name: Localized) {
    self.kind = kind
    self.name = name
  }
}

/// The outlines of the regions of a layout.
public struct RegionShapes: Sendable, Equatable {
  /// A corner: degrees east and north, or metres of a national grid.
  public struct Point: Sendable, Equatable {
    /// Degrees east, or metres.
    public let x: Double
    /// Degrees north, or metres.
    public let y: Double

    /// A corner.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }
  /// Rings by code of the region.
  public let rings: [String: [[Point]]]

  /// Outlines.
  public init(rings: [String: [[Point]]]) { self.rings = rings }
}

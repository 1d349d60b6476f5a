/// How a file of fixed-width records of several kinds is laid out. Data, not code: a layout is a file.
///
/// A record says by its tag of which kind it is. Kinds lie within each other: a performance within an insured person,
/// its tariffs within the performance. Records of one kind, `record`, become records of the delivery; they take fields of
/// their own, of the records that they lie within, and of those within them.
public struct RecordLayout: Sendable, Hashable {
  /// A stretch of a record.
  public struct Field: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Position of its first byte, from 1.
    public let at: Int
    /// Number of bytes.
    public let length: Int
    /// The field of the same record that says whether the number is debit or credit; nil where there is none.
    public let sign: String?

    /// A field.
    public init(name: String, at: Int, length: Int, sign: String? = nil) {
      self.name = name
      self.at = at
      self.length = length
      self.sign = sign
    }
  }

  /// A kind of record.
  public struct Kind: Sendable, Hashable {
    /// What stands in the tag.
    public let tag: String
    /// Kinds that it may lie within, the innermost open one counts; empty: it begins a message.
    public let within: [String]
    /// Its fields.
    public let fields: [Field]

    /// A kind.
    public init(tag: String, within: [String], fields: [Field]) {
      self.tag = tag
      self.within = within
      self.fields = fields
    }

    /// A field by name.
    public func field(_ name: String) -> Field? { fields.first { $0.name == name } }
  }

  /// A field of a kind, written `06.amount`.
  public struct Reference: Sendable, Hashable, CustomStringConvertible {
    /// Tag of the kind.
    public let tag: String
    /// Name of the field.
    public let field: String

    /// Reads `06.amount`; nil when it is not of that form.
    public init?(_ text: String) {
      guard let dot = text.firstIndex(of: "."), dot > text.startIndex else { return nil }
      tag = String(text[..<dot])
      field = String(text[text.index(after: dot)...])
      if field.isEmpty { return nil }
    }

    /// As it is written.
    public var description: String { "\(tag).\(field)" }
  }

  /// A total that the closing record states.
  public struct Total: Sendable, Hashable {
    /// The field of the closing record.
    public let field: String
    /// The records of these kinds are counted …
    public let counts: [String]
    /// … or this field is summed.
    public let sum: Reference?
    /// How many digits of the sum are decimals, for messages.
    public let decimals: Int

    /// A total.
    public init(field: String, counts: [String], sum: Reference?, decimals: Int = 0) {
      self.field = field
      self.counts = counts
      self.sum = sum
      self.decimals = decimals
    }
  }

  /// Where the tag stands.
  public let tag: Field
  /// Length of every record in bytes; nil where they differ.
  public let recordLength: Int?
  /// Kinds.
  public let kinds: [Kind]
  /// Tag of the kind of which each is a record of the delivery.
  public let record: String
  /// Tag of the closing record; nil when there is none.
  public let closing: String?
  /// What the closing record states.
  public let totals: [Total]
  /// What stands in a sign field of a credit, which is negative.
  public let credit: String

  /// The memberwise initialiser, for the decoder and for tests.
  public init(
    tag: Field, recordLength: Int?, kinds: [Kind], record: String, closing: String?, totals: [Total],
    credit: String
  ) {
    self.tag = tag
    self.recordLength = recordLength
    self.kinds = kinds
    self.record = record
    self.closing = closing
    self.totals = totals
    self.credit = credit
  }

  /// A kind by tag.
  public func kind(_ tag: String) -> Kind? { kinds.first { $0.tag == tag } }

  /// A field by reference.
  public func field(_ reference: Reference) -> Field? { kind(reference.tag)?.field(reference.field) }

  /// Whether records of a kind can lie around those of another.
  public func encloses(_ outer: String, _ inner: String) -> Bool {
    var seen: Set<String> = []
    var next = kind(inner)?.within ?? []
    while let tag = next.popLast() {
      if tag == outer { return true }
      if seen.insert(tag).inserted { next += kind(tag)?.within ?? [] }
    }
    return false
  }
}

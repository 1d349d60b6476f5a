import Columns
import Definitions
import Foundation
import Workspace

/// Totals that somebody states of a delivery, and where.
public struct StatedTotals: Sendable, Equatable {
  /// Number of records; nil where it is not stated.
  public var records: Int?
  /// Sum of the amounts, euro cents; nil where it is not stated.
  public var cents: Int64?
  /// Who states it, for messages.
  public var origin: String

  /// Stated totals.
  public init(records: Int? = nil, cents: Int64? = nil, origin: String) {
    self.records = records
    self.cents = cents
    self.origin = origin
  }

  /// Reads `claims.csv:records=12,amount=3.45`; nil when it is not of that form.
  public static func parse(_ text: String) -> (delivery: String, totals: StatedTotals)? {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { return nil }
    var totals = StatedTotals(origin: "--expect")
    for part in text[text.index(after: colon)...].split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { return nil }
      switch pair[0] {
      case "records":
        guard let records = Int(pair[1]), records >= 0 else { return nil }
        totals.records = records
      case "amount":
        guard let cents = parseCents(Array(pair[1].utf8).span, AmountFormat()) else { return nil }
        totals.cents = cents
      default: return nil
      }
    }
    return (String(text[..<colon]), totals)
  }

  /// Refuses a delivery whose records do not make these totals. Records that were set aside count: they were delivered.
  func check(_ account: DeliveryAccount) throws(Problem) {
    var differences: [String] = []
    if let records, records != account.read {
      let difference = account.read - records
      differences.append(
        "\(account.read) records were read, \(records) are stated: \(abs(difference)) \(difference > 0 ? "more" : "fewer")"
      )
    }
    if let cents, cents != account.readCents {
      let difference = account.readCents - cents
      differences.append(
        "amounts of € \(Self.euros(account.readCents)) were read, € \(Self.euros(cents)) are stated: "
          + "€ \(Self.euros(abs(difference))) \(difference > 0 ? "more" : "less")"
          + (account.quarantined > 0 ? " (amounts of records that could not be read do not count)" : ""))
    }
    if differences.isEmpty { return }
    throw Problem(
      .data, at: account.delivery, differences.joined(separator: "; "), expected: "the control totals of \(origin)",
      remedy: "Nothing was taken over. The delivery is incomplete or its totals are wrong: ask for it again.")
  }

  private static func euros(_ cents: Int64) -> String {
    let rest = cents.magnitude % 100
    return "\(cents < 0 ? "-" : "")\(cents.magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension Delivery {
  /// What the source definition or a file beside the delivery states.
  func statedTotals() throws(Problem) -> StatedTotals? {
    switch source.controlTotals {
    case nil, .footer: return nil
    case .stated(let records, let cents):
      return StatedTotals(records: records, cents: cents, origin: "sources/\(source.id).yaml")
    case .file(let pattern, let recordsKey, let amountKey):
      let side = Self.sideFile(pattern, of: file)
      let shown = Recognition.shown(side.lastPathComponent)
      guard let text = try? String(contentsOf: side, encoding: .isoLatin1) else {
        throw Problem(
          .data, at: name, "its file of control totals, \(shown), is not there",
          expected: "a file beside it, as sources/\(source.id).yaml says", remedy: "Ask for it, and run again.")
      }
      let values = Self.pairs(text)
      var totals = StatedTotals(origin: shown)
      if let recordsKey { totals.records = try stated(values[recordsKey.lowercased()], recordsKey, shown) { Int($0) } }
      if let amountKey {
        totals.cents = try stated(values[amountKey.lowercased()], amountKey, shown) { cents($0) }
      }
      return totals
    }
  }

  /// What a footer states.
  func totals(inFooter lines: [String], delimiter: UInt8) throws(Problem) -> StatedTotals? {
    guard case .footer(let line, let recordsField, let amountField) = source.controlTotals else { return nil }
    let place = "line \(line) of the footer"
    guard lines.count >= line else {
      throw Problem(
        .data, at: name, "the file has no \(place)", expected: "the control totals of sources/\(source.id).yaml",
        remedy: "The file may be cut off: ask for the delivery again.")
    }
    let fields = lines[line - 1].split(
      separator: Character(Unicode.Scalar(delimiter)), omittingEmptySubsequences: false
    ).map { String($0.filter { $0 != "\"" && !$0.isWhitespace }) }
    func field(_ number: Int) -> String? { fields.indices.contains(number - 1) ? fields[number - 1] : nil }
    var totals = StatedTotals(origin: place)
    if let recordsField {
      totals.records = try stated(field(recordsField), "field \(recordsField)", place) { Int($0) }
    }
    if let amountField { totals.cents = try stated(field(amountField), "field \(amountField)", place) { cents($0) } }
    return totals
  }

  private func cents(_ text: String) -> Int64? { parseCents(Array(text.utf8).span, source.amounts) }

  private func stated<Number>(
    _ text: String?, _ key: String, _ place: String, _ read: (String) -> Number?
  ) throws(Problem) -> Number {
    if let text, let number = read(text) { return number }
    throw Problem(
      .data, at: name, "\(place) has no number for \(key)", expected: "the control totals of sources/\(source.id).yaml",
      remedy: "Ask for the delivery again, or mend control-totals in the source definition.")
  }

  /// `{stem}.totals` beside a delivery.
  static func sideFile(_ pattern: String, of file: URL) -> URL {
    let name = file.lastPathComponent
    let plain = Recognition.unpackedName(name)
    let stem = plain.lastIndex(of: ".").map { String(plain[..<$0]) } ?? plain
    let side = pattern.replacing("{stem}", with: stem).replacing("{name}", with: name)
    return file.deletingLastPathComponent().appending(path: side)
  }

  /// A key and a value a line, with `=`, `:`, `;`, a comma or blanks between them.
  private static func pairs(_ text: String) -> [String: String] {
    var pairs: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let match = line.firstMatch(of: #/^\s*"?([^=:;,\s"]+)"?\s*[=:;,\s]\s*"?([^"]*?)"?\s*$/#) else { continue }
      pairs[match.output.1.lowercased()] = String(match.output.2)
    }
    return pairs
  }
}

/// A fault that was put into a delivery on purpose.
public struct PlantedFault: Sendable, Equatable {
  /// What was done: the same word as the reason, or a finer one (`truncated-record`).
  public let kind: String
  /// Name of the file.
  public let file: String
  /// Physical line, from 1, on which the record starts.
  public let line: Int
  /// Number of the data record, from 1; a header is not counted.
  public let record: Int
  /// The column of the fault; empty when it is the whole record.
  public let column: String
  /// Code of the reason that a reader of the delivery must give; empty for a record that must be accepted.
  public let reason: String
}

/// Kinds of records that faults are put in.
enum RecordKind {
  case insurerClaim, hospitalClaim, insuredPeriod, outcomeTable, outcomeBefore, outcomeAfter, experience
}

/// What is done to a record.
enum FaultChange {
  case replace(with: String)
  /// The last digit becomes the next one: the eleven test fails.
  case nextDigit
  case dropLastDigit
  case addField
  /// Written by whoever writes the record.
  case elsewhere
}

/// A fault as it can be planted.
struct FaultVariant {
  let record: RecordKind
  let column: String
  let change: FaultChange
}

/// The kinds of faults, each with the reason a reader must give.
enum FaultKind: String, CaseIterable {
  case notADate = "not-a-date"
  case notAnAmount = "not-an-amount"
  case bsnCheckDigit = "bsn-check-digit"
  case unknownCode = "unknown-code"
  case notACode = "not-a-code"
  case fieldCount = "field-count"
  case truncatedRecord = "truncated-record"
  case strayQuote = "stray-quote"
  case unclosedQuote = "unclosed-quote"
  case encoding = "encoding"
  case duplicateLine = "duplicate-line"
  case credit = "credit"
  case outOfRange = "out-of-range"
  case beforeBaseline = "before-baseline"
  case missingPerson = "missing-person"

  var reason: String {
    switch self {
    case .truncatedRecord: Self.fieldCount.rawValue
    case .duplicateLine: "superseded"
    case .credit: ""
    default: rawValue
    }
  }

  /// Ways to make the fault, used in turn.
  var variants: [FaultVariant] {
    func variant(_ record: RecordKind, _ column: String, _ change: FaultChange) -> FaultVariant {
      FaultVariant(record: record, column: column, change: change)
    }
    return switch self {
    case .notADate:
      [
        variant(.insurerClaim, "Begindatum", .replace(with: "30-02-2016")),
        variant(.hospitalClaim, "start_date", .replace(with: "2016-13-45")),
        variant(.insurerClaim, "Einddatum", .replace(with: "binnenkort")),
        variant(.experience, "datum", .replace(with: "2017-04-31")),
      ]
    case .notAnAmount:
      [
        variant(.insurerClaim, "Bedrag", .replace(with: "n.v.t.")),
        variant(.hospitalClaim, "amount", .replace(with: "n.v.t.")),
      ]
    case .bsnCheckDigit:
      [variant(.insurerClaim, "BSN", .nextDigit), variant(.hospitalClaim, "bsn", .nextDigit)]
    case .unknownCode:
      [
        variant(.insurerClaim, "Zorgsoort", .replace(with: "Ruimtevaart")),
        variant(.insuredPeriod, "Geslacht", .replace(with: "Z")),
      ]
    case .notACode:
      [
        variant(.insurerClaim, "AGB", .replace(with: "01A04B01")), variant(.insurerClaim, "AGB", .dropLastDigit),
        variant(.hospitalClaim, "provider_agb", .dropLastDigit),
      ]
    case .fieldCount:
      [variant(.insurerClaim, "", .addField), variant(.hospitalClaim, "", .addField)]
    case .truncatedRecord: []
    case .strayQuote: [variant(.insurerClaim, "Diagnosecode", .replace(with: "L\"86"))]
    case .unclosedQuote: [variant(.insurerClaim, "Diagnosecode", .replace(with: "\"L86"))]
    case .encoding: [variant(.hospitalClaim, "diagnosis", .elsewhere)]
    case .duplicateLine, .credit: [variant(.insurerClaim, "", .elsewhere)]
    case .outOfRange:
      [variant(.outcomeTable, "T0_PDI_3", .elsewhere), variant(.outcomeBefore, "PDI 3", .elsewhere)]
    case .beforeBaseline:
      [variant(.outcomeTable, "T1_datum", .elsewhere), variant(.outcomeAfter, "ingevuld", .elsewhere)]
    case .missingPerson:
      [
        variant(.insurerClaim, "BSN", .replace(with: "")), variant(.hospitalClaim, "bsn", .replace(with: "")),
        variant(.experience, "bsn", .replace(with: "")),
      ]
    }
  }
}

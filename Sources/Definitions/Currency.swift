/// The currency that the amounts of a pipeline are in, by its code in ISO 4217: one for all, for amounts of several cannot
/// be added.
public enum Currency {
  /// What amounts are in where a pipeline does not say so.
  public static let usual = "EUR"

  /// Whether a text has the form of a code: three capital letters.
  static func isCode(_ text: String) -> Bool {
    text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// How a currency stands in a sentence: `euros`, or its code.
  public static func name(_ code: String) -> String { code == usual ? "euros" : code }

  /// Whether a unit in reports says euros.
  static func saysEuros(_ unit: Localized) -> Bool {
    [unit.nl, unit.en].contains { $0.contains("€") || $0.lowercased().contains("euro") }
  }
}

extension PipelineDecoder {
  /// The currency of a place; nil, with a complaint, when it is none.
  func decodeCurrency(_ place: Value) -> String? {
    guard let text = place.text() else { return nil }
    if Currency.isCode(text) { return text }
    place.complain(Wording.expected("three capital letters, such as EUR", found: "\"\(text)\""))
    return nil
  }

  /// The currency of a source must be that of the pipeline.
  func complainOfCurrency(_ place: Value?) {
    guard let place, let currency = decodeCurrency(place), currency != declared.currency else { return }
    place.complain(
      "amounts in \(currency) do not go with those of the pipeline, in \(declared.currency); currencies are not mixed")
  }
}

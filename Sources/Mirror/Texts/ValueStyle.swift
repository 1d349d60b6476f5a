import CoreDataset
import Definitions

/// Numbers as readers of a language write them: Dutch decimal comma and thousands point, English decimal point and
/// thousands comma, and a true minus.
enum NumberText {
  /// A number with a fixed number of decimals, half away from zero.
  static func text(_ number: Double, decimals: Int, _ language: Language) -> String {
    guard number.isFinite else { return "–" }
    let decimals = max(0, min(decimals, 9))
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(number) * scale).rounded()
    // Beyond 2^53 the decimals are not there to be shown.
    guard scaled < 9_007_199_254_740_992 else { return number.description }
    let whole = Int(scaled) / Int(scale)
    var text = number < 0 && scaled > 0 ? "−" : ""
    text += count(whole, language)
    if decimals > 0 {
      let fraction = String(Int(scaled) % Int(scale))
      text += language == .nl ? "," : "."
      text += String(repeating: "0", count: decimals - fraction.utf8.count) + fraction
    }
    return text
  }

  /// A whole number with its thousands apart.
  static func count(_ number: Int, _ language: Language) -> String {
    let digits = Array(String(number.magnitude).utf8)
    let mark = language == .nl ? UInt8(ascii: ".") : UInt8(ascii: ",")
    var grouped: [UInt8] = number < 0 ? Array("−".utf8) : []
    for (position, digit) in digits.enumerated() {
      if position > 0 && (digits.count - position) % 3 == 0 { grouped.append(mark) }
      grouped.append(digit)
    }
    return String(decoding: grouped, as: UTF8.self)
  }

  /// A number with its sign.
  static func signed(_ number: Double, decimals: Int, _ language: Language) -> String {
    let text = text(number, decimals: decimals, language)
    return text.hasPrefix("−") || !text.contains(where: { $0 >= "1" && $0 <= "9" }) ? text : "+" + text
  }
}

/// How the values of an indicator are shown.
struct ValueStyle: Sendable {
  /// Value as shown = value × factor.
  let factor: Double
  /// `€ ` or nothing.
  let prefix: String
  /// `%` or nothing: belongs to the number.
  let suffix: String
  /// The rest of the unit, for example `punten` or `per verzekerdejaar`; may be empty.
  let unit: String
  private(set) var decimals: Int
  /// Width of the class of which values are the middle; nil where they are what they are.
  private var classWidth: Double?
  private let isFraction: Bool
  private let hasRelativeChange: Bool
  private let texts: Texts

  /// The style of an indicator in a language.
  init(_ indicator: Indicator, _ texts: Texts) {
    self.texts = texts
    isFraction = indicator.measure.isFraction
    hasRelativeChange = indicator.measure.hasRelativeChange
    factor = isFraction ? 100 : 1
    decimals = indicator.decimals
    let isMoney = [.costPerPersonYear, .groupCostPerPersonYear].contains(indicator.measure)
    let isInEuros = indicator.currency == Currency.usual
    prefix = !isMoney ? "" : isInEuros ? texts.say("€\u{A0}", "€") : indicator.currency + "\u{A0}"
    suffix = isFraction ? "%" : ""
    unit = Self.without(
      isFraction ? Texts.percentWords : isMoney ? Texts.euroWords + [indicator.currency.lowercased()] : [],
      texts.say(indicator.unit))
  }

  /// The unit without a word that stands with the number already.
  private static func without(_ words: [String], _ unit: String) -> String {
    // The longest first: "euros" before "euro".
    for word in words.sorted(by: { $0.count > $1.count }) where unit.lowercased().hasPrefix(word) {
      return String(unit.dropFirst(word.count)).trimmed
    }
    return unit.trimmed
  }

  /// A value without the rest of its unit.
  func value(_ value: Double) -> String {
    if let classWidth {
      // Bounds are whole percentages.
      let bounds = [value - classWidth / 2, value + classWidth / 2].map { texts.number($0 * factor, decimals: 0) }
      return bounds.joined(separator: "–") + suffix
    }
    let number = texts.number(value * factor, decimals: decimals)
    return prefix + number + suffix
  }

  /// A value with its unit.
  func valueWithUnit(_ value: Double) -> String {
    unit.isEmpty ? self.value(value) : self.value(value) + "\u{A0}" + unit
  }

  /// The same, with the class in place of the value where the figure was rounded.
  func of(_ figure: MirrorFigure) -> ValueStyle {
    guard figure.protection == .rounded else { return self }
    var style = self
    style.classWidth = figure.own.classWidth
    return style
  }

  /// A number that is in shown units already.
  func shown(_ number: Double) -> String { prefix + texts.number(number, decimals: decimals) + suffix }

  /// A difference of values with its sign.
  func difference(_ value: Double) -> String {
    let number = NumberText.signed(value * factor, decimals: decimals, texts.language)
    guard let sign = number.first, sign == "+" || sign == "−" else { return prefix + number + suffix }
    return String(sign) + prefix + number.dropFirst() + suffix
  }

  /// A number on an axis, in shown units.
  func tick(_ number: Double, decimals: Int) -> String {
    prefix + texts.number(number, decimals: decimals) + suffix
  }

  /// A change since the reference measurement.
  func change(_ change: Double) -> String {
    if hasRelativeChange { return NumberText.signed(change * 100, decimals: 1, texts.language) + "%" }
    let number = NumberText.signed(change * factor, decimals: decimals, texts.language)
    if isFraction { return number + "\u{A0}" + texts.percentagePoints }
    return unit.isEmpty ? number : number + "\u{A0}" + unit
  }

  /// The value at which a target is met, in the unit of the value; nil when it hangs on a reference that is not there.
  func targetValue(_ target: Double, _ kind: Indicator.Target.Kind, baseline: Double?) -> Double? {
    switch kind {
    case .value: target
    case .change: baseline.map { hasRelativeChange ? $0 * (1 + target) : $0 + target }
    }
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}

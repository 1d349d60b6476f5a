import CoreDataset
import Definitions

extension DominanceRule {
  /// Contributions to an amount, as far as rules need them.
  struct Contributions {
    /// What all but the two largest add, as a share of the largest.
    var remainder: Double
    /// The largest, and the two largest, as a share of all; nil in results made before these were kept.
    var largest: Double?
    var largestTwo: Double?
  }

  /// Whether persons who contribute to an amount dominate it; false where there is none.
  func fails(_ row: ResultRow) -> Bool {
    row.remainder.map { fails(Contributions(remainder: $0, largest: row.largest, largestTwo: row.largestTwo)) } ?? false
  }

  /// Whether care providers who bill an amount dominate it; false where they are not known.
  func failsForProviders(_ row: ResultRow) -> Bool {
    guard fewestProviders > 1, let count = row.providers, count > 0, let remainder = row.providerRemainder else {
      return false
    }
    return count < Double(fewestProviders)
      || fails(
        Contributions(remainder: remainder, largest: row.providerLargest, largestTwo: row.providerLargestTwo))
  }

  /// How wide the interval of the hidden amount of a figure must be, or of its number of events; nil when it needs no
  /// protection.
  func need(of row: ResultRow, minimum: Double) -> HiddenSystem.Need? {
    guard let numerator = row.summed, numerator > 0 else { return nil }
    let isOfFew = row.contributors.map { $0 > 0 && $0 < minimum } ?? false
    guard row.remainder != nil else { return isOfFew ? .width(minimum) : nil }
    // Of few persons who are alike nobody dominates; what they have together may still not be known better than a
    // contribution.
    let level = max(protectionLevel(row), isOfFew ? p * (row.largest ?? 0) * numerator : 0)
    return level > 0 ? .reach(numerator - level...numerator + level) : nil
  }

  private func fails(_ contributions: Contributions) -> Bool {
    if contributions.remainder < p { return true }
    guard let k, let share = n == 1 ? contributions.largest : contributions.largestTwo else { return false }
    return share > k
  }

  /// How far from an amount every estimate of it must be able to lie, in euros; 0 when none of its contributors needs
  /// that. Of the p% rule p·x₁ − (X − x₁ − x₂), of the (n,k) rule (x₁ + … + xₙ)/k − X (*Handbook*, ch. 4).
  func protectionLevel(_ row: ResultRow) -> Double {
    guard let amount = row.summed, amount > 0 else { return 0 }
    func level(_ remainder: Double?, _ largest: Double?, _ largestTwo: Double?) -> Double {
      guard let remainder else { return 0 }
      // Without the largest contribution no more is known of it than that it is at most X/(1 + r).
      let ofP = (p - remainder) * (largest ?? 1 / (1 + remainder))
      let ofK = k.flatMap { k in (n == 1 ? largest : largestTwo).map { $0 / k - 1 } } ?? 0
      return max(0, ofP, ofK) * amount
    }
    let ofPersons = level(row.remainder, row.largest, row.largestTwo)
    guard fewestProviders > 1 else { return ofPersons }
    return max(ofPersons, level(row.providerRemainder, row.providerLargest, row.providerLargestTwo))
  }
}

extension ResultRow {
  /// The euros or events that a figure is made of: its numerator, or its denominator where euros stand below the line.
  var summed: Double? { amount == nil ? numerator : denominator }
}

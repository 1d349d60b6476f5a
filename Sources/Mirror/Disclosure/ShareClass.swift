import CoreDataset

/// The class in which a share of persons is published when its count may not be seen: 0–5%, 5–10% and so on.
///
/// Whoever knows the denominator, for example from another indicator on the same persons, learns from a class which counts
/// it may be. So a class is as narrow as it can be with at least the minimum of counts in it: 1 percentage point from 1,000
/// persons on, 5 from 200, 20 from 50; below that there is none. Rounding to base 5, as often done with counts (2 becomes 0,
/// 3 becomes 5), would leave five counts only. The width depends on the denominator alone, so that it tells nothing.
struct ShareClass: Equatable {
  /// Widths, each of which divides 1.
  private static let widths = [0.01, 0.02, 0.05, 0.1, 0.2]

  let width: Double
  /// Which class, from 0; the last one has its upper bound in it.
  let number: Int

  /// Its middle, which stands for the share.
  var middle: Double { ((Double(number) + 0.5) * width * 1000).rounded() / 1000 }
  /// Where the share lies.
  var range: ClosedRange<Double> { Double(number) * width...Double(number + 1) * width }

  /// The class of the share of a row; nil when it has none, or too few persons for any.
  init?(of row: ResultRow, minimum: Int) {
    let denominator = row.denominator ?? Double(row.measured)
    guard let value = row.value, (0...1).contains(value),
      let width = Self.widths.first(where: { $0 * denominator >= Double(minimum) })
    else { return nil }
    self.width = width
    // The smallest part that is added is far below a count: 0.3 / 0.1 is no less than 3.
    number = min(Int((value / width + 1e-9).rounded(.down)), Int((1 / width).rounded()) - 1)
  }
}

import CoreDataset
import Definitions
import Statistics

/// A case-mix model of one period: fitted, or refused with the reason.
struct CaseMixModel: Sendable {
  /// What was fitted.
  enum Fit: Sendable {
    case linear(CrossProductFit)
    case logistic(GeneralisedFit, Discrimination)
    /// A reason code, and what it is about.
    case refused(String, about: String)
  }
  /// How well a logistic model tells who has the event.
  struct Discrimination: Sendable {
    let cStatistic: Double?
    let brier: Double?
    let observed: Double
    let expected: Double
  }

  let design: CaseMixDesign
  /// Columns of the design that have persons, in order.
  let columns: [Int]
  let records: Int
  let levelCounts: [[Int64]]
  let fit: Fit

  /// A level with fewer persons, but not none, is refused.
  static let smallestLevel: Int64 = 10

  private init(_ design: CaseMixDesign, _ sums: DesignSums, period: Int, records: Int, fit: ([Int]) -> Fit) {
    self.design = design
    self.records = records
    levelCounts = sums.levelCounts[period] ?? []
    columns = Self.present(design, levelCounts)
    let small = Self.smallLevels(design, levelCounts)
    self.fit =
      small.isEmpty ? fit(columns) : .refused(Undefined.smallLevel.rawValue, about: small.joined(separator: ", "))
  }

  /// A linear model of the second score; nil without persons.
  static func linear(_ design: CaseMixDesign, _ sums: DesignSums, period: Int) -> CaseMixModel? {
    guard let linear = sums.linear[period] else { return nil }
    return CaseMixModel(design, sums, period: period, records: Int(linear.count)) { columns in
      do throws(Undefined) {
        return .linear(try Regression.leastSquares(linear.products(columns, of: design)))
      } catch {
        return .refused(error.rawValue, about: "")
      }
    }
  }

  /// A logistic model of an event; nil without persons.
  static func logistic(_ design: CaseMixDesign, _ sums: DesignSums, period: Int) -> CaseMixModel? {
    guard let tallies = sums.patterns[DesignSums.Place(unit: .fixed(0), period: period)] else { return nil }
    let patterns = tallies.sorted { $0.key < $1.key }
    let records = patterns.reduce(0) { $0 + Int($1.value.count) }
    return CaseMixModel(design, sums, period: period, records: records) { columns in
      do throws(Undefined) {
        return try fitted(patterns, columns, of: design)
      } catch {
        return .refused(error.rawValue, about: "")
      }
    }
  }

  /// Each pattern is a row for those with the event and one for those without.
  private static func fitted(
    _ patterns: [(key: DesignSums.Pattern, value: DesignSums.Tally)], _ columns: [Int], of design: CaseMixDesign
  ) throws(Undefined) -> Fit {
    var rows: [[Double]] = []
    var outcomes: [Double] = []
    var frequencies: [Double] = []
    for (pattern, tally) in patterns {
      let values = values(pattern, columns, of: design)
      for (outcome, count) in [(1.0, tally.events), (0.0, tally.count - tally.events)] where count > 0 {
        rows.append(values)
        outcomes.append(outcome)
        frequencies.append(Double(count))
      }
    }
    let events = zip(outcomes, frequencies).reduce(0) { $0 + $1.0 * $1.1 }
    if events == 0 || events == frequencies.reduce(0, +) { throw .noSpread }
    var matrix = DesignMatrix(rows: rows.count)
    matrix.addIntercept()
    for (position, column) in columns.enumerated() where position > 0 {
      try matrix.add(design.names[column], rows.map { $0[position] })
    }
    let fit = try Regression.generalised(.logistic, matrix, outcomes, frequencies: frequencies)
    let squared = zip(zip(outcomes, fit.fitted), frequencies).reduce(0) {
      $0 + $1.1 * ($1.0.0 - $1.0.1) * ($1.0.0 - $1.0.1)
    }
    return .logistic(
      fit,
      Discrimination(
        cStatistic: CaseMix.cStatistic(outcomes: outcomes, risks: fit.fitted, frequencies: frequencies),
        brier: squared / frequencies.reduce(0, +), observed: events,
        expected: zip(fit.fitted, frequencies).reduce(0) { $0 + $1.0 * $1.1 }))
  }

  /// The values of some columns.
  private static func values(
    _ pattern: DesignSums.Pattern, _ columns: [Int], of design: CaseMixDesign
  ) -> [Double] {
    var all = [Double](repeating: 0, count: design.names.count)
    all[0] = 1
    all[1] = Double(pattern.score) / FixedPoint.unit
    for (factor, level) in zip(design.factors, pattern.levels) {
      let column = factor.columns[Int(level)]
      if column >= 0 { all[column] = 1 }
    }
    return columns.map { all[$0] }
  }

  /// Events expected of a unit by a logistic model; nil when there is none.
  func expectedEvents(_ tallies: [DesignSums.Pattern: DesignSums.Tally]) -> Double? {
    guard case .logistic(let fit, _) = fit else { return nil }
    return tallies.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
      let predictor = zip(fit.coefficients, Self.values(entry.key, columns, of: design)).reduce(0) {
        $0 + ($1.0.estimate ?? 0) * $1.1
      }
      return sum + Double(entry.value.count) * Regression.probability(predictor)
    }
  }

  /// The sum of the weights of the persons of a unit in a risk-adjusted CUSUM that is to find an odds ratio (Steiner et al.
  /// 2000); nil without a logistic model.
  func cusumWeight(_ tallies: [DesignSums.Pattern: DesignSums.Tally], oddsRatio: Double) -> Double? {
    guard case .logistic(let fit, _) = fit else { return nil }
    return tallies.sorted { $0.key < $1.key }.reduce(0.0) { sum, entry in
      let predictor = zip(fit.coefficients, Self.values(entry.key, columns, of: design)).reduce(0) {
        $0 + ($1.0.estimate ?? 0) * $1.1
      }
      let risk = Regression.probability(predictor)
      let weight = { ControlChart.cusumWeight(event: $0, risk: risk, alternative: oddsRatio) ?? 0 }
      return sum + Double(entry.value.events) * weight(true)
        + Double(entry.value.count - entry.value.events) * weight(false)
    }
  }

  /// The sum of the scores that a linear model predicts for a unit with these sums of columns; nil when there is none.
  func predictedSum(_ sums: [Int128]) -> Double? {
    guard case .linear(let fit) = fit else { return nil }
    return fit.fittedSum(columns.map { Double(sums[$0]) / ($0 == 1 ? FixedPoint.unit : 1) })
  }

  /// The model with what the persons of a unit have of each term; nil when it was refused.
  func explained(_ sums: DesignSums, _ place: DesignSums.Place) -> Explanation.Model? {
    func terms(_ coefficients: [Coefficient], _ means: [Double]) -> [Explanation.Term] {
      zip(columns, means).map { column, mean in
        let name = design.names[column]
        return Explanation.Term(
          name: name, estimate: coefficients.first { $0.name == name }?.estimate, mean: mean)
      }
    }
    switch fit {
    case .refused: return nil
    case .linear(let fit):
      // The first column is the intercept: its sum is the number of persons.
      guard let own = sums.columnSums[place], own[0] > 0 else { return nil }
      let means = columns.map { Double(own[$0]) / Double(own[0]) / ($0 == 1 ? FixedPoint.unit : 1) }
      return Explanation.Model(
        kind: "linear", records: records, fit: fit.rSquared, terms: terms(fit.coefficients, means))
    case .logistic(let fit, let discrimination):
      guard let tallies = sums.patterns[place] else { return nil }
      let persons = tallies.values.reduce(0) { $0 + $1.count }
      var totals = [Double](repeating: 0, count: columns.count)
      for (pattern, tally) in tallies.sorted(by: { $0.key < $1.key }) {
        for (position, value) in Self.values(pattern, columns, of: design).enumerated() {
          totals[position] += value * Double(tally.count)
        }
      }
      return Explanation.Model(
        kind: "logistic", records: records, fit: discrimination.cStatistic,
        terms: terms(fit.coefficients, totals.map { $0 / Double(persons) }))
    }
  }

  /// Columns that at least one person has. A level without persons has nothing to estimate.
  private static func present(_ design: CaseMixDesign, _ counts: [[Int64]]) -> [Int] {
    var columns = Array(CaseMixDesign.leading.indices)
    for (factor, levels) in zip(design.factors, counts) {
      columns += zip(factor.columns, levels).filter { $0 >= 0 && $1 > 0 }.map(\.0)
    }
    return columns
  }

  private static func smallLevels(_ design: CaseMixDesign, _ counts: [[Int64]]) -> [String] {
    zip(design.factors, counts).flatMap { factor, levels in
      zip(factor.levels, levels).filter { $1 > 0 && $1 < smallestLevel }.map { "\(factor.name)=\($0.0)" }
    }
  }
}

import CoreDataset
import Definitions
import Statistics

extension CaseMixModel {
  /// The model as rows of its table: itself, then its terms, each factor with all its levels.
  func rows(_ indicator: Indicator, period: String) -> [ModelRow] {
    func row(_ term: String, _ persons: Int) -> ModelRow {
      ModelRow(
        indicator: indicator.id, definitionVersion: indicator.version, period: period,
        model: indicator.measure == .modelledShare ? "logistic" : "linear", term: term, persons: persons)
    }
    var whole = row("model", records)
    var coefficients: [String: Coefficient] = [:]
    switch fit {
    case .linear(let fit):
      whole.rSquared = fit.rSquared
      whole.residualDeviation = fit.residualDeviation
      for coefficient in fit.coefficients { coefficients[coefficient.name] = coefficient }
    case .logistic(let fit, let discrimination):
      whole.cStatistic = discrimination.cStatistic
      whole.brier = discrimination.brier
      whole.observed = discrimination.observed
      whole.expected = discrimination.expected
      for coefficient in fit.coefficients { coefficients[coefficient.name] = coefficient }
    case .refused(let reason, let about):
      whole.note = about.isEmpty ? reason : "\(reason): \(about)"
    }
    func term(_ name: String, _ persons: Int) -> ModelRow {
      var result = row(name, persons)
      result.estimate = coefficients[name]?.estimate
      result.standardError = coefficients[name]?.standardError
      if coefficients[name] != nil && result.estimate == nil { result.note = "dropped" }
      return result
    }
    var rows = [whole] + CaseMixDesign.leading.map { term($0, records) }
    for (factor, counts) in zip(design.factors, levelCounts) {
      for (level, count) in zip(factor.levels.indices, counts) {
        var result = term("\(factor.name)=\(factor.levels[level])", Int(count))
        if level == factor.reference {
          result.note = "reference"
        } else if count == 0 {
          result.note = "no-persons"
        }
        rows.append(result)
      }
    }
    return rows
  }
}

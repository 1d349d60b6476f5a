import Aggregate
import CoreDataset
import Definitions
import Workspace

/// Explanations as text for a terminal.
enum ExplanationText {
  /// Definition first, then each figure.
  static func text(_ explanations: [Explanation], _ pipeline: Pipeline, _ manifest: Manifest) -> String {
    guard let figure = explanations.first?.figure,
      let indicator = pipeline.indicators.first(where: { $0.id == figure.indicator })
    else { return "" }
    var lines = ["\(indicator.id), version \(figure.definitionVersion): \(indicator.name.en)"]
    lines.append("  \(indicator.explanation.en)")
    lines.append("measure     \(indicator.measure.rawValue): \(indicator.measure.parameters.documentation)")
    lines.append("population  \(indicator.population): \(populationWords(pipeline, indicator))")
    lines.append("source      \(indicator.reportedBy.map { "reported by \($0.rawValue)" } ?? "the only one")")
    if indicator.parameters.caseMix != nil {
      lines.append("model       of all persons of the period, in results/models.csv of the run")
    }
    lines.append("run         \(manifest.run), pipeline \(manifest.pipeline) \(manifest.definitionVersion)")
    for explanation in explanations { lines += self.lines(explanation) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func populationWords(_ pipeline: Pipeline, _ indicator: Indicator) -> String {
    let count = pipeline.population(indicator.population)?.conditions.count ?? 0
    return count == 0 ? "everybody" : "\(count) condition\(count == 1 ? "" : "s"), below"
  }

  private static func lines(_ explanation: Explanation) -> [String] {
    let figure = explanation.figure
    var lines = ["", "\(figure.layout) \(figure.unit), \(figure.period)"]
    var before: Explanation.Step?
    for step in explanation.steps {
      let out = before.map { $0.counted == step.counted && $0.count >= step.count ? $0.count - step.count : nil } ?? nil
      let left = padded("\(step.count)", 10)
      let suffix = out.map { $0 > 0 ? "  (\($0) out)" : "" } ?? ""
      lines.append("  \(left) \(step.counted) \(step.condition)\(suffix)")
      before = step
    }
    let numbers: [(String, Double?)] = [
      ("numerator", figure.numerator), ("denominator", figure.denominator), ("expected", figure.expected),
      ("value", figure.value), ("lower95", figure.lower95), ("upper95", figure.upper95), ("adjusted", figure.adjusted),
    ]
    lines.append("  persons=\(figure.persons) measured=\(figure.measured)")
    lines.append("  " + numbers.compactMap { name, number in number.map { "\(name)=\($0)" } }.joined(separator: " "))
    lines.append("  status=\(figure.status.rawValue)\(figure.reason.isEmpty ? "" : " because \(figure.reason)")")
    if let model = explanation.model { lines += self.lines(model) }
    for input in explanation.inputs {
      let euros = input.cents == 0 ? "" : ", \(euros(input.cents)) euro"
      lines.append("  from \(input.delivery): \(input.rows) rows of \(input.table)\(euros)")
    }
    return lines
  }

  /// The model, and what each term adds to the mean prediction of the unit.
  private static func lines(_ model: Explanation.Model) -> [String] {
    let fit = model.fit.map { ", \(model.kind == "linear" ? "R²" : "c-statistic") \($0)" } ?? ""
    return ["  model \(model.kind), fitted on \(model.records) persons\(fit)"]
      + model.terms.map { term in
        guard let estimate = term.estimate else { return "    term \(term.name): dropped, depends on others" }
        return "    term \(term.name): \(estimate) times \(term.mean) adds \(term.contribution)"
      }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func euros(_ cents: Int64) -> String {
    let size = abs(cents)
    return "\(cents < 0 ? "-" : "")\(size / 100).\(size % 100 < 10 ? "0" : "")\(size % 100)"
  }
}

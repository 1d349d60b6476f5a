import ArgumentParser
import Definitions

/// Which questionnaires there are.
struct InstrumentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instruments",
    abstract: "Lists the questionnaires with their scales, ranges and sources; or one with all its rules.")

  @Argument(help: "Id of an instrument, or path of its YAML file, for its items and rules. Without it, a list.")
  var instrument: String?

  @Option(help: "Folder with instruments.")
  var instruments = "pipelines/instruments"

  func run() {
    ending {
      let folder = InstrumentFolder(instruments)
      if let instrument {
        print(InstrumentText.rules(try folder.instrument(instrument)))
      } else {
        for instrument in try folder.all() { print(InstrumentText.summary(instrument)) }
      }
    }
  }
}

/// Instruments in words.
enum InstrumentText {
  /// Name, scales with their ranges, source and licence.
  static func summary(_ instrument: Instrument) -> String {
    var text = "\(instrument.id) \(instrument.version): \(instrument.name.en); \(instrument.items.count) items\n"
    for scale in instrument.scales { text += "  \(scale.code): \(range(scale)); \(scale.name.en)\n" }
    return text + "  source: \(instrument.reference)\n  licence: \(instrument.licence)\n"
  }

  /// All of it.
  static func rules(_ instrument: Instrument) -> String {
    var text = summary(instrument)
    if let loinc = instrument.loinc { text += "  LOINC \(loinc)\n" }
    text += "  double answer: \(instrument.doubleAnswer.rawValue); out of range: sets the "
    text += "\(instrument.outOfRange.rawValue) aside\n"
    for window in instrument.moments {
      text +=
        "  moment \(window.moment): day \(window.days.lowerBound) to \(window.days.upperBound), target \(window.target)\n"
    }
    text += "items\n"
    for item in instrument.items { text += "  \(line(item))\n" }
    text += "scales\n"
    for scale in instrument.scales { text += "  \(line(scale, instrument))\n" }
    for crosswalk in instrument.crosswalks {
      text +=
        "crosswalk \(crosswalk.scale) to \(crosswalk.toInstrument) \(crosswalk.toScale): \(shown(crosswalk.start)) + "
      text += "\(shown(crosswalk.factor)) × score; \(crosswalk.reference)\n"
    }
    return text
  }

  private static func range(_ scale: Scale) -> String {
    let direction =
      switch scale.direction {
      case .higherBetter: "higher is better"
      case .lowerBetter: "lower is better"
      case .neutral: "neither way is better"
      }
    return "\(shown(scale.minimum)) to \(shown(scale.maximum)), \(direction)"
  }

  private static func line(_ item: Instrument.Item) -> String {
    var text = "\(item.code): \(shown(item.minimum)) to \(shown(item.maximum))"
    if let values = item.values { text += ", counts \(values.map(shown).joined(separator: " "))" }
    if let loinc = item.loinc { text += "; LOINC \(loinc)" }
    if !item.answerCodes.isEmpty {
      let codes = item.answerCodes.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      text += "; " + codes.map { "\($0.key) = \(shown($0.value))" }.joined(separator: ", ")
    }
    return text
  }

  private static func line(_ scale: Scale, _ instrument: Instrument) -> String {
    var text = "\(scale.code): \(rule(scale)); \(range(scale))"
    if !scale.items.isEmpty {
      let items = scale.items.map { instrument.items[$0].code + (scale.reversed.contains($0) ? " (reversed)" : "") }
      text += "; items \(items.joined(separator: ", "))"
      text += "; at least \(max(1, scale.missing.atLeast)) answered"
      if scale.missing.isPersonMean { text += ", the others at the person's mean" }
    }
    if let decimals = scale.decimals { text += "; \(decimals) decimals" }
    if let loinc = scale.loinc { text += "; LOINC \(loinc)" }
    if let change = scale.minimalImportantChange {
      text += "; smallest important change \(shown(change.value)) (\(change.why))"
    }
    if let state = scale.acceptableState { text += "; acceptable from \(shown(state.value)) (\(state.why))" }
    return text
  }

  private static func rule(_ scale: Scale) -> String {
    switch scale.rule {
    case .sum: "sum"
    case .mean: "mean"
    case .percentageOfRange: "percentage of range"
    case .lookup(let first, let values): "sum looked up from \(first): \(values.map(shown).joined(separator: " "))"
    case .valueSet: "value of the health state"
    case .stateTable(let values): "value of the state, in a table of \(values.count)"
    case .meanOfScales(let codes): "mean of \(codes.joined(separator: ", "))"
    case .delivered: "as delivered"
    }
  }
}

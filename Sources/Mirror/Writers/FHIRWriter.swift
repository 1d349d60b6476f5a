import Columns
import CoreDataset
import Definitions

/// A FHIR R4 `Bundle` of type collection: a `Measure` for each indicator and a summary `MeasureReport` for each indicator
/// and period, with a stratifier for each kind of subdivision (hl7.org/fhir/R4/measurereport.html).
///
/// A number that may not be seen is never there: a score that is withheld has the data-absent-reason `masked`, one that
/// could not be computed `unknown`, one that a quality finding forbids `error`. Counts stand in the populations where FHIR
/// has one for them; every field of a figure, counts and score included, is also an extension `urn:spiegel:mirror:1#<name
/// of the field>`, by the names of the other formats.
enum FHIRWriter: MirrorWriter {
  static let format = MirrorSpec.Format.fhir
  static let fileName = "spiegel.fhir.json"

  /// The same in XML.
  static let xmlFileName = "spiegel.fhir.xml"

  static func beside(_ report: MirrorReport, _ contents: [UInt8]) -> [MirrorFile] {
    FHIRXML.write(contents).map { [MirrorFile(path: xmlFileName, contents: $0)] } ?? []
  }

  private static let absent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
  private static let translation = "http://hl7.org/fhir/StructureDefinition/translation"
  private static let populations = "http://terminology.hl7.org/CodeSystem/measure-population"

  static func write(_ report: MirrorReport) -> [UInt8] {
    var output: [UInt8] = []
    output.write("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\n")
    var isFirst = true
    func entry(_ url: String, _ resource: (inout [UInt8]) -> Void) {
      if !isFirst { output.write(",\n") }
      isFirst = false
      output.write("{\"fullUrl\":")
      output.writeJSON(url)
      output.write(",\"resource\":")
      resource(&output)
      output.write("}")
    }
    for part in report.indicators {
      entry(measure(part.indicator, report.pipeline)) { write(part, report.pipeline, to: &$0) }
      for figure in part.figures {
        guard let period = report.pipeline.periods.first(where: { $0.id == figure.own.period }) else { continue }
        let place = [report.recipient.layout, report.recipient.unit, part.indicator.id, period.id].map(urnPart)
        entry("urn:spiegel:run:\(urnPart(report.runID)):" + place.joined(separator: ":")) {
          write(figure, of: part, period, report, to: &$0)
        }
      }
    }
    output.write("\n]}\n")
    return output
  }

  /// A text as part of a URN: unreserved characters stay, the others are percent-encoded (RFC 3986).
  private static func urnPart(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      if isPlain || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E {
        output.append(byte)
      } else {
        output.write(byte < 16 ? "%0" : "%")
        output.write(String(byte, radix: 16, uppercase: true))
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func measure(_ indicator: Indicator, _ pipeline: Pipeline) -> String {
    "urn:spiegel:measure:\(urnPart(pipeline.id)):\(urnPart(indicator.id))"
  }

  // MARK: - Measure

  private static func write(_ part: IndicatorReport, _ pipeline: Pipeline, to output: inout [UInt8]) {
    let indicator = part.indicator
    output.write("{\"resourceType\":\"Measure\",\"language\":\"nl\",")
    output.members([("url", measure(indicator, pipeline)), ("version", indicator.version)])
    localized("title", indicator.name, &output)
    output.write(",")
    output.members([("status", "active")])
    localized("description", indicator.explanation, &output)
    output.write(",\"scoring\":")
    coded("http://terminology.hl7.org/CodeSystem/measure-scoring", scoring(indicator.measure), &output)
    notation(indicator.direction, &output)
    output.write(",\"group\":[{\"code\":")
    text(indicator.name.nl, &output)
    output.write(",\"population\":[")
    for (position, population) in Population.all(indicator.measure).enumerated() {
      output.write(position == 0 ? "{\"code\":" : ",{\"code\":")
      coded(populations, population.code, &output)
      output.write(",\"criteria\":{\"language\":\"text/plain\",\"expression\":")
      output.writeJSON(population.meaning)
      output.write("}}")
    }
    output.write("]")
    let keys = stratifiers(part)
    if !keys.isEmpty {
      output.write(",\"stratifier\":[")
      for (position, key) in keys.enumerated() {
        output.write(position == 0 ? "{\"code\":" : ",{\"code\":")
        text(key, &output)
        output.write(",\"criteria\":{\"language\":\"text/plain\",\"expression\":")
        output.writeJSON(key)
        output.write("}}")
      }
      output.write("]")
    }
    output.write("}]}")
  }

  /// Names of the subdivisions, in order of appearance.
  private static func stratifiers(_ part: IndicatorReport) -> [String] {
    var keys: [String] = []
    for stratum in part.strata {
      let key = split(stratum.stratum).key
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  private static func split(_ stratum: String) -> (key: String, value: String) {
    let parts = stratum.split(separator: "=", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : (stratum, stratum)
  }

  private static func scoring(_ measure: MeasureKind) -> String {
    if measure.isShareOfPersons { return "proportion" }
    return measure.isOfMeans ? "continuous-variable" : "ratio"
  }

  // MARK: - MeasureReport

  private static func write(
    _ figure: MirrorFigure, of part: IndicatorReport, _ period: Period, _ report: MirrorReport,
    to output: inout [UInt8]
  ) {
    let indicator = part.indicator
    output.write("{\"resourceType\":\"MeasureReport\",\"status\":\"complete\",\"type\":\"summary\",\"measure\":")
    output.writeJSON("\(measure(indicator, report.pipeline))|\(indicator.version)")
    reporter(report.recipient, &output)
    output.write(",\"period\":{")
    output.members([("start", period.from.description), ("end", period.to.description)])
    output.write("}")
    notation(indicator.direction, &output)
    output.write(",\"group\":[{")
    extensions(figure, &output)
    output.write(",\"code\":")
    text(indicator.name.nl, &output)
    numbers(figure, indicator, &output)
    let keys = stratifiers(part)
    if !keys.isEmpty {
      output.write(",\"stratifier\":[")
      for (position, key) in keys.enumerated() {
        output.write(position == 0 ? "{\"code\":[" : ",{\"code\":[")
        text(key, &output)
        output.write("],\"stratum\":[")
        strata(part, key, figure.own.period, &output)
        output.write("]}")
      }
      output.write("]")
    }
    output.write("}]}")
  }

  private static func strata(_ part: IndicatorReport, _ key: String, _ period: String, _ output: inout [UInt8]) {
    var isFirst = true
    for stratum in part.strata where split(stratum.stratum).key == key {
      for figure in stratum.figures where figure.own.period == period {
        if !isFirst { output.write(",") }
        isFirst = false
        output.write("{")
        extensions(figure, &output)
        output.write(",\"value\":")
        text(split(stratum.stratum).value, &output)
        numbers(figure, part.indicator, &output)
        output.write("}")
      }
    }
  }

  /// Who the figures are of. A Dutch care provider is known by its AGB code.
  private static func reporter(_ recipient: Recipient, _ output: inout [UInt8]) {
    let isProvider = recipient.kind == .provider
    output.write(",\"reporter\":{\"type\":\"\(isProvider ? "Organization" : "Location")\",\"identifier\":{")
    output.members([
      (
        "system",
        isProvider ? "http://fhir.nl/fhir/NamingSystem/agb-z" : "urn:spiegel:layout:\(urnPart(recipient.layout))"
      ), ("value", recipient.unit),
    ])
    output.write("},\"display\":")
    output.writeJSON(recipient.name)
    output.write("}")
  }

  /// All fields of a figure by their names in the other formats; those without a value are left out.
  private static func extensions(_ figure: MirrorFigure, _ output: inout [UInt8]) {
    output.write("\"extension\":[")
    var isFirst = true
    for field in FigureField.all {
      let value = field.value(figure)
      if value == .absent { continue }
      output.write(isFirst ? "" : ",")
      isFirst = false
      output.write("{\"url\":\"\(XMLSchema.namespace)#\(field.name)\",")
      switch value {
      case .text(let text):
        output.write("\"valueString\":")
        output.writeJSON(text)
      case .count(let count): output.write("\"valueInteger\":\(count)")
      case .number(let number): output.write("\"valueDecimal\":\(plainNumber(number))")
      case .absent: break
      }
      output.write("}")
    }
    output.write("]")
  }

  /// Populations and score.
  private static func numbers(_ figure: MirrorFigure, _ indicator: Indicator, _ output: inout [UInt8]) {
    output.write(",\"population\":[")
    for (position, population) in Population.all(indicator.measure).enumerated() {
      output.write(position == 0 ? "{\"code\":" : ",{\"code\":")
      coded(populations, population.code, &output)
      if let count = population.count(figure) {
        output.write(",\"count\":\(count)}")
      } else {
        output.write(",\"_count\":{")
        absence(figure, &output)
        output.write("}}")
      }
    }
    output.write("],\"measureScore\":{")
    if let value = figure.own.value, value.isFinite {
      output.write("\"value\":\(plainNumber(value))")
      if indicator.measure.isFraction {
        // A fraction, as in the other formats: not the percentage that people read.
        output.write(",\"system\":\"http://unitsofmeasure.org\",\"code\":\"1\"")
      } else if !indicator.unit.nl.isEmpty {
        output.write(",\"unit\":")
        output.writeJSON(indicator.unit.nl)
      }
    } else {
      absence(figure, &output)
    }
    output.write("}")
  }

  private static func absence(_ figure: MirrorFigure, _ output: inout [UInt8]) {
    let reason = figure.protection != .none ? "masked" : figure.own.status == .blocked ? "error" : "unknown"
    output.write("\"extension\":[{\"url\":\"\(absent)\",\"valueCode\":\"\(reason)\"}]")
  }

  // MARK: - Data types

  private static func notation(_ direction: Direction, _ output: inout [UInt8]) {
    let code: String
    switch direction {
    case .higherBetter: code = "increase"
    case .lowerBetter: code = "decrease"
    case .neutral: return
    }
    output.write(",\"improvementNotation\":")
    coded("http://terminology.hl7.org/CodeSystem/measure-improvement-notation", code, &output)
  }

  private static func coded(_ system: String, _ code: String, _ output: inout [UInt8]) {
    output.write("{\"coding\":[{\"system\":\"\(system)\",\"code\":\"\(code)\"}]}")
  }

  private static func text(_ text: String, _ output: inout [UInt8]) {
    output.write("{\"text\":")
    output.writeJSON(text)
    output.write("}")
  }

  /// A text in Dutch with its translation; nothing when it is empty, for FHIR has no empty text.
  private static func localized(_ name: String, _ text: Localized, _ output: inout [UInt8]) {
    guard !text.nl.isEmpty else { return }
    output.write(",\"\(name)\":")
    output.writeJSON(text.nl)
    guard !text.en.isEmpty else { return }
    output.write(",\"_\(name)\":{\"extension\":[{\"url\":\"\(translation)\",\"extension\":[")
    output.write("{\"url\":\"lang\",\"valueCode\":\"en\"},{\"url\":\"content\",\"valueString\":")
    output.writeJSON(text.en)
    output.write("}]}]}")
  }

  /// A population of a measure: whole numbers only, so money and person-years are none.
  private struct Population {
    let code: String
    let meaning: String
    let count: (MirrorFigure) -> Int?

    static func all(_ measure: MeasureKind) -> [Population] {
      let persons = Population(code: "initial-population", meaning: "Persons that the figure is about.") {
        $0.hasCounts ? $0.own.persons : nil
      }
      if measure.isShareOfPersons {
        return [
          persons,
          Population(code: "denominator", meaning: "Persons or answers of which the share is taken.") {
            whole($0.own.denominator)
          },
          Population(code: "numerator", meaning: "Those of them for whom it holds.") { whole($0.own.numerator) },
        ]
      }
      return [
        persons,
        Population(code: "measure-population", meaning: "Observations that entered the figure.") {
          $0.hasCounts ? $0.own.measured : nil
        },
      ]
    }

    private static func whole(_ number: Double?) -> Int? { number.flatMap { Int(exactly: $0) } }
  }
}

extension MeasureKind {
  /// Whether the figure is a mean over observations.
  fileprivate var isOfMeans: Bool {
    switch self {
    case .scoreLevel, .scoreChange, .effectSize, .adjustedGain, .modelledGain, .itemMean, .netPromoterScore,
      .distinctPerPerson:
      true
    default: false
    }
  }
}

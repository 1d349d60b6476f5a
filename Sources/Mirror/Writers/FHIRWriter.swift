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

  static func files(_ report: MirrorReport) -> [MirrorFile] {
    var document = FHIRDocument(capacity: 2600 * report.indicators.reduce(1) { $0 + $1.values.count })
    var entries: [Entry] = []
    for part in report.indicators {
      entries.append(Entry(part: part))
      for position in part.figures.indices {
        if let period = report.pipeline.periods.first(where: { $0.id == part.figures[position].own.period }) {
          entries.append(Entry(part: part, position: position, period: period))
        }
      }
    }
    document.resource("Bundle") { bundle in
      bundle.text("type", "collection")
      bundle.list("entry", entries, separator: "\n") { write($1, report, &$0) }
    }
    return [
      MirrorFile(path: fileName, contents: document.json), MirrorFile(path: xmlFileName, contents: document.xml),
    ]
  }

  private static let translation = "http://hl7.org/fhir/StructureDefinition/translation"
  private static let populations = "http://terminology.hl7.org/CodeSystem/measure-population"
  private static let absent = FHIRDocument.Extension(
    "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode")
  private static let translated = (
    language: FHIRDocument.Extension("lang", "valueCode"), text: FHIRDocument.Extension("content", "valueString")
  )

  /// All fields of a figure by their names in the other formats.
  private static let fields = FigureField.all.map { field in
    let type =
      switch field.kind {
      case .text: "valueString"
      case .count: "valueInteger"
      case .number: "valueDecimal"
      }
    return FHIRDocument.Extension("\(XMLSchema.namespace)#\(field.name)", type)
  }

  /// A resource of the bundle: an indicator or, with a period, the figure of the whole in it and those of its parts.
  private struct Entry {
    let part: IndicatorReport
    var position = 0
    var period: Period?
  }

  private static func write(_ entry: Entry, _ report: MirrorReport, _ bundle: inout FHIRDocument) {
    let measure = measure(entry.part.indicator, report.pipeline)
    guard let period = entry.period else {
      bundle.text("fullUrl", measure)
      return bundle.resource("Measure", in: "resource") { write(entry.part, measure, &$0) }
    }
    let place = [report.recipient.layout, report.recipient.unit, entry.part.indicator.id, period.id].map(urnPart)
    bundle.text("fullUrl", "urn:spiegel:run:\(urnPart(report.runID)):" + place.joined(separator: ":"))
    bundle.resource("MeasureReport", in: "resource") { resource in
      write(entry.position, of: entry.part, measure, period, report.recipient, &resource)
    }
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

  private static func write(_ part: IndicatorReport, _ url: String, _ resource: inout FHIRDocument) {
    let indicator = part.indicator
    resource.text("language", "nl")
    resource.text("url", url)
    resource.text("version", indicator.version)
    localized("title", indicator.name, &resource)
    resource.text("status", "active")
    localized("description", indicator.explanation, &resource)
    coded("scoring", "http://terminology.hl7.org/CodeSystem/measure-scoring", scoring(indicator.measure), &resource)
    notation(indicator.direction, &resource)
    resource.list("group", [part]) { group, part in
      named("code", indicator.name.nl, &group)
      group.list("population", Population.all(indicator.measure)) { element, population in
        coded("code", populations, population.code, &element)
        criteria(population.meaning, &element)
      }
      let keys = stratifiers(part)
      if keys.isEmpty { return }
      group.list("stratifier", keys) { element, key in
        named("code", key, &element)
        criteria(key, &element)
      }
    }
  }

  private static func criteria(_ text: String, _ element: inout FHIRDocument) {
    element.element("criteria") { criteria in
      criteria.text("language", "text/plain")
      criteria.text("expression", text)
    }
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
    _ position: Int, of part: IndicatorReport, _ measure: String, _ period: Period, _ recipient: Recipient,
    _ resource: inout FHIRDocument
  ) {
    let indicator = part.indicator
    let (figure, values) = (part.figures[position], part.values[position])
    resource.text("status", "complete")
    resource.text("type", "summary")
    resource.text("measure", "\(measure)|\(indicator.version)")
    reporter(recipient, &resource)
    resource.element("period") { element in
      element.text("start", period.from.description)
      element.text("end", period.to.description)
    }
    notation(indicator.direction, &resource)
    resource.list("group", [part]) { group, part in
      extensions(values, &group)
      named("code", indicator.name.nl, &group)
      numbers(figure, indicator, &group)
      let keys = stratifiers(part)
      if keys.isEmpty { return }
      group.list("stratifier", keys) { stratifier, key in
        stratifier.list("code", [key]) { $0.text("text", $1) }
        stratifier.list("stratum", strata(part, key, period.id)) { stratum, one in
          extensions(one.values, &stratum)
          named("value", split(one.figure.own.stratum).value, &stratum)
          numbers(one.figure, indicator, &stratum)
        }
      }
    }
  }

  /// The figures of the parts of one kind in a period.
  private static func strata(
    _ part: IndicatorReport, _ key: String, _ period: String
  ) -> [(figure: MirrorFigure, values: FigureBytes)] {
    var found: [(figure: MirrorFigure, values: FigureBytes)] = []
    var place = part.figures.count
    for stratum in part.strata {
      if split(stratum.stratum).key == key {
        for (position, figure) in stratum.figures.enumerated() where figure.own.period == period {
          found.append((figure, part.values[place + position]))
        }
      }
      place += stratum.figures.count
    }
    return found
  }

  /// Who the figures are of. A Dutch care provider is known by its AGB code.
  private static func reporter(_ recipient: Recipient, _ resource: inout FHIRDocument) {
    let isProvider = recipient.kind == .provider
    resource.element("reporter") { reporter in
      reporter.text("type", isProvider || recipient.kind == .insurer ? "Organization" : "Location")
      reporter.element("identifier") { identifier in
        identifier.text(
          "system",
          isProvider ? "http://fhir.nl/fhir/NamingSystem/agb-z" : "urn:spiegel:layout:\(urnPart(recipient.layout))")
        identifier.text("value", recipient.unit)
      }
      reporter.text("display", recipient.name)
    }
  }

  /// All fields of a figure; those without a value are left out.
  private static func extensions(_ values: FigureBytes, _ element: inout FHIRDocument) {
    element.extensions { element in values.forEach { element.add(fields[$0], $1) } }
  }

  /// Populations and score.
  private static func numbers(_ figure: MirrorFigure, _ indicator: Indicator, _ element: inout FHIRDocument) {
    element.list("population", Population.all(indicator.measure)) { element, population in
      coded("code", populations, population.code, &element)
      if let count = population.count(figure) {
        element.number("count", String(count).utf8)
      } else {
        element.absent("count") { absence(figure, &$0) }
      }
    }
    element.element("measureScore") { score in
      guard let value = figure.own.value, value.isFinite else { return absence(figure, &score) }
      score.number("value", plainNumber(value).utf8)
      if indicator.measure.isFraction {
        // A fraction, as in the other formats: not the percentage that people read.
        score.text("system", "http://unitsofmeasure.org")
        score.text("code", "1")
      } else if !indicator.unit.nl.isEmpty {
        score.text("unit", indicator.unit.nl)
      }
    }
  }

  private static func absence(_ figure: MirrorFigure, _ element: inout FHIRDocument) {
    let reason = figure.protection != .none ? "masked" : figure.own.status == .blocked ? "error" : "unknown"
    element.extensions { $0.add(absent, reason.utf8) }
  }

  // MARK: - Data types

  private static func notation(_ direction: Direction, _ resource: inout FHIRDocument) {
    let code: String
    switch direction {
    case .higherBetter: code = "increase"
    case .lowerBetter: code = "decrease"
    case .neutral: return
    }
    coded(
      "improvementNotation", "http://terminology.hl7.org/CodeSystem/measure-improvement-notation", code, &resource)
  }

  private static func coded(_ name: String, _ system: String, _ code: String, _ element: inout FHIRDocument) {
    element.element(name) { concept in
      concept.list("coding", [code]) { coding, code in
        coding.text("system", system)
        coding.text("code", code)
      }
    }
  }

  /// A concept that has a name and no code.
  private static func named(_ name: String, _ text: String, _ element: inout FHIRDocument) {
    element.element(name) { $0.text("text", text) }
  }

  /// A text in Dutch with its translation; nothing when it is empty, for FHIR has no empty text.
  private static func localized(_ name: String, _ text: Localized, _ element: inout FHIRDocument) {
    guard !text.nl.isEmpty else { return }
    guard !text.en.isEmpty else { return element.text(name, text.nl) }
    element.text(name, text.nl) { title in
      title.extensions { extensions in
        extensions.add(translation) { parts in
          parts.add(translated.language, "en".utf8)
          parts.add(translated.text, text.en.utf8)
        }
      }
    }
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

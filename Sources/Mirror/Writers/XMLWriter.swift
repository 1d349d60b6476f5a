import CoreDataset
import Definitions

/// XML after `spiegel-mirror-1.xsd`, which is written once at the root. A number that is absent has no element.
enum XMLWriter: MirrorWriter {
  static let format = MirrorSpec.Format.xml

  static func companions() -> [MirrorFile] {
    [MirrorFile(path: XMLSchema.fileName, contents: Array(XMLSchema.text.utf8))]
  }

  static func files(_ report: MirrorReport) -> [MirrorFile] {
    [MirrorFile(path: fileName, contents: write(report))]
  }

  private static func write(_ report: MirrorReport) -> [UInt8] {
    var output: [UInt8] = []
    output.write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mirror xmlns=\"\(XMLSchema.namespace)\" version=\"1\">\n")
    let pipeline = report.pipeline
    output.open("pipeline", [("id", pipeline.id), ("version", pipeline.version), ("digest", pipeline.digest)])
    output.element("name", [("lang", "nl")], pipeline.name.nl)
    output.element("name", [("lang", "en")], pipeline.name.en)
    output.write("</pipeline>\n")
    output.element("run", [("id", report.runID)], "")
    let recipient = report.recipient
    output.element(
      "recipient", [("layout", recipient.layout), ("unit", recipient.unit), ("kind", recipient.kind.rawValue)],
      recipient.name)
    output.write("<deliveries>\n")
    for delivery in report.generatedFrom {
      output.element("delivery", [("file", delivery.file), ("records", String(delivery.records))], "")
    }
    output.write("</deliveries>\n<indicators>\n")
    for part in report.indicators { write(part, to: &output) }
    output.write("</indicators>\n</mirror>\n")
    return output
  }

  private static func write(_ part: IndicatorReport, to output: inout [UInt8]) {
    let indicator = part.indicator
    output.open(
      "indicator",
      [
        ("id", indicator.id), ("version", indicator.version), ("goal", indicator.goal.rawValue),
        ("measure", indicator.measure.rawValue), ("direction", indicator.direction.rawValue),
        ("decimals", String(indicator.decimals)),
      ])
    for (name, text) in [("name", indicator.name), ("unit", indicator.unit)] {
      output.element(name, [("lang", "nl")], text.nl)
      output.element(name, [("lang", "en")], text.en)
    }
    for values in part.values { write(values, to: &output) }
    output.write("</indicator>\n")
  }

  private static let tags = FigureField.all.map {
    (start: Array("<\($0.name)>".utf8), end: Array("</\($0.name)>".utf8))
  }

  private static func write(_ values: FigureBytes, to output: inout [UInt8]) {
    output.write("<figure>")
    values.forEach { field, value in
      output += tags[field].start
      if FigureField.isText[field] { output.writeEscaped(bytes: value) } else { output += value }
      output += tags[field].end
    }
    output.write("</figure>\n")
  }
}

extension [UInt8] {
  fileprivate mutating func open(_ name: String, _ attributes: [(name: String, value: String)]) {
    start(name, attributes)
    write(">\n")
  }

  fileprivate mutating func element(_ name: String, _ attributes: [(name: String, value: String)], _ text: String) {
    start(name, attributes)
    if text.isEmpty {
      write("/>\n")
    } else {
      write(">")
      writeEscaped(text)
      write("</\(name)>\n")
    }
  }

  private mutating func start(_ name: String, _ attributes: [(name: String, value: String)]) {
    write("<\(name)")
    for attribute in attributes {
      write(" \(attribute.name)=\"")
      writeEscaped(attribute.value)
      write("\"")
    }
  }
}

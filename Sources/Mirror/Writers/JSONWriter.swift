import CoreDataset
import Definitions

/// JSON after `spiegel-mirror-1.schema.json`, which is written once at the root. Keys have a fixed order; a number that
/// is absent is null.
enum JSONWriter: MirrorWriter {
  static let format = MirrorSpec.Format.json
  static let schemaFileName = "spiegel-mirror-1.schema.json"

  static func companions() -> [MirrorFile] {
    [MirrorFile(path: schemaFileName, contents: Array(JSONSchema.text.utf8))]
  }

  static func write(_ report: MirrorReport) -> [UInt8] {
    var output: [UInt8] = []
    let pipeline = report.pipeline
    let recipient = report.recipient
    output.write("{\n\"format\":\"spiegel-mirror\",\n\"version\":1,\n\"pipeline\":{")
    output.members([("id", pipeline.id), ("version", pipeline.version), ("digest", pipeline.digest)])
    output.write(",\"name\":")
    output.localized(pipeline.name)
    output.write("},\n\"run\":")
    output.writeJSON(report.runID)
    output.write(",\n\"recipient\":{")
    output.members([
      ("layout", recipient.layout), ("unit", recipient.unit), ("kind", recipient.kind.rawValue),
      ("name", recipient.name),
    ])
    output.write("},\n\"deliveries\":[")
    for (position, delivery) in report.generatedFrom.enumerated() {
      output.write(position == 0 ? "{" : ",{")
      output.members([("file", delivery.file)])
      output.write(",\"records\":\(delivery.records)}")
    }
    output.write("],\n\"indicators\":[\n")
    for (position, part) in report.indicators.enumerated() {
      if position > 0 { output.write(",\n") }
      write(part, to: &output)
    }
    output.write("\n]\n}\n")
    return output
  }

  private static func write(_ part: IndicatorReport, to output: inout [UInt8]) {
    let indicator = part.indicator
    output.write("{")
    output.members([
      ("id", indicator.id), ("version", indicator.version), ("goal", indicator.goal.rawValue),
      ("measure", indicator.measure.rawValue), ("direction", indicator.direction.rawValue),
    ])
    output.write(",\"decimals\":\(indicator.decimals),\"name\":")
    output.localized(indicator.name)
    output.write(",\"unit\":")
    output.localized(indicator.unit)
    output.write(",\"figures\":[\n")
    var isFirst = true
    for figures in [part.figures] + part.strata.map(\.figures) {
      for figure in figures {
        if !isFirst { output.write(",\n") }
        isFirst = false
        write(figure, to: &output)
      }
    }
    output.write("\n]}")
  }

  private static func write(_ figure: MirrorFigure, to output: inout [UInt8]) {
    for (position, field) in FigureField.all.enumerated() {
      output.write(position == 0 ? "{\"" : ",\"")
      output.write(field.name)
      output.write("\":")
      switch field.value(figure) {
      case .text(let text): output.writeJSON(text)
      case .count(let count): output.write(String(count))
      case .number(let number): output.write(plainNumber(number))
      case .absent: output.write("null")
      }
    }
    output.write("}")
  }
}

/// The JSON Schema (draft 2020-12) of the JSON files.
enum JSONSchema {
  static let text = """
    {
    "$schema":"https://json-schema.org/draft/2020-12/schema",
    "$id":"urn:spiegel:mirror:1",
    "title":"Mirror information for one recipient",
    "description":"Small numbers are protected: a number that may not be seen is null.",
    "type":"object","additionalProperties":false,
    "required":["format","version","pipeline","run","recipient","deliveries","indicators"],
    "properties":{
    "format":{"const":"spiegel-mirror"},
    "version":{"const":1},
    "pipeline":{"type":"object","additionalProperties":false,"required":["id","version","digest","name"],"properties":{
    "id":{"type":"string"},"version":{"type":"string"},"digest":{"type":"string"},"name":{"$ref":"#/$defs/localized"}}},
    "run":{"type":"string"},
    "recipient":{"type":"object","additionalProperties":false,"required":["layout","unit","kind","name"],"properties":{
    "layout":{"type":"string"},"unit":{"type":"string"},"kind":{"enum":["nation","region","provider","insurer"]},"name":{"type":"string"}}},
    "deliveries":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["file","records"],
    "properties":{"file":{"type":"string"},"records":{"type":"integer","minimum":0}}}},
    "indicators":{"type":"array","items":{"$ref":"#/$defs/indicator"}}
    },
    "$defs":{
    "localized":{"type":"object","additionalProperties":false,"required":["nl","en"],
    "properties":{"nl":{"type":"string"},"en":{"type":"string"}}},
    "indicator":{"type":"object","additionalProperties":false,
    "required":["id","version","goal","measure","direction","decimals","name","unit","figures"],"properties":{
    "id":{"type":"string"},"version":{"type":"string"},"goal":{"enum":["health","experience","cost","work"]},
    "measure":{"type":"string"},"direction":{"enum":["higher-better","lower-better","neutral"]},
    "decimals":{"type":"integer","minimum":0},
    "name":{"$ref":"#/$defs/localized"},"unit":{"$ref":"#/$defs/localized"},
    "figures":{"type":"array","items":{"$ref":"#/$defs/figure"}}}},
    "figure":{"type":"object","additionalProperties":false,
    "required":[\(FigureField.all.map { "\"\($0.name)\"" }.joined(separator: ","))],
    "properties":{
    \(properties)
    }}
    }
    }

    """

  private static let properties = FigureField.all.map { field in
    let type =
      switch field.kind {
      case .text: "string"
      case .count: "integer"
      case .number: "number"
      }
    let types = field.isRequired ? "\"\(type)\"" : "[\"\(type)\",\"null\"]"
    return "\"\(field.name)\":{\"type\":\(types),\"description\":\"\(field.meaning)\"}"
  }.joined(separator: ",\n")
}

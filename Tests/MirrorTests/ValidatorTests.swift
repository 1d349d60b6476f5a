import Definitions
import Foundation
import TestSupport
import Testing

@testable import Mirror

/// What other people's software says of the files.
@Suite("Mirror files in other people's software")
struct ValidatorTests {
  static let hasFrictionless = Python.has("frictionless")
  static let frictionlessHint: Comment = "needs python3 with frictionless"
  static let hasFHIR = Python.has("fhir.resources.R4B.bundle")
  static let fhirHint: Comment = "needs python3 with fhir.resources"

  /// The files of some recipients in a folder.
  static func folder(_ recipients: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, contents) in MirrorTests.files where recipients.contains(where: { path.hasPrefix($0 + "/") }) {
      let file = folder.url.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(contents).write(to: file)
    }
    return folder
  }

  static let recipients = ["nation/NL", "proeftuin/zwolle", "provider/08401007", "provider/08401035"]

  private static let validate = """
    import sys
    from frictionless import validate
    for path in sys.argv[1:]:
        report = validate(path)
        assert report.stats["tasks"] == 2, path
        if not report.valid:
            print("invalid", path, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5])
            sys.exit(1)
    print("valid")
    """

  @Test(
    "frictionless finds each table as its data package describes it", .enabled(if: hasFrictionless, frictionlessHint))
  func dataPackage() throws {
    let folder = try Self.folder(Self.recipients)
    let result = try Python.run(Self.validate, Self.recipients.map { "\($0)/datapackage.json" }, in: folder.url)
    #expect(result.succeeded && result.output == "valid\n", "\(result.output)")
  }

  @Test(
    "frictionless finds a table that is not the one described", .enabled(if: hasFrictionless, frictionlessHint),
    arguments: [("08401007", "08401008"), (",none,", ",perhaps,"), (",period,", ",perioda,"), (",ok,", ",,")])
  func otherTable(from: String, to: String) throws {
    let folder = try Self.folder(["proeftuin/zwolle", "provider/08401007"])
    let text = try folder.text("provider/08401007/spiegel.csv")
    try #require(text.contains(from))
    try folder.write("provider/08401007/spiegel.csv", text.replacingOccurrences(of: from, with: to))
    let result = try Python.run(Self.validate, ["provider/08401007/datapackage.json"], in: folder.url)
    #expect(!result.succeeded && result.output.hasPrefix("invalid"), "\(result.output)")
  }

  /// Reads the bundle by the model of FHIR, checks that it keeps all of it, and lists what it says of scores and counts.
  private static let readBundle = """
    import json, sys
    from decimal import Decimal
    from fhir.resources.R4B.bundle import Bundle
    dar = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    def absent(element):
        return [e.valueCode for e in (element.extension or []) if e.url == dar] if element else []
    def field(group, name):
        found = [e for e in group.extension if e.url == "urn:spiegel:mirror:1#" + name]
        assert len(found) < 2, name
        return found[0] if found else None
    def check(group):
        protection = field(group, "protection").valueString
        value = field(group, "value")
        score = group.measureScore
        assert (value is None) == (score.value is None)
        assert value is None or value.valueDecimal == score.value
        assert (score.value is None) == bool(absent(score))
        if protection not in ("none", "rounded"):
            assert absent(score) == ["masked"], protection
        for population in group.population:
            has = population.count is not None
            assert has != bool(absent(population.count__ext))
            if protection != "none":
                assert not has and absent(population.count__ext) == ["masked"]
            if has and population.code.coding[0].code == "initial-population":
                assert field(group, "persons").valueInteger == population.count
        return "masked" if absent(score) == ["masked"] else "absent" if absent(score) else "score"
    for path in sys.argv[1:]:
        text = open(path, encoding="utf-8").read()
        bundle = Bundle.model_validate_json(text)
        kinds = {"masked": 0, "absent": 0, "score": 0}
        measures, reports = set(), 0
        for entry in bundle.entry:
            resource = entry.resource
            if resource.get_resource_type() == "Measure":
                measures.add(resource.url + "|" + resource.version)
                continue
            reports += 1
            assert resource.measure in measures and resource.type == "summary"
            for group in resource.group:
                kinds[check(group)] += 1
                for stratifier in group.stratifier or []:
                    for stratum in stratifier.stratum:
                        kinds[check(stratum)] += 1
        original = json.loads(text, parse_float=Decimal)
        again = json.loads(bundle.model_dump_json(), parse_float=Decimal)
        assert original == again, path + " is not the same when it is written again"
        print(path, len(measures), reports, kinds["score"], kinds["masked"], kinds["absent"])
    """

  @Test("fhir.resources reads Measure and MeasureReport and loses nothing", .enabled(if: hasFHIR, fhirHint))
  func fhir() throws {
    let folder = try Self.folder(Self.recipients)
    let result = try Python.run(Self.readBundle, Self.recipients.map { "\($0)/spiegel.fhir.json" }, in: folder.url)
    #expect(result.succeeded, "\(result.output)")
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").dropFirst().compactMap { Int($0) } }
    try #require(lines.count == Self.recipients.count)
    for line in lines { #expect(line[0] == 15 && line[1] == 60 && line[2] + line[3] + line[4] == 84) }
    // Provider 08401035 has 7 persons: not one figure of it may be seen.
    #expect(lines[3][2] == 0 && lines[3][3] == 84)
    #expect(lines[0][2] > 80)
  }

  private static let sameAsCSV = """
    import csv, sys
    import pyarrow.parquet as parquet
    for folder in sys.argv[1:]:
        table = parquet.read_table(folder + "/spiegel.parquet")
        with open(folder + "/spiegel.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert table.column_names == rows[0]
        columns = table.to_pydict()
        cells = 0
        for position, name in enumerate(rows[0]):
            for value, row in zip(columns[name], rows[1:], strict=True):
                cell = row[position]
                if value is None:
                    assert cell == "", (name, cell)
                elif isinstance(value, str):
                    assert cell in (value, "'" + value), (name, cell, value)
                else:
                    assert float(cell) == value, (name, cell, value)
                cells += 1
        print(folder, cells)
    """

  @Test(
    "pyarrow finds every cell of the CSV file in the Parquet file",
    .enabled(if: Python.has("pyarrow"), "needs python3 with pyarrow"))
  func parquet() throws {
    let folder = try Self.folder(Self.recipients)
    let result = try Python.run(Self.sameAsCSV, Self.recipients, in: folder.url)
    let cells = 84 * (CSVWriter.leading.count + FigureField.all.count)
    #expect(result.output == Self.recipients.map { "\($0) \(cells)\n" }.joined(), "\(result.output)")
  }

  private static let validateJSON = """
    import json, sys
    from jsonschema import Draft202012Validator
    schema = json.load(open("schema.json", encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for path in sys.argv[1:]:
        errors = list(Draft202012Validator(schema).iter_errors(json.load(open(path, encoding="utf-8"))))
        print(path, "valid" if not errors else errors[0].message[:200])
    """

  @Test(
    "jsonschema finds each JSON file valid after its schema, and a changed one not",
    .enabled(if: Python.has("jsonschema"), "needs python3 with jsonschema"))
  func jsonSchema() throws {
    let folder = try Self.folder(Self.recipients)
    try folder.write(
      "schema.json", String(decoding: try FormatTests.file(JSONWriter.schemaFileName), as: UTF8.self))
    let paths = Self.recipients.map { "\($0)/spiegel.json" }
    let result = try Python.run(Self.validateJSON, paths, in: folder.url)
    #expect(result.output == paths.map { "\($0) valid\n" }.joined(), "\(result.output)")
    let text = try folder.text(paths[0])
    for (old, new) in [("\"persons\":", "\"people\":"), ("\"kind\":\"nation\"", "\"kind\":\"planet\"")] {
      try #require(text.contains(old))
      try folder.write(paths[0], text.replacing(old, with: new))
      let refused = try Python.run(Self.validateJSON, [paths[0]], in: folder.url)
      #expect(!refused.output.contains("json valid"), "\(refused.output)")
    }
  }

  private static let compareXML = """
    import json, sys
    from decimal import Decimal
    from fhir.resources.R4B.bundle import Bundle
    for folder in sys.argv[1:]:
        one = Bundle.model_validate_json(open(folder + "/spiegel.fhir.json", encoding="utf-8").read())
        text = open(folder + "/spiegel.fhir.xml", "rb").read()
        two = Bundle.model_validate_xml(text)
        first = json.loads(one.model_dump_json(), parse_float=Decimal)
        second = json.loads(two.model_dump_json(), parse_float=Decimal)
        assert first == second, folder
        print(len(first["entry"]), text.count(b"<MeasureReport>"))
    """

  @Test(
    "fhir.resources reads the same from XML as from JSON",
    .enabled(if: hasFHIR && Python.has("lxml"), "needs python3 with fhir.resources and lxml"))
  func fhirXML() throws {
    let folder = try Self.folder(Self.recipients)
    let result = try Python.run(Self.compareXML, Self.recipients, in: folder.url)
    #expect(result.succeeded, "\(result.output)")
    #expect(result.output == String(repeating: "75 60\n", count: Self.recipients.count))
  }

  @Test("FHIR in XML keeps digits, line ends and texts that look like markup")
  func fhirXMLTexts() {
    var document = FHIRDocument(capacity: 100)
    let kind = FHIRDocument.Extension("u", "valueDecimal")
    document.resource("A") { resource in
      resource.list("x", ["a\nb", "<&\"é\u{1}"]) { $0.text("z", $1) }
      resource.absent("y") { $0.extensions { $0.add(kind, "1.50".utf8) } }
      resource.text("t", "v") { said in
        said.extensions { $0.add("w") { $0.add(FHIRDocument.Extension("c", "valueCode"), "d".utf8) } }
      }
      resource.resource("B", in: "resource") { $0.number("n", "7".utf8) }
      resource.text("last", "l")
    }
    #expect(
      String(decoding: document.json, as: UTF8.self)
        == #"{"resourceType":"A","x":[{"z":"a\nb"},{"z":"<&\"é\u0001"}],"#
        + #""_y":{"extension":[{"url":"u","valueDecimal":1.50}]},"t":"v","#
        + #""_t":{"extension":[{"url":"w","extension":[{"url":"c","valueCode":"d"}]}]},"#
        + #""resource":{"resourceType":"B","n":7},"last":"l"}"# + "\n")
    #expect(
      String(decoding: document.xml, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <A xmlns="http://hl7.org/fhir"><x><z value="a&#10;b"/></x><x><z value="&lt;&amp;&quot;é\u{FFFD}"/></x>\
        <y><extension url="u"><valueDecimal value="1.50"/></extension></y>\
        <t value="v"><extension url="w"><extension url="c"><valueCode value="d"/></extension></extension></t>\
        <resource><B><n value="7"/></B>
        </resource><last value="l"/></A>

        """)
  }

  @Test("A withheld figure has no number in FHIR, and says that it is masked")
  func masked() throws {
    let text = String(decoding: try FormatTests.file("provider/08401035/spiegel.fhir.json"), as: UTF8.self)
    #expect(text.contains("\"valueCode\":\"masked\""))
    #expect(!text.contains("\"measureScore\":{\"value\"") && !text.contains("\"count\":"))
    #expect(!text.contains("#persons\"") && !text.contains("#lower95\""))
    let shown = String(decoding: try FormatTests.file("provider/08401007/spiegel.fhir.json"), as: UTF8.self)
    #expect(shown.contains("\"measureScore\":{\"value\"") && shown.contains("\"count\":"))
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// Whatever is wrong with what the program is given, it says so in one clear line, with the exit code of `sysexits.h`.
struct BadInputTests {
  /// A folder with an input folder and room for a workspace.
  private struct Place {
    let folder: TemporaryFolder
    var input: URL { folder.url.appending(path: "input") }
    var workspace: URL { folder.url.appending(path: "workspace") }

    init(_ files: [String: Data] = [:]) throws {
      folder = try TemporaryFolder()
      try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
      for (name, content) in files { try content.write(to: input.appending(path: name)) }
    }

    func run(
      _ more: String..., pipeline: String = SampleRuns.pipeline, environment: [String: String] = [:]
    ) throws -> CommandOutcome {
      let place = ["--input", input.path, "--workspace", workspace.path]
      return try Spiegel.start(["run", pipeline] + place + more, environment: environment).outcome()
    }
  }

  /// One line on standard error, nothing on standard output, nothing published.
  private func expect(
    _ outcome: CommandOutcome, _ exitCode: Int32, _ message: String, _ place: Place,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.exitCode == exitCode, sourceLocation: location)
    #expect(!outcome.wasKilled, sourceLocation: location)
    #expect(outcome.errors == "error: \(message)\n", sourceLocation: location)
    #expect(outcome.output.isEmpty, sourceLocation: location)
    #expect(RunWorkspace(folder: place.workspace).currentTarget == nil, sourceLocation: location)
    // Nothing half made stays behind.
    let left = (try? FileManager.default.subpathsOfDirectory(atPath: place.workspace.path)) ?? []
    #expect(left.filter { $0.contains(".partial") } == [], sourceLocation: location)
  }

  private static let header =
    "Declaratienummer;Regelnummer;BSN;UZOVI;AGB;Zorgsoort;Activiteit;Prestatiecode;Diagnosecode;Begindatum;Einddatum;"
    + "Aantal;Bedrag;Omschrijving\r\n"

  @Test func missingInputFolder() throws {
    let place = try Place()
    try FileManager.default.removeItem(at: place.input)
    expect(
      try place.run(), 66,
      "\(place.input.path): there is no such folder. Expected the folder with the delivered files. Check --input.",
      place)
  }

  @Test func emptyInputFolder() throws {
    let place = try Place()
    expect(
      try place.run(), 66,
      "\(place.input.path): the folder holds no files. Expected delivered files. Check --input, and whether the delivery "
        + "has arrived.", place)
  }

  @Test func emptyFile() throws {
    let place = try Place(["prem-pijn.csv": Data()])
    expect(
      try place.run(), 65,
      "prem-pijn.csv: the file is empty: there is no header. Ask for the delivery again, or remove the file.", place)
  }

  @Test func xmlOfAnotherKind() throws {
    let place = try Place(["prom-pijn.xml": Data("<?xml version=\"1.0\"?><other><row a=\"1\"/></other>".utf8)])
    expect(
      try place.run(), 65,
      "prom-pijn.xml: the file holds no records. Expected at least one element /aanlevering/respons/vragenlijst/antwoord, "
        + "as sources/prom-pijn-xml.yaml says. Ask for the delivery again, or remove the file.", place)
  }

  @Test func nothingToCount() throws {
    let register = "AGB;Naam;Soort;Postcode;Ingangsdatum;Einddatum\n06010101;De Brug;ziekenhuis;8011 AB;01-01-2010;\n"
    let place = try Place(["zorgaanbieders.csv": Data(register.utf8)])
    let outcome = try place.run()
    #expect(outcome.exitCode == 65)
    #expect(
      outcome.errors.hasSuffix(
        "error: no figure could be computed from these deliveries. Expected records that the indicators count. Nothing "
          + "was published. Check that all deliveries are in the folder and lie in the pipeline's periods.\n"))
    #expect(outcome.output.isEmpty)
  }

  @Test func headerOnly() throws {
    let place = try Place(["verzekeraar-declaraties-2016.csv": Data(Self.header.utf8)])
    expect(
      try place.run(), 65,
      "verzekeraar-declaraties-2016.csv: the file holds no records. Expected at least one record behind the header. Ask "
        + "for the delivery again, or remove the file.", place)
  }

  @Test func binaryFile() throws {
    let bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0xFF, 0xFE, 0x0A, 0, 3]
    let place = try Place(["prem-pijn.csv": Data(bytes)])
    expect(
      try place.run(), 65,
      "prem-pijn.csv: the file is not text (at byte 8). Check whether it is the right file: it looks binary or compressed.",
      place)
  }

  @Test func wideEncoding() throws {
    let place = try Place(["prem-pijn.csv": Data([0xFF, 0xFE] + "bsn,datum\n".utf8.flatMap { [$0, 0] })])
    expect(
      try place.run(), 65,
      "prem-pijn.csv: the file is in UTF-16 or UTF-32. Say `encoding: utf-16` in the source definition; UTF-32: convert "
        + "it first, iconv -f UTF-32 -t UTF-8.", place)
  }

  @Test func truncatedXML() throws {
    let whole = try Data(contentsOf: SampleRuns.faulty.get().folder.appending(path: "prom-pijn.xml"))
    let place = try Place(["prom-pijn.xml": whole.prefix(3000)])
    let outcome = try place.run()
    let error = try #require(outcome.errorLines.first)
    #expect(error.hasPrefix("error: prom-pijn.xml:"))
    expect(outcome, 65, String(error.dropFirst("error: ".count)), place)
    #expect(error.contains(": the XML is not well formed ("))
    #expect(error.hasSuffix("). The file may be cut off: ask for the delivery again."))
  }

  @Test func missingColumn() throws {
    let place = try Place()
    try FileManager.default.removeItem(at: place.input)
    try FileManager.default.copyItem(at: try SampleRuns.faulty.get().refused, to: place.input)
    expect(
      try place.run(), 65,
      "verzekeraar-declaraties-2019.csv:1: the column \"Bedrag\" of source verzekeraar-declaraties is missing. Expected "
        + "all columns that sources/verzekeraar-declaraties.yaml names; the file has \"Declaratienummer\", "
        + "\"Regelnummer\", \"BSN\", \"UZOVI\", \"AGB\", \"Zorgsoort\", \"Activiteit\", \"Prestatiecode\", "
        + "\"Diagnosecode\", \"Begindatum\", \"Einddatum\", \"Aantal\", \"Omschrijving\". Ask for a complete delivery, "
        + "or add the new name as an alias in sources/verzekeraar-declaraties.yaml.", place)
  }

  @Test func unrecognisedFile() throws {
    let place = try Place(["notes.txt": Data("notes\n".utf8)])
    let outcome = try place.run()
    #expect(outcome.exitCode == 65)
    #expect(outcome.errorLines.count == 1)
    #expect(
      outcome.errors.hasPrefix(
        "error: notes.txt: no source definition of pipeline chronische-pijn recognises this file. Expected a name like "
          + "prem-pijn*.csv (prem-pijn), "))
    #expect(
      outcome.errors.hasSuffix(
        " Rename or remove the file, add a definition under sources/, or list it under `ignore` in pipeline.yaml.\n"))
  }

  @Test func unknownKeyInThePipeline() throws {
    let place = try Place(["prem-pijn.csv": Data("x\n".utf8)])
    let pipeline = try SampleRuns.changedPipeline([(file: "pipeline.yaml", from: "buckets:", to: "bukets:")])
    let text = try String(contentsOf: pipeline.appending(path: "pipeline.yaml"), encoding: .utf8)
    let line = try #require(text.components(separatedBy: "\n").firstIndex { $0.hasPrefix("bukets:") }) + 1
    let message = "pipeline.yaml:\(line):1: unknown key \"bukets\"; did you mean \"buckets\"?"
    expect(try place.run(pipeline: pipeline.path), 78, message, place)
    expect(try Spiegel.run("check", pipeline.path), 78, message, place)
  }

  @Test func missingPipeline() throws {
    let place = try Place(["prem-pijn.csv": Data("x\n".utf8)])
    expect(
      try place.run(pipeline: "no/such/pipeline"), 78,
      "no/such/pipeline: there is no such pipeline folder. Expected a folder with pipeline.yaml. Check the path; "
        + "pipelines are under pipelines/.", place)
  }

  @Test func keyThatOthersCanRead() throws {
    let place = try Place(["prem-pijn.csv": Data("x\n".utf8)])
    let key = place.folder.url.appending(path: "key")
    try FileManager.default.copyItem(at: try Spiegel.keyFile.get(), to: key)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
    expect(
      try place.run(environment: ["SPIEGEL_KEY_FILE": key.path]), 74,
      "\(key.path): the key file can be read by others than its owner. Expected mode 0600. Run `chmod 600 \(key.path)`, "
        + "and ask yourself who has read it.", place)
  }

  @Test func fileThatIsNoKey() throws {
    let place = try Place(["prem-pijn.csv": Data("x\n".utf8)])
    let key = place.folder.url.appending(path: "key")
    try Data("secret\n".utf8).write(to: key)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
    expect(
      try place.run("--key-file", key.path), 74,
      "\(key.path): is not a key file. Expected at least 64 hexadecimal digits. Name the right file with --key-file; "
        + "without the key of earlier runs, persons get other pseudonyms.", place)
  }

  @Test func lockedWorkspace() throws {
    let place = try Place(["prem-pijn.csv": Data("x\n".utf8)])
    try FileManager.default.createDirectory(at: place.workspace, withIntermediateDirectories: true)
    let lock = open(place.workspace.appending(path: ".lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let message =
      "\(place.workspace.path): another run holds this workspace. Wait until it has ended and try again; the lock ends "
      + "with that process."
    expect(try place.run(), 75, message, place)
    expect(try Spiegel.run("mirror", SampleRuns.pipeline, "--workspace", place.workspace.path), 75, message, place)
  }

  @Test func workspaceThatCannotBeMade() throws {
    let place = try Place(["workspace": Data()])
    let below = place.input.appending(path: "workspace/below")
    expect(
      try place.run("--workspace", below.path), 73,
      "\(below.path)/staged: cannot create this folder. Check that the folder above it exists, is writable and that the "
        + "disk is not full.", place)
  }

  @Test func stageWithoutDraft() throws {
    let place = try Place()
    expect(
      try Spiegel.run("aggregate", SampleRuns.pipeline, "--workspace", place.workspace.path), 66,
      "\(place.workspace.path)/draft: there is no draft in this workspace. Expected what `spiegel ingest` leaves. Run "
        + "`spiegel ingest \(SampleRuns.pipeline) --input DIR --workspace \(place.workspace.path)` first.", place)
  }

  @Test func problemsAreEventsForABatchJob() throws {
    let place = try Place()
    let outcome = try place.run("--log-format", "json")
    #expect(outcome.exitCode == 66)
    let line = try #require(outcome.errorLines.first)
    let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    #expect(outcome.errorLines.count == 1 && event["event"] == "RunFailed" && event["level"] == "error")
    #expect(event["message"]?.hasPrefix("\(place.input.path): the folder holds no files.") == true)
  }

  @Test(
    arguments: [
      (["run", "x", "--input", "y", "--jobs", "0"], "Error: --jobs must be between 1 and 256, not 0."),
      (["run", "x", "--input", "y", "--jbos", "2"], "Error: Unknown option '--jbos'. Did you mean '--jobs'?"),
      (["run", "x"], "Error: Missing expected argument '--input <input>'"),
      (["samples", "--output", "x", "--persons", "0"], "Error: --persons must be at least 1, not 0."),
      (["frobnicate"], "Error: Unexpected argument 'frobnicate'"),
    ])
  func wrongUse(arguments: [String], message: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Spiegel.start(arguments, in: folder.url).outcome()
    #expect(outcome.exitCode == 64)
    #expect(outcome.errorLines.first == message)
    #expect(outcome.errors.contains("Usage: spiegel "))
    #expect(outcome.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}

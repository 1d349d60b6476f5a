import ArgumentParser
import Columns
import Definitions
import Foundation
import Normalize
import Workspace

/// Scores of answers in a file, with their working.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Scores a file of answers to one questionnaire, with the working shown.",
    discussion: """
      The file is delimited text with a header: a column for each item, named by its code or LOINC code; "id" for whose \
      answers they are; "=" and a scale for a delivered score, which is compared with the computed one. An empty field is \
      a question not answered; an answer out of range is set aside and said to be so. The rules are those of a run.
      """)

  /// How scores are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv
  }

  @Argument(help: "Id of an instrument, or path of its YAML file.")
  var instrument: String

  @Argument(help: "File with answers.")
  var file: String

  @Option(help: "Folder with instruments.")
  var instruments = "pipelines/instruments"

  @Option(help: "text, with the working, or csv, a line per score.")
  var format = Format.text

  func run() {
    ending {
      let definition = try InstrumentFolder(instruments).instrument(instrument)
      let answers = try AnswerFile(file, definition)
      if !answers.absent.isEmpty {
        note("no column for item \(answers.absent.joined(separator: ", ")): not answered by anybody")
      }
      if !answers.ignored.isEmpty { note("not an item or scale: \(answers.ignored.joined(separator: ", "))") }
      let text = ScoreText(definition)
      if format == .csv { print(CSV.record(ScoreText.header), terminator: "") }
      for response in answers.responses {
        if format == .csv {
          for record in text.records(response) { print(CSV.record(record), terminator: "") }
        } else {
          print(text.working(response))
        }
      }
    }
  }

  private func note(_ text: String) { FileHandle.standardError.write(Data("note: \(text)\n".utf8)) }
}

/// The instruments of a folder.
struct InstrumentFolder {
  let path: String

  init(_ path: String) { self.path = path }

  private var isThere: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// All of them.
  func all() throws -> [Instrument] {
    guard isThere else { throw absent(path, "a folder with a YAML file per instrument", []) }
    return try Instrument.loadAll(folder: URL(filePath: path))
  }

  /// One by id, or by the path of its file.
  func instrument(_ name: String) throws -> Instrument {
    let file = name.hasSuffix(".yaml") ? name : "\(path)/\(name).yaml"
    guard FileManager.default.fileExists(atPath: file) else {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      throw absent(
        file, "an instrument", names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted())
    }
    return try Instrument.load(file: URL(filePath: file))
  }

  private func absent(_ place: String, _ expected: String, _ known: [String]) -> Problem {
    Problem(
      .definition, at: place, "is not there",
      expected: known.isEmpty ? expected : "\(expected): \(known.joined(separator: ", "))",
      remedy: "Name an instrument of the folder, or give the folder with --instruments.")
  }
}

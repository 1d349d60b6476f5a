import Columns
import Definitions
import Readers
import Workspace

/// Answers to one questionnaire in delimited text: a column for each item, named by its code; a column `=scale` for a
/// delivered score; a column `id` for whose answers they are.
struct AnswerFile {
  /// A filled-in questionnaire.
  struct Response {
    /// Where it stands in the file.
    let line: Int
    /// What the file calls it; empty where it does not.
    var id = ""
    /// A number per item of the instrument; NaN where not answered or not usable.
    var answers: [Double]
    /// A delivered score per scale; NaN where there is none.
    var delivered: [Double]
    /// What was set aside, and why.
    var remarks: [String] = []
  }

  /// The filled-in questionnaires, in order of the file.
  private(set) var responses: [Response] = []
  /// Items that no column holds.
  private(set) var absent: [String] = []
  /// Columns that are neither an item nor a scale.
  private(set) var ignored: [String] = []

  /// What a column of the file holds.
  private enum Target {
    case item(Int), delivered(Int), id, nothing
  }

  /// Reads a file.
  ///
  /// - Throws: when it cannot be read, a line has another number of fields than the header, or no column is an item or a
  ///   scale of the instrument.
  init(_ path: String, _ instrument: Instrument) throws(Problem) {
    do throws(ReadError) {
      let head = try FileHead(path: path)
      let dialect = Dialect(delimiter: Self.delimiter(head.firstLines(1).first ?? ""))
      var pieces = try PieceReader(path: path, dialect: dialect)
      let names = try pieces.header()
      let targets = names.map { Self.target($0, instrument) }
      lay(targets, names, instrument)
      let comma = dialect.delimiter != UInt8(ascii: ",")
      var reader = DelimitedReader(dialect: dialect, width: names.count)
      while let piece = try pieces.next() {
        reader.start(piece)
        while let batch = reader.next() {
          for row in 0..<batch.count {
            var fields: [String] = []
            for index in 0..<batch.width {
              let field = batch.column(index)[row]
              fields.append(String(decoding: field.indices.map { field[$0] }, as: UTF8.self))
            }
            let place = Response(
              line: Int(batch.lines[row]), answers: Array(repeating: .nan, count: instrument.items.count),
              delivered: Array(repeating: .nan, count: instrument.scales.count))
            responses.append(Self.filled(place, fields, targets, instrument, decimalComma: comma))
          }
        }
        if let fault = reader.takeFaults().first {
          throw ReadError(.badHeader, line: fault.line, detail: "\(fault.reason.code), \(names.count) fields expected")
        }
      }
    } catch {
      throw Self.problem(error, path)
    }
    if absent.count == instrument.items.count, !hasDelivered {
      let known = instrument.items.map(\.code) + instrument.scales.map { "=\($0.code)" }
      throw Problem(
        .data, at: "\(path):1", "no column is an item or a score of \(instrument.id)",
        expected: "columns named \(known.joined(separator: ", "))",
        remedy: "Name the columns after the items; \"spiegel instruments \(instrument.id)\" lists them.")
    }
  }

  private var hasDelivered = false

  private mutating func lay(_ targets: [Target], _ names: [String], _ instrument: Instrument) {
    var items: Set<Int> = []
    for (target, name) in zip(targets, names) {
      switch target {
      case .item(let index): items.insert(index)
      case .delivered: hasDelivered = true
      case .nothing: ignored.append(name)
      case .id: break
      }
    }
    absent = instrument.items.indices.filter { !items.contains($0) }.map { instrument.items[$0].code }
  }

  /// A column is an item by its code or its LOINC code, a delivered score by `=` and the scale.
  private static func target(_ name: String, _ instrument: Instrument) -> Target {
    if let index = instrument.index(ofItem: name) ?? instrument.index(ofLOINC: name) { return .item(index) }
    if name.hasPrefix("="), let scale = instrument.scales.firstIndex(where: { $0.code == name.dropFirst() }) {
      return .delivered(scale)
    }
    return name.lowercased() == "id" ? .id : .nothing
  }

  /// The delimiter that the header has most of.
  private static func delimiter(_ header: String) -> UInt8 {
    let candidates = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")]
    return candidates.max { a, b in header.utf8.count { $0 == a } < header.utf8.count { $0 == b } } ?? candidates[0]
  }

  private static func filled(
    _ place: Response, _ fields: [String], _ targets: [Target], _ instrument: Instrument, decimalComma: Bool
  ) -> Response {
    var response = place
    for (field, target) in zip(fields, targets) where !field.isEmpty {
      let number = Double(decimalComma ? field.replacing(",", with: ".") : field)
      switch target {
      case .id: response.id = field
      case .nothing: continue
      case .delivered(let scale):
        let code = instrument.scales[scale].code
        guard let number, number.isFinite else {
          response.remarks.append("=\(code) \"\(field)\" is not a number: set aside")
          continue
        }
        response.delivered[scale] = number
      case .item(let index):
        let item = instrument.items[index]
        let expected = "\(shown(item.minimum)) to \(shown(item.maximum))"
        guard let answer = number ?? item.answerCodes[field], answer.isFinite else {
          response.remarks.append("item \(item.code) \"\(field)\" is not an answer, expected \(expected): set aside")
          continue
        }
        if answer < item.minimum || answer > item.maximum {
          response.remarks.append("item \(item.code) \(shown(answer)) is out of range, expected \(expected): set aside")
        } else {
          response.answers[index] = answer
        }
      }
    }
    return response
  }

  private static func problem(_ error: ReadError, _ path: String) -> Problem {
    let place = [path, error.line.map(String.init)].compactMap(\.self).joined(separator: ":")
    let category: Problem.Category = error.kind == .cannotOpen ? .noInput : .data
    if let line = error.line, line > 1 {
      return Problem(
        .data, at: place, "the line cannot be read: \(error.detail ?? error.kind.rawValue)",
        remedy: "Mend the line and try again.")
    }
    return Problem(category, at: place, error.description, remedy: "Give a text file with a header line.")
  }
}

/// A number as people write it: without needless decimals, at most six.
func shown(_ value: Double) -> String {
  let rounded = (value * 1e6).rounded() / 1e6
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int64(rounded)) : String(rounded)
}

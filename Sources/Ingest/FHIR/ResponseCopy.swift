import Foundation
import Readers

/// Copies a JSON file of FHIR resources without some of its QuestionnaireResponses: lines of NDJSON and single resources as
/// they are, Bundles without the entries that hold only responses that are left out.
struct ResponseCopy {
  private let isWanted: (Int) -> Bool
  private var ordinal = 0

  static func copy(path: String, where isWanted: @escaping (Int) -> Bool) throws(ReadError) -> [UInt8] {
    var reader = try LineReader(path: path)
    var lines: [[UInt8]] = []
    while let line = try reader.next() { lines.append(line) }
    var copy = ResponseCopy(isWanted: isWanted)
    let first = lines.first { $0.contains { $0 > 0x20 } } ?? []
    // A file whose first line is a whole value has a value a line, as for JSONTreeReader.
    if (try? JSONDecoder().decode(JSONAny.self, from: Data(first))) == nil { lines = [Array(lines.joined())] }
    var text: [UInt8] = []
    for line in lines { text += try copy.part(line) }
    return text
  }

  private init(isWanted: @escaping (Int) -> Bool) { self.isWanted = isWanted }

  /// What stays of a value; nothing when that is no response.
  private mutating func part(_ text: [UInt8]) throws(ReadError) -> [UInt8] {
    if text.allSatisfy({ $0 <= 0x20 }) { return [] }
    guard let value = try? JSONDecoder().decode(JSONAny.self, from: Data(text)) else { throw ReadError(.malformedJSON) }
    let before = ordinal
    guard let kept = part(value) else { return [] }
    // What has no response in it, such as the only resource of another kind, is none of ours.
    if ordinal == before { return [] }
    if kept == value { return text }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(kept) else { throw ReadError(.malformedJSON) }
    return Array(data) + [0x0A]
  }

  /// A resource without what is left out; nil when nothing of it stays.
  private mutating func part(_ resource: JSONAny) -> JSONAny? {
    guard case .object(var members) = resource else { return resource }
    switch members["resourceType"] {
    case .text("QuestionnaireResponse"):
      ordinal += 1
      return isWanted(ordinal) ? resource : nil
    case .text("Bundle"):
      guard case .list(let entries) = members["entry"] else { return resource }
      let before = ordinal
      var hasResponse = false
      var kept: [JSONAny] = []
      for entry in entries {
        guard case .object(var parts) = entry, let inner = parts["resource"] else {
          kept.append(entry)
          continue
        }
        let start = ordinal
        guard let stays = part(inner) else { continue }
        if ordinal > start { hasResponse = true }
        parts["resource"] = stays
        kept.append(.object(parts))
      }
      if ordinal > before && !hasResponse { return nil }
      members["entry"] = .list(kept)
      return .object(members)
    default: return resource
    }
  }
}

/// Any JSON value, to be written again as it was read.
private enum JSONAny: Codable, Equatable {
  case null, flag(Bool), number(Decimal), text(String), list([JSONAny]), object([String: JSONAny])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Decimal.self) {
      self = .number(number)
    } else if let members = try? value.decode([String: JSONAny].self) {
      self = .object(members)
    } else {
      self = .list(try value.decode([JSONAny].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .null: try value.encodeNil()
    case .flag(let flag): try value.encode(flag)
    case .number(let number): try value.encode(number)
    case .text(let text): try value.encode(text)
    case .list(let list): try value.encode(list)
    case .object(let members): try value.encode(members)
    }
  }
}

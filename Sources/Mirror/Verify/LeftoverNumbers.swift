import Columns
import Columns
import CoreDataset
import Definitions
import Foundation
import Parquet
import Workspace

/// Looks for the very digits of withheld figures in every file that leaves the run or that a steward may hand on: pages with
/// their charts, all formats, the pages and tables on quality, and the gauges. It knows no format, so that what a writer
/// leaves behind in a title, a comment or an attribute is found as well.
///
/// Only numbers with so many digits that they are nobody else's are looked for, as they are written in files: the shortest
/// form that reads back as the same number. What a page rounds for people is left to the formats that it is made of. Shares
/// of few persons are left out, for many have the same: two of fifteen is a step of a target too.
enum LeftoverNumbers {
  /// Fewest characters of a number that is taken to be of one figure only.
  private static let fewestCharacters = 9

  /// Most persons of whom a share may be another's by chance.
  private static let fewPersons = 100

  private static let fields: [@Sendable (ResultRow) -> Double?] = [
    \.value, \.numerator, \.denominator, \.amount, \.standardDeviation, \.lower95, \.upper95, \.lower998, \.upper998,
    \.expected, \.ratio, \.adjusted, \.baselineValue, \.change, \.smoothed, \.changeLower95, \.changeUpper95,
  ]

  /// Numbers of the figures that are not published in full, and whose they are; without those that published figures have.
  static func secrets(_ results: [ResultRow], hidden: Set<AuditedFigure.Key>) -> [String: AuditedFigure.Key] {
    var secrets: [String: AuditedFigure.Key] = [:]
    var open: Set<String> = []
    for row in results {
      let key = AuditedFigure.key(row)
      let numbers = fields.compactMap { $0(row) }.filter { !isSmallShare(abs($0)) }.map { plainNumber(abs($0)) }
        .filter { $0.count >= fewestCharacters }
      if hidden.contains(key) {
        for number in numbers { secrets[number] = key }
      } else {
        open.formUnion(numbers)
      }
    }
    return secrets.filter { !open.contains($0.key) }
  }

  private static func isSmallShare(_ number: Double) -> Bool {
    number < 1 && (1...fewPersons).contains { abs(number * Double($0) - (number * Double($0)).rounded()) < 1e-9 }
  }

  /// The files of a run in which a secret stands, each with the first that was found in it; how many files there are.
  static func found(_ secrets: [String: AuditedFigure.Key], in run: RunFolder) -> (files: Int, faults: [String]) {
    let paths = (FileManager.default.subpaths(atPath: run.folder.path) ?? []).sorted().filter { path in
      path.hasPrefix("mirror/") || path.hasPrefix("quality/") || path == "metrics.txt"
    }
    var count = 0
    var faults: [String] = []
    for path in paths {
      let file = run.folder.appending(path: path)
      let numbers = path.hasSuffix(".parquet") ? parquet(file) : (try? Data(contentsOf: file)).map { text([UInt8]($0)) }
      guard let numbers else { continue }
      count += 1
      if let number = numbers.first(where: { secrets[$0] != nil }), let key = secrets[number] {
        faults.append(
          "\(path): a number of \(key.layout)/\(key.unit) \(key.indicator) \(key.period), which is withheld")
      }
    }
    return (count, faults)
  }

  /// The numbers in a text: digits with a point among them.
  static func text(_ bytes: [UInt8]) -> Set<String> {
    var numbers: Set<String> = []
    var start: Int?
    for position in 0...bytes.count {
      let byte = position < bytes.count ? bytes[position] : 0
      let isPart = byte >= 0x30 && byte <= 0x39 || byte == 0x2E
      if isPart {
        if start == nil { start = position }
      } else if let first = start {
        start = nil
        if position - first >= fewestCharacters {
          numbers.insert(String(decoding: bytes[first..<position], as: UTF8.self))
        }
      }
    }
    return numbers
  }

  /// The numbers in the columns of a Parquet file.
  private static func parquet(_ file: URL) -> Set<String>? {
    do throws(ParquetError) {
      let reader = try ParquetReader(path: file.path)
      var numbers: Set<String> = []
      for group in reader.rowGroups.indices {
        for column in try reader.read(group: group) {
          guard case .decimal(let values) = column else { continue }
          for value in values where !value.isNaN { numbers.insert(plainNumber(abs(value))) }
        }
      }
      return numbers
    } catch {
      return nil
    }
  }
}

import Foundation
import Samples

/// A generated delivery, read back without the project's readers.
struct Delivery {
  let report: SampleReport
  /// Bytes by file name.
  let files: [String: [UInt8]]

  /// Generates in a temporary folder and reads everything into memory.
  init(persons: Int, seed: UInt64, faults: Bool = false) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spiegel-samples-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let options = SampleOptions(persons: persons, seed: seed, faults: faults)
    report = try SampleGenerator.write(options, to: folder)
    var files: [String: [UInt8]] = [:]
    for file in report.files { files[file.name] = Array(try Data(contentsOf: folder.appending(path: file.name))) }
    self.files = files
  }

  /// The physical lines of a file as bytes, without line ends.
  func lines(_ name: String) -> [ArraySlice<UInt8>] {
    var lines = files[name, default: []].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
  }

  /// The fields of every line. No field holds the delimiter; quotes are kept. Bytes outside ASCII are not decoded.
  func fields(_ name: String, _ delimiter: Character = ";") -> [[String]] {
    lines(name).map { line in
      line.split(separator: delimiter.asciiValue ?? 0, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Cents of an amount with either decimal sign.
  static func cents(_ amount: String) -> Int? { Int(amount.filter { $0 != "," && $0 != "." }) }

  /// Whether a citizen service number passes the eleven test, written out anew.
  static func passesElevenTest(_ number: String) -> Bool {
    let digits = number.compactMap(\.wholeNumberValue)
    guard digits.count == 9, number.count == 9 else { return false }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11 == 0
  }

  static let years = ["2015", "2016", "2017", "2018"]
  static let insurerFiles = years.map { "verzekeraar-declaraties-\($0).csv" }
  static let hospitalFiles = years.map { "ziekenhuis-declaraties-\($0).csv" }
}

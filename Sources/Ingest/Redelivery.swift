import Foundation
import Readers
import Workspace

/// Says of a delivery that it holds mended records of an earlier one, which it replaces. It lies beside the delivery, called
/// as that with `.mends` behind it; `spiegel quarantine --export` writes it.
///
/// The earlier delivery stays where it is. Of it the records that are named here are neither accepted nor set aside, but
/// counted as delivered again: so every record still has one place in the account.
struct Redelivery: Codable, Sendable, Equatable {
  /// Name of the earlier delivery.
  var delivery: String
  /// SHA-256 of it: other records may stand on the same lines of another file.
  var sha256: String
  /// Source definition by which both are read.
  var source: String
  /// Its records that are delivered again, by the number under which they were set aside.
  var records: [Int32]

  /// Behind the name of the delivery that it is about.
  static let ending = ".mends"

  /// Where the one of a delivery is.
  static func file(of delivery: URL) -> URL {
    delivery.deletingLastPathComponent().appending(path: delivery.lastPathComponent + ending)
  }

  /// The one of a delivery, if it has one.
  static func read(of delivery: URL, name: String) throws(Problem) -> Redelivery? {
    let file = file(of: delivery)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    guard let data = try? Data(contentsOf: file), let found = try? JSONDecoder().decode(Redelivery.self, from: data)
    else {
      throw Problem(
        .data, at: name + ending, "cannot be read",
        expected: "the file that spiegel quarantine --export has written, unchanged",
        remedy: "Export the records again, or remove it to have \(name) read as a delivery of its own.")
    }
    return found
  }

  /// Refuses a delivery that does not hold every record that it replaces: what is left out would be lost.
  func check(_ account: DeliveryAccount, records count: Int) throws(Problem) {
    if count == records.count { return }
    throw Problem(
      .data, at: account.delivery, "it holds \(count) records and replaces \(records.count) of \(delivery)",
      expected: "every record that was exported, once",
      remedy: "Leave records that cannot be mended in it as they are: they are set aside again.")
  }
}

/// Which records of which deliveries are delivered again, and where.
struct Redeliveries: Sendable {
  /// Records that count elsewhere, by the delivery in which they were set aside.
  private(set) var replaced: [String: Set<Int32>] = [:]

  /// Looks beside all deliveries.
  ///
  /// - Throws: when a delivery that is mended is absent or another, or a record is mended twice.
  init(_ matches: [Recognition.Match]) throws(Problem) {
    for match in matches {
      guard let found = match.mends else { continue }
      let place = match.name + Redelivery.ending
      let remedy = "Remove \(place) to have \(match.name) read as a delivery of its own, and see what it repeats."
      guard let earlier = matches.first(where: { $0.name == found.delivery }) else {
        throw Problem(
          .data, at: place, "the delivery that it mends, \(found.delivery), is not here",
          expected: "that it stays in the input folder, with the records that are mended elsewhere", remedy: remedy)
      }
      guard try ContentDigest.of(file: earlier.file) == found.sha256 else {
        throw Problem(
          .data, at: place, "\(found.delivery) is another file than the one whose records are mended",
          expected: "the file with SHA-256 \(found.sha256)", remedy: remedy)
      }
      let again = replaced[found.delivery, default: []].intersection(found.records)
      if let record = again.min() {
        throw Problem(
          .data, at: place, "record \(record) of \(found.delivery) is mended in another delivery too",
          expected: "each record once", remedy: "Keep one of the two deliveries.")
      }
      replaced[found.delivery, default: []].formUnion(found.records)
    }
  }
}

import Foundation
import TestSupport
import Testing

/// Every euro that comes in is found again: counted in the files themselves, in the manifest, in the core dataset and in
/// what the program prints.
struct MoneyChainTests {
  /// The amounts in the column of that name, by plain cutting: the samples without faults have no line break in a field.
  private static func cents(_ file: URL, delimiter: Character, column: String) throws -> Int64 {
    let table = try CSVTable(file, delimiter: delimiter)
    return table.rows.reduce(0) { sum, row in
      sum + (Int64(table.value(row, column).filter { $0 != "," && $0 != "." }) ?? 0)
    }
  }

  @Test func eurosReadAreThoseOfTheFiles() throws {
    let folder = try SampleRuns.delivery.get().folder
    let run = try SampleRuns.twice.get().second
    let claims = try ParquetTable(
      run.workspace.current.appending(path: "core/claim_line"), columns: ["delivery", "amount_cents"])
    var inCore: [String: Int64] = [:]
    for (delivery, cents) in zip(claims.texts("delivery"), claims.numbers("amount_cents")) {
      inCore[delivery, default: 0] += Int64(cents ?? 0)
    }
    var total: Int64 = 0
    for delivery in try RunWorkspace.manifest(run.workspace.current).deliveries
    where delivery.delivery.contains("declaraties") {
      let isInsurer = delivery.delivery.hasPrefix("verzekeraar")
      let cents = try Self.cents(
        folder.appending(path: delivery.delivery), delimiter: isInsurer ? ";" : ",",
        column: isInsurer ? "Bedrag" : "amount")
      #expect(cents > 0 && delivery.readCents == cents, "\(delivery.delivery)")
      #expect(delivery.acceptedCents == inCore[delivery.delivery], "\(delivery.delivery)")
      total += cents
    }
    let printed = run.outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
    let euros = "\(total / 100)." + "\(total % 100 + 100)".dropFirst()
    #expect(printed.contains { $0.first == "total" && $0.count == 8 && $0[1] == euros })
  }

  @Test func withFaultsEveryCentIsAccountedFor() throws {
    let manifest = try RunWorkspace.manifest(try FaultyTests.published().workspace.current)
    for delivery in manifest.deliveries {
      #expect(delivery.moneyAddsUp, "\(delivery.delivery)")
    }
    #expect(manifest.deliveries.reduce(0) { $0 + $1.nettedCents } == 0)
    #expect(manifest.deliveries.contains { $0.netted > 0 })
    #expect(manifest.deliveries.contains { $0.quarantinedCents != 0 })
    #expect(manifest.deliveries.contains { $0.supersededCents != 0 })
    #expect(manifest.deliveries.contains { $0.quarantinedWithoutAmount > 0 })
  }
}

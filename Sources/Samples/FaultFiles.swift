import Foundation

/// What comes with a delivery with faults: the list of them, and a delivery that must be refused as a whole.
enum FaultFiles {
  static let columns = ["kind", "file", "record", "line", "column", "reason"]
  private static let missingColumn = "Bedrag"

  /// One row per fault.
  static func writeList(
    _ faults: [PlantedFault], in directory: URL, as name: String = "faults.csv"
  ) throws -> DeliveryFile {
    let file = try DeliveryFile(
      name, in: directory, head: Array((columns.joined(separator: ";") + "\n").utf8))
    for fault in faults {
      try file.write { text in
        text.append(
          "\(fault.kind);\(fault.file);\(fault.record);\(fault.line);\(fault.column);\(fault.reason)\n")
      }
    }
    try file.close()
    return file
  }

  /// Claims of a later year in `refused/`, without the column of the amounts.
  static func writeRefused(in directory: URL) throws -> DeliveryFile {
    let folder = directory.appending(path: "refused")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let columns = ClaimFiles.insurerColumns.filter { $0 != missingColumn }
    let file = try DeliveryFile(
      "refused/verzekeraar-declaraties-2019.csv", in: directory,
      head: Array((columns.joined(separator: ";") + "\r\n").utf8))
    var numbers = CitizenNumberSequence(seed: 2019)
    for number in 1...20 {
      let bsn = numbers.next()
      try file.write { text in
        text.append(
          "\(19_000_000 + number);1;\(bsn);9201;01004101;Huisartsenzorg;consult;12000;L86;"
            + "07-01-2019;07-01-2019;1;Consult\r\n")
      }
    }
    try file.close()
    return file
  }
}

import Foundation
import TestSupport
import Testing
import Workspace

@Suite("Manifest, audit trail, digests and problems")
struct ManifestTests {
  static func manifest() -> Manifest {
    var account = DeliveryAccount(
      delivery: "a/ü.csv", sha256: "00", source: "claims", reportedBy: "insurer", delivers: "claim_line", staged: "ff",
      parts: 2)
    account.read = 10
    account.accepted = 6
    account.quarantined = 3
    account.superseded = 1
    account.acceptedCents = -9_000_000_000_000_000
    account.reasons = ["not-a-date": 2, "bsn-check-digit": 1]
    var manifest = Manifest(
      run: "r", pipeline: "p", definitionVersion: "1", definitionDigest: "d", tool: "t", keyID: "k",
      deliveries: [account])
    for name in ["z", "a", "m", "b"] {
      manifest.files["core/\(name)"] = name
      manifest.notes[name] = 1
    }
    manifest.ignored = ["x.txt"]
    return manifest
  }

  @Test("a manifest comes back as it was written, and the same manifest gives the same bytes")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let run = RunFolder(id: "r", folder: folder.url)
    let manifest = Self.manifest()
    try manifest.write(run)
    let bytes = try Data(contentsOf: run.manifest)
    #expect(try Manifest.read(run) == manifest)
    // Dictionaries made in another order.
    var other = Self.manifest()
    other.files = [:]
    for name in ["b", "m", "a", "z"] { other.files["core/\(name)"] = name }
    try other.write(run)
    #expect(try Data(contentsOf: run.manifest) == bytes)
    #expect(bytes.last == UInt8(ascii: "\n"))
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"core/a\""))
  }

  @Test("a damaged manifest is said to be damaged", arguments: ["", "{", "[]", "{\"schema\": 1}"])
  func damaged(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("manifest.json", text)
    #expect { _ = try Manifest.read(RunFolder(id: "r", folder: folder.url)) } throws: {
      ($0 as? Problem)?.category == .cannotRead
    }
  }

  @Test("an account adds up or does not")
  func addsUp() {
    var account = Self.manifest().deliveries[0]
    #expect(account.addsUp)
    account.superseded = 0
    #expect(!account.addsUp)
  }

  @Test("an account of which records or cents do not add up is an error that says which")
  func imbalance() {
    var account = Self.manifest().deliveries[0]
    account.readCents = account.acceptedCents + 7
    account.quarantinedCents = 4
    account.supersededCents = 3
    #expect(account.imbalance(after: "ingest") == nil)
    account.readCents += 1
    #expect(!account.moneyAddsUp)
    #expect(account.imbalance(after: "ingest")?.category == .data)
    #expect(account.imbalance(after: "ingest")?.message.contains("cents read") == true)
    account.read += 1
    #expect(account.imbalance(after: "ingest")?.message.contains("11 records read") == true)
  }

  @Test(
    "digests of texts and files",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func digest(text: String, hexadecimal: String) throws {
    #expect(ContentDigest.of(text) == hexadecimal)
    let folder = try TemporaryFolder()
    #expect(try ContentDigest.of(file: folder.write("file", text)) == hexadecimal)
  }

  @Test("a file of several blocks has the digest of its text; one that is not there has none")
  func largeFile() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "0123456789", count: 250_000)
    #expect(try ContentDigest.of(file: folder.write("file", text)) == ContentDigest.of(text))
    #expect { _ = try ContentDigest.of(file: folder.file("none")) } throws: {
      ($0 as? Problem)?.category == .cannotRead
    }
  }

  @Test("the audit trail shows a line that was changed, taken out or damaged")
  func audit() throws {
    let folder = try TemporaryFolder()
    let trail = AuditTrail(try Workspace(folder.url))
    #expect(trail.firstBrokenLine() == nil)
    for number in 1...5 { try trail.append("RunPublished", run: "r\(number)", details: ["files": "\(number)"]) }
    #expect(trail.firstBrokenLine() == nil)
    let text = try folder.text("audit.jsonl")
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count == 5)

    func broken(_ lines: [String]) throws -> Int? {
      try folder.write("audit.jsonl", lines.joined(separator: "\n") + "\n")
      return trail.firstBrokenLine()
    }
    #expect(try broken(lines) == nil)
    var changed = lines
    changed[1] = changed[1].replacingOccurrences(of: "\"r2\"", with: "\"r9\"")
    // The link to the changed line is what breaks.
    #expect(try broken(changed) == 3)
    #expect(try broken([lines[0], lines[2], lines[3], lines[4]]) == 2)
    #expect(try broken([lines[1], lines[2]]) == 1)
    #expect(try broken([lines[0], lines[1], lines[3], lines[2]]) == 3)
    #expect(try broken([lines[0], "no json", lines[1]]) == 2)
  }

  @Test("a problem is one line with place, what is wrong, what was expected and what to do")
  func problem() {
    let problem = Problem(.data, at: "a.csv:3", "is no date", expected: "yyyy", remedy: "Mend it.")
    #expect("\(problem)" == "a.csv:3: is no date. Expected yyyy. Mend it.")
    #expect("\(Problem(.usage, "stop."))" == "stop.")
  }
}

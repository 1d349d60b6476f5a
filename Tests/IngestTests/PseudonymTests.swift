import Columns
import Crypto
import Foundation
@testable import Ingest
import TestPipelines
import TestSupport
import Testing
import Workspace

@Suite("Pseudonyms, citizen numbers and masking")
struct PseudonymTests {
  static let key = PseudonymKey(bytes: Array(0..<32))

  @Test(
    "pseudonyms with a known key, by `openssl dgst -sha256 -hmac`",
    arguments: [
      ("regio", 111_222_333, "c0d049c17b6f630854798d40ba991f99"),
      ("onderzoek", 111_222_333, "f076988350fc7c83f8047e3a8924ad4a"),
    ] as [(String, Int32, String)])
  func vectors(domain: String, number: Int32, pseudonym: String) {
    var pseudonymizer = Pseudonymizer(Self.key, domain: domain)
    #expect(pseudonymizer.pseudonym(ofNumber: number).hexadecimal == pseudonym)
    #expect(pseudonymizer.pseudonym(of: Array(String(number).utf8)).hexadecimal == pseudonym)
  }

  @Test("a number has nine digits with its leading zeros, and the cache changes nothing")
  func leadingZeros() {
    var pseudonymizer = Pseudonymizer(Self.key, domain: "regio")
    let numbers =
      [10_464_554, 0, 7, 111_222_333, 10_464_554, 999_999_999] + (0..<2000).map { Int32($0) * 65_537 % 999_999_999 }
    for number in numbers + numbers {
      let digits = String(number)
      let padded = String(repeating: "0", count: 9 - digits.count) + digits
      #expect(pseudonymizer.pseudonym(ofNumber: number) == pseudonymizer.pseudonym(of: Array(padded.utf8)))
    }
  }

  @Test("the same as another library's HMAC, for keys and numbers of any length", arguments: [1, 32, 64, 65, 200])
  func otherLibrary(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let pseudonymizer = Pseudonymizer(PseudonymKey(bytes: bytes), domain: "regio")
    for count in [0, 1, 9, 37, 64, 100] {
      let text = String(repeating: "7", count: count)
      let code = HMAC<SHA256>.authenticationCode(
        for: Array("spiegel:v1:regio:\(text)".utf8), using: SymmetricKey(data: bytes))
      let hexadecimal = code.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      #expect(pseudonymizer.pseudonym(of: Array(text.utf8)).hexadecimal == hexadecimal)
    }
  }

  @Test("other keys and other pipelines give other pseudonyms")
  func apart() {
    var pseudonyms: Set<Identifier> = []
    for key in [Self.key, PseudonymKey(bytes: Array(1..<33))] {
      for domain in ["regio", "onderzoek", "regio:1"] {
        var pseudonymizer = Pseudonymizer(key, domain: domain)
        pseudonyms.insert(pseudonymizer.pseudonym(ofNumber: 123_456_782))
      }
    }
    #expect(pseudonyms.count == 6)
  }

  @Test(
    "numbers that pass the check of citizen numbers",
    arguments: [111_222_333, 123_456_782, 10_464_554, 999_999_990, 999_990_019] as [Int32])
  func citizenNumbers(number: Int32) {
    #expect(isCitizenNumber(number))
  }

  @Test(
    "numbers that do not, of which the first three digits are zero included",
    arguments: [123_456_789, 111_252_333, 0, -111_222_333, 999_999, 13, 1_112_223_330, .max, .min] as [Int32])
  func noCitizenNumbers(number: Int32) {
    #expect(!isCitizenNumber(number))
  }

  @Test("one in eleven numbers passes, and none when a digit is changed")
  func checkDigit() {
    let numbers = (111_000_000..<111_011_000 as Range<Int32>).filter(isCitizenNumber)
    #expect(numbers.count == 1000)
    for number in numbers.prefix(50) {
      for power in [1, 10, 100, 1000, 10_000, 100_000, 1_000_000] as [Int32] {
        let digit = number / power % 10
        for other in 0...9 as ClosedRange<Int32> where other != digit {
          #expect(!isCitizenNumber(number + (other - digit) * power))
        }
      }
    }
  }

  static func shown(_ text: String, isPersonal: Bool = false) -> String {
    let bytes = Array(text.utf8)
    return masked(bytes.span, isPersonal: isPersonal)
  }

  @Test(
    "what may be shown of a field",
    arguments: [
      ("2015-13-01", "2015-13-01"), ("", ""), ("12,5y", "12,5x"), ("123456", "123456"), ("1234567", "#######"),
      ("123456782", "#########"), ("nr 123456782!", "xx #########!"), ("12345678212345", "##############"),
      ("Jan de Vries", "xxx xx xxxxx"), ("Johanna van den Berg", "xxxxxxx xxx xxx xxxx"), ("caf\u{E9}", "xxx??"),
      ("n.v.t.", "n.v.t."), ("NULL", "NULL"), ("123 456 782", "### ### ###"),
      ("a\tb\u{0}", "x?x?"), (String(repeating: "-", count: 30), String(repeating: "-", count: 24) + "…"),
    ])
  func masking(text: String, expected: String) {
    #expect(Self.shown(text) == expected)
  }

  @Test("of a personal field only the length is shown", arguments: [("123456782", 9), ("8011 AB", 7), ("", 0)])
  func personal(text: String, count: Int) {
    #expect(Self.shown(text, isPersonal: true) == "(\(count) characters, masked)")
  }

  @Test("a citizen number never shows, wherever it stands in a field", arguments: 0...20)
  func hidden(position: Int) {
    let text = String(repeating: "a ", count: 10)
    let index = text.index(text.startIndex, offsetBy: position)
    let shown = Self.shown(text[..<index] + "123456782" + text[index...])
    #expect(!shown.contains("1234567"))
    // At the end of what is shown at most the six first digits are left, too few to know the number.
    #expect(shown.count(where: \.isNumber) <= 6)
  }

  @Test("a key is made once, for its owner alone, and read again")
  func keyFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("keys/pseudonym.key")
    let made = try PseudonymKey.load(file)
    #expect(made.isNew)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let text = try folder.text("keys/pseudonym.key")
    #expect(text.wholeMatch(of: #/[0-9a-f]{64}\n/#) != nil)
    let read = try PseudonymKey.load(file)
    #expect(!read.isNew)
    #expect(read.key.id == made.key.id)
    let other = try PseudonymKey.load(folder.file("keys/other.key"))
    #expect(other.key.id != made.key.id)
  }

  @Test("a key file that others can read is refused", arguments: [0o644, 0o640, 0o604, 0o620, 0o602, 0o610])
  func keyMode(mode: Int) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("key", String(repeating: "0a", count: 32))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    #expect { _ = try PseudonymKey.load(file) } throws: { ($0 as? Problem)?.message.contains("by others") == true }
  }

  @Test(
    "a file that holds no key is refused",
    arguments: [
      "", "0", String(repeating: "0a", count: 31), String(repeating: "0a", count: 32) + "0",
      String(repeating: "zz", count: 32), String(repeating: "0a ", count: 32),
    ])
  func noKey(text: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("key", text)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    #expect { _ = try PseudonymKey.load(file) } throws: {
      ($0 as? Problem)?.message == "is not a key file" && !"\($0)".contains("0a0a")
    }
  }

  @Test("the id of a key says which key it is and nothing of its bytes")
  func keyID() {
    #expect(Self.key.id.count == 8)
    #expect(Self.key.id == PseudonymKey(bytes: Array(0..<32)).id)
    #expect(!Self.key.id.hasPrefix("000102"))
  }
}

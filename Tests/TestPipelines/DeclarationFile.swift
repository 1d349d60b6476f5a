/// A small file of fixed-width records: two insured persons with three performances, four tariffs and a care activity.
/// The layout is that of `pipelines/layouts/zh308-9.0.yaml`.
public struct DeclarationFile {
  /// Records in order, without line ends.
  public var records: [String]

  /// A file whose closing record is right.
  public init(persons: [String]) {
    let first = persons[0]
    let second = persons[1]
    func detail(_ tag: String, _ number: Int, _ bsn: String) -> String {
      tag + Self.digits(number, 12) + bsn + "9999" + Self.text("V\(number)", 15)
    }
    func insured(_ number: Int, _ bsn: String, born: String, sex: String, postcode: String) -> String {
      detail("02", number, bsn) + Self.text("P\(number)", 11) + born + sex + "0" + Self.text("JANSEN", 25)
        + Self.text("", 53)
        + postcode
    }
    func performance(_ number: Int, _ bsn: String, code: String, from: String, to: String, diagnosis: String) -> String
    {
      detail("04", number, bsn) + Self.text("", 15) + "0" + "19600101" + "041" + code + from + to + "01"
        + Self.text("099999015", 9) + Self.text("T\(number)", 15) + from + to + "01" + Self.text("S1", 15) + from + "04"
        + "01000099" + "0303" + "00000000" + Self.text("", 15) + "0001" + Self.text("11", 6) + "1" + Self.text("", 3)
        + "047"
        + Self.text(diagnosis, 7)
    }
    func tariff(_ number: Int, _ bsn: String, code: String, from: String, cents: Int, sign: String) -> String {
      detail("06", number, bsn) + "041" + "041" + code + from + "01" + "01" + "06010001" + "0305"
        + Self.digits(cents, 8) + "10000" + "00" + Self.digits(cents, 8) + sign + "0000" + Self.digits(cents, 8) + sign
        + Self.text("R\(number)", 20) + Self.text("", 20)
    }
    records = [
      "01" + "104" + "09" + "00" + "P" + "000000" + Self.text("", 10) + "9999" + "00000000" + "00000000" + "00000000"
        + "06010001" + "03" + "20160101" + "20160131" + Self.text("F2016-1", 12) + "20160205" + Self.text("", 14)
        + "EUR",
      insured(1, first, born: "19600412", sex: "1", postcode: "1011AB"),
      performance(2, first, code: "15A123", from: "20160104", to: "20160118", diagnosis: "0801"),
      tariff(3, first, code: "15A123", from: "20160104", cents: 123_45, sign: "D"),
      tariff(4, first, code: "15A123", from: "20160104", cents: 23_45, sign: "C"),
      detail("16", 5, first) + "041" + "15A123" + "20160104" + "01" + Self.text("A1", 15) + Self.text("190011", 10)
        + "20160104" + "20160104" + "0001",
      "98" + Self.digits(6, 12) + "0001" + Self.text("een toelichting", 140),
      performance(7, first, code: "15B456", from: "20160120", to: "20160120", diagnosis: "1201"),
      tariff(8, first, code: "15B456", from: "20160120", cents: 1_000_00, sign: "D"),
      insured(9, second, born: "19711231", sex: "2", postcode: "1012ZZ"),
      performance(10, second, code: "15A123", from: "20160111", to: "20160111", diagnosis: "0801"),
      tariff(11, second, code: "15A123", from: "20160111", cents: 50, sign: "D"),
      "99" + "000002" + "000000" + "000003" + "000004" + "000001" + "000001" + "0000011" + "00000110050" + "D",
    ].map { Self.text($0, 570) }
  }

  /// The text of the file.
  public var text: String { records.map { $0 + "\r\n" }.joined() }

  /// A number with leading zeros.
  public static func digits(_ number: Int, _ length: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: length - digits.count) + digits
  }

  /// A text with blanks behind it.
  public static func text(_ text: String, _ length: Int) -> String {
    text + String(repeating: " ", count: length - text.count)
  }
}

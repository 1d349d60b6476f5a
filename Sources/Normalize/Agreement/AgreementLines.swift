import Columns
import CoreDataset
import Definitions

/// Claim lines of one bucket that two parties report, and what the parties agree on.
///
/// Lines are compared per person, provider and performance code: first those with the same day and amount (agreed), then
/// those with the same day (another amount), then those with the same amount and days that lie near (another date). What is
/// left only one party reports.
struct AgreementLines {
  private struct Line {
    let person: Int32
    let provider: Int32
    let code: Int32
    let isFirst: Bool
    let start: Int32
    let cents: Int64
    let delivery: Int
    let record: Int32
  }
  private let spec: SourceAgreement
  private var index = IdentifierIndex()
  private var providers = CodeBook()
  private var codes = CodeBook()
  private var lines: [Line] = []

  init(_ spec: SourceAgreement) { self.spec = spec }

  /// Adds the lines of a part, given as staged columns after corrections.
  mutating func add(_ columns: [Column], of part: StagedPart) {
    let party = part.source.reportedBy
    guard party == spec.first || party == spec.second else { return }
    let table = Staged.claimLine
    func column(_ name: String) -> Column { columns[table.index(of: name) ?? 0] }
    guard case .identifier(let ids) = column("person"), case .day(let starts) = column("start"),
      case .cents(let cents) = column("amount_cents"), case .integer(let records) = column("record"),
      case .code(let careTypes) = column("care_type")
    else { return }
    let counts = careTypes.book.values.map { value in
      spec.careTypes.isEmpty || spec.careTypes.contains { $0.rawValue == value }
    }
    let provider = Self.translated(column("provider"), &providers)
    let code = Self.translated(column("performance_code"), &codes)
    let persons = index.numbers(ids)
    for row in ids.indices {
      let careType = Int(careTypes.indices[row])
      guard provider[row] >= 0, careType < 0 ? spec.careTypes.isEmpty : counts[careType] else { continue }
      lines.append(
        Line(
          person: persons[row], provider: provider[row], code: code[row], isFirst: party == spec.first,
          start: starts[row], cents: cents[row], delivery: part.delivery, record: records[row]))
    }
  }

  private static func translated(_ column: Column, _ book: inout CodeBook) -> [Int32] {
    var codes = CodeColumn()
    switch column {
    case .code(let values): codes = values
    case .text(let values): codes.append(values)
    default: break
    }
    let translation = codes.book.values.map { book.code($0) }
    return codes.indices.map { $0 < 0 ? -1 : translation[Int($0)] }
  }

  /// What the parties agree on.
  func compared() -> AgreementTable {
    var table = AgreementTable()
    let order = lines.indices.sorted { a, b in
      let (x, y) = (lines[a], lines[b])
      if (x.person, x.provider, x.code) != (y.person, y.provider, y.code) {
        return (x.person, x.provider, x.code) < (y.person, y.provider, y.code)
      }
      return (x.start, x.cents, x.delivery, x.record) < (y.start, y.cents, y.delivery, y.record)
    }
    var start = 0
    while start < order.count {
      let head = lines[order[start]]
      var end = start
      while end < order.count, lines[order[end]].person == head.person, lines[order[end]].provider == head.provider,
        lines[order[end]].code == head.code
      {
        end += 1
      }
      compare(order[start..<end].map { lines[$0] }, into: &table)
      start = end
    }
    return table
  }

  /// Compares the lines of one person, provider and code, in order of day and amount.
  private func compare(_ lines: [Line], into table: inout AgreementTable) {
    var first = lines.filter(\.isFirst)
    var second = lines.filter { !$0.isFirst }
    func pair(_ kind: AgreementTable.Kind, _ fits: (Line, Line) -> Bool, nearest: Bool = false) {
      var left: [Line] = []
      for line in first {
        let found =
          nearest
          ? second.indices.filter { fits(line, second[$0]) }
            .min { (abs(second[$0].start - line.start), $0) < (abs(second[$1].start - line.start), $1) }
          : second.firstIndex { fits(line, $0) }
        guard let found else {
          left.append(line)
          continue
        }
        add(kind, line, second.remove(at: found), to: &table)
      }
      first = left
    }
    pair(.agreed, { $0.start == $1.start && $0.cents == $1.cents })
    pair(.otherAmount, { $0.start == $1.start })
    let days = Int32(spec.days.value)
    pair(.otherDate, { $0.cents == $1.cents && abs($0.start - $1.start) <= days }, nearest: true)
    for line in first { add(.onlyFirst, line, nil, to: &table) }
    for line in second { add(.onlySecond, nil, line, to: &table) }
  }

  private func add(_ kind: AgreementTable.Kind, _ first: Line?, _ second: Line?, to table: inout AgreementTable) {
    guard let line = first ?? second else { return }
    let date = Day(line.start).date
    let month = "\(date.year)-" + (date.month < 10 ? "0" : "") + "\(date.month)"
    table.add(
      AgreementTable.Key(
        provider: providers[Int(line.provider)], month: month, code: line.code < 0 ? "" : codes[Int(line.code)]),
      kind, first: first?.cents, second: second?.cents, example: (line.delivery, line.record))
  }
}

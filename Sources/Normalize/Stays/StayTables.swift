import Columns
import CoreDataset
import Definitions
import Workspace

/// The claim lines of one bucket that speak of stays, and the tables that are made of them.
struct StayTables {
  private var index = IdentifierIndex()
  private var lines: [StayBuilder.Line] = []
  private var claims = TextColumn()
  private var numbers: [Int32] = []
  private var records: [Int32] = []
  private var deliveries = CodeColumn()
  private var providers = CodeBook()
  private var careTypes = CodeBook()
  private var diagnoses = CodeColumn()

  private static let kinds: [(activity: Activity, kind: StayBuilder.Kind)] = [
    (.admission, .admission), (.bedDay, .bedDay), (.absenceDay, .absenceDay), (.emergencyVisit, .emergencyVisit),
  ]

  /// Adds the lines of a part that speak of stays, given as staged columns. Where no code of the part does nothing is
  /// looked at.
  mutating func add(_ columns: [Column], of part: StagedPart) {
    let table = Staged.claimLine
    func column(_ name: String) -> Column { columns[table.index(of: name) ?? 0] }
    guard case .code(let activities) = column("activity") else { return }
    let kinds = activities.book.values.map { value in Self.kinds.first { $0.activity.rawValue == value }?.kind }
    if kinds.allSatisfy({ $0 == nil }) { return }
    var rows: [Int32] = []
    for row in activities.indices.indices {
      let code = Int(activities.indices[row])
      if code >= 0 && kinds[code] != nil { rows.append(Int32(truncatingIfNeeded: row)) }
    }
    func picked(_ name: String) -> Column { column(name).gather(rows[...]) }
    func codes(_ name: String) -> CodeColumn {
      var codes = CodeColumn()
      switch picked(name) {
      case .code(let values): codes = values
      case .text(let values): codes.append(values)
      default: break
      }
      return codes
    }
    guard case .identifier(let ids) = picked("person"), case .day(let starts) = picked("start"),
      case .day(let ends) = picked("end"), case .integer(let quantities) = picked("quantity"),
      case .integer(let lineNumbers) = picked("line"), case .integer(let recordNumbers) = picked("record")
    else { return }
    let provider = codes("provider")
    let careType = codes("care_type")
    let providerCodes = provider.book.values.map { providers.code($0) }
    let careTypeCodes = careType.book.values.map { careTypes.code($0) }
    let persons = index.numbers(ids)
    let party = UInt8(ReportedBy.allCases.firstIndex(of: part.source.reportedBy) ?? 0)
    for (position, row) in rows.enumerated() {
      guard let kind = kinds[Int(activities.indices[Int(row)])] else { continue }
      let (p, c) = (provider.indices[position], careType.indices[position])
      lines.append(
        StayBuilder.Line(
          person: persons[position], party: party, provider: p < 0 ? -1 : providerCodes[Int(p)],
          careType: c < 0 ? -1 : careTypeCodes[Int(c)], kind: kind, start: starts[position], end: ends[position],
          quantity: quantities[position]))
    }
    switch picked("claim") {
    case .text(let values): for row in 0..<values.count { claims.append(row, of: values) }
    case .code(let values): for row in values.indices.indices { claims.append((values[row] ?? "").utf8) }
    default: break
    }
    numbers += lineNumbers
    records += recordNumbers
    diagnoses.append(codes("diagnosis_code"))
    let delivery = deliveries.book.code(part.account.delivery)
    deliveries.indices += repeatElement(delivery, count: rows.count)
  }

  /// Builds the stays and writes both tables. Without any there is one file each without rows, so that they can be read.
  func write(
    bucket: Int, run: RunFolder, persons: PersonTable, accounts: inout BucketAccounts
  ) throws(Problem) -> (stays: Int, lines: Int) {
    let stays = StayBuilder.stays(lines)
    if stays.isEmpty && bucket > 0 { return (0, 0) }
    var writer = CoreTableWriter(Core.stay, in: run.core("stay", bucket: bucket))
    let columns = Core.stay.columns.map { column($0.name, stays) }
    accounts.observe(Core.stay, columns, persons: persons.facts(Core.stay, columns))
    try writer.append(columns)
    var lineWriter = CoreTableWriter(Core.stayLine, in: run.core("stay_line", bucket: bucket))
    let lines = lineColumns(stays)
    accounts.observe(Core.stayLine, lines)
    try lineWriter.append(lines)
    return (try writer.finish(), try lineWriter.finish())
  }

  private func column(_ name: String, _ stays: [StayBuilder.Stay]) -> Column {
    /// The first line of each stay, in order of delivery and record.
    func first(_ stay: StayBuilder.Stay) -> Int { Int(stay.lines.min() ?? 0) }
    func flag(_ value: (StayBuilder.Stay) -> Bool) -> Column { .flag(stays.map { value($0) ? 1 : 0 }) }
    return switch name {
    case "person": .identifier(stays.map { index.identifiers[Int($0.person)] })
    case "stay": .integer(stays.map(\.number))
    case "provider": .code(CodeColumn(indices: stays.map(\.provider), book: providers))
    case "care_type": .code(CodeColumn(indices: stays.map(\.careType), book: careTypes))
    case "from": .day(stays.map(\.from))
    case "to": .day(stays.map(\.to))
    case "bed_days": .integer(stays.map(\.bedDays))
    case "unplanned": flag(\.isUnplanned)
    case "episode": .integer(stays.map(\.episode))
    case "transferred_in": flag(\.isTransferredIn)
    case "transferred_out": flag(\.isTransferredOut)
    case "diagnosis_code":
      .code(
        CodeColumn(
          indices: stays.map { stay in
            stay.lines.sorted().lazy.map { diagnoses.indices[Int($0)] }.first { $0 >= 0 } ?? -1
          }, book: diagnoses.book))
    case "lines": .integer(stays.map { Int32($0.lines.count) })
    case "reported_by": .code(CodeColumn(indices: stays.map { Int32($0.party) }, book: Self.parties))
    case "delivery": .code(CodeColumn(indices: stays.map { deliveries.indices[first($0)] }, book: deliveries.book))
    default: .integer(stays.map { records[first($0)] })
    }
  }

  private static let parties = CodeBook(ReportedBy.allCases.map(\.rawValue))

  private func lineColumns(_ stays: [StayBuilder.Stay]) -> [Column] {
    let pairs = stays.flatMap { stay in stay.lines.sorted().map { (stay: stay, line: Int($0)) } }
    var claim = TextColumn()
    for pair in pairs { claim.append(pair.line, of: claims) }
    return [
      .identifier(pairs.map { index.identifiers[Int($0.stay.person)] }), .integer(pairs.map(\.stay.number)),
      .text(claim), .integer(pairs.map { numbers[$0.line] }),
      .code(CodeColumn(indices: pairs.map { Int32($0.stay.party) }, book: Self.parties)),
      .code(CodeColumn(indices: pairs.map { deliveries.indices[$0.line] }, book: deliveries.book)),
      .integer(pairs.map { records[$0.line] }),
    ]
  }
}

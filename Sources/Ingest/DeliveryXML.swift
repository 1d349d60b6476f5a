import Definitions
import Dispatch
import Foundation
import Readers
import Synchronization
import Workspace

/// XML is parsed by one thread, since it has no lines to divide it by. A second does all the rest: it takes tables of
/// records over, makes columns of them and, while there is none, hashes the file.
extension Delivery {
  func stageXML(
    record: String, into folder: URL
  ) throws(Problem) -> ([PieceAccount], sha256: String) {
    let paths =
      source.fields.flatMap {
        $0.constant == nil && $0.form != .recordAsPerson ? Array($0.columns.prefix(1)) : []
      } + (source.totals?.amounts.map(\.column) ?? [])
    let plan = try SourcePlan(source, columns: paths, delivery: name)
    let relay = RecordRelay(width: paths.count)
    let failure = Mutex<Problem?>(nil)
    let isDone = DispatchSemaphore(value: 0)
    // A queue of its own always has a thread, also where there is one processor; the relay needs both sides to run.
    DispatchQueue(label: "spiegel.xml").async {
      do throws(Problem) {
        try read(record: record, paths, into: relay)
      } catch {
        failure.withLock { $0 = error }
      }
      relay.end()
      isDone.signal()
    }
    defer {
      relay.refuse()
      isDone.wait()
    }
    let result = try takeRecords(from: relay, plan, into: folder) { () throws(Problem) in
      if let problem = failure.withLock({ $0 }) { throw problem }
    }
    return result
  }

  private func read(record: String, _ paths: [String], into relay: RecordRelay) throws(Problem) {
    try reading { () throws(ReadError) in
      try XMLReader.readAll(path: file.path, record: record, fields: paths) { table in
        relay.offer { swap(&$0, &table) }
      }
    }
  }

  private func takeRecords(
    from relay: RecordRelay, _ plan: SourcePlan, into folder: URL, checkReader: () throws(Problem) -> Void
  ) throws(Problem) -> ([PieceAccount], sha256: String) {
    let hasher = knownDigest == nil ? FileHasher(file) : nil
    let finisher = PieceFinisher(self, digest: knownDigest ?? "", into: folder)
    var builder = PieceBuilder(plan, replaced: replaced)
    func hashBlock() throws(Problem) -> Bool { try hasher?.readBlock() ?? false }
    while try relay.take(meanwhile: hashBlock, { table in builder.append(table.batch()) }) {
      if builder.records.count >= Self.recordsPerPiece {
        try finisher.finish(&builder)
        builder = PieceBuilder(plan, replaced: replaced)
      }
    }
    try checkReader()
    try finisher.finish(&builder)
    while try hashBlock() {}
    return (finisher.accounts, knownDigest ?? hasher?.digest ?? "")
  }
}

/// Hands tables of records from the thread that fills them to the one that empties them, in order.
private final class RecordRelay: Sendable {
  private final class Slot: Sendable {
    let table: Mutex<RecordTable>
    init(width: Int) { table = Mutex(RecordTable(width: width)) }
  }
  /// Enough for what is read while the other side finishes a piece.
  private static let count = 128
  private let slots: [Slot]
  private let empty = DispatchSemaphore(value: 0)
  private let full = DispatchSemaphore(value: 0)
  /// How many tables were filled and emptied; whether no more will be.
  private let state = Mutex<(filled: Int, emptied: Int, isEnded: Bool, isRefused: Bool)>((0, 0, false, false))

  init(width: Int) {
    slots = (0..<Self.count).map { _ in Slot(width: width) }
    for _ in slots { empty.signal() }
  }

  /// Has the next table filled when there is room; false when nobody takes.
  func offer(_ fill: (inout RecordTable) -> Void) -> Bool {
    empty.wait()
    let (number, isRefused) = state.withLock { ($0.filled, $0.isRefused) }
    if isRefused { return false }
    slots[number % Self.count].table.withLock { fill(&$0) }
    state.withLock { $0.filled += 1 }
    full.signal()
    return true
  }

  /// Has the next table emptied as soon as there is one; false when there is none and none will come.
  ///
  /// - Parameter meanwhile: a bit of other work, done while there is none; false when that is done.
  func take(
    meanwhile: () throws(Problem) -> Bool, _ empty: (borrowing RecordTable) -> Void
  ) throws(Problem) -> Bool {
    while full.wait(timeout: .now()) == .timedOut {
      if try !meanwhile() {
        full.wait()
        break
      }
    }
    let (number, isOver) = state.withLock { ($0.emptied, $0.isEnded && $0.emptied == $0.filled) }
    if isOver { return false }
    slots[number % Self.count].table.withLock { empty($0) }
    state.withLock { $0.emptied += 1 }
    self.empty.signal()
    return true
  }

  /// Nothing more will be offered.
  func end() {
    state.withLock { $0.isEnded = true }
    full.signal()
  }

  /// Nothing more will be taken.
  func refuse() {
    state.withLock { $0.isRefused = true }
    empty.signal()
  }
}

import Definitions
import Workspace

/// What is set aside of answers, and where it stands in the file.
extension ResponsesBucket {
  /// Accounts for codes that the source's code lists do not have. A record with several answers has a row for each, and
  /// is counted once.
  ///
  /// - Returns: the rows of records that are set aside as a whole.
  static func setAside(
    _ unknown: [CodeMapping.Unknown], of part: StagedPart, records: [Int32], accounts: inout BucketAccounts
  ) -> Set<Int> {
    struct Place: Hashable {
      let record: Int
      let column: String
    }
    func number(_ row: Int) -> Int { part.source.questionnaires.isEmpty ? row : Int(records[row]) }
    let rejected = Set(unknown.filter(\.isRejected).map(\.row))
    var counted: Set<Int> = []
    var countedValues: Set<Place> = []
    for code in unknown {
      if code.isRejected {
        guard counted.insert(number(code.row)).inserted else { continue }
        accounts.quarantine(
          part.delivery, record: records[code.row], column: code.column, reason: "unknown-code", value: code.value)
      } else if !rejected.contains(code.row),
        countedValues.insert(Place(record: number(code.row), column: code.column)).inserted
      {
        accounts.setAside(part.delivery, record: records[code.row], column: code.column, code.value)
      }
    }
    return rejected
  }

  /// The column in which an answer stands; where each answer is a record of its own, its questionnaire and item.
  static func column(ofItem item: String, _ instrument: String, _ moment: String, in source: Source) -> String {
    let questionnaire = source.questionnaires.first { $0.instrument == instrument && $0.moment == moment }
    return questionnaire?.items.first { $0.item == item }?.column ?? "\(instrument) \(item)"
  }

  /// The column with the day on which a questionnaire was filled in.
  static func dayColumn(_ instrument: String, _ moment: String, in source: Source) -> String? {
    if source.questionnaires.isEmpty { return source.fields.first { $0.target == "completed_on" }?.columns.first }
    return source.questionnaires.first { $0.instrument == instrument && $0.moment == moment }?.completedOn
  }
}

import Columns
import CoreDataset

/// Sets credits off against the debit lines that they take back, as bills are corrected: by reference, wholly or in part.
///
/// A credit names the claim, and where the source has it the line, that it takes back. It is netted when that line is of
/// the same reporting party, person, provider, performance and first day, and as much of it is left. A credit without
/// reference takes back the line with its own number, else one of the same care with exactly the opposite amount. Any
/// other credit is kept apart: nothing is taken off a line that it may not belong to.
enum Netting {
  /// A line as far as netting looks at it.
  struct Line: Sendable {
    let part: Int
    let record: Int32
    let number: Number
    let care: Care
    /// Negative for a credit.
    let cents: Int64
    /// The claim that a credit takes back; nil where the source does not say.
    let corrects: String?
    /// The line of that claim; nil where the source names the claim alone.
    let correctsLine: Int32?
  }
  /// What a line is known by, among those of its person: lines of another person may lie in another bucket, and what
  /// becomes of a line may not depend on that.
  struct Number: Hashable, Sendable {
    let party: ReportedBy
    let person: Identifier
    let claim: String
    let line: Int32
  }
  /// What a credit and its debit have in common.
  struct Care: Hashable, Sendable {
    let party: ReportedBy
    let person: Identifier
    let provider: String?
    let performance: String?
    let start: Int32
  }

  /// What became of a line.
  struct Correction: Sendable {
    let record: Int32
    let isCredit: Bool
    /// What is left of the amount, euro cents: of a debit less than was delivered, of a credit that was netted nothing.
    let net: Int64
    /// Why a credit was not netted.
    let reason: Reason?
  }

  /// Why a credit was not netted.
  enum Reason: String, Sendable, CaseIterable {
    /// The person has no debit line with the number that it names.
    case noSuchLine = "no-such-line"
    /// That line is about another provider, performance or day.
    case otherCare = "other-care"
    /// Less is left of that line than the credit takes back.
    case moreThanLeft = "more-than-left"
    /// It names no line, and there is none of the same care with the opposite amount.
    case noReference = "no-reference"
  }

  /// Nets the lines of one bucket.
  ///
  /// - Parameter lines: All lines of the persons who have a credit, in order of delivery and record.
  /// - Returns: A correction for every credit and for every debit of which something was taken back, in order of `lines`,
  ///   with the position of each.
  static func net(_ lines: [Line]) -> [(line: Int, correction: Correction)] {
    let debits = Debits(lines)
    var left = lines.map(\.cents)
    var reasons: [Int: Reason] = [:]
    for (index, credit) in lines.enumerated() where credit.cents < 0 {
      switch debits.find(credit, left, lines) {
      case .success(let debit):
        left[debit] += credit.cents
        left[index] = 0
      case .failure(let unmatched): reasons[index] = unmatched.reason
      }
    }
    return lines.indices.filter { lines[$0].cents < 0 || left[$0] != lines[$0].cents }.map { index in
      (
        index,
        Correction(
          record: lines[index].record, isCredit: lines[index].cents < 0, net: left[index], reason: reasons[index])
      )
    }
  }

  private struct Unmatched: Error {
    let reason: Reason
  }

  /// Debit lines by what a credit can name.
  private struct Debits {
    struct Claim: Hashable {
      let party: ReportedBy
      let person: Identifier
      let claim: String

      init(_ line: Line, _ claim: String) {
        (party, person, self.claim) = (line.number.party, line.number.person, claim)
      }
    }
    private var byNumber: [Number: Int] = [:]
    private var byClaim: [Claim: [Int]] = [:]
    private var byCare: [Care: [Int]] = [:]

    init(_ lines: [Line]) {
      for (index, line) in lines.enumerated() where line.cents > 0 {
        byNumber[line.number] = index
        byClaim[Claim(line, line.number.claim), default: []].append(index)
        byCare[line.care, default: []].append(index)
      }
    }

    func find(_ credit: Line, _ left: [Int64], _ lines: [Line]) -> Result<Int, Unmatched> {
      let amount = -credit.cents
      let named: [Int]
      if let claim = credit.corrects {
        if let line = credit.correctsLine {
          let number = Number(party: credit.number.party, person: credit.number.person, claim: claim, line: line)
          named = byNumber[number].map { [$0] } ?? []
        } else {
          named = byClaim[Claim(credit, claim)] ?? []
        }
      } else if let own = byNumber[credit.number] {
        named = [own]
      } else {
        let whole = byCare[credit.care]?.first { lines[$0].cents == amount && left[$0] == amount }
        return whole.map { .success($0) } ?? .failure(Unmatched(reason: .noReference))
      }
      if named.isEmpty { return .failure(Unmatched(reason: .noSuchLine)) }
      let alike = named.filter { lines[$0].care == credit.care }
      if alike.isEmpty { return .failure(Unmatched(reason: .otherCare)) }
      // Of several lines of the claim the one that the credit takes back whole, else the first with enough left.
      let debit = alike.first { left[$0] == amount } ?? alike.first { left[$0] > amount }
      return debit.map { .success($0) } ?? .failure(Unmatched(reason: .moreThanLeft))
    }
  }
}

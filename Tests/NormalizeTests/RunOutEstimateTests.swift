import Columns
import Definitions
import Foundation
import Testing
import TestPipelines
import Workspace

@testable import Normalize

@Suite("Until when claims are complete, estimated from when they were delivered")
struct RunOutEstimateTests {
  static let estimated =
    "run-out: {months: {value: 3, why: w, since: 2026}, complete-at: {value: 0.95, why: w, since: 2026}}"

  /// Ten monthly deliveries of 2015. Of each month of care 60 euros come in the month itself, 30 in the next and 10 in the
  /// one after; of February 100, 60 and 40.
  private func lab(_ runOut: String = estimated, months: [Int] = Array(1...10), received: Bool = true) throws -> Lab {
    let lab = try Lab(changing: [
      ("pipeline.yaml", "version: \"1\"", "version: \"1\"\n\(runOut)"),
      (
        "sources/claims.yaml", "reported-by: insurer",
        "reported-by: insurer" + (received ? "\nreceived: {in-name: yyyyMMdd}" : "")
      ),
    ])
    for month in months {
      var text = claimHeader
      for (lag, amount) in [60, 30, 10].enumerated() where month - lag >= 1 {
        let care = month - lag
        let euros = care == 2 ? [100, 60, 40][lag] : amount
        text += claim("\(care)-\(lag)", start: Self.day(care, 15, "-"), amount: "\(euros)")
      }
      // A line of January is delivered once more in the last month: it came in January all the same.
      if month == 10 { text += claim("1-0", start: "15-01-2015", amount: "60") }
      try lab.deliver("claims-\(Self.day(month, 28, "")).csv", text)
    }
    return lab
  }

  private static func day(_ month: Int, _ day: Int, _ mark: String) -> String {
    let month = month < 10 ? "0\(month)" : "\(month)"
    return mark.isEmpty ? "2015\(month)\(day)" : "\(day)-\(month)-2015"
  }

  @Test("worked out by hand")
  func estimate() throws {
    let lab = try lab()  // its folder goes with it
    let (manifest, run) = try lab.normalize()
    let account = try #require(manifest.runOut?["insurer"])
    #expect(account.method == .estimated && account.reason.isEmpty)
    // January to September: 8 · 60 + 100 = 580 becomes 8 · 90 + 160 = 880. January to August: 7 · 90 + 160 = 790 becomes
    // 7 · 100 + 200 = 900. After that nothing comes.
    #expect(abs(account.completion[0] - 580.0 / 880 * 790 / 900) < 1e-12)
    #expect(abs(account.completion[1] - 790.0 / 900) < 1e-12)
    #expect(account.completion[2...].allSatisfy { $0 == 1 })
    // Three months of care at least for each factor: seven factors, 6 months to 7 being the last.
    #expect(account.completion.count == 8)
    // 95% is there after two months, so that August is the last complete month in October.
    #expect(account.months == 2 && account.completeThrough == "2015-08-31")
    let file = try String(contentsOf: run.quality.appending(path: "claims-run-out.csv"), encoding: .utf8)
    #expect(file.split(separator: "\r\n").count == 9)
    #expect(file.contains("insurer,estimated,,2015-08-31,2,2,1.0\r\n"))
  }

  @Test("any number of threads gives the same")
  func threads() throws {
    let one = try lab().normalize(jobs: 1)
    let two = try lab().normalize(jobs: 2)
    #expect(one.manifest.runOut == two.manifest.runOut)
  }

  @Test("too little to estimate from: as declared, and why")
  func declared() throws {
    func account(_ lab: Lab) throws -> RunOutAccount { try #require(lab.normalize().manifest.runOut?["insurer"]) }
    let notAsked = try account(lab("run-out: {months: {value: 3, why: w, since: 2026}}"))
    #expect(notAsked.method == .declared && notAsked.reason == "not-asked-for" && notAsked.completion.isEmpty)
    // The latest delivery is of 28 October: whole months since July are three.
    #expect(notAsked.months == 3 && notAsked.completeThrough == "2015-06-30")
    let few = try account(lab(months: Array(5...10)))
    #expect(few.reason == "fewer-than-7-months-with-a-delivery" && few.months == 3)
    // Without July only August to October are in a row.
    let gap = try account(lab(months: [1, 2, 3, 4, 5, 6, 8, 9, 10]))
    #expect(gap.reason == "fewer-than-7-months-with-a-delivery")
    let unnamed = try account(lab(received: false))
    #expect(unnamed.reason == "no-day-of-receipt")
    // The last day of care is 15 October.
    #expect(unnamed.completeThrough == "2015-06-30")
    let far = try account(
      lab("run-out: {months: {value: 12, why: w, since: 2026}, complete-at: {value: 0.95, why: w, since: 2026}}"))
    #expect(far.reason == "too-few-months-of-care" && far.months == 12)
  }

  @Test(arguments: [
    ("yyyyMMdd", "claims-20150131.csv", "2015-01-31"), ("yyyy-MM-dd", "2016-02-29 claims.csv", "2016-02-29"),
    ("yyyyMMdd", "claims-120150131.csv", ""), ("yyyyMMdd", "claims-20151331.csv", ""),
    ("yyyyMMdd", "99999999-20150131.csv.gz", "2015-01-31"), ("dd-MM-yyyy", "a", ""),
  ])
  func names(pattern: String, name: String, day: String) throws {
    let received = ReceivedInName(try #require(DateFormat(pattern)))
    #expect(received.day(in: name)?.description ?? "" == day)
  }
}

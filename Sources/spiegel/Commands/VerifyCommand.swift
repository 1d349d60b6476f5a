import ArgumentParser
import Foundation
import Mirror
import Workspace

/// Whether a run is intact and safe to hand on.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks that a published run is intact, consistent and gives nothing away.",
    discussion: """
      Looks at the hash of every file, whether accounts add up, whether all formats of a recipient's mirror files say the \
      same, and whether a withheld figure can be computed from what is published to all recipients together. Exit codes: 0 \
      all is well; 65 something is wrong; 66 there is no run.
      """)

  /// Most faults that are listed of each check.
  private static let most = 20

  @Argument(help: ArgumentHelp("Folder of a run, for example workspace/current.", valueName: "run"))
  var folder: String

  func run() {
    ending {
      let url = URL(filePath: folder).resolvingSymlinksInPath()
      let checks = try Verification.checks(of: RunFolder(id: url.lastPathComponent, folder: url))
      for check in checks {
        print("\(check.faults.isEmpty ? "ok" : "WRONG"): \(check.count) \(check.name)")
        let rest = check.faults.count - Self.most
        let lines = check.faults.prefix(Self.most) + (rest > 0 ? ["and \(rest) more"] : [])
        FileHandle.standardError.write(Data(lines.map { "error: \($0)\n" }.joined().utf8))
      }
      let wrong = checks.reduce(0) { $0 + $1.faults.count }
      if wrong > 0 {
        throw Problem(
          .data, at: folder, "\(wrong) faults", remedy: "Do not hand this run on before they are explained.")
      }
    }
  }
}

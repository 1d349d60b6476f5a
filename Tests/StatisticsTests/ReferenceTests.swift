import Foundation
import TestSupport
import Testing

/// `Tests/Reference/recompute.R` computes the worked figures with R, which knows nothing of our code.
@Suite("R agrees with the figures that the tests expect")
struct ReferenceTests {
  /// Rscript; nil when R is not installed.
  static let rscript: URL? = ["/usr/bin/Rscript", "/usr/local/bin/Rscript"].map { URL(filePath: $0) }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  @Test(
    "all worked figures, and the expected results of UKHSA's test data where they are present",
    .enabled(if: rscript != nil, "Rscript is not installed; `.ci/install --tests` installs it where it can"))
  func recompute() throws {
    let script = Shared.package.appending(path: "Tests/Reference/recompute.R").path
    let data = Shared.isPresent ? [Shared.file("expected/phe").path] : []
    let outcome = try CommandRunner(
      try #require(Self.rscript), ["--vanilla", script] + data, environment: [:],
      in: FileManager.default.temporaryDirectory
    ).outcome()
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
    // Fewer would mean that a part of the script was not reached.
    let count = outcome.output.split(separator: " ").compactMap { Int($0) }.first ?? 0
    #expect(count >= (data.isEmpty ? 370 : 640), "\(outcome.output)")
  }
}

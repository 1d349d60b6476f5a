import CLibFuzzer
import Foundation

/// Feeds made-up input to one reader: `SPIEGEL_FUZZ_TARGET=csv Fuzz CORPUS`. A crash, or a promise that is broken, ends it.
///
/// Only built when `SPIEGEL_FUZZ` is set; see `.ci/fuzz`.
@main
struct Fuzz {
  static func main() {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        let bytes = data.map { Array(UnsafeBufferPointer(start: $0, count: size)) } ?? []
        Fuzz.target(bytes)
        return 0
      })
  }

  /// The reader that is fed.
  static let target: @Sendable ([UInt8]) -> Void = {
    let targets: [String: @Sendable ([UInt8]) -> Void] = [
      "csv": FuzzTargets.delimited, "xml": FuzzTargets.xml, "fixed-width": FuzzTargets.fixedWidth,
      "fhir": FuzzTargets.fhir, "yaml": FuzzTargets.yaml, "packed": FuzzTargets.packed,
    ]
    let name = ProcessInfo.processInfo.environment["SPIEGEL_FUZZ_TARGET"] ?? ""
    guard let target = targets[name] else {
      preconditionFailure("SPIEGEL_FUZZ_TARGET is one of \(targets.keys.sorted().joined(separator: ", "))")
    }
    return target
  }()
}

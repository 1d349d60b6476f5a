import CLibFuzzer
import CMalloc
import Foundation

/// Feeds made-up input to one reader: `SPIEGEL_FUZZ_TARGET=csv Fuzz CORPUS`, or `SPIEGEL_FUZZ_TARGET=differential Fuzz
/// SECONDS SEED`. A crash, or a promise that is broken, ends it.
///
/// Only built when `SPIEGEL_FUZZ` is set; see `.ci/fuzz`.
@main
struct Fuzz {
  static func main() {
    // Readers take large buffers; giving them back to the system each time would cost more than reading a small text.
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
    mallopt(M_TRIM_THRESHOLD, 1 << 30)
    if name == "differential" {
      let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
      return Differential.run(seconds: Double(numbers.first ?? 10), seed: numbers.dropFirst().first ?? 1)
    }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        let bytes = data.map { Array(UnsafeBufferPointer(start: $0, count: size)) } ?? []
        Fuzz.target(bytes)
        return 0
      })
  }

  private static let name = ProcessInfo.processInfo.environment["SPIEGEL_FUZZ_TARGET"] ?? ""

  /// The reader that is fed.
  static let target: @Sendable ([UInt8]) -> Void = {
    let targets: [String: @Sendable ([UInt8]) -> Void] = [
      "csv": FuzzTargets.delimited, "xml": FuzzTargets.xml, "fixed-width": FuzzTargets.fixedWidth,
      "fhir": FuzzTargets.fhir, "yaml": FuzzTargets.yaml, "packed": FuzzTargets.packed, "inspect": FuzzTargets.inspect,
    ]
    guard let target = targets[name] else {
      preconditionFailure(
        "SPIEGEL_FUZZ_TARGET is differential or one of \(targets.keys.sorted().joined(separator: ", "))")
    }
    return target
  }()
}

import Foundation
import Glibc

/// What one run of a program took, by the operating system's own account.
struct Measured {
  /// Seconds on the clock.
  let wall: Double
  /// Seconds of processor, user and system.
  let processor: Double
  /// Largest resident memory of the process, MB.
  let peakMegabytes: Double

  /// Runs a program to its end.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Measured {
    var variables = ProcessInfo.processInfo.environment
    variables.merge(environment) { $1 }
    let argv = (["/usr/bin/env"] + arguments).map { strdup($0) } + [nil]
    let envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var process: pid_t = 0
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawn(&process, "/usr/bin/env", &actions, nil, argv, envp) == 0 else {
      throw BenchError("cannot start \(arguments[0])")
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(process, &status, 0, &usage)
    let wall = (clock.now - start) / .seconds(1)
    guard status == 0 else { throw BenchError("failed: \(arguments.joined(separator: " "))") }
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return Measured(
      wall: wall, processor: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakMegabytes: Double(usage.ru_maxrss) / 1024)
  }
}

/// The middle of some numbers.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let half = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

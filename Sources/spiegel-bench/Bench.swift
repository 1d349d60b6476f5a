import Foundation

/// Measures whole jobs beside other programs. Not a product: it is built with the package and run by hand.
///
///     spiegel-bench PEERS [--lines N] [--runs N] [--python PATH] [--folder DIR]
///     spiegel-bench scoring [INSTRUMENTS] [--answers N] [--jobs N] [--runs N]
///     spiegel-bench ingest [--lines N] [--runs N] [--jobs N] [--folder DIR] [--only plain|quoted|xml]
///     spiegel-bench mirror [FOLDER] [--providers N] [--indicators N] [--periods N] [--jobs N]
///
/// PEERS is a folder with `gen_claims.py`, `gen_refs.py`, `peer_duckdb.py` and `peer_polars.py`: the same job written for
/// other engines. Sides run in turn, so that a machine whose speed drifts is fair to all.
@main
struct Bench {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "scoring" {
        try ScoringJob(Array(arguments.dropFirst())).run()
      } else if arguments.first == "ingest" {
        try IngestJob(Array(arguments.dropFirst())).run()
      } else if arguments.first == "bare" {
        try IngestJob.bare(Array(arguments.dropFirst()))
      } else if arguments.first == "mirror" {
        try MirrorJob(Array(arguments.dropFirst())).run()
      } else {
        try ClaimsJob(try Options(arguments)).run()
      }
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }
}

/// What went wrong, in words.
struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The command line.
struct Options {
  var peers = ""
  var lines = 3_000_000
  var runs = 5
  var python = "python3"
  var folder = FileManager.default.temporaryDirectory.appending(path: "spiegel-bench").path

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(_ name: String) throws -> String {
      guard let value = rest.popFirst() else { throw BenchError("\(name) needs a value") }
      return value
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--lines": lines = Int(try value(argument)) ?? lines
      case "--runs": runs = Int(try value(argument)) ?? runs
      case "--python": python = try value(argument)
      case "--folder": folder = try value(argument)
      default: peers = argument
      }
    }
    if peers.isEmpty {
      throw BenchError("usage: spiegel-bench PEERS [--lines N] [--runs N] [--python PATH] [--folder DIR]")
    }
  }
}

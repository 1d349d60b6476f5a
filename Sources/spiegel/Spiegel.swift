import ArgumentParser
import CMalloc

/// The command line. One file per command under `Commands`.
@main
struct Spiegel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spiegel",
    abstract: "Turns claims and questionnaires into mirror information (spiegelinformatie).",
    discussion: """
      Exit codes: 0 done; 10 done, but quality findings block some figures; 64 wrong use; 65 data unusable or a threshold exceeded, nothing published; 66 no input; \
      73 cannot write; 74 cannot read; 75 another run holds the workspace, try later; 78 a definition is wrong.
      """,
    version: Tool.version,
    subcommands: [
      RunCommand.self, IngestCommand.self, NormalizeCommand.self, AggregateCommand.self, MirrorCommand.self,
      CheckCommand.self, InspectCommand.self, QuarantineCommand.self, SchemaCommand.self, SamplesCommand.self,
      InstrumentsCommand.self, ScoreCommand.self, VerifyCommand.self, QualityCommand.self,
      ExplainCommand.self, CompareCommand.self,
    ])
}

extension Spiegel {
  /// Columns of some megabytes come and go for every part of a delivery. The C library would give each back to the system
  /// and have the next one's pages made and cleared anew, which takes a tenth of the time.
  static func main() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
    mallopt(M_TRIM_THRESHOLD, 512 << 20)
    mallopt(M_TOP_PAD, 16 << 20)
    main(nil)
  }
}

/// The program itself.
enum Tool {
  /// Version; part of the id of every run.
  static let version = "0.1.0"
}

// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "spiegel",
  products: [.executable(name: "spiegel", targets: ["spiegel"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Floor 4: the command line. Wording of results and exit codes are decided here and nowhere else.
    .executableTarget(
      name: "spiegel",
      dependencies: [
        "Ingest", "Normalize", "Aggregate", "Mirror", "Samples", "CoreDataset", "Definitions", "Workspace", "Parquet",
        "Readers", "Columns", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "spiegel-bench",
      dependencies: ["Normalize", "Mirror", "CoreDataset", "Definitions", "Workspace", "Readers", "Columns"]),

    // Floor 3: the stages. They never import each other; they meet only in files.
    .target(
      name: "Ingest",
      dependencies: [
        "CoreDataset", "Definitions", "Workspace", "Parquet", "Readers", "Columns", "CNettle",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "Normalize",
      dependencies: ["CoreDataset", "Definitions", "Workspace", "Parquet", "Columns", "Statistics"]),
    .target(
      name: "Aggregate",
      dependencies: ["CoreDataset", "Definitions", "Workspace", "Parquet", "Columns", "Statistics"]),
    .target(
      name: "Mirror",
      dependencies: ["CoreDataset", "Definitions", "Workspace", "Parquet", "Columns", "Readers", "Statistics"]),
    .target(name: "Samples"),

    // Floor 2: the shared language. Tables, pipelines, runs, the file format.
    .target(name: "CoreDataset", dependencies: ["Columns"]),
    .target(
      name: "Definitions",
      dependencies: [
        "CoreDataset", "Readers", "Columns",
        .product(name: "Yams", package: "Yams"), .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "Workspace",
      dependencies: [
        "Columns",
        .product(name: "Logging", package: "swift-log"), .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "Parquet", dependencies: ["Columns", "CZstd"]),

    // Floor 1: values and arithmetic. They know nothing of health care.
    .target(name: "Columns"),
    .target(name: "Readers", dependencies: ["Columns", "CBytes", "CLibCSV", "CLibXML2", "CZlib", "CZstd"]),
    .target(name: "Statistics", dependencies: ["CStatistics", "CClp"]),

    // Floor 0: C and C++ libraries.
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CBytes"),
    .systemLibrary(name: "CClp", providers: [.apt(["coinor-libclp-dev"])]),
    .target(name: "CStatistics"),

    // Tests.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(
      name: "TestPipelines", dependencies: ["Ingest", "Definitions", "Workspace", "Parquet", "Columns", "TestSupport"],
      path: "Tests/TestPipelines"),
    .testTarget(name: "ArchitectureTests", dependencies: ["Aggregate", "CoreDataset", "Definitions", "TestSupport"]),
    .testTarget(name: "ColumnsTests", dependencies: ["Columns", "TestSupport"]),
    .testTarget(name: "ReadersTests", dependencies: ["Readers", "Columns", "CZlib", "CZstd", "TestSupport"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"]),
    .testTarget(name: "CoreDatasetTests", dependencies: ["CoreDataset", "Columns", "TestSupport"]),
    .testTarget(name: "DefinitionsTests", dependencies: ["Definitions", "CoreDataset", "Columns", "TestSupport"]),
    .testTarget(name: "ParquetTests", dependencies: ["Parquet", "Columns", "TestSupport"]),
    .testTarget(name: "WorkspaceTests", dependencies: ["Workspace", "TestSupport"]),
    .testTarget(
      name: "IngestTests",
      dependencies: [
        "Ingest", "CoreDataset", "Definitions", "Workspace", "Parquet", "Columns", "TestPipelines", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .testTarget(
      name: "NormalizeTests",
      dependencies: [
        "Normalize", "Ingest", "CoreDataset", "Definitions", "Workspace", "Parquet", "Columns", "TestPipelines",
        "TestSupport",
      ]),
    .testTarget(
      name: "AggregateTests",
      dependencies: [
        "Aggregate", "Normalize", "Ingest", "CoreDataset", "Definitions", "Workspace", "Parquet", "Columns",
        "Statistics",
        "TestPipelines", "TestSupport",
      ]),
    .testTarget(
      name: "MirrorTests", dependencies: ["Mirror", "Definitions", "CoreDataset", "Workspace", "TestSupport"],
      exclude: ["Golden"]),
    .testTarget(name: "SamplesTests", dependencies: ["Samples", "TestSupport"]),
    .testTarget(name: "CommandTests", dependencies: ["spiegel", "Parquet", "Columns", "TestSupport"]),
  ],
  cxxLanguageStandard: .cxx17
)

// libFuzzer targets; see .ci/fuzz.
if Context.environment["SPIEGEL_FUZZ"] != nil {
  package.targets += [
    .target(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: ["CLibFuzzer", "CMalloc", "Ingest", "Definitions", "CoreDataset", "Readers", "Columns"],
      path: "Tests/Fuzz/Fuzz",
      // The default linker cannot tell what it finds wrong with libFuzzer's debug information.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]
    ),
  ]
}

let cTargets: Set<String> = ["CStatistics", "CLibFuzzer"]
for target in package.targets where target.type != .system && !cTargets.contains(target.name) {
  var settings = target.swiftSettings ?? []
  settings += [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
  ]
  if target.name == "Readers" { settings.append(.strictMemorySafety()) }
  target.swiftSettings = settings
}

import Testing

@Suite("Floors: who may import whom")
struct FloorsTests {
  /// The floors of the house, as `Package.swift` draws them.
  static let floors: [[String]] = [
    ["CLibCSV", "CLibXML2", "CZlib", "CZstd", "CNettle", "CMalloc", "CBytes", "CStatistics", "CClp"],
    ["Columns", "Readers", "Statistics"],
    ["CoreDataset", "Definitions", "Workspace", "Parquet"],
    ["Ingest", "Normalize", "Aggregate", "Mirror", "Samples"],
    ["spiegel", "spiegel-bench"],
  ]
  /// What may be used on the same floor.
  static let beside: [String: Set<String>] = ["Readers": ["Columns"], "Definitions": ["CoreDataset"]]
  /// The targets that may use a C library. Compressed deliveries and Parquet pages are both zstd.
  static let owners: [String: Set<String>] = [
    "CLibCSV": ["Readers"], "CLibXML2": ["Readers"], "CZlib": ["Readers"], "CZstd": ["Parquet", "Readers"],
    "CNettle": ["Ingest"], "CMalloc": ["spiegel"], "CBytes": ["Readers"], "CStatistics": ["Statistics"],
    "CClp": ["Statistics"],
  ]

  static func floor(_ target: String) -> Int? { floors.firstIndex { $0.contains(target) } }

  static func mayUse(_ user: String, _ used: String) -> Bool {
    guard let above = floor(user), let below = floor(used) else { return false }
    if let owners = owners[used] { return owners.contains(user) }
    return below < above || beside[user]?.contains(used) == true
  }

  let project: Project

  init() throws { project = try Project() }

  @Test("every target stands on a floor, and every name on a floor is a target")
  func complete() {
    let names = project.targets.filter { !$0.isTest }.map(\.name)
    #expect(Set(names) == Set(Self.floors.joined()))
  }

  @Test("targets depend on lower floors only")
  func dependencies() {
    for target in project.targets where !target.isTest {
      for used in target.targets { #expect(Self.mayUse(target.name, used), "\(target.name) depends on \(used)") }
    }
  }

  @Test("files import what their target declares")
  func imports() throws {
    let own = Set(Self.floors.joined())
    for target in project.targets where own.contains(target.name) {
      let files = (try? Project.swiftFiles("Sources/\(target.name)")) ?? []
      for file in files {
        for module in Project.imports(file.text) where own.contains(module) {
          #expect(target.targets.contains(module), "\(file.path) imports \(module)")
        }
      }
    }
  }

  @Test("each C library has no other users than it may have")
  func cLibraries() {
    for (library, owners) in Self.owners {
      let users = project.targets.filter { $0.targets.contains(library) && !$0.isTest }.map(\.name)
      #expect(Set(users) == owners, "\(library)")
    }
  }

  @Test("values and arithmetic need nothing from outside")
  func noProductsBelow() {
    let low = Self.floors[0] + Self.floors[1] + ["CoreDataset", "Parquet"]
    for target in project.targets where low.contains(target.name) { #expect(target.products == [], "\(target.name)") }
  }

  @Test("every target of a floor has tests")
  func tests() {
    let tests = Set(project.targets.filter(\.isTest).map(\.name))
    for target in Self.floors[1] + Self.floors[2] + Self.floors[3] {
      #expect(tests.contains(target + "Tests"), "\(target)")
    }
  }

  @Test("the reader of imports sees every form")
  func forms() {
    let text =
      "import A\npublic import B\n@testable import C\n@preconcurrency public import D\nimport struct E.F\n// import G\n"
    #expect(Project.imports(text) == ["A", "B", "C", "D", "E"])
    #expect(!Self.mayUse("Ingest", "Normalize"))
    #expect(!Self.mayUse("Parquet", "Workspace"))
    #expect(!Self.mayUse("Mirror", "CStatistics"))
    #expect(Self.mayUse("Mirror", "Statistics"))
  }
}

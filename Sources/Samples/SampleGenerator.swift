import Foundation

/// Which deliveries there are to make.
public enum SampleSet: String, Sendable, CaseIterable {
  /// A regional network: claims, insured people, care providers and questionnaires.
  case network
  /// Care centres: Positive Health and the work of professionals.
  case positiveHealth = "positive-health"
}

/// What to make.
public struct SampleOptions: Sendable {
  /// Which deliveries.
  public var set: SampleSet
  /// How many people.
  public var persons: Int
  /// Same seed, same bytes.
  public var seed: UInt64
  /// Whether faults are planted, and listed in `faults.csv`: at least three of each kind, given a few hundred people.
  public var faults: Bool
  /// Whether records are planted that are well written and cannot be true, listed in `implausible.csv` with the quality
  /// check that must find them. Those of whole months show with some thousands of people.
  public var implausible: Bool

  /// A delivery of so many people; without faults unless asked for.
  public init(
    persons: Int, seed: UInt64, faults: Bool = false, implausible: Bool = false, set: SampleSet = .network
  ) {
    self.set = set
    self.persons = persons
    self.seed = seed
    self.faults = faults
    self.implausible = implausible
  }
}

/// What was made.
public struct SampleReport: Sendable {
  /// Files with their number of data records, planted ones included, in the order of writing.
  public var files: [(name: String, records: Int)]
  /// The faults, as in `faults.csv`.
  public var faults: [PlantedFault]
  /// What cannot be true, as in `implausible.csv`; the reason is the id of the quality check.
  public var implausible: [PlantedFault] = []
}

/// Makes deliveries of a regional network for chronic pain: claims of an insurer and of hospitals, insured people, care
/// providers, and patients' answers to questionnaires, over 2015–2018. Nobody in them exists.
///
/// Three in five people live in one of five living labs, where new care starts on 1 July 2016: from then on people with
/// chronic pain get fewer specialist and more first-line visits, cost less, and gain more. Memory does not grow with the
/// number of people, except for the list of faults.
public enum SampleGenerator {
  /// The living labs, each with its municipalities as named by CBS in 2019.
  public static var livingLabs: [(name: String, municipalities: [String])] {
    LivingLab.all.filter { !$0.municipalities.isEmpty }.map { ($0.name, $0.municipalities) }
  }

  /// Writes the deliveries to a folder, which is made when it is not there; files of the same name are replaced.
  ///
  /// Throws what Foundation throws when a file cannot be written.
  public static func write(_ options: SampleOptions, to directory: URL) throws -> SampleReport {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    if options.set == .positiveHealth { return try PositiveHealth.write(options, to: directory) }
    let providers = ProviderDirectory()
    let catalogue = Catalogue()
    let people = PersonSource(seed: options.seed)
    let paths = CarePathSource(providers: providers)
    var history = CareHistory(providers: providers, catalogue: catalogue)
    var numbers = CitizenNumberSequence(seed: options.seed)
    var faults = FaultPlan(persons: options.persons, isActive: options.faults)
    if options.implausible { faults.content = ContentFaults(persons: options.persons) }
    var claimFiles = try ClaimFiles(in: directory, catalogue: catalogue, providers: providers, seed: options.seed)
    var personFiles = try PersonFiles(in: directory, seed: options.seed)
    var outcomeFiles = try OutcomeFiles(in: directory, providers: providers)
    let providerFile = try PersonFiles.writeProviders(providers, in: directory)

    for index in 0..<max(options.persons, 0) {
      var person = people.person(index, bsn: numbers.next())
      history.make(for: person, seed: options.seed)
      let path = paths.path(of: person, seed: options.seed)
      if path == nil { faults.content?.change(&person, history.lines) }
      try personFiles.write(person, &faults)
      try claimFiles.write(history.lines, of: person, &faults)
      if let path {
        try outcomeFiles.write(path, of: person, &faults)
      }
    }

    faults.cutLastRecord(of: claimFiles.insurer[2], delimiter: UInt8(ascii: ";"))
    faults.cutLastRecord(of: claimFiles.hospital[1], delimiter: UInt8(ascii: ","))
    faults.cutLastRecord(of: claimFiles.hospital[3], delimiter: UInt8(ascii: ","))
    for file in claimFiles.insurer + claimFiles.hospital + [personFiles.insured, providerFile] { try file.close() }
    try outcomeFiles.close()

    var files = claimFiles.insurer + claimFiles.hospital + [personFiles.insured, providerFile]
    files += [outcomeFiles.table, outcomeFiles.document, outcomeFiles.experience]
    if options.faults {
      files.append(try FaultFiles.writeList(faults.planted, in: directory))
      files.append(try FaultFiles.writeRefused(in: directory))
    }
    var report = SampleReport(files: files.map { ($0.name, $0.records) }, faults: faults.planted)
    if let content = faults.content {
      report.implausible = content.planted
      let list = try FaultFiles.writeList(content.planted, in: directory, as: "implausible.csv")
      report.files.append((list.name, list.records))
    }
    return report
  }
}

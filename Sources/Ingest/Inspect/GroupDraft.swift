import Columns
import CoreDataset

/// Drafts of totals of groups: no person, numbers of persons, and amounts by area, sex or age.
extension SourceDraft {
  /// Words in names of columns of amounts, by kind of care.
  private static let care: [(type: CareType, words: [String])] = [
    (.generalPractice, ["huisarts", "generalpract", "general_pract", "gp_", "_gp"]),
    (.pharmacy, ["farmac", "geneesmid", "medicij", "pharma", "drug"]),
    (.mentalHealth, ["ggz", "mental", "psych"]),
    (.medicalSpecialist, ["specialis", "ziekenhuis", "hospital", "msz"]),
    (.districtNursing, ["wijkverpl", "verpleging", "nursing"]),
    (.paramedical, ["paramed", "fysio", "physio"]),
    (.devices, ["hulpmiddel", "device"]), (.transport, ["vervoer", "transport"]),
    (.maternity, ["kraam", "verlosk", "geboortezorg", "matern"]), (.dental, ["mondzorg", "tandarts", "dental"]),
    (.geriatricRehabilitation, ["geriatr"]), (.crossBorder, ["grensover", "crossborder", "abroad"]),
  ]
  private static let totals = ["totaal", "total", "overall"]

  mutating func groupTotals() -> Content? {
    guard hasNames else { return nil }
    let before = used
    let hasPerson = takePerson() != nil
    used = before
    if hasPerson { return nil }
    guard let content = totalsOfGroups() else {
      used = before
      return nil
    }
    return content
  }

  private mutating func totalsOfGroups() -> Content? {
    let all = inspection.columns.filter { Self.isMoney($0) && !SourcePlan.folded($0.name).contains("aantal") }
    // A total beside its parts would count them twice.
    let parts = all.filter { profile in !Self.totals.contains { SourcePlan.folded(profile.name).contains($0) } }
    let amounts = parts.isEmpty ? Array(all.prefix(1)) : parts
    if amounts.isEmpty { return nil }
    for profile in amounts { used.insert(profile.name) }
    let years = take(
      [
        "verzekerdejaren", "verzekerdejaar", "verzekerde_jaren", "persoonsjaren", "insured_years", "personyears",
        "person_years", "memberyears", "member_years",
      ],
      [.integer, .decimal, .amount, .uzovi])
    let numbers = take(
      [
        "aantal_bsn", "aantalbsn", "verzekerden", "personen", "persons", "inwoners", "patienten", "members", "people",
        "aantal", "count", "population",
      ],
      [.integer, .uzovi, .agb, .phone, .decimal])
    guard let persons = numbers ?? years else { return nil }
    let unit = field(
      "unit", ["gemeente", "municipality", "regio", "region", "wijk", "provincie", "area", "county", "gebied"])
    let sex = sex()
    let bands = ageBands()
    guard !unit.isEmpty || !sex.isEmpty || !bands.isEmpty else { return nil }
    var fields = unit + [periodField()] + sex + bands
    fields += [
      "persons: {column: \(Self.quoted(persons.name))}",
      "insured_years: {column: \(Self.quoted((years ?? persons).name))}"
        + (years == nil ? "  # no column of insured years was found: each person is taken for a whole year" : ""),
    ]
    var byCare: [(type: CareType, columns: [String])] = []
    for profile in amounts {
      let name = SourcePlan.folded(profile.name)
      let type = Self.care.first { $0.words.contains { name.contains($0) } }?.type ?? .other
      if let place = byCare.firstIndex(where: { $0.type == type }) {
        byCare[place].columns.append(profile.name)
      } else {
        byCare.append((type, [profile.name]))
      }
    }
    let rest =
      ["amounts:", "  columns:  # look whether each kind of care is right"]
      + byCare.map { "    \($0.type.rawValue): [\($0.columns.map(Self.quoted).joined(separator: ", "))]" }
    return Content(reportedBy: "insurer", delivers: .groupTotal, fields: fields, rest: rest)
  }

  /// A column of years, else the year in the file's name, else a period of the pipeline.
  private mutating func periodField() -> String {
    if let column = take(["jaar", "year", "periode", "period"], [.integer, .uzovi, .code]) {
      return "period: {column: \(Self.quoted(column.name))}"
    }
    let year = inspection.file.firstMatch(of: #/(?:19|20)[0-9]{2}/#).map { String($0.output) }
    return "period: {constant: \(Self.quoted(year ?? period ?? "2015"))}  # must be a period of pipeline.yaml"
  }

  /// Age bands must be known beforehand: those of the file, as they are.
  private mutating func ageBands() -> [String] {
    let before = used
    guard let column = take(["leeftijd", "age"], not: ["percent", "average"]) else { return [] }
    guard let values = column.fewValues(most: 120) else {
      used = before
      return []
    }
    let codes = values.map { "\(Self.quoted($0)): \(Self.quoted($0))" }.joined(separator: ", ")
    return ["age_band: {column: \(Self.quoted(column.name)), codes: {\(codes)}, unknown: reject}"]
  }
}

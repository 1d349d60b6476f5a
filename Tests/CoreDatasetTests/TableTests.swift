import Columns
import CoreDataset
import Testing

@Suite("The tables")
struct TableTests {
  static let staged = Delivers.allCases.map { Staged.table($0) } + [Staged.quarantine]
  static let all = Core.all + staged + [Results.table]

  @Test("each table has a name of its own")
  func tableNames() {
    #expect(Set(Core.all.map(\.name)).count == Core.all.count)
  }

  @Test("each column of a table has a name of its own, in snake_case, and a sentence", arguments: all.indices)
  func columns(index: Int) {
    let table = Self.all[index]
    let names = table.columns.map(\.name)
    #expect(Set(names).count == names.count, "\(table.name)")
    for column in table.columns {
      #expect(column.name.wholeMatch(of: #/[a-z][a-z0-9]*(_[a-z0-9]+)*/#) != nil, "\(table.name).\(column.name)")
      #expect(column.meaning.hasSuffix("."), "\(table.name).\(column.name)")
    }
    #expect(table.meaning.hasSuffix("."))
  }

  @Test("a column is found by name, with its place")
  func index() {
    for table in Self.all {
      for (position, column) in table.columns.enumerated() {
        #expect(table.index(of: column.name) == position)
        #expect(table.column(column.name)?.spec == table.specs[position])
      }
      #expect(table.index(of: "no_such_column") == nil)
      #expect(table.column("no_such_column") == nil)
    }
  }

  @Test("a key may not be missing")
  func keys() {
    for table in Core.all {
      let keys = table.columns.filter(\.isKey)
      #expect(keys.allSatisfy { !$0.spec.isNullable }, "\(table.name)")
      #expect(!keys.isEmpty, "\(table.name)")
    }
  }

  @Test("a foreign key is the whole key of another table, and never missing")
  func foreignKeys() throws {
    for table in Core.all {
      for key in table.foreignKeys {
        let other = try #require(Core.all.first { $0.name == key.table })
        #expect(Set(other.primaryKey) == Set(key.columns), "\(table.name)")
        for name in key.columns {
          #expect(table.column(name)?.spec.type == other.column(name)?.spec.type, "\(table.name).\(name)")
          #expect(table.column(name)?.spec.isNullable == false, "\(table.name).\(name)")
        }
      }
      let isAboutPersons = table.name != "person" && table.column("person") != nil
      #expect(table.foreignKeys.contains { $0.table == "person" } == isAboutPersons, "\(table.name)")
    }
  }

  @Test(
    "every core row leads back to a line of a file, but findings, which may be about none",
    arguments: Core.all.map(\.name).filter { $0 != "finding" })
  func lineage(name: String) throws {
    let table = try #require(Core.all.first { $0.name == name })
    for column in ["delivery", "record"] { #expect(table.column(column)?.spec.isNullable == false) }
  }

  @Test("what a source must deliver is there to be delivered", arguments: Delivers.allCases)
  func required(delivers: Delivers) {
    let table = Staged.table(delivers)
    for name in Staged.required(delivers) { #expect(table.column(name) != nil, "\(name)") }
    #expect(table.column("record") != nil)
  }

  @Test("a staged column is the core column of that name")
  func stagedTypes() {
    for (staged, core) in [(Staged.claimLine, Core.claimLine), (Staged.provider, Core.provider)] {
      for column in staged.columns { #expect(core.column(column.name)?.spec == column.spec, "\(column.name)") }
    }
    let origins = [Core.person, Core.insuredPeriod]
    for column in Staged.insuredPeriod.columns {
      let types = origins.compactMap { $0.column(column.name)?.spec.type }
      #expect(types.allSatisfy { $0 == column.spec.type } && !types.isEmpty, "\(column.name)")
    }
    for column in Staged.answer.columns {
      let types = [Core.response, Core.answer].compactMap { $0.column(column.name)?.spec.type }
      #expect(types.allSatisfy { $0 == column.spec.type } && !types.isEmpty, "\(column.name)")
    }
  }

  @Test("words of the vocabularies are different and fit a file")
  func vocabularies() {
    let words = [
      CareType.allCases.map(\.rawValue), Activity.allCases.map(\.rawValue), Sex.allCases.map(\.rawValue),
      ReportedBy.allCases.map(\.rawValue), Goal.allCases.map(\.rawValue),
    ]
    for list in words {
      #expect(Set(list).count == list.count)
      #expect(list.allSatisfy { $0.wholeMatch(of: #/[a-z]+(-[a-z]+)*/#) != nil })
    }
  }

  @Test("care that follows on either line belongs to neither")
  func lines() {
    #expect(
      CareType.allCases.filter { $0.line == .second } == [.medicalSpecialist, .mentalHealth, .geriatricRehabilitation])
    #expect(CareType.pharmacy.line == .neither)
    #expect(CareType.generalPractice.line == .first)
  }
}

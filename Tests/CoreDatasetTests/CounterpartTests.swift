@testable import CoreDataset
import Testing

@Suite("Counterparts in other standards")
struct CounterpartTests {
  @Test("every counterpart is of a column that there is, and says where it stands")
  func columns() {
    for (name, columns) in Counterparts.all {
      let table = Core.all.first { $0.name == name }
      #expect(table != nil, "\(name)")
      for (column, other) in columns {
        #expect(table?.column(column) != nil, "\(name).\(column)")
        #expect(other.fhir.contains(".") && other.fhir.first?.isUppercase == true)
        #expect(other.omop.isEmpty || other.omop == other.omop.lowercased() && other.omop.contains("."))
        #expect(other.zib.isEmpty || other.zib.contains("."))
      }
    }
  }

  @Test("the dictionary shows them")
  func dictionary() {
    let text = DataDictionary.markdown([Core.person])
    #expect(text.contains("| Patient.birthDate; person.year_of_birth; Patient.Geboortedatum |"))
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("|") }.allSatisfy { $0.count { $0 == "|" } == 8 })
  }
}

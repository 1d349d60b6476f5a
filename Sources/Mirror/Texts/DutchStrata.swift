import CoreDataset
import Definitions

/// Parts of a population in Dutch.
extension Dutch {
  /// A part by age, sex or line of care, or those of whom it is not known; nil for others.
  static func personStratum(_ key: String, _ part: String) -> String? {
    switch key {
    case "age":
      return part == StratumSpec.unknown
        ? "leeftijd onbekend" : part.split(separator: "-").joined(separator: " t/m ") + " jaar"
    case "sex": return Sex(rawValue: part).map(sex)
    case "care_line": return CareLine(rawValue: part).map(careLine)
    default: return part == StratumSpec.unknown ? "niet ingevuld" : nil
    }
  }

  private static func sex(_ sex: Sex) -> String {
    switch sex {
    case .male: "mannen"
    case .female: "vrouwen"
    case .other: "anders"
    case .unknown: "geslacht onbekend"
    }
  }

  private static func careLine(_ line: CareLine) -> String {
    switch line {
    case .first: "Eerste lijn"
    case .second: "Tweede lijn"
    case .neither: "Geen van beide (diagnostiek, geneesmiddelen, hulpmiddelen)"
    }
  }
}

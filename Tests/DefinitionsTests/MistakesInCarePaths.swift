import Testing

@Suite("Mistakes in care paths")
struct CarePathMistakes {
  static let path = """
    version: "1"
    name: {nl: Rugpijn, en: Back pain}
    diagnoses: [M54]
    clean-days: {value: 365, why: a year, since: 2026}
    gap-days: {value: 90, why: a quarter, since: 2026}
    insured: false
    """

  private func problems(_ old: String = "", _ new: String = "") throws -> [String] {
    var pipeline = SmallPipeline()
    pipeline.files["paths/back.yaml"] = old.isEmpty ? Self.path : Self.path.replacing(old, with: new)
    return try pipeline.problems()
  }

  @Test func right() throws {
    #expect(try problems() == [])
    #expect(try problems("diagnoses: [M54]", "performance-codes: [\"19\"]\nreported-by: insurer") == [])
  }

  @Test(arguments: [
    (
      "diagnoses: [M54]\n", "",
      "paths/back.yaml:1:1: a care path needs \"diagnoses\" or \"performance-codes\" that begin it"
    ),
    ("[M54]", "[]", "paths/back.yaml:3:12: the list is empty; give codes or leave it out"),
    ("clean-days: {value: 365, why: a year, since: 2026}\n", "", "paths/back.yaml:1:1: missing key \"clean-days\""),
    ("value: 90", "value: -1", "paths/back.yaml:5:19: -1 is not between 0 and 3660"),
    (
      "insured: false", "insured: false\nreported-by: provider",
      "paths/back.yaml:7:1: there is no source of claim_line reported by \"provider\"; there is: insurer"
    ),
    ("insured: false", "insure: false", "paths/back.yaml:6:1: unknown key \"insure\"; did you mean \"insured\"?"),
  ])
  func wrong(old: String, new: String, message: String) throws {
    let found = try problems(old, new)
    #expect(found.contains(message), "\(found)")
  }
}

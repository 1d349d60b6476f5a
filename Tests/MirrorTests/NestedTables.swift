import CoreDataset
import Definitions
import TestSupport

@testable import Mirror

/// Towns within regions within a nation, each with subdivisions: every sum of persons is published.
struct NestedTable {
  /// Persons by region, town and subdivision.
  let towns: [[[Int]]]

  var pipeline: Pipeline {
    var regionOfTown: [String: String] = [:]
    for (name, region) in zip(townNames, regionOfTowns) { regionOfTown[name] = region }
    return NestingTests.pipeline([
      NestingTests.layout("towns", Dictionary(uniqueKeysWithValues: zip(townNames, townNames))),
      NestingTests.layout("regions", regionOfTown),
    ])
  }

  private var townNames: [String] { towns.flatMap(\.self).indices.map { "t\($0 + 1)" } }
  private var regionOfTowns: [String] {
    towns.enumerated().flatMap { Array(repeating: "r\($0 + 1)", count: $1.count) }
  }

  /// Nation, regions and towns, each with its subdivisions.
  var rows: [ResultRow] {
    func sum(_ parts: [[Int]]) -> [Int] { parts[0].indices.map { place in parts.reduce(0) { $0 + $1[place] } } }
    func unit(_ layout: String, _ name: String, _ parts: [Int]) -> [ResultRow] {
      var rows = AuditTests.unit(name, layout == "nation" ? .nation : .region, parts)
      for row in rows.indices { rows[row].layout = layout }
      return rows
    }
    let regions = towns.map(sum)
    return unit("nation", "NL", sum(regions))
      + regions.enumerated().flatMap { unit("regions", "r\($0 + 1)", $1) }
      + towns.flatMap(\.self).enumerated().flatMap { unit("towns", "t\($0 + 1)", $1) }
  }

  /// What suppression does to them.
  func protections() -> [Protection] {
    let pipeline = pipeline
    return Suppression.apply(to: rows, index: FigureIndex(rows, pipeline), pipeline: pipeline).protections
  }

  /// What the attacker finds when these figures are hidden.
  func disclosures(hidden: [Bool], isTruthKnown: Bool = true) -> [DisclosureAudit.Disclosure] {
    let pipeline = pipeline
    var knowledge = SumAudit.Knowledge(DisclosureRecord(pipeline, Nesting(pipeline)), truth: rows)
    if !isTruthKnown { knowledge.truth = nil }
    return SumAudit.disclosures(in: zip(rows, hidden).map { AuditedFigure($0, isHidden: $1) }, knowledge)
  }

  /// A random one; one part in four is small.
  static func random(_ random: inout SeededRandom) -> NestedTable {
    let parts = Int.random(in: 2...4, using: &random)
    return NestedTable(
      towns: (0..<Int.random(in: 2...4, using: &random)).map { _ in
        (0..<Int.random(in: 1...4, using: &random)).map { _ in
          (0..<parts).map { _ in
            Int.random(in: 0..<4, using: &random) == 0
              ? Int.random(in: 0...9, using: &random) : Int.random(in: 10...80, using: &random)
          }
        }
      })
  }
}

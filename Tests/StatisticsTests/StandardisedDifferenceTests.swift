import Statistics
import Testing

@Suite("Standardised differences and the chain ladder, against published data")
struct StandardisedDifferenceTests {
  private func difference(
    _ first: StandardisedDifference.Group?, _ second: StandardisedDifference.Group?
  ) -> StandardisedDifference? {
    guard let first, let second else { return nil }
    return StandardisedDifference(first, second)
  }

  /// Mayo Clinic's trial in primary biliary cirrhosis (data set pbc of the R package survival), arm 1 and 2: means and
  /// standard deviations by R 4.2.2, differences by the formula of Austin 2009 in R. The vignette of the R package tableone
  /// prints 0.270 (age), 0.171 (bilirubin) and 0.111 (women) for them.
  @Test(arguments: [
    (51.419107772550, 11.007165819723, 48.582539978844, 9.957840326159, 0.270261925849, 0.047310753),
    (2.873417721519, 3.628854949537, 3.648701298701, 5.281948999229, -0.171090565133, -0.393436629),
  ])
  func means(
    _ one: (
      mean: Double, deviation: Double, other: Double, otherDeviation: Double, difference: Double,
      lower: Double
    )
  ) throws {
    let first = StandardisedDifference.Group(count: 158, mean: one.mean, variance: one.deviation * one.deviation)
    let second = StandardisedDifference.Group(
      count: 154, mean: one.other, variance: one.otherDeviation * one.otherDeviation)
    let found = try #require(difference(first, second))
    #expect(abs(found.value - one.difference) < 1e-10)
    // By Tests/Reference/recompute.R.
    #expect(abs(found.limits(.percent95).lower - one.lower) < 1e-9)
  }

  @Test("women in the two arms: 137 of 158 and 139 of 154")
  func shares() throws {
    let first = try #require(StandardisedDifference.Group(count: 158, share: 137.0 / 158))
    let second = try #require(StandardisedDifference.Group(count: 154, share: 139.0 / 154))
    let found = try #require(StandardisedDifference(first, second))
    #expect(abs(found.value - -0.111411611567) < 1e-10)
    // Above 0.1, but no more than chance makes of so few: the variance is 312 / (158 · 154) + d² / 624.
    #expect(!found.isNoticeable)
    let limits = found.limits(.percent95)
    #expect(abs(limits.lower - -0.333524156) < 1e-9 && abs(limits.upper - 0.110700933) < 1e-9)
    #expect(abs(limits.upper - limits.lower - 2 * 1.959963984540054 * (0.012842512320 as Double).squareRoot()) < 1e-9)
  }

  @Test("ages differ by more than chance")
  func noticeable() throws {
    let first = try #require(StandardisedDifference.Group(count: 158, mean: 51.4191, variance: 121.1577))
    let second = try #require(StandardisedDifference.Group(count: 154, mean: 48.5825, variance: 99.1586))
    let found = try #require(StandardisedDifference(first, second))
    #expect(found.isNoticeable)
    // metafor's escalc(measure = "SMDH", vtype = "LS") has nearly the same variance, 0.0129439530.
    #expect(abs((found.limits(.percent95).upper - found.value) / 1.959963984540054 - 0.113753) < 1e-5)
  }

  @Test func undefined() throws {
    #expect(StandardisedDifference.Group(count: 1, mean: 3, variance: 0) == nil)
    let same = try #require(StandardisedDifference.Group(count: 9, mean: 3, variance: 0))
    #expect(StandardisedDifference(same, same) == nil)
  }

  /// The triangle of Taylor & Ashe 1983 as in Mack 1993 (table 1), whose factors the paper prints as 3.491, 1.747, 1.457,
  /// 1.174, 1.104, 1.086, 1.054, 1.077 and 1.018.
  static let taylorAshe: [[Double?]] = [
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
    [396132, 1333217, 2180715, 2985752, 3691712],
    [440832, 1288463, 2419861, 3483130],
    [359480, 1421128, 2864498],
    [376686, 1363294],
    [344014],
  ]

  @Test func chainLadder() {
    let ladder = ChainLadder(Self.taylorAshe)
    let factors = [3.49061, 1.74733, 1.45741, 1.17385, 1.10382, 1.08627, 1.05387, 1.07656, 1.01772]
    #expect(zip(ladder.factors, factors).allSatisfy { abs($0 - $1) < 5e-6 } && ladder.factors.count == 9)
    // 1 over the products of the factors, by R 4.2.2.
    let shares = [
      0.0692205503, 0.2416217060, 0.4221934939, 0.6153102172, 0.7222829503, 0.7972729175, 0.8660531454, 0.9127112004,
      0.9825839691, 1,
    ]
    #expect(zip(ladder.completion, shares).allSatisfy { abs($0 - $1) < 1e-10 } && ladder.completion.count == 10)
    #expect(ladder.step(completeAt: 0.9) == 7)
    #expect(ladder.step(completeAt: 0.95) == 8)
    #expect(ladder.step(completeAt: 1) == 9)
    // Three rows per factor: the last two steps have fewer.
    #expect(ChainLadder(Self.taylorAshe, fewestRows: 3).factors.count == 7)
  }

  @Test("nothing that had come in at first is a share of 0, and no triangle has one step that is complete")
  func edges() {
    let late = ChainLadder([[0, 5, 5], [0, 10]])
    #expect(late.completion == [0, 1, 1])
    #expect(late.step(completeAt: 0.5) == 1)
    #expect(ChainLadder([]).completion == [1])
    #expect(ChainLadder([[nil, 5, 10], [nil, 1]]).factors.isEmpty)
  }
}

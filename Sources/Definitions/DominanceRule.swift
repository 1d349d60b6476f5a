/// When an amount in euros tells too much of its largest contributors (*Handbook on Statistical Disclosure Control*, 2nd ed.
/// 2024, ch. 4). The parameters are for those who make the figures: no mirror file has them.
public struct DominanceRule: Sendable, Equatable {
  /// p of the p% rule as a share: the second largest contributor may not be able to estimate the largest to within it.
  public var p: Double
  /// k of the (n,k) rule as a share: the `n` largest contributors may not have more of the amount. Nil: no such rule.
  public var k: Double?
  /// n of the (n,k) rule: 1 or 2.
  public var n: Int
  /// Fewest care providers who may make up an amount: of two, each knows the other's. 1: what care providers bill is no
  /// secret here.
  public var fewestProviders = 3

  /// The p% rule with p = 10, the default of SACRO's *acro*, and no (n,k) rule: the handbook recommends p% over it.
  public static let usual = DominanceRule()

  /// A rule.
  public init(p: Double = 0.1, k: Double? = nil, n: Int = 2) {
    (self.p, self.k, self.n) = (p, k, n)
  }
}

extension PipelineDecoder {
  /// `dominance` of `pipeline.yaml`.
  func decodeDominance(_ fields: Fields) -> DominanceRule {
    var rule = DominanceRule.usual
    if let p = fields.optional("p")?.threshold(0.01...1) { rule.p = p.value }
    if let k = fields.optional("k")?.threshold(0.5...0.99) { rule.k = k.value }
    let place = fields.optional("n")
    if let n = place?.whole(1...2) { rule.n = n }
    if let fewest = fields.optional("fewest-providers")?.threshold(1...100) {
      if fewest.value != fewest.value.rounded() {
        fields.keyPlace("fewest-providers").complain("the fewest providers is a whole number")
      }
      rule.fewestProviders = Int(fewest.value)
    }
    if let place, rule.k == nil { place.complain("n goes with k, the share that the n largest may have") }
    return rule
  }
}

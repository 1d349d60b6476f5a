extension Standardisation {
  /// One cell of a standardised cost ratio.
  public struct CostCell: Equatable, Sendable {
    /// Cost of the unit in the cell, in euros.
    public var cost: Double
    /// Person-years of the unit in the cell.
    public var personYears: Double
    /// Cost of the reference in the cell, in euros.
    public var referenceCost: Double
    /// Person-years of the reference in the cell.
    public var referencePersonYears: Double

    /// A cell.
    public init(cost: Double, personYears: Double, referenceCost: Double, referencePersonYears: Double) {
      self.cost = cost
      self.personYears = personYears
      self.referenceCost = referenceCost
      self.referencePersonYears = referencePersonYears
    }
  }

  /// An indirectly standardised cost ratio.
  public struct CostRatio: Equatable, Sendable {
    /// Cost of the unit, in euros.
    public var cost: Double
    /// Cost expected at the reference's cost per person-year, in euros.
    public var expected: Double
    /// Cost over expected.
    public var ratio: Double
    /// Cost per person-year of the unit, in euros.
    public var crude: Double
    /// The ratio times the reference's mean cost per person-year, in euros.
    public var standardised: Double
  }

  /// A reference cell with fewer person-years than this must be merged with its neighbour first.
  public static let minimumReferenceYears = 10.0

  /// The standardised cost ratio: cost over the cost expected from the reference's cells.
  ///
  /// Its interval is a bootstrap over the unit's persons with the expected cost fixed.
  /// - Throws: ``Undefined/emptyStratum`` when a cell with person-years has fewer than ``minimumReferenceYears`` in the
  ///   reference, ``Undefined/noDenominator`` when nothing is expected.
  public static func costRatio(_ cells: [CostCell]) throws(Undefined) -> CostRatio {
    guard !cells.isEmpty else { throw .noObservations }
    var (cost, expected, years, referenceCost, referenceYears) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for cell in cells {
      guard cell.personYears >= 0, cell.referencePersonYears >= 0, cell.cost.isFinite, cell.referenceCost.isFinite
      else { throw .invalidInput }
      cost += cell.cost
      years += cell.personYears
      referenceCost += cell.referenceCost
      referenceYears += cell.referencePersonYears
      if cell.personYears == 0 { continue }
      guard cell.referencePersonYears >= minimumReferenceYears else { throw .emptyStratum }
      expected += cell.personYears * (cell.referenceCost / cell.referencePersonYears)
    }
    guard expected > 0, years > 0 else { throw .noDenominator }
    return CostRatio(
      cost: cost, expected: expected, ratio: cost / expected, crude: cost / years,
      standardised: cost / expected * referenceCost / referenceYears)
  }
}

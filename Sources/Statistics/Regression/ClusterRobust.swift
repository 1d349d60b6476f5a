extension LinearFit {
  /// Standard errors that allow for observations of one cluster (practice, region) being alike.
  ///
  /// The sandwich estimator with the small-sample factor G/(G − 1) · (n − 1)/(n − k) (CR1; Cameron & Miller 2015), for
  /// a fit without weights. Trust it from about 30 clusters on.
  /// - Parameters:
  ///   - design: the matrix that was fitted.
  ///   - clusters: the cluster of every row.
  /// - Returns: one per column; `nil` for a dropped column.
  /// - Throws: ``Undefined/tooFewObservations`` for fewer than two clusters or no residual degrees of freedom.
  public func clusterRobustErrors(_ design: DesignMatrix, clusters: [Int]) throws(Undefined) -> [Double?] {
    guard clusters.count == residuals.count, design.rows == residuals.count else { throw .invalidInput }
    let width = coefficients.count
    var scores: [Int: [Double]] = [:]
    for (row, cluster) in clusters.enumerated() {
      for column in 0..<width {
        scores[cluster, default: [Double](repeating: 0, count: width)][column] +=
          design.values[column * design.rows + row] * residuals[row]
      }
    }
    let groups = Double(scores.count)
    guard groups > 1, degreesOfFreedom > 0 else { throw .tooFewObservations }
    let factor = groups / (groups - 1) * Double(clusters.count - 1) / Double(degreesOfFreedom)
    // In order of cluster, so that the sum does not depend on hashing.
    let ordered = scores.keys.sorted().compactMap { scores[$0] }
    return (0..<width).map { column in
      guard coefficients[column].estimate != nil else { return nil }
      let sum = ordered.reduce(0.0) { total, score in
        let part = (0..<width).reduce(0.0) { $0 + unscaledCovariance[column * width + $1] * score[$1] }
        return total + part * part
      }
      return (factor * sum).squareRoot()
    }
  }
}

import CStatistics

/// Distribution functions and quantiles, from Boost.Math. `nil` outside the domain.
public enum Distribution {
  private static func defined(_ value: Double) -> Double? { value.isNaN ? nil : value }

  /// P(Z ≤ z), standard normal.
  public static func normalCDF(_ z: Double) -> Double? { defined(cst_normal_cdf(z)) }

  /// The standard normal quantile, for 0 < p < 1.
  public static func normalQuantile(_ p: Double) -> Double? { defined(cst_normal_quantile(p)) }

  /// P(T ≤ t), Student's t with `df` > 0 degrees of freedom.
  public static func studentCDF(_ t: Double, df: Double) -> Double? { defined(cst_student_cdf(t, df)) }

  /// The quantile of Student's t, for 0 < p < 1 and `df` > 0.
  public static func studentQuantile(_ p: Double, df: Double) -> Double? { defined(cst_student_quantile(p, df)) }

  /// P(X ≤ x), chi-squared.
  public static func chiSquaredCDF(_ x: Double, df: Double) -> Double? { defined(cst_chi_squared_cdf(x, df)) }

  /// P(X > x), chi-squared, exact in the far tail.
  public static func chiSquaredUpper(_ x: Double, df: Double) -> Double? { defined(cst_chi_squared_upper(x, df)) }

  /// The chi-squared quantile, for 0 < p < 1 and `df` > 0.
  public static func chiSquaredQuantile(_ p: Double, df: Double) -> Double? {
    defined(cst_chi_squared_quantile(p, df))
  }

  /// The quantile of a gamma distribution with a shape and a rate (mean = shape / rate).
  public static func gammaQuantile(_ p: Double, shape: Double, rate: Double) -> Double? {
    defined(cst_gamma_quantile(p, shape, rate))
  }

  /// P(X ≤ x), beta.
  public static func betaCDF(_ x: Double, _ a: Double, _ b: Double) -> Double? { defined(cst_beta_cdf(x, a, b)) }

  /// The beta quantile.
  public static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double? {
    defined(cst_beta_quantile(p, a, b))
  }

  /// P(F > x), the F distribution.
  public static func fUpper(_ x: Double, df1: Double, df2: Double) -> Double? { defined(cst_f_upper(x, df1, df2)) }

  /// P(X ≤ k), binomial of `n` trials with probability `p`.
  public static func binomialCDF(_ k: Double, n: Double, p: Double) -> Double? { defined(cst_binomial_cdf(k, n, p)) }

  /// The smallest k with P(X ≤ k) ≥ `q`, binomial.
  public static func binomialQuantile(_ q: Double, n: Double, p: Double) -> Double? {
    defined(cst_binomial_quantile(q, n, p))
  }

  /// P(X ≤ k), Poisson with a mean above 0.
  public static func poissonCDF(_ k: Double, mean: Double) -> Double? { defined(cst_poisson_cdf(k, mean)) }

  /// The smallest k with P(X ≤ k) ≥ `q`, Poisson.
  public static func poissonQuantile(_ q: Double, mean: Double) -> Double? { defined(cst_poisson_quantile(q, mean)) }

  /// Γ(a) / Γ(b) for positive arguments.
  public static func gammaRatio(_ a: Double, _ b: Double) -> Double? { defined(cst_gamma_ratio(a, b)) }
}

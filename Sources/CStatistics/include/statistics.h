// Distribution functions, quantiles, special functions and least squares, over Boost.Math and Eigen.
//
// Plain C. No function throws, and none sets a global state: outside its domain a function returns NaN. Callers
// decide edge cases (a count of zero, one observation) before they call, because Boost treats those as errors.
// Quantiles of discrete distributions are the smallest integer k with F(k) >= p, as in R.
#ifndef CSTATISTICS_H
#define CSTATISTICS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

double cst_normal_cdf(double z);
double cst_normal_quantile(double p);
double cst_student_cdf(double t, double df);
double cst_student_quantile(double p, double df);
double cst_chi_squared_cdf(double x, double df);
double cst_chi_squared_upper(double x, double df);
double cst_chi_squared_quantile(double p, double df);
double cst_gamma_quantile(double p, double shape, double rate);
double cst_beta_cdf(double x, double a, double b);
double cst_beta_quantile(double p, double a, double b);
double cst_f_upper(double x, double df1, double df2);
double cst_binomial_cdf(double k, double n, double p);
double cst_binomial_quantile(double q, double n, double p);
double cst_poisson_cdf(double k, double mean);
double cst_poisson_quantile(double q, double mean);
/// Γ(a) / Γ(b), without overflow for large arguments.
double cst_gamma_ratio(double a, double b);
/// The maximum-likelihood shape of a gamma distribution with mean 1 that mixes Poisson counts with expectations
/// `expected`. Infinity when the counts vary no more than Poisson; NaN on wrong input.
double cst_poisson_gamma_shape(const double *observed, const double *expected, int64_t count);

/// Weighted least squares by QR with column pivoting.
///
/// `x` is column-major, `rows` by `columns`; `weights` may be NULL. A column that depends linearly on the columns
/// before it is aliased: `aliased[j]` is 1, its coefficient NaN, its rows and columns in `covariance` 0.
/// `covariance` (columns x columns) receives (X'WX)^-1 of the others. `tolerance` is relative to a column's length.
/// Returns the rank, or -1 on wrong input, -2 when memory ran out or a value was not finite.
int64_t cst_least_squares(
  const double *x, int64_t rows, int64_t columns, const double *weights, const double *y, double tolerance,
  double *coefficients, double *covariance, uint8_t *aliased);

/// Least squares from cross-products: X'X (`columns` by `columns`, symmetric) and X'y, by a pivoted LDL' factorisation.
///
/// A column whose 1 - R2 on the columns before it is at most `tolerance` is aliased, with results as above.
/// Returns the rank, or -1 on wrong input, -2 when memory ran out or a value was not finite.
int64_t cst_normal_equations(
  const double *xx, const double *xy, int64_t columns, double tolerance, double *coefficients, double *covariance,
  uint8_t *aliased);

#ifdef __cplusplus
}
#endif

#endif

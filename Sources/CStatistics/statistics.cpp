#include "statistics.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <limits>

namespace {

namespace policies = boost::math::policies;

// Errors become NaN. Boost's default would throw; and its default for discrete quantiles rounds outwards, which gives
// other integers than R and than the definition used for exact funnel limits.
using Policy = policies::policy<
  policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
  policies::overflow_error<policies::ignore_error>, policies::evaluation_error<policies::ignore_error>,
  policies::rounding_error<policies::ignore_error>, policies::indeterminate_result_error<policies::ignore_error>,
  policies::discrete_quantile<policies::integer_round_up>>;

using Normal = boost::math::normal_distribution<double, Policy>;
using Student = boost::math::students_t_distribution<double, Policy>;
using ChiSquared = boost::math::chi_squared_distribution<double, Policy>;
using Gamma = boost::math::gamma_distribution<double, Policy>;
using Beta = boost::math::beta_distribution<double, Policy>;
using FisherF = boost::math::fisher_f_distribution<double, Policy>;
using Binomial = boost::math::binomial_distribution<double, Policy>;
using Poisson = boost::math::poisson_distribution<double, Policy>;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

// The one place where a C++ exception stops.
template <typename Body> double guarded(bool inDomain, Body body) noexcept {
  if (!inDomain) return undefined;
  try {
    return body();
  } catch (...) {
    return undefined;
  }
}

bool positive(double x) { return std::isfinite(x) && x > 0; }
bool inside(double p) { return p > 0 && p < 1; }
bool unit(double p) { return p >= 0 && p <= 1; }

}  // namespace

double cst_normal_cdf(double z) {
  return guarded(std::isfinite(z), [&] { return cdf(Normal(), z); });
}

double cst_normal_quantile(double p) {
  return guarded(inside(p), [&] { return quantile(Normal(), p); });
}

double cst_student_cdf(double t, double df) {
  return guarded(std::isfinite(t) && positive(df), [&] { return cdf(Student(df), t); });
}

double cst_student_quantile(double p, double df) {
  return guarded(inside(p) && positive(df), [&] { return quantile(Student(df), p); });
}

double cst_chi_squared_cdf(double x, double df) {
  return guarded(std::isfinite(x) && x >= 0 && positive(df), [&] { return cdf(ChiSquared(df), x); });
}

double cst_chi_squared_upper(double x, double df) {
  return guarded(
    std::isfinite(x) && x >= 0 && positive(df), [&] { return cdf(complement(ChiSquared(df), x)); });
}

double cst_chi_squared_quantile(double p, double df) {
  return guarded(inside(p) && positive(df), [&] { return quantile(ChiSquared(df), p); });
}

double cst_gamma_quantile(double p, double shape, double rate) {
  return guarded(
    inside(p) && positive(shape) && positive(rate), [&] { return quantile(Gamma(shape, 1 / rate), p); });
}

double cst_beta_cdf(double x, double a, double b) {
  return guarded(unit(x) && positive(a) && positive(b), [&] { return cdf(Beta(a, b), x); });
}

double cst_beta_quantile(double p, double a, double b) {
  return guarded(inside(p) && positive(a) && positive(b), [&] { return quantile(Beta(a, b), p); });
}

double cst_f_upper(double x, double df1, double df2) {
  return guarded(std::isfinite(x) && x >= 0 && positive(df1) && positive(df2), [&] {
    return cdf(complement(FisherF(df1, df2), x));
  });
}

double cst_binomial_cdf(double k, double n, double p) {
  return guarded(k >= 0 && k <= n && std::isfinite(n) && unit(p), [&] { return cdf(Binomial(n, p), std::floor(k)); });
}

double cst_binomial_quantile(double q, double n, double p) {
  return guarded(inside(q) && std::isfinite(n) && n >= 0 && unit(p), [&] { return quantile(Binomial(n, p), q); });
}

double cst_poisson_cdf(double k, double mean) {
  return guarded(k >= 0 && std::isfinite(k) && positive(mean), [&] { return cdf(Poisson(mean), std::floor(k)); });
}

double cst_poisson_quantile(double q, double mean) {
  return guarded(inside(q) && positive(mean), [&] { return quantile(Poisson(mean), q); });
}

double cst_gamma_ratio(double a, double b) {
  return guarded(positive(a) && positive(b), [&] { return boost::math::tgamma_ratio(a, b, Policy()); });
}

double cst_poisson_gamma_shape(const double *observed, const double *expected, int64_t count) {
  if (count < 1) return undefined;
  for (int64_t i = 0; i < count; ++i) {
    if (!(observed[i] >= 0) || !positive(expected[i]) || !std::isfinite(observed[i])) return undefined;
  }
  // Derivative of the log-likelihood of a Poisson-gamma mixture with mean 1, in the shape.
  auto score = [&](double shape) {
    double sum = 0;
    for (int64_t i = 0; i < count; ++i) {
      const double o = observed[i], e = expected[i];
      sum += boost::math::digamma(o + shape, Policy()) - boost::math::digamma(shape, Policy()) + std::log(shape) + 1 -
             std::log(shape + e) - (o + shape) / (shape + e);
    }
    return sum;
  };
  return guarded(true, [&] {
    double low = 1e-6, high = 1;
    if (!(score(low) > 0)) return undefined;
    while (score(high) > 0) {
      low = high;
      high *= 4;
      if (high > 1e7) return std::numeric_limits<double>::infinity();
    }
    std::uintmax_t iterations = 200;
    auto bracket = boost::math::tools::toms748_solve(
      score, low, high, boost::math::tools::eps_tolerance<double>(52), iterations, Policy());
    return (bracket.first + bracket.second) / 2;
  });
}

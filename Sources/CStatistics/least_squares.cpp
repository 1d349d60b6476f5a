#include "statistics.h"

#include <cmath>
#include <eigen3/Eigen/Dense>
#include <limits>
#include <vector>

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

// Columns that do not depend on the columns before them. The factor has the same linear dependences as the data, and
// is as small as the number of columns.
std::vector<Eigen::Index> independentColumns(const Matrix &factor, double tolerance) {
  std::vector<Eigen::Index> kept;
  for (Eigen::Index j = 0; j < factor.cols(); ++j) {
    Matrix trial(factor.rows(), static_cast<Eigen::Index>(kept.size()) + 1);
    for (std::size_t k = 0; k < kept.size(); ++k) trial.col(static_cast<Eigen::Index>(k)) = factor.col(kept[k]);
    trial.col(trial.cols() - 1) = factor.col(j);
    Eigen::ColPivHouseholderQR<Matrix> qr;
    qr.setThreshold(tolerance);
    qr.compute(trial);
    if (qr.rank() == trial.cols()) kept.push_back(j);
  }
  return kept;
}

int64_t solve(
  const double *x, int64_t rows, int64_t columns, const double *weights, const double *y, double tolerance,
  double *coefficients, double *covariance, uint8_t *aliased) {
  Matrix design = Eigen::Map<const Matrix>(x, rows, columns);
  Vector response = Eigen::Map<const Vector>(y, rows);
  if (weights != nullptr) {
    const Vector root = Eigen::Map<const Vector>(weights, rows).cwiseSqrt();
    design = root.asDiagonal() * design;
    response = root.asDiagonal() * response;
  }
  if (!design.allFinite() || !response.allFinite()) return -2;
  // Columns of equal length make one relative tolerance meaningful for ages, costs and indicator columns alike.
  Vector length = design.colwise().norm();
  for (Eigen::Index j = 0; j < columns; ++j) {
    if (length(j) > 0) design.col(j) /= length(j);
  }

  Eigen::ColPivHouseholderQR<Matrix> qr;
  qr.setThreshold(tolerance);
  qr.compute(design);
  std::vector<Eigen::Index> kept;
  if (qr.rank() == columns) {
    for (Eigen::Index j = 0; j < columns; ++j) kept.push_back(j);
  } else {
    const Eigen::Index depth = std::min<Eigen::Index>(rows, columns);
    Matrix factor = qr.matrixR().topRows(depth).template triangularView<Eigen::Upper>();
    kept = independentColumns(factor * qr.colsPermutation().inverse(), tolerance);
    Matrix reduced(rows, static_cast<Eigen::Index>(kept.size()));
    for (std::size_t k = 0; k < kept.size(); ++k) reduced.col(static_cast<Eigen::Index>(k)) = design.col(kept[k]);
    qr.compute(reduced);
  }

  const auto rank = static_cast<Eigen::Index>(kept.size());
  for (int64_t j = 0; j < columns; ++j) {
    aliased[j] = 1;
    coefficients[j] = std::numeric_limits<double>::quiet_NaN();
  }
  Eigen::Map<Matrix> spread(covariance, columns, columns);
  spread.setZero();
  if (rank == 0) return 0;
  const Vector solution = qr.solve(response);
  const Matrix upper = qr.matrixR().topLeftCorner(rank, rank).template triangularView<Eigen::Upper>();
  const Matrix inverse = upper.triangularView<Eigen::Upper>().solve(Matrix::Identity(rank, rank));
  const Matrix inner = qr.colsPermutation() * (inverse * inverse.transpose()) * qr.colsPermutation().inverse();
  for (Eigen::Index a = 0; a < rank; ++a) {
    const Eigen::Index i = kept[static_cast<std::size_t>(a)];
    aliased[i] = 0;
    coefficients[i] = solution(a) / length(i);
    for (Eigen::Index b = 0; b < rank; ++b) {
      const Eigen::Index j = kept[static_cast<std::size_t>(b)];
      spread(i, j) = inner(a, b) / (length(i) * length(j));
    }
  }
  return rank;
}

// Columns in order, each kept when part of it is independent of those kept before: 1 − R² of its regression on them,
// on cross-products scaled to unit diagonal.
std::vector<Eigen::Index> independentProducts(const Matrix &scaled, double tolerance) {
  std::vector<Eigen::Index> kept;
  for (Eigen::Index j = 0; j < scaled.cols(); ++j) {
    if (!(scaled(j, j) > 0)) continue;
    const auto size = static_cast<Eigen::Index>(kept.size());
    double left = scaled(j, j);
    if (size > 0) {
      const Matrix before = scaled(kept, kept);
      const Vector across = scaled(kept, j);
      left -= across.dot(before.ldlt().solve(across));
    }
    if (left > tolerance) kept.push_back(j);
  }
  return kept;
}

int64_t solveProducts(
  const double *xx, const double *xy, int64_t columns, double tolerance, double *coefficients, double *covariance,
  uint8_t *aliased) {
  Matrix products = Eigen::Map<const Matrix>(xx, columns, columns);
  Vector response = Eigen::Map<const Vector>(xy, columns);
  if (!products.allFinite() || !response.allFinite()) return -2;
  Vector length(columns);
  for (Eigen::Index j = 0; j < columns; ++j) length(j) = products(j, j) > 0 ? std::sqrt(products(j, j)) : 1;
  const Vector inverse = length.cwiseInverse();
  products = inverse.asDiagonal() * products * inverse.asDiagonal();
  response = inverse.asDiagonal() * response;
  const std::vector<Eigen::Index> kept = independentProducts(products, tolerance);
  const auto rank = static_cast<Eigen::Index>(kept.size());
  for (int64_t j = 0; j < columns; ++j) {
    aliased[j] = 1;
    coefficients[j] = std::numeric_limits<double>::quiet_NaN();
  }
  Eigen::Map<Matrix> spread(covariance, columns, columns);
  spread.setZero();
  if (rank == 0) return 0;
  const Matrix reduced = products(kept, kept);
  const Vector reducedResponse = response(kept);
  const auto factor = reduced.ldlt();
  Vector solution = factor.solve(reducedResponse);
  // One step of refinement.
  solution += factor.solve(reducedResponse - reduced * solution);
  const Matrix inner = factor.solve(Matrix::Identity(rank, rank));
  for (Eigen::Index a = 0; a < rank; ++a) {
    const Eigen::Index i = kept[static_cast<std::size_t>(a)];
    aliased[i] = 0;
    coefficients[i] = solution(a) / length(i);
    for (Eigen::Index b = 0; b < rank; ++b) {
      const Eigen::Index j = kept[static_cast<std::size_t>(b)];
      spread(i, j) = inner(a, b) / (length(i) * length(j));
    }
  }
  return rank;
}

}  // namespace

int64_t cst_least_squares(
  const double *x, int64_t rows, int64_t columns, const double *weights, const double *y, double tolerance,
  double *coefficients, double *covariance, uint8_t *aliased) {
  if (rows < 1 || columns < 1 || !(tolerance > 0)) return -1;
  try {
    return solve(x, rows, columns, weights, y, tolerance, coefficients, covariance, aliased);
  } catch (...) {
    return -2;
  }
}

int64_t cst_normal_equations(
  const double *xx, const double *xy, int64_t columns, double tolerance, double *coefficients, double *covariance,
  uint8_t *aliased) {
  if (columns < 1 || !(tolerance > 0)) return -1;
  try {
    return solveProducts(xx, xy, columns, tolerance, coefficients, covariance, aliased);
  } catch (...) {
    return -2;
  }
}

#include "migplan/base/distribution.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "migplan/base/exact_math.hpp"

using namespace migplan;

namespace {

constexpr int kDraws = 200'000;

template <class Draw>
std::vector<double> sorted_draws(Draw draw) {
  RandomStream random(42, 0);
  std::vector<double> values;
  for (int i = 0; i < kDraws; ++i) values.push_back(draw(random));
  std::sort(values.begin(), values.end());
  return values;
}

// The greatest distance between the draws' distribution function and the true one (Kolmogorov, Smirnov).
template <class Cumulative>
double distance(const std::vector<double>& sorted, Cumulative cumulative) {
  double greatest = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double expected = cumulative(sorted[i]);
    const auto n = static_cast<double>(sorted.size());
    greatest = std::max({greatest, std::abs(static_cast<double>(i) / n - expected),
                         std::abs(static_cast<double>(i + 1) / n - expected)});
  }
  return greatest;
}

// Greater by chance once in a million samples: sqrt(ln(2 / 1e-6) / 2).
const double kCritical = 2.69 / std::sqrt(static_cast<double>(kDraws));

double normal_cumulative(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

struct Moments {
  double mean = 0, variance = 0;
};
Moments moments(const std::vector<double>& values) {
  Moments result;
  for (const double value : values) result.mean += value / static_cast<double>(values.size());
  for (const double value : values) {
    result.variance += (value - result.mean) * (value - result.mean) / static_cast<double>(values.size());
  }
  return result;
}

}  // namespace

TEST_CASE("exact_log and exact_exp: agree with the standard library's to its last bits", "[base]") {
  RandomStream random(3, 0);
  for (int i = 0; i < 200'000; ++i) {
    const double exponent = (random.uniform() - 0.5) * 1'300;
    const double x = std::exp(exponent);
    REQUIRE(std::abs(exact_log(x) - std::log(x)) <= 2e-16 * std::max(1.0, std::abs(std::log(x))) + 2e-16);
    REQUIRE(std::abs(exact_exp(exponent) - std::exp(exponent)) <= 4.5e-16 * std::exp(exponent));
  }
  CHECK(exact_log(1.0) == 0.0);
  CHECK(exact_exp(0.0) == 1.0);
}

TEST_CASE("Normal: the draws follow the normal distribution, into its tails", "[base]") {
  const auto values = sorted_draws([](RandomStream& random) { return Normal()(random); });
  CHECK(distance(values, normal_cumulative) < kCritical);
  // Beyond the last layer: 2 x 1.2905e-4 of the draws, 51.6 of 200000; five deviations are 36.
  const auto beyond =
      std::count_if(values.begin(), values.end(), [](double x) { return std::abs(x) > 3.6541528853610088; });
  CHECK(std::abs(static_cast<double>(beyond) - 51.6) < 36);
}

TEST_CASE("gamma_draw: mean and variance are the shape", "[base]") {
  for (const double shape : {0.05, 0.5, 1.0, 3.0, 40.0}) {
    INFO(shape);
    const Moments found = moments(sorted_draws([shape](RandomStream& random) { return gamma_draw(shape, random); }));
    // Five standard errors; that of the variance is sqrt((2 + 6 / shape) / n) of it.
    CHECK(std::abs(found.mean - shape) < 5 * std::sqrt(shape / kDraws));
    CHECK(std::abs(found.variance - shape) < 5 * shape * std::sqrt((2 + 6 / shape) / kDraws));
  }
  RandomStream random(1, 1);
  CHECK(gamma_draw(0, random) == 0);
}

TEST_CASE("gamma_draw: shape 1 is the exponential distribution", "[base]") {
  const auto values = sorted_draws([](RandomStream& random) { return gamma_draw(1, random); });
  CHECK(distance(values, [](double x) { return 1 - std::exp(-x); }) < kCritical);
}

TEST_CASE("dirichlet_draw: shares add up to 1, with the mean and variance of the distribution", "[base]") {
  RandomStream random(9, 0);
  const std::array concentrations{40.0, 30.0, 30.0, 0.0};
  std::array<std::vector<double>, 4> shares;
  for (int i = 0; i < kDraws; ++i) {
    std::array<double, 4> drawn{};
    dirichlet_draw(concentrations, random, drawn);
    REQUIRE(std::abs(drawn[0] + drawn[1] + drawn[2] - 1) < 1e-12);
    REQUIRE(drawn[3] == 0);
    for (std::size_t d = 0; d < 4; ++d) shares[d].push_back(drawn[d]);
  }
  for (std::size_t d = 0; d < 3; ++d) {
    const double share = concentrations[d] / 100;
    const double variance = share * (1 - share) / 101;
    const Moments found = moments(shares[d]);
    CHECK(std::abs(found.mean - share) < 5 * std::sqrt(variance / kDraws));
    CHECK(found.variance == Approx(variance).epsilon(0.03));
  }
}

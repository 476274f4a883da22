#include "migplan/base/exact_math.hpp"

namespace migplan {

double exact_exp(double x) noexcept {
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  constexpr double kPerLn2 = 1.44269504088896338700e+00;
  constexpr double kP1 = 1.66666666666666019037e-01, kP2 = -2.77777777770155933842e-03,
                   kP3 = 6.61375632143793436117e-05, kP4 = -1.65339022054652515390e-06,
                   kP5 = 4.13813679705723846039e-08;
  // x = k ln 2 + r with |r| at most half of ln 2; r in two parts.
  const auto k = static_cast<std::int64_t>(kPerLn2 * x + (x < 0 ? -0.5 : 0.5));
  const double high = x - static_cast<double>(k) * kLn2High, low = static_cast<double>(k) * kLn2Low;
  const double r = high - low;
  const double square = r * r;
  const double c = r - square * (kP1 + square * (kP2 + square * (kP3 + square * (kP4 + square * kP5))));
  const double y = 1.0 + (r * c / (2.0 - c) - low + high);
  return y * std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52U);
}

}  // namespace migplan

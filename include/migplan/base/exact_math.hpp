#pragma once

// Logarithm and exponential spelled out, because those of the standard library differ between machines in their last
// bit. Compiled without contraction to fused operations, so that every machine does the same IEEE 754 steps.

#include <bit>
#include <cstdint>

namespace migplan {

// ln(x) for normal x > 0, within 1 ulp: the method and the coefficients of fdlibm's e_log.c (Sun Microsystems, 1993).
[[nodiscard]] inline double exact_log(double x) noexcept {
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  constexpr double kL1 = 6.666666666666735130e-01, kL2 = 3.999999999940941908e-01, kL3 = 2.857142874366239149e-01,
                   kL4 = 2.222219843214978396e-01, kL5 = 1.818357216161805012e-01, kL6 = 1.531383769920937332e-01,
                   kL7 = 1.479819860511658591e-01;
  // x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2).
  constexpr std::uint64_t kOne = 0x3FF0'0000'0000'0000, kRootOfHalf = 0x3FE6'A09E'0000'0000;
  constexpr std::uint64_t kMantissa = 0x000F'FFFF'FFFF'FFFF;
  const std::uint64_t shifted = std::bit_cast<std::uint64_t>(x) + (kOne - kRootOfHalf);
  const auto k = static_cast<double>(static_cast<std::int64_t>(shifted >> 52U) - 1023);
  const double f = std::bit_cast<double>((shifted & kMantissa) + kRootOfHalf) - 1.0;
  const double half_square = 0.5 * f * f;
  const double s = f / (2.0 + f);
  const double z = s * s, w = z * z;
  const double odd = w * (kL2 + w * (kL4 + w * kL6));
  const double even = z * (kL1 + w * (kL3 + w * (kL5 + w * kL7)));
  return s * (half_square + (even + odd)) + k * kLn2Low - half_square + f + k * kLn2High;
}

// e^x for -700 <= x <= 700, within 1 ulp: fdlibm's e_exp.c.
[[nodiscard]] double exact_exp(double x) noexcept;

}  // namespace migplan

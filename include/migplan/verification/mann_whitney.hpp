#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "migplan/base/quantity.hpp"

namespace migplan {

// The rank test of Mann and Whitney ("On a Test of Whether One of Two Random Variables Is Stochastically Larger than
// the Other", 1947). It compares where two samples lie as a whole; a tail that moves alone may escape it.
struct MannWhitney {
  std::uint64_t twice_u = 0;  // of the first sample: pairs in which its value is the greater one, ties half, doubled
  double p_greater = 1;       // of the first sample's values being no greater in truth
  double p_less = 1;
  double p_two_sided = 1;
  bool is_exact = false;
};

// Neither is empty. Exact where both have fewer than 50 values and none recurs, as R's wilcox.test; else by the normal
// distribution, with corrections for ties and for continuity. O(n log n).
[[nodiscard]] MannWhitney mann_whitney(std::span<const Milliseconds> first, std::span<const Milliseconds> second);

// The least size of two equal samples with which the two-sided test can reach a level at all: the smallest n with
// 2 / (2n choose n) <= 1 - confidence. 4 at 95 percent: 2 / 70 = 0.029, while 2 / 20 = 0.1 for 3.
[[nodiscard]] std::size_t least_ranked_samples(Percent confidence);

}  // namespace migplan

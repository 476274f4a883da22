#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "migplan/base/decimal.hpp"

namespace migplan {

// Whole numbers that add up to `total` and lie as close to parts[i] / unit as that allows: largest-remainder method,
// the first of equals first. `total` is meant to be near the sum of the parts; unit > 0. O(n^2) for the few parts it
// serves.
[[nodiscard]] std::vector<std::int64_t> apportion(std::span<const Int128> parts, Int128 unit, std::int64_t total);

}  // namespace migplan

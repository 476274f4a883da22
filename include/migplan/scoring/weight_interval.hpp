#pragma once

#include <optional>

#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// Weights of one dimension with which a service keeps its tier while the other weights stay as they are (their
// proportion among each other with them); both ends belong to it, to the last step of a weight.
struct WeightInterval {
  Weight low;
  std::optional<Weight> high;  // none = however large
};

// In closed form from the linear inequality that each end of the tier is; holds for the score as it is rounded.
[[nodiscard]] WeightInterval weight_interval(const Score& score, const Policy& policy, Dimension dimension);

}  // namespace migplan

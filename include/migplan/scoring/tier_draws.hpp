#pragma once

#include <cstdint>
#include <vector>

#include "migplan/scoring/scorecard.hpp"

namespace migplan {

struct DrawOptions {
  std::uint32_t draws = 100'000;  // at least 1
  std::uint64_t seed = 1;
  Share relative_error = Share::from_steps(100'000);  // standard deviation of a raw value over the value
  bool only_weights = false;                          // facts stand still, and no ranks are compared: much faster
};

// How often each service fell into each tier, over draws of the policy's weights and of the raw values.
struct TierDraws {
  std::uint32_t draws = 0;
  std::vector<std::vector<std::uint32_t>> counts;  // by tier, then service
  // Of the services in the highest tier: how many there are, how many of the first that many in a draw they were,
  // summed over the draws, and in how many draws they were all of them. 0 where ranks are not compared.
  std::size_t leaders = 0;
  std::uint64_t leaders_kept = 0;
  std::uint32_t draws_with_all_leaders = 0;
};

// Weights come from a Dirichlet distribution around the policy's own, concentration 100; each raw value is multiplied
// by a normal factor around 1, cut at 0; models.md section 2. A missing dimension stays 0. The result depends on the
// seed and the services, not on their order in files nor on `threads`. O(draws x services); percentile scales sort as
// well.
[[nodiscard]] TierDraws draw_tiers(const Scorecard& card, const DrawOptions& options, unsigned threads = 1);

// The concentration of the Dirichlet distribution: the sum of its parameters.
inline constexpr double kConcentration = 100;

}  // namespace migplan

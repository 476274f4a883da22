#pragma once

#include <cstdint>
#include <vector>

#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// Up to so many services the sums are exact; beyond, each is an estimate of this relative standard error.
inline constexpr std::size_t kExactDependents = 20'000;
inline constexpr Share kDependentsError = Share::from_steps(100'000);

// For each service, the sum of the scores of all services that depend on it, directly or through others, each counted
// once, itself not; models.md section 1. Exact: O(services x dependencies / 512) steps on 512 bits. Estimates: minima
// of exponential ranks with the scores as rates (Cohen, "Size-Estimation Framework with Applications to Transitive
// Closure and Reachability", 1997), O(services + dependencies) for each of 102 rounds.
[[nodiscard]] std::vector<Points> dependents_scores(const Scorecard& card, std::size_t most_exact = kExactDependents);

}  // namespace migplan

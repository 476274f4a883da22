#pragma once

#include <vector>

#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// What one fact has to do with the difference between two scores.
struct FactCause {
  FactId fact;
  FactSheet::Entry from, to;
  Points contribution;  // may be negative
};

// Shares score_among(to) - score_among(from) over the facts in which the two sheets differ, by their Shapley values:
// facts of one dimension interact, dimensions add. The contributions, in fact order, add up to the difference of the
// two printed totals exactly (largest remainder). Both sheets are seen as facts of a service among the card's services.
// docs/models.md.
[[nodiscard]] std::vector<FactCause> causes_of_difference(const Scorecard& card, const FactSheet& from,
                                                          const FactSheet& to);

}  // namespace migplan

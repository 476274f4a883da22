#pragma once

#include <array>
#include <optional>
#include <vector>

#include "migplan/base/decimal.hpp"
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

enum class CauseKind : std::uint8_t {
  Fact,           // of the service itself
  Policy,         // weights, scale, limits of the tiers
  OtherServices,  // where the scale depends on them
};

// What one thing has to do with the change of a score over time.
struct ChangeCause {
  CauseKind kind = CauseKind::Fact;
  FactId fact{};                  // of a Fact
  FactSheet::Entry from{}, to{};  // of a Fact, as they are in force on each side
  Points contribution;            // may be negative
};

// Shares the changes between two scorecards, old and new, over what moved. Keeps references to both.
class ChangeAttribution {
 public:
  ChangeAttribution(const Scorecard& before, const Scorecard& after);
  ChangeAttribution(const ChangeAttribution&) = delete;  // points into itself
  ChangeAttribution& operator=(const ChangeAttribution&) = delete;
  ~ChangeAttribution() = default;

  // The facts that moved, the policy if it did, and the other services where the scale looks at them: Shapley values,
  // the greatest first. The contributions add up to the difference of the two printed totals exactly (largest
  // remainder). Left out is what contributes nothing, but for a policy whose limits moved the tier. docs/models.md.
  [[nodiscard]] std::vector<ChangeCause> causes(ServiceIndex before, ServiceIndex after) const;

 private:
  struct Sides {
    std::array<ServiceIndex, 2> index;
    std::array<FactSheet, 2> facts;
  };
  struct Player {
    CauseKind kind;
    FactId fact{};
  };
  [[nodiscard]] std::vector<Player> players(const Sides& sides, Dimension dimension) const;
  [[nodiscard]] Int128 worth(const Sides& sides, Dimension dimension, const std::vector<Player>& players,
                             std::uint32_t coalition) const;
  [[nodiscard]] FactSheet::Entry in_force(const FactSheet::Entry& entry, std::size_t policy_side) const;

  // [whose policy][whose services]; 0 = before, 1 = after.
  std::array<std::array<const Scorecard*, 2>, 2> cards_{};
  std::optional<Scorecard> old_policy_new_services_, new_policy_old_services_;
  std::array<Int128, 2> factor_{};  // brings the weights of both policies to one sum
  Int128 hundredth_ = 0;            // of a point, in the unit of `worth` x the common denominator
  bool has_new_scoring_ = false;
  bool has_new_limits_ = false;
  bool looks_at_others_ = false;
};

}  // namespace migplan

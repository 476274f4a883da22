#include "migplan/scoring/attribution.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

#include "migplan/base/apportion.hpp"

namespace migplan {
namespace {

// 3! is a multiple of every m! that occurs: no dimension has more than three facts. Shapley weights times kWhole are
// whole.
constexpr std::int64_t kWhole = 6;
constexpr std::int64_t kFactorial[] = {1, 1, 2, 6};

class DimensionGame {
 public:
  DimensionGame(const Scorecard& card, const FactSheet& from, const FactSheet& to, std::vector<FactId> players,
                Dimension dimension)
      : players_(std::move(players)) {
    const Int128 weight = card.policy().scoring().weights[dimension].steps();
    for (std::uint32_t coalition = 0; coalition < (1U << players_.size()); ++coalition) {
      FactSheet mixed = from;
      for (std::size_t p = 0; p < players_.size(); ++p) {
        if ((coalition >> p & 1U) != 0) mixed = mixed.with(players_[p], to[players_[p]]);
      }
      worth_.push_back(weight * card.score_among(mixed).terms[dimension].value_or(FinePoints{}).steps());
    }
  }

  // Weighted fine points x kWhole.
  [[nodiscard]] Int128 shapley_value(std::size_t player) const {
    const std::size_t count = players_.size();
    Int128 value = 0;
    for (std::uint32_t coalition = 0; coalition < worth_.size(); ++coalition) {
      if ((coalition >> player & 1U) != 0) continue;
      const auto size = static_cast<std::size_t>(std::popcount(coalition));
      const std::int64_t factor = kFactorial[size] * kFactorial[count - size - 1] * (kWhole / kFactorial[count]);
      value += factor * (worth_[coalition | 1U << player] - worth_[coalition]);
    }
    return value;
  }

 private:
  std::vector<FactId> players_;
  std::vector<Int128> worth_;  // by coalition, a bit a player
};

std::vector<FactId> changed_facts(const FactSheet& from, const FactSheet& to, Dimension dimension) {
  std::vector<FactId> changed;
  for (const FactInfo& info : fact_infos()) {
    const bool is_same = from[info.id].is_known() == to[info.id].is_known() && from[info.id].steps == to[info.id].steps;
    if (info.dimension == dimension && !is_same) changed.push_back(info.id);
  }
  return changed;
}

Int128 unit_of_hundredths(const ScoringPolicy& policy) {
  Weight sum;
  for (const Weight weight : policy.weights.values) sum += weight;
  return Int128{sum.steps()} * (FinePoints::scale() / Points::scale()) * kWhole;
}

}  // namespace

std::vector<FactCause> causes_of_difference(const Scorecard& card, const FactSheet& from, const FactSheet& to) {
  std::vector<FactCause> causes;
  std::vector<Int128> values;
  for (const Dimension dimension : kDimensions) {
    const std::vector<FactId> players = changed_facts(from, to, dimension);
    const DimensionGame game(card, from, to, players, dimension);
    for (std::size_t p = 0; p < players.size(); ++p) {
      causes.push_back({players[p], from[players[p]], to[players[p]], Points{}});
      values.push_back(game.shapley_value(p));
    }
  }
  const Points difference = card.score_among(to).total - card.score_among(from).total;
  const auto shares = apportion(values, unit_of_hundredths(card.policy().scoring()), difference.steps());
  for (std::size_t c = 0; c < causes.size(); ++c) causes[c].contribution = Points::from_steps(shares[c]);
  return causes;
}

}  // namespace migplan

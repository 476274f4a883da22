#include "migplan/scoring/attribution.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>

#include "migplan/base/apportion.hpp"
#include "shapley.hpp"

namespace migplan {
namespace {

// Bits of a coalition.
bool has(std::uint32_t coalition, std::size_t player) { return (coalition >> player & 1U) != 0; }

std::int64_t sum_of_weights(const Policy& policy) {
  const auto& weights = policy.scoring().weights.values;
  return std::accumulate(weights.begin(), weights.end(), Weight{}).steps();
}

template <class Worth>
std::vector<Int128> values_of_game(std::size_t players, Worth worth) {
  std::vector<Int128> worths;
  for (std::uint32_t coalition = 0; coalition < (1U << players); ++coalition) worths.push_back(worth(coalition));
  return shapley_values(worths);
}

bool is_same_value(const FactSheet::Entry& a, const FactSheet::Entry& b) {
  return a.is_known() == b.is_known() && a.steps == b.steps;
}

bool has_new_limits(const Policy& before, const Policy& after) {
  return !std::equal(before.tiers().begin(), before.tiers().end(), after.tiers().begin(), after.tiers().end(),
                     [](const Tier& a, const Tier& b) { return a.min_score == b.min_score; });
}

}  // namespace

std::vector<FactCause> causes_of_difference(const Scorecard& card, const FactSheet& from, const FactSheet& to) {
  std::vector<FactCause> causes;
  std::vector<Int128> values;
  for (const Dimension dimension : kDimensions) {
    std::vector<FactId> players;
    for (const FactInfo& info : fact_infos()) {
      if (info.dimension == dimension && !is_same_value(from[info.id], to[info.id])) players.push_back(info.id);
    }
    const Int128 weight = card.policy().scoring().weights[dimension].steps();
    const auto shares = values_of_game(players.size(), [&](std::uint32_t coalition) {
      FactSheet mixed = from;
      for (std::size_t p = 0; p < players.size(); ++p) {
        if (has(coalition, p)) mixed = mixed.with(players[p], to[players[p]]);
      }
      return weight * card.term_among(dimension, mixed).value_or(FinePoints{}).steps();
    });
    for (const FactId fact : players) causes.push_back({fact, from[fact], to[fact], Points{}});
    values.insert(values.end(), shares.begin(), shares.end());
  }
  const Points difference = card.score_among(to).total - card.score_among(from).total;
  const Int128 hundredth = Int128{sum_of_weights(card.policy())} * kFinePerHundredth * kShapleyUnit;
  const auto shares = apportion(values, hundredth, difference.steps());
  for (std::size_t c = 0; c < causes.size(); ++c) causes[c].contribution = Points::from_steps(shares[c]);
  return causes;
}

ChangeAttribution::ChangeAttribution(const Scorecard& before, const Scorecard& after)
    : has_new_scoring_(before.policy().scoring() != after.policy().scoring()),
      has_new_limits_(migplan::has_new_limits(before.policy(), after.policy())),
      looks_at_others_(before.policy().scoring().method != ScaleMethod::Reference ||
                       after.policy().scoring().method != ScaleMethod::Reference) {
  // A card serves for any services where its scale does not look at them.
  cards_ = {{{&before, &before}, {&after, &after}}};
  if (looks_at_others_ && has_new_scoring_) {
    cards_[0][1] = &old_policy_new_services_.emplace(after.inventory(), before.policy());
    cards_[1][0] = &new_policy_old_services_.emplace(before.inventory(), after.policy());
  } else if (looks_at_others_) {
    cards_ = {{{&before, &after}, {&before, &after}}};
  }
  const std::int64_t old_sum = sum_of_weights(before.policy()), new_sum = sum_of_weights(after.policy());
  const std::int64_t shared = std::gcd(old_sum, new_sum);
  factor_ = {new_sum / shared, old_sum / shared};
  hundredth_ = Int128{old_sum} * factor_[0] * kFinePerHundredth * kShapleyUnit;
}

FactSheet::Entry ChangeAttribution::in_force(const FactSheet::Entry& entry, std::size_t policy_side) const {
  if (entry.origin != FactOrigin::Policy) return entry;
  return {cards_[policy_side][policy_side]->policy().scoring().sla_target.steps(), FactOrigin::Policy};
}

std::vector<ChangeAttribution::Player> ChangeAttribution::players(const Sides& sides, Dimension dimension) const {
  std::vector<Player> players;
  for (const FactInfo& info : fact_infos()) {
    if (info.dimension != dimension) continue;
    const FactSheet::Entry &from = sides.facts[0][info.id], &to = sides.facts[1][info.id];
    // What both leave to the policy moves with the policy alone.
    const bool is_policys = from.origin == FactOrigin::Policy && to.origin == FactOrigin::Policy;
    const bool has_moved =
        !is_same_value(in_force(from, 0), in_force(to, 0)) || !is_same_value(in_force(from, 1), in_force(to, 1));
    if (!is_policys && has_moved) players.push_back({CauseKind::Fact, info.id});
  }
  if (has_new_scoring_) players.push_back({CauseKind::Policy});
  if (looks_at_others_) players.push_back({CauseKind::OtherServices});
  return players;
}

Int128 ChangeAttribution::worth(const Sides& sides, Dimension dimension, const std::vector<Player>& players,
                                std::uint32_t coalition) const {
  std::size_t policy_side = 0, others_side = 0;
  FactSheet mixed = sides.facts[0];
  for (std::size_t p = 0; p < players.size(); ++p) {
    if (!has(coalition, p)) continue;
    switch (players[p].kind) {
      case CauseKind::Fact: mixed = mixed.with(players[p].fact, sides.facts[1][players[p].fact]); break;
      case CauseKind::Policy: policy_side = 1; break;
      case CauseKind::OtherServices: others_side = 1; break;
    }
  }
  const Scorecard& card = *cards_[policy_side][others_side];
  mixed = mixed.with(FactId::SlaTarget, in_force(mixed[FactId::SlaTarget], policy_side));
  const std::size_t index_side = looks_at_others_ ? others_side : policy_side;
  const Term term = card.term_instead(sides.index[index_side], dimension, mixed);
  return factor_[policy_side] * card.policy().scoring().weights[dimension].steps() *
         term.value_or(FinePoints{}).steps();
}

std::vector<ChangeCause> ChangeAttribution::causes(ServiceIndex before, ServiceIndex after) const {
  const Scorecard &old_card = *cards_[0][0], &new_card = *cards_[1][1];
  const Sides sides{{before, after}, {old_card.sheet(before), new_card.sheet(after)}};
  std::vector<ChangeCause> causes;
  std::vector<Int128> values;
  Int128 by_policy = 0, by_others = 0;
  for (const Dimension dimension : kDimensions) {
    const std::vector<Player> all = players(sides, dimension);
    if (all.empty()) continue;
    const auto shares =
        values_of_game(all.size(), [&](std::uint32_t coalition) { return worth(sides, dimension, all, coalition); });
    for (std::size_t p = 0; p < all.size(); ++p) {
      if (all[p].kind == CauseKind::Policy) by_policy += shares[p];
      if (all[p].kind == CauseKind::OtherServices) by_others += shares[p];
      if (all[p].kind != CauseKind::Fact) continue;
      const FactId fact = all[p].fact;
      causes.push_back(
          {CauseKind::Fact, fact, in_force(sides.facts[0][fact], 0), in_force(sides.facts[1][fact], 1), {}});
      values.push_back(shares[p]);
    }
  }
  if (has_new_scoring_ || has_new_limits_) {
    causes.push_back({.kind = CauseKind::Policy, .contribution = {}});
    values.push_back(by_policy);
  }
  if (looks_at_others_) {
    causes.push_back({.kind = CauseKind::OtherServices, .contribution = {}});
    values.push_back(by_others);
  }
  const auto shares = apportion(values, hundredth_, (new_card[after].total - old_card[before].total).steps());
  for (std::size_t c = 0; c < causes.size(); ++c) causes[c].contribution = Points::from_steps(shares[c]);
  const Score &was = old_card[before], &is = new_card[after];
  const bool have_limits_moved_it =
      has_new_limits_ && was.tier != is.tier &&
      (new_card.policy().tier_of(was.total) != was.tier || old_card.policy().tier_of(is.total) != is.tier);
  std::erase_if(causes, [have_limits_moved_it](const ChangeCause& cause) {
    const bool tells_limits = cause.kind == CauseKind::Policy && have_limits_moved_it;
    return cause.contribution == Points{} && !tells_limits;
  });
  std::stable_sort(causes.begin(), causes.end(), [](const ChangeCause& a, const ChangeCause& b) {
    return std::abs(a.contribution.steps()) > std::abs(b.contribution.steps());
  });
  return causes;
}

}  // namespace migplan

#include "migplan/scoring/explanation.hpp"

#include <algorithm>

namespace migplan {
namespace {

class FlipSearch {
 public:
  FlipSearch(const Scorecard& card, ServiceIndex service)
      : card_(card), service_(service), facts_(card.sheet(service)), tier_(card[service].tier) {}

  [[nodiscard]] std::vector<Flip> run() const {
    std::vector<Flip> flips;
    for (const bool upwards : {true, false}) {
      const bool has_neighbour = upwards ? tier_ > 0 : tier_ + 1U < card_.policy().tiers().size();
      if (!has_neighbour) continue;
      for (const FactInfo& info : fact_infos()) flips.push_back(search(info, upwards));
    }
    return flips;
  }

 private:
  // A score never falls when a fact moves the way that raises it, so the first step that crosses is found by bisection.
  [[nodiscard]] Flip search(const FactInfo& info, bool upwards) const {
    const FactSheet::Entry& now = facts_[info.id];
    Flip flip{info.id, now, upwards, std::nullopt, static_cast<TierIndex>(upwards ? tier_ - 1 : tier_ + 1)};
    if (!now.is_known()) return flip;
    const bool grows = upwards == info.raises_score;
    const std::int64_t room = grows ? info.max - now.steps : now.steps;
    std::int64_t outside = (room + info.resolution - 1) / info.resolution;
    if (outside == 0 || !crosses(info, moved(info, now.steps, grows, outside), upwards)) return flip;
    std::int64_t inside = 0;
    while (outside - inside > 1) {
      const std::int64_t middle = inside + (outside - inside) / 2;
      (crosses(info, moved(info, now.steps, grows, middle), upwards) ? outside : inside) = middle;
    }
    flip.to = moved(info, now.steps, grows, outside);
    flip.tier = tier_with(info, *flip.to);
    return flip;
  }

  [[nodiscard]] static std::int64_t moved(const FactInfo& info, std::int64_t from, bool grows, std::int64_t count) {
    if (grows) return count > (info.max - from) / info.resolution ? info.max : from + count * info.resolution;
    return std::max<std::int64_t>(0, from - count * info.resolution);
  }

  [[nodiscard]] TierIndex tier_with(const FactInfo& info, std::int64_t steps) const {
    return card_.score_instead(service_, facts_.with(info.id, {steps, FactOrigin::Stated})).tier;
  }

  [[nodiscard]] bool crosses(const FactInfo& info, std::int64_t steps, bool upwards) const {
    const TierIndex tier = tier_with(info, steps);
    return upwards ? tier < tier_ : tier > tier_;
  }

  const Scorecard& card_;
  ServiceIndex service_;
  FactSheet facts_;
  TierIndex tier_;
};

}  // namespace

std::vector<Flip> flips(const Scorecard& card, ServiceIndex service) { return FlipSearch(card, service).run(); }

Explanation explain(const Scorecard& card, const std::vector<ServiceIndex>& order, ServiceIndex service) {
  const Score& score = card[service];
  const auto tiers = card.policy().tiers();
  Explanation result{.service = service,
                     .score = score,
                     .contributions = contributions(score, card.policy().scoring()),
                     .facts = card.sheet(service),
                     .flips = flips(card, service)};
  if (score.tier > 0) result.to_next_up = tiers[score.tier - 1U].min_score - score.total;
  if (score.tier + 1U < tiers.size()) {
    result.to_next_down = score.total - tiers[score.tier].min_score + Points::from_steps(1);
  }
  const auto place = static_cast<std::size_t>(std::find(order.begin(), order.end(), service) - order.begin());
  result.rank = place + 1;
  if (place > 0) result.above = order[place - 1];
  if (place + 1 < order.size()) result.below = order[place + 1];
  return result;
}

}  // namespace migplan

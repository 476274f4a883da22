#include "migplan/scoring/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "migplan/base/parallel.hpp"

namespace migplan {
namespace {

// Looks for the likeliest single change that takes a service out of its tier.
class CauseSearch {
 public:
  CauseSearch(const Scorecard& card, const DrawOptions& options) : card_(card), options_(options) {}

  void find(ServiceIndex service, ServiceSensitivity& result) const {
    result.firmness = Firmness::OnSeveral;
    for (const Dimension d : kDimensions) try_weight(d, result);
    if (options_.only_weights || options_.relative_error.steps() == 0) return;
    for (const Flip& flip : flips(card_, service)) {
      if (flip.to) try_fact(service, flip, result);
    }
  }

 private:
  static void take(double distance, std::optional<Dimension> weight, std::optional<FactId> fact,
                   ServiceSensitivity& result) {
    if (result.distance && *result.distance <= distance) return;
    result.distance = distance;
    result.weight = weight;
    result.fact = fact;
    result.firmness = weight ? Firmness::OnWeight : Firmness::OnFact;
  }

  // Shares of Dirichlet draws have the variance s (1 - s) / (concentration + 1).
  void try_weight(Dimension d, ServiceSensitivity& result) const {
    const auto& weights = card_.policy().scoring().weights;
    double others = 0;
    for (const Dimension other : kDimensions) {
      if (other != d) others += static_cast<double>(weights[other].steps());
    }
    const auto share_of = [others](Weight weight) {
      const auto own = static_cast<double>(weight.steps());
      return own / (own + others);
    };
    const double share = share_of(weights[d]);
    const double deviation = std::sqrt(share * (1.0 - share) / (kConcentration + 1.0));
    if (deviation <= 0) return;
    const WeightInterval& interval = result.weights[d];
    const Weight step = Weight::from_steps(1);
    if (interval.low > Weight{}) take((share - share_of(interval.low - step)) / deviation, d, {}, result);
    if (interval.high) take((share_of(*interval.high + step) - share) / deviation, d, {}, result);
  }

  // The draws move a dimension's raw value as a whole, so a fact's change counts by what it does to that.
  void try_fact(ServiceIndex service, const Flip& flip, ServiceSensitivity& result) const {
    const ScoringPolicy& scoring = card_.policy().scoring();
    const FactSheet facts = card_.sheet(service);
    const Dimension d = info_of(flip.fact).dimension;
    const auto before = raw_value(facts, d, scoring);
    const auto after = raw_value(facts.with(flip.fact, {*flip.to, FactOrigin::Stated}), d, scoring);
    if (!before || !after || before->steps() == 0) return;
    const double deviation = Scale::real(*before) * static_cast<double>(options_.relative_error.steps()) /
                             static_cast<double>(Share::scale());
    take(std::abs(Scale::real(*after) - Scale::real(*before)) / deviation, {}, flip.fact, result);
  }

  const Scorecard& card_;
  const DrawOptions& options_;
};

bool is_firm(const TierDraws& draws, TierIndex tier, ServiceIndex service) {
  const std::uint64_t kept = draws.counts[tier][service];
  return kept * static_cast<std::uint64_t>(Share::scale()) >=
         draws.draws * static_cast<std::uint64_t>(kFirmFrom.steps());
}

}  // namespace

std::string_view name_of(Firmness firmness) noexcept {
  switch (firmness) {
    case Firmness::Firm: return "firm";
    case Firmness::OnWeight: return "weight";
    case Firmness::OnFact: return "fact";
    case Firmness::OnSeveral: return "several";
  }
  return "";
}

Sensitivity sensitivity(const Scorecard& card, const DrawOptions& options, unsigned threads) {
  Sensitivity result{options, draw_tiers(card, options, threads), {}};
  result.services.resize(card.inventory().size());
  const CauseSearch causes(card, options);
  for_each_range(result.services.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto service = static_cast<ServiceIndex>(i);
      for (const Dimension d : kDimensions) {
        result.services[i].weights[d] = weight_interval(card[service], card.policy(), d);
      }
      if (!is_firm(result.draws, card[service].tier, service)) causes.find(service, result.services[i]);
    }
  });
  return result;
}

}  // namespace migplan

#include "migplan/scoring/scorecard.hpp"

#include <algorithm>
#include <numeric>

#include "migplan/base/apportion.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/parallel.hpp"

namespace migplan {
namespace {

std::int64_t sum_of(const PerDimension<Weight>& weights) {
  return std::accumulate(weights.values.begin(), weights.values.end(), Weight{}).steps();
}

Points weighted_mean(const PerDimension<FinePoints>& values, const PerDimension<Weight>& weights) {
  Int128 sum = 0;
  for (const Dimension d : kDimensions) sum += Int128{weights[d].steps()} * values[d].steps();
  return Points::from_steps(divide_half_up(sum, Int128{sum_of(weights)} * kFinePerHundredth));
}

bool needs_derived_topology(const Inventory& inventory) {
  const auto services = inventory.services();
  return std::any_of(services.begin(), services.end(), [](const Service& service) {
    return !service.topology.upstream_chain_length.is_known() ||
           !service.topology.downstream_strong_dependencies.is_known();
  });
}

}  // namespace

int Score::known_dimensions() const noexcept {
  return static_cast<int>(
      std::count_if(terms.values.begin(), terms.values.end(), [](Term term) { return term.is_known(); }));
}

Score score_of(const PerDimension<Term>& terms, const Policy& policy) {
  PerDimension<FinePoints> values;
  for (const Dimension d : kDimensions) values[d] = terms[d].value_or(FinePoints{});
  Score score;
  score.terms = terms;
  score.total = score.high = weighted_mean(values, policy.scoring().weights);
  score.tier = score.high_tier = policy.tier_of(score.total);
  if (score.is_complete()) return score;
  for (const Dimension d : kDimensions) values[d] = terms[d].value_or(FinePoints::max());
  score.high = weighted_mean(values, policy.scoring().weights);
  score.high_tier = policy.tier_of(score.high);
  return score;
}

PerDimension<Points> contributions(const Score& score, const ScoringPolicy& policy) {
  PerDimension<Int128> parts;
  for (const Dimension d : kDimensions) {
    parts[d] = Int128{policy.weights[d].steps()} * score.terms[d].value_or(FinePoints{}).steps();
  }
  const auto whole = apportion(parts.values, Int128{sum_of(policy.weights)} * kFinePerHundredth, score.total.steps());
  PerDimension<Points> result;
  for (const Dimension d : kDimensions) result[d] = Points::from_steps(whole[static_cast<std::size_t>(d)]);
  return result;
}

Scorecard::Scorecard(const Inventory& inventory, const Policy& policy, unsigned threads)
    : inventory_(&inventory),
      policy_(&policy),
      derived_(needs_derived_topology(inventory) ? derive_topology(inventory) : std::vector<DerivedTopology>{}),
      scale_(make_scale()),
      scores_(inventory.size()) {
  for_each_range(inventory.size(), threads, [this](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto raw = raw_values(static_cast<ServiceIndex>(i));
      PerDimension<Term> terms;
      for (const Dimension d : kDimensions) {
        if (raw[d]) terms[d] = Term(scale_.normalise(d, *raw[d]));
      }
      scores_[i] = score_of(terms, *policy_);
    }
  });
}

Scale Scorecard::make_scale() const {
  PerDimension<std::vector<RawValue>> known;
  if (policy_->scoring().method != ScaleMethod::Reference) {
    for (ServiceIndex i = 0; i < inventory_->size(); ++i) {
      const auto raw = raw_values(i);
      for (const Dimension d : kDimensions) {
        if (raw[d]) known[d].push_back(*raw[d]);
      }
    }
  }
  return Scale(policy_->scoring(), std::move(known));
}

FactSheet Scorecard::sheet(ServiceIndex i) const {
  return fact_sheet((*inventory_)[i], derived_.empty() ? nullptr : &derived_[i], policy_->scoring());
}

std::optional<RawValue> Scorecard::raw(ServiceIndex i, Dimension dimension) const {
  return raw_value(sheet(i), dimension, policy_->scoring());
}

PerDimension<std::optional<RawValue>> Scorecard::raw_values(ServiceIndex i) const {
  const FactSheet facts = sheet(i);
  PerDimension<std::optional<RawValue>> raw;
  for (const Dimension d : kDimensions) raw[d] = raw_value(facts, d, policy_->scoring());
  return raw;
}

Term Scorecard::term_among(Dimension dimension, const FactSheet& facts) const {
  const auto raw = raw_value(facts, dimension, policy_->scoring());
  return raw ? Term(scale_.normalise_among(dimension, *raw)) : Term();
}

Term Scorecard::term_instead(ServiceIndex i, Dimension dimension, const FactSheet& facts) const {
  const auto raw = raw_value(facts, dimension, policy_->scoring());
  if (!raw) return Term();
  const bool looks_at_others = policy_->scoring().method != ScaleMethod::Reference;
  return Term(scale_.normalise_instead(dimension, looks_at_others ? this->raw(i, dimension) : std::nullopt, *raw));
}

Score Scorecard::score_among(const FactSheet& facts) const {
  PerDimension<Term> terms;
  for (const Dimension d : kDimensions) terms[d] = term_among(d, facts);
  return score_of(terms, *policy_);
}

Score Scorecard::score_instead(ServiceIndex i, const FactSheet& facts) const {
  PerDimension<Term> terms;
  for (const Dimension d : kDimensions) terms[d] = term_instead(i, d, facts);
  return score_of(terms, *policy_);
}

std::vector<ServiceIndex> ranking(const Scorecard& card, std::size_t limit) {
  std::vector<ServiceIndex> all(card.inventory().size());
  std::iota(all.begin(), all.end(), ServiceIndex{0});
  const auto is_before = [&card](ServiceIndex a, ServiceIndex b) {
    if (card[a].total != card[b].total) return card[a].total > card[b].total;
    return card.inventory()[a].name < card.inventory()[b].name;
  };
  if (limit >= all.size()) {
    std::sort(all.begin(), all.end(), is_before);
    return all;
  }
  std::vector<ServiceIndex> order(limit);
  std::partial_sort_copy(all.begin(), all.end(), order.begin(), order.end(), is_before);
  return order;
}

}  // namespace migplan

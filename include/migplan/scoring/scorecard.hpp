#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"
#include "migplan/scoring/fact_sheet.hpp"
#include "migplan/scoring/scale.hpp"

namespace migplan {

// One dimension of a score: 0..100 fine points, or missing, which counts 0 and may count up to 100. 8 bytes.
class Term {
 public:
  constexpr Term() noexcept = default;
  constexpr explicit Term(FinePoints normalised) noexcept : normalised_(normalised) {}
  [[nodiscard]] constexpr bool is_known() const noexcept { return normalised_ != kMissing; }
  [[nodiscard]] constexpr FinePoints value_or(FinePoints other) const noexcept {
    return is_known() ? normalised_ : other;
  }

 private:
  static constexpr FinePoints kMissing = FinePoints::from_steps(-1);
  FinePoints normalised_ = kMissing;
};

struct Score {
  PerDimension<Term> terms;
  Points total;  // weighted mean of the terms, rounded once, half up, to 1/100; this number decides the tier
  Points high;   // the same with every missing dimension at 100
  TierIndex tier = 0;
  TierIndex high_tier = 0;

  [[nodiscard]] int known_dimensions() const noexcept;
  [[nodiscard]] bool is_complete() const noexcept { return known_dimensions() == static_cast<int>(kDimensions.size()); }
};

// Score from terms: (sum of weight x normalised) / (sum of weights). models.md section 1.
[[nodiscard]] Score score_of(const PerDimension<Term>& terms, const Policy& policy);
// The score's parts in hundredths, adding up to `total` exactly (largest remainder).
[[nodiscard]] PerDimension<Points> contributions(const Score& score, const ScoringPolicy& policy);

// The scores of an inventory under a policy, with what explains them. Keeps references to both: they must outlive it.
class Scorecard {
 public:
  // `threads` changes the time, never the result.
  Scorecard(const Inventory& inventory, const Policy& policy, unsigned threads = 1);
  Scorecard(Inventory&&, const Policy&, unsigned = 1) = delete;

  [[nodiscard]] const Inventory& inventory() const noexcept { return *inventory_; }
  [[nodiscard]] const Policy& policy() const noexcept { return *policy_; }
  [[nodiscard]] std::span<const Score> scores() const noexcept { return scores_; }
  [[nodiscard]] const Score& operator[](ServiceIndex i) const noexcept { return scores_[i]; }
  [[nodiscard]] const Scale& scale() const noexcept { return scale_; }
  [[nodiscard]] FactSheet sheet(ServiceIndex i) const;
  // In the dimension's own unit; null = a fact is missing.
  [[nodiscard]] std::optional<RawValue> raw(ServiceIndex i, Dimension dimension) const;
  // What a service with these facts scores among the services as they are.
  [[nodiscard]] Score score_among(const FactSheet& facts) const;
  // What the service would score with these facts in place of its own, all others unchanged.
  [[nodiscard]] Score score_instead(ServiceIndex i, const FactSheet& facts) const;
  // One dimension of these two.
  [[nodiscard]] Term term_among(Dimension dimension, const FactSheet& facts) const;
  [[nodiscard]] Term term_instead(ServiceIndex i, Dimension dimension, const FactSheet& facts) const;

 private:
  [[nodiscard]] PerDimension<std::optional<RawValue>> raw_values(ServiceIndex i) const;
  [[nodiscard]] Scale make_scale() const;

  const Inventory* inventory_;
  const Policy* policy_;
  std::vector<DerivedTopology> derived_;  // empty where every service states its topology
  Scale scale_;
  std::vector<Score> scores_;
};

// Service indices, highest score first, equal scores by name; only the first `limit` of them if there are more.
[[nodiscard]] std::vector<ServiceIndex> ranking(const Scorecard& card, std::size_t limit = SIZE_MAX);

}  // namespace migplan

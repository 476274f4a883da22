#pragma once

#include <optional>
#include <span>
#include <vector>

#include "migplan/model/policy.hpp"

namespace migplan {

// Turns raw values into 0..100 fine points by the policy's method and curve. This is the one place where the model
// needs real arithmetic (a logarithm): results are rounded here to 1e-9 of a point and are whole numbers from then on.
class Scale {
 public:
  // `known` holds the raw values of the inventory's services, in any order; only minmax and percentile look at them.
  Scale(const ScoringPolicy& policy, PerDimension<std::vector<RawValue>> known);

  [[nodiscard]] FinePoints normalise(Dimension dimension, RawValue value) const;
  // What a service would get with `value` in place of `own`, the value that it has in the inventory (none = it has
  // none).
  [[nodiscard]] FinePoints normalise_instead(Dimension dimension, std::optional<RawValue> own, RawValue value) const;
  // The same for all services at once, as real numbers: `values` are raw on the way in and 0..100 on the way out, 0
  // where `is_known` is false. The services are judged by these values alone, not by those of the inventory.
  void normalise_all(Dimension dimension, std::span<double> values, const std::vector<bool>& is_known) const;
  // A raw value in the dimension's own unit.
  [[nodiscard]] static double real(RawValue value) noexcept;

  // What a value counts among the inventory's services as they are.
  [[nodiscard]] FinePoints normalise_among(Dimension dimension, RawValue value) const;

 private:
  void spread(Dimension dimension, double low, double high, std::span<double> values) const;
  static void rank_all(std::span<double> values, const std::vector<bool>& is_known);
  [[nodiscard]] FinePoints between(Dimension dimension, RawValue low, RawValue high, RawValue value) const;
  [[nodiscard]] FinePoints rank(const std::vector<RawValue>& sorted, std::optional<RawValue> own, RawValue value) const;

  const ScoringPolicy* policy_;
  PerDimension<std::vector<RawValue>> sorted_;
  PerDimension<double> log_of_full_;
};

}  // namespace migplan

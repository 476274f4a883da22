#pragma once

#include <optional>
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
  // What a value counts among the inventory's services as they are.
  [[nodiscard]] FinePoints normalise_among(Dimension dimension, RawValue value) const;

 private:
  [[nodiscard]] FinePoints between(Dimension dimension, RawValue low, RawValue high, RawValue value) const;
  [[nodiscard]] FinePoints rank(const std::vector<RawValue>& sorted, std::optional<RawValue> own, RawValue value) const;

  const ScoringPolicy* policy_;
  PerDimension<std::vector<RawValue>> sorted_;
  PerDimension<double> log_of_full_;
};

}  // namespace migplan

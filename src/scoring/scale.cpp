#include "migplan/scoring/scale.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

constexpr FinePoints kFull = FinePoints::max();

double real(RawValue value) { return static_cast<double>(value.steps()) / static_cast<double>(RawValue::scale()); }

FinePoints part_of_full(Int128 part, Int128 whole) {
  return FinePoints::from_steps(divide_half_up(part * kFull.steps(), whole));
}

FinePoints rounded(double part) {
  return FinePoints::from_steps(static_cast<std::int64_t>(std::floor(part * static_cast<double>(kFull.steps()) + 0.5)));
}

}  // namespace

Scale::Scale(const ScoringPolicy& policy, PerDimension<std::vector<RawValue>> known)
    : policy_(&policy), sorted_(std::move(known)) {
  for (auto& values : sorted_.values) std::sort(values.begin(), values.end());
  for (const Dimension d : kDimensions) log_of_full_[d] = std::log1p(real(policy.full[d]));
}

FinePoints Scale::normalise(Dimension dimension, RawValue value) const {
  return normalise_instead(dimension, value, value);
}

FinePoints Scale::normalise_among(Dimension dimension, RawValue value) const {
  const std::vector<RawValue>& sorted = sorted_[dimension];
  const bool is_there = std::binary_search(sorted.begin(), sorted.end(), value);
  return normalise_instead(dimension, is_there ? std::optional(value) : std::nullopt, value);
}

FinePoints Scale::normalise_instead(Dimension dimension, std::optional<RawValue> own, RawValue value) const {
  if (policy_->method == ScaleMethod::Reference) {
    return between(dimension, RawValue{}, policy_->full[dimension], std::min(value, policy_->full[dimension]));
  }
  const std::vector<RawValue>& sorted = sorted_[dimension];
  if (policy_->method == ScaleMethod::Percentile) return rank(sorted, own, value);
  RawValue low = value, high = value;
  if (!sorted.empty()) {
    const bool own_is_least = own && sorted.front() == *own;
    const bool own_is_greatest = own && sorted.back() == *own;
    if (sorted.size() > 1 || !own_is_least) {
      low = std::min(value, own_is_least ? sorted[1] : sorted.front());
      high = std::max(value, own_is_greatest ? sorted[sorted.size() - 2] : sorted.back());
    }
  }
  return between(dimension, low, high, value);
}

// 0 where all values are equal: nothing sets the service apart.
FinePoints Scale::between(Dimension dimension, RawValue low, RawValue high, RawValue value) const {
  if (low >= high) return FinePoints{};
  if (policy_->curve[dimension] == Curve::Linear) {
    return part_of_full(value.steps() - low.steps(), high.steps() - low.steps());
  }
  const double base = low == RawValue{} ? 0.0 : std::log1p(real(low));
  const double top = high == policy_->full[dimension] ? log_of_full_[dimension] : std::log1p(real(high));
  return rounded((std::log1p(real(value)) - base) / (top - base));
}

// The share of the other services that lie below, those of the same value counted half; a service alone gets half.
FinePoints Scale::rank(const std::vector<RawValue>& sorted, std::optional<RawValue> own, RawValue value) const {
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
  std::int64_t below = first - sorted.begin();
  std::int64_t equal = last - first;
  auto others = static_cast<std::int64_t>(sorted.size());
  if (own) {
    --others;
    if (*own < value) --below;
    if (*own == value) --equal;
  }
  if (others <= 0) return part_of_full(1, 2);
  return part_of_full(Int128{2} * below + equal, Int128{2} * others);
}

}  // namespace migplan

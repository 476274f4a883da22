#include "migplan/scoring/scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/base/exact_math.hpp"

namespace migplan {
namespace {

constexpr FinePoints kFull = FinePoints::max();

// What the logarithmic curve is made of; models.md section 1. ln(1 + x) by our own logarithm: the standard one's last
// bit differs between machines.
double log_of(double raw) noexcept { return exact_log(1.0 + raw); }

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
  for (const Dimension d : kDimensions) log_of_full_[d] = log_of(real(policy.full[d]));
}

double Scale::real(RawValue value) noexcept {
  return static_cast<double>(value.steps()) / static_cast<double>(RawValue::scale());
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
  const double base = low == RawValue{} ? 0.0 : log_of(real(low));
  const double top = high == policy_->full[dimension] ? log_of_full_[dimension] : log_of(real(high));
  return rounded((log_of(real(value)) - base) / (top - base));
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

void Scale::normalise_all(Dimension dimension, std::span<double> values, const std::vector<bool>& is_known) const {
  if (policy_->method == ScaleMethod::Percentile) return rank_all(values, is_known);
  if (policy_->method == ScaleMethod::Reference) return spread(dimension, 0, real(policy_->full[dimension]), values);
  double low = std::numeric_limits<double>::infinity(), high = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_known[i]) continue;
    low = std::min(low, values[i]);
    high = std::max(high, values[i]);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_known[i]) values[i] = low;  // counts 0
  }
  spread(dimension, low, high, values);
}

// `low` to 0 and `high`, or more, to 100 along the dimension's curve; all to 0 where the two are the same.
void Scale::spread(Dimension dimension, double low, double high, std::span<double> values) const {
  constexpr double kFullPoints = 100;
  if (low >= high) {
    std::fill(values.begin(), values.end(), 0.0);
  } else if (policy_->curve[dimension] == Curve::Log) {
    const double base = log_of(low), factor = kFullPoints / (log_of(high) - base);
    for (double& value : values) value = (log_of(std::min(value, high)) - base) * factor;
  } else {
    const double factor = kFullPoints / (high - low);
    for (double& value : values) value = (std::min(value, high) - low) * factor;
  }
}

// As `rank`, for all: the share of the others that lie below, those of the same value counted half.
void Scale::rank_all(std::span<double> values, const std::vector<bool>& is_known) {
  std::vector<double> sorted;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (is_known[i]) sorted.push_back(values[i]);
  }
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_known[i]) {
      values[i] = 0;
      continue;
    }
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), values[i]);
    const double below = static_cast<double>(first - sorted.begin()), equal = static_cast<double>(last - first - 1);
    const double others = static_cast<double>(sorted.size()) - 1.0;
    values[i] = others > 0 ? 100.0 * (below + 0.5 * equal) / others : 50.0;
  }
}

}  // namespace migplan

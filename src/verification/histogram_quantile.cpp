#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "counter_increase.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/verification/metric_facts.hpp"

namespace migplan {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::optional<double> bound_of(std::string_view text) noexcept {
  if (text.starts_with('+')) text.remove_prefix(1);
  double bound = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bound);
  const bool is_number = error == std::errc() && end == text.data() + text.size() && !std::isnan(bound);
  return is_number ? std::optional(bound) : std::nullopt;
}

// A histogram of one set of labels: what is not above each of its bounds.
using Steps = std::map<double, double>;

std::map<std::string, Steps> histograms_of(const MetricSamples& samples, const SeriesList& buckets) {
  CounterIncrease increase(samples, buckets);
  std::map<std::string, Steps> histograms;
  for (const MetricSamples::Series* const series : buckets) {
    const auto bound = bound_of(samples.label(*series, "le").value_or(""));
    if (!bound) continue;
    std::vector<std::string> labels;
    for (const MetricLabel& label : samples.labels(*series)) {
      if (label.name != "le") labels.push_back(std::string(label.name) + '\n' + std::string(label.value));
    }
    std::sort(labels.begin(), labels.end());
    std::string key;
    for (const std::string& label : labels) key += label + '\n';
    histograms[key][*bound] += increase.of(*series);
  }
  return histograms;
}

// Bounds that one histogram has and another has not: its count is that of its next bound below.
double count_up_to(const Steps& histogram, double bound) noexcept {
  const auto above = histogram.upper_bound(bound);
  return above == histogram.begin() ? 0 : std::prev(above)->second;
}

// Counts that were read at slightly different times may fall from bound to bound.
void make_rising(std::vector<CumulativeBucket>& buckets) noexcept {
  double most = 0;
  for (CumulativeBucket& bucket : buckets) {
    most = std::max(most, bucket.count);
    bucket.count = most;
  }
}

}  // namespace

std::vector<CumulativeBucket> histogram_buckets(const MetricSamples& samples, std::string_view name) {
  constexpr std::string_view kSuffix = "_bucket";
  SeriesList series;
  for (const MetricSamples::Series& candidate : samples.series()) {
    if (!candidate.name.ends_with(kSuffix)) continue;
    if (is_same_name(candidate.name.substr(0, candidate.name.size() - kSuffix.size()), name))
      series.push_back(&candidate);
  }
  const auto histograms = histograms_of(samples, series);
  Steps bounds;
  for (const auto& [key, histogram] : histograms) bounds.insert(histogram.begin(), histogram.end());
  std::vector<CumulativeBucket> buckets;
  for (const auto& [bound, ignored] : bounds) {
    double count = 0;
    for (const auto& [key, histogram] : histograms) count += count_up_to(histogram, bound);
    buckets.push_back({bound, count});
  }
  return buckets;
}

std::optional<BucketQuantile> histogram_quantile(double quantile, std::vector<CumulativeBucket> buckets) {
  MIGPLAN_ASSERT(quantile >= 0 && quantile <= 1);
  std::sort(buckets.begin(), buckets.end(),
            [](const CumulativeBucket& a, const CumulativeBucket& b) { return a.upper < b.upper; });
  make_rising(buckets);
  if (buckets.size() < 2 || buckets.back().upper != kInfinity || buckets.back().count <= 0) return std::nullopt;
  const double rank = quantile * buckets.back().count;
  const auto found = std::find_if(buckets.begin(), buckets.end() - 1,
                                  [rank](const CumulativeBucket& bucket) { return bucket.count >= rank; });
  if (found == buckets.end() - 1) {
    const double greatest = std::prev(found)->upper;
    return BucketQuantile{greatest, greatest, kInfinity};
  }
  const bool is_first = found == buckets.begin();
  if (is_first && found->upper <= 0) return BucketQuantile{found->upper, -kInfinity, found->upper};
  const double lower = is_first ? 0 : std::prev(found)->upper;
  const double below = is_first ? 0 : std::prev(found)->count;
  if (found->count == below) return std::nullopt;  // the lowest rank of an empty first bucket
  const double share = (rank - below) / (found->count - below);
  return BucketQuantile{lower + (found->upper - lower) * share, lower, found->upper};
}

}  // namespace migplan

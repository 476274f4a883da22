#include "migplan/model/metric_samples.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include "migplan/base/assert.hpp"
#include "migplan/base/short_text.hpp"

namespace migplan {

std::optional<TimeWindow> MetricSamples::window() const noexcept {
  TimeWindow all{std::numeric_limits<std::int64_t>::max(), MetricPoint::kNoTime};
  for (const MetricPoint& point : points_) {
    if (point.time_ms == MetricPoint::kNoTime) continue;
    all.began_ms = std::min(all.began_ms, point.time_ms);
    all.ended_ms = std::max(all.ended_ms, point.time_ms);
  }
  return all.began_ms < all.ended_ms ? std::optional(all) : std::nullopt;
}

std::optional<std::string_view> MetricSamples::label(const Series& series, std::string_view name) const noexcept {
  for (const MetricLabel& label : labels(series)) {
    if (label.name == name) return label.value;
  }
  return std::nullopt;
}

MetricSamples::Series& MetricSamples::add_series(std::string_view name, MetricType type, Position at) {
  series_.push_back({.name = name, .type = type, .at = at, .first_point = points_.size()});
  return series_.back();
}

void MetricSamples::add_label(std::string_view name, std::string_view value) {
  constexpr std::size_t kFirst = 128, kMost = std::size_t{1} << 18U;
  MIGPLAN_ASSERT(!series_.empty());
  Series& series = series_.back();
  if (labels_.empty() || labels_.back().size() == labels_.back().capacity()) {
    // Those of one series stand together, so that it takes the ones it has along.
    const std::size_t usual = labels_.empty() ? kFirst : std::min(4 * labels_.back().capacity(), kMost);
    std::vector<MetricLabel> block;
    block.reserve(std::max<std::size_t>(usual, 2 * (series.labels + std::size_t{1})));
    block.assign(series.first_label, series.first_label + series.labels);
    series.first_label = block.data();
    labels_.push_back(std::move(block));
  }
  std::vector<MetricLabel>& block = labels_.back();
  if (series.labels == 0) series.first_label = block.data() + block.size();
  block.push_back({name, value});
  ++series.labels;
}

void MetricSamples::add_point(MetricPoint point) {
  MIGPLAN_ASSERT(!series_.empty() && series_.back().points != std::numeric_limits<std::uint32_t>::max());
  points_.push_back(point);
  ++series_.back().points;
}

// The same for every order of the labels.
std::uint64_t MetricSamples::hash_of(const Series& series) const noexcept {
  std::uint64_t sum = series.is_delta ? 1 : 0;
  for (const MetricLabel& label : labels(series)) {
    sum += text_hash({text_hash(label.name), text_hash(label.value)}, sizeof(TextWords));
  }
  return text_hash({text_hash(series.name), sum}, sizeof(TextWords));
}

bool MetricSamples::is_same(const Series& a, const Series& b) const noexcept {
  if (a.name != b.name || a.is_delta != b.is_delta || a.labels != b.labels) return false;
  const auto mine = labels(a), theirs = labels(b);
  return std::all_of(mine.begin(), mine.end(), [&](const MetricLabel& label) {
    return std::any_of(theirs.begin(), theirs.end(), [&label](const MetricLabel& other) {
      return label.name == other.name && label.value == other.value;
    });
  });
}

// Of each series, the number of the first one that is the same.
std::vector<std::uint32_t> MetricSamples::places_of_first() const {
  struct Slot {
    std::uint32_t hash = 0, series = 0;  // counted from 1; 0 = free
  };
  MIGPLAN_ASSERT(series_.size() < std::numeric_limits<std::uint32_t>::max());
  std::vector<std::uint64_t> hashes;
  hashes.reserve(series_.size());
  for (const Series& series : series_) hashes.push_back(hash_of(series));
  std::vector<std::uint32_t> first_of(series_.size());
  std::vector<Slot> slots(std::bit_ceil(2 * series_.size() + 1));
  const std::size_t mask = slots.size() - 1;
  for (std::uint32_t i = 0; i < series_.size(); ++i) {
    // The table is larger than the caches: single look-ups would wait one after the other.
    constexpr std::uint32_t kAhead = 16;
    if (i + kAhead < series_.size()) __builtin_prefetch(&slots[hashes[i + kAhead] & mask], 1);
    const auto upper = static_cast<std::uint32_t>(hashes[i] >> 32U);
    first_of[i] = i;
    for (std::size_t at = hashes[i] & mask;; at = (at + 1) & mask) {
      if (slots[at].series == 0) {
        slots[at] = {upper, i + 1};
        break;
      }
      if (slots[at].hash != upper || !is_same(series_[slots[at].series - 1], series_[i])) continue;
      first_of[i] = slots[at].series - 1;
      break;
    }
  }
  return first_of;
}

// Puts the points of `same` in the order of time behind `out`, the last one for each time.
void MetricSamples::append_points(std::span<const std::uint32_t> same, std::vector<MetricPoint>& out,
                                  Repeated& repeated) const {
  struct Placed {
    MetricPoint point;
    std::uint32_t series;
  };
  std::vector<Placed> placed;
  for (const std::uint32_t series : same) {
    for (const MetricPoint& point : points(series_[series])) placed.push_back({point, series});
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed& a, const Placed& b) { return a.point.time_ms < b.point.time_ms; });
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (i + 1 == placed.size() || placed[i].point.time_ms != placed[i + 1].point.time_ms) {
      out.push_back(placed[i].point);
    } else if (++repeated.points == 1) {
      repeated.first = series_[placed[i + 1].series].at;
    }
  }
}

MetricSamples::Repeated MetricSamples::join(const std::vector<std::uint32_t>& first_of) {
  std::vector<std::uint32_t> order(series_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&first_of](std::uint32_t a, std::uint32_t b) { return first_of[a] < first_of[b]; });
  Repeated repeated;
  std::vector<Series> joined;
  std::vector<MetricPoint> points;
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end = std::find_if(begin, order.end(), [&](std::uint32_t i) { return first_of[i] != *begin; });
    Series& series = joined.emplace_back(series_[*begin]);
    series.first_point = points.size();
    append_points({begin, end}, points, repeated);
    MIGPLAN_ASSERT(points.size() - series.first_point <= std::numeric_limits<std::uint32_t>::max());
    series.points = static_cast<std::uint32_t>(points.size() - series.first_point);
    begin = end;
  }
  series_ = std::move(joined);
  points_ = std::move(points);
  return repeated;
}

MetricSamples::Repeated MetricSamples::gather() {
  const std::vector<std::uint32_t> first_of = places_of_first();
  const auto is_later = [](const MetricPoint& a, const MetricPoint& b) { return a.time_ms >= b.time_ms; };
  for (std::uint32_t i = 0; i < series_.size(); ++i) {
    const auto own = points(series_[i]);
    if (first_of[i] != i || std::adjacent_find(own.begin(), own.end(), is_later) != own.end()) return join(first_of);
  }
  return {};
}

}  // namespace migplan

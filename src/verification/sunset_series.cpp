#include "migplan/verification/sunset_series.hpp"

#include <algorithm>
#include <tuple>

namespace migplan {
namespace {

bool is_greater_worse(SunsetColumn column) noexcept {
  return column == SunsetColumn::P99 || column == SunsetColumn::ErrorRate || column == SunsetColumn::OldRequests ||
         column == SunsetColumn::CdcDelay;
}

template <class Q>
std::optional<SeriesConflict> put_in_order(const SunsetSeries& series, SunsetColumn column,
                                           std::vector<Timed<Q>>& samples) {
  const auto key = [is_greater_worse = is_greater_worse(column)](const Timed<Q>& sample) {
    const std::int64_t steps = sample.value.steps();
    return std::tuple(sample.time_ms, is_greater_worse ? -steps : steps, sample.file, sample.at.line, sample.at.column);
  };
  std::sort(samples.begin(), samples.end(), [key](const auto& a, const auto& b) { return key(a) < key(b); });
  SeriesConflict conflict{.column = column, .times = 0, .first = {}, .second = {}};
  std::size_t kept = 0;
  std::optional<std::int64_t> told_ms;
  for (const Timed<Q>& sample : samples) {
    if (kept == 0 || samples[kept - 1].time_ms != sample.time_ms) {
      samples[kept++] = sample;
      continue;
    }
    const Timed<Q>& worse = samples[kept - 1];
    if (worse.value == sample.value || told_ms == sample.time_ms) continue;
    told_ms = sample.time_ms;
    if (conflict.times++ != 0) continue;
    conflict.first = series.place(worse, column);
    conflict.second = series.place(sample, column);
  }
  samples.resize(kept);
  return conflict.times == 0 ? std::nullopt : std::optional(std::move(conflict));
}

}  // namespace

std::optional<SunsetColumn> find_sunset_column(std::string_view name) noexcept {
  const auto* const found = std::find(kSunsetColumns.begin(), kSunsetColumns.end(), name);
  if (found == kSunsetColumns.end()) return std::nullopt;
  return static_cast<SunsetColumn>(found - kSunsetColumns.begin());
}

std::vector<SeriesConflict> put_in_order(SunsetSeries& series) {
  std::vector<SeriesConflict> conflicts;
  visit_columns(series, [&](SunsetColumn column, auto& samples) {
    if (auto conflict = put_in_order(series, column, samples)) conflicts.push_back(*std::move(conflict));
  });
  return conflicts;
}

}  // namespace migplan

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/model/evidence.hpp"

namespace migplan {

// A value at a time, and where it stands.
template <class Q>
struct Timed {
  std::int64_t time_ms = 0;  // since the epoch, UTC
  Q value;
  std::uint32_t file = 0;  // its number among the files of the series
  Position at{};
};

enum class SunsetColumn : std::uint8_t { NewShare, P99, ErrorRate, Consistency, OldRequests, NewSla, CdcDelay };
inline constexpr std::array<std::string_view, 7> kSunsetColumns{"new_share",    "p99_ms",  "error_rate", "consistency",
                                                                "old_requests", "new_sla", "cdc_delay_s"};
[[nodiscard]] constexpr std::string_view name_of(SunsetColumn column) noexcept {
  return kSunsetColumns[static_cast<std::size_t>(column)];
}
[[nodiscard]] std::optional<SunsetColumn> find_sunset_column(std::string_view name) noexcept;

// What was measured of one service on its way out. models.md section 7. The columns need not be of the same times.
struct SunsetSeries {
  std::string service;
  std::vector<std::string> files;             // as the user named them
  std::vector<Timed<Percent>> new_share;      // of the traffic, that the new service answers
  std::vector<Timed<Milliseconds>> p99;       // of the new service
  std::vector<Timed<Percent>> error_rate;     // of the new service
  std::vector<Timed<Percent>> consistency;    // of what both services wrote
  std::vector<Timed<RawValue>> old_requests;  // to the old service, since the sample before; more than 0 is any
  std::vector<Timed<Percent>> new_sla;        // of the new service
  std::vector<Timed<Seconds>> cdc_delay;      // of change data capture

  template <class Q>
  [[nodiscard]] EvidencePlace place(const Timed<Q>& sample, SunsetColumn column) const {
    return {files[sample.file], sample.at, std::string(name_of(column))};
  }
};

// Calls `visit` with a column's name and samples, in the order of kSunsetColumns.
template <class Series, class Visit>
void visit_columns(Series& series, Visit visit) {
  visit(SunsetColumn::NewShare, series.new_share);
  visit(SunsetColumn::P99, series.p99);
  visit(SunsetColumn::ErrorRate, series.error_rate);
  visit(SunsetColumn::Consistency, series.consistency);
  visit(SunsetColumn::OldRequests, series.old_requests);
  visit(SunsetColumn::NewSla, series.new_sla);
  visit(SunsetColumn::CdcDelay, series.cdc_delay);
}
// The same for one of them.
template <class Series, class Visit>
void visit_column(Series& series, SunsetColumn wanted, Visit visit) {
  visit_columns(series, [&](SunsetColumn column, auto& samples) {
    if (column == wanted) visit(samples);
  });
}

// A column that has two values for one time.
struct SeriesConflict {
  SunsetColumn column = SunsetColumn::NewShare;
  std::uint64_t times = 0;  // at which it has
  EvidencePlace first, second;
};

// Puts the samples of each column in the order of time, one a time: of several values the worse one stays, whatever
// the order in which they came. Columns where values differed are told.
[[nodiscard]] std::vector<SeriesConflict> put_in_order(SunsetSeries& series);

}  // namespace migplan

#pragma once

// Series of a long-tail service as tests tell them: columns that stand at one value from one minute to another.

#include <cstdint>
#include <optional>
#include <string_view>

#include "migplan/base/decimal.hpp"
#include "migplan/verification/sunset.hpp"

namespace migplan::test {

inline constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
// 2024-07-01T00:00:00Z is day 19905 since 1970: 54 years of 365 days, 13 leap days and 182 days of 2024 before it.
inline constexpr std::int64_t kJuly = std::int64_t{19905} * kDay;

inline SunsetPolicy sunset_policy() {
  return {.grey_share = Percent::whole(5),
          .grey_p99 = Milliseconds::whole(8000),
          .grey_p99_for = Seconds::whole(120),
          .grey_error_rate = Percent::whole(1),
          .grey_hours = Hours::whole(24),
          .consistency = Percent::from_steps(99'990'000),
          .sla_target = Percent::from_steps(99'950'000),
          .on_target_days = CalendarDays::whole(7),
          .quiet_hours = Hours::whole(72),
          .cdc_delay = Seconds::whole(30),
          .cdc_tries = Count::whole(3),
          .greatest_gap = Seconds::whole(900)};
}

class SeriesMaker {
 public:
  SeriesMaker() {
    series_.service = "report-export";
    series_.files = {"series.csv"};
  }

  // A sample every `every` from `from` up to and with `to`, times after kJuly; `value` in the column's unit.
  SeriesMaker& column(SunsetColumn column, std::string_view value, std::int64_t from, std::int64_t to,
                      std::int64_t every = 10 * kMinute) {
    visit_column(series_, column, [&]<class Q>(std::vector<Timed<Q>>& samples) {
      const Q quantity = Q::from_steps(parse_decimal(value, Q::kDecimals).steps);
      for (std::int64_t time = from; time <= to; time += every) {
        samples.push_back({kJuly + time, quantity, 0, {++line_, 1}});
      }
    });
    return *this;
  }
  SeriesMaker& at(SunsetColumn which, std::string_view value, std::int64_t time) {
    return column(which, value, time, time);
  }
  // What a service in dual write shows that has no fault.
  SeriesMaker& dual_write(std::int64_t from, std::int64_t to) {
    return column(SunsetColumn::NewShare, "100", from, to)
        .column(SunsetColumn::OldRequests, "40", from, to)
        .column(SunsetColumn::NewSla, "99.97", from, to)
        .column(SunsetColumn::Consistency, "100", from, to);
  }
  SeriesMaker& grey(std::int64_t from, std::int64_t to) {
    return column(SunsetColumn::NewShare, "5", from, to)
        .column(SunsetColumn::OldRequests, "40", from, to)
        .column(SunsetColumn::P99, "900", from, to)
        .column(SunsetColumn::ErrorRate, "0.2", from, to);
  }
  SeriesMaker& read_only(std::int64_t from, std::int64_t to) {
    return column(SunsetColumn::NewShare, "100", from, to).column(SunsetColumn::OldRequests, "0", from, to);
  }

  [[nodiscard]] SunsetSeries series() const {
    SunsetSeries ordered = series_;
    static_cast<void>(put_in_order(ordered));
    return ordered;
  }

 private:
  SunsetSeries series_;
  std::uint32_t line_ = 1;
};

// What is asked at a time after kJuly.
inline SunsetQuestion question_at(std::int64_t now, std::optional<SunsetStage> stage = std::nullopt) {
  return {.now_ms = kJuly + now, .sla_target = sunset_policy().sla_target, .stage = stage};
}

}  // namespace migplan::test

#include <catch2/catch.hpp>

#include "sunset_making.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

using Stage = SunsetStage;
using Column = SunsetColumn;

std::optional<StageSince> stage_at(const SeriesMaker& maker, std::int64_t now) {
  return stage_of(maker.series(), sunset_policy(), kJuly + now);
}
StageSince since(Stage stage, std::int64_t time) { return {stage, kJuly + time}; }

}  // namespace

TEST_CASE("sunset: the share of the traffic tells the stage, and the old service's requests the last one") {
  SeriesMaker maker;
  maker.column(Column::NewShare, "0", 0, kHour).column(Column::OldRequests, "40", 0, kHour);
  maker.grey(2 * kHour, 5 * kHour).dual_write(6 * kHour, 9 * kHour).read_only(10 * kHour, 12 * kHour);
  CHECK(stage_at(maker, kHour) == since(Stage::Observability, 0));
  CHECK(stage_at(maker, 4 * kHour) == since(Stage::Grey, 2 * kHour));
  CHECK(stage_at(maker, 9 * kHour) == since(Stage::DualWrite, 6 * kHour));
  CHECK(stage_at(maker, 12 * kHour) == since(Stage::ReadOnly, 10 * kHour));
  CHECK(stage_at(SeriesMaker().column(Column::NewSla, "99.9", 0, kHour), kHour) == std::nullopt);
}

TEST_CASE("sunset: a quiet night is no read-only stage") {
  SeriesMaker maker;
  maker.dual_write(0, 20 * kHour).read_only(20 * kHour + kMinute, 30 * kHour).dual_write(31 * kHour, 40 * kHour);
  CHECK(stage_at(maker, 30 * kHour) == since(Stage::ReadOnly, 20 * kHour + kMinute));
  CHECK(stage_at(maker, 40 * kHour) == since(Stage::DualWrite, 0));
}

TEST_CASE("sunset: requests behind a day of rest lead back to no other stage") {
  SeriesMaker maker;
  maker.dual_write(0, 10 * kHour).read_only(11 * kHour, 35 * kHour).at(Column::OldRequests, "3", 35 * kHour + kMinute);
  // The rest lasts from 11 h to 35 h, exactly a day.
  CHECK(stage_at(maker, 35 * kHour + kMinute) == since(Stage::ReadOnly, 11 * kHour));

  SeriesMaker shorter;
  shorter.dual_write(0, 10 * kHour).read_only(11 * kHour, 34 * kHour + 50 * kMinute);
  shorter.at(Column::OldRequests, "3", 34 * kHour + 51 * kMinute);
  CHECK(stage_at(shorter, 35 * kHour) == since(Stage::DualWrite, 0));
}

TEST_CASE("sunset: a gap in the requests is no rest") {
  SeriesMaker maker;
  maker.column(Column::NewShare, "100", 0, 40 * kHour).column(Column::OldRequests, "0", 0, 14 * kHour);
  maker.column(Column::OldRequests, "0", 20 * kHour, 36 * kHour).at(Column::OldRequests, "1", 37 * kHour);
  // 14 h and 16 h of rest, but not a day of it.
  CHECK(stage_at(maker, 40 * kHour) == since(Stage::DualWrite, 0));
}

TEST_CASE("sunset: a service at rest goes back when its share is smaller for a day") {
  SeriesMaker maker;
  maker.read_only(0, 30 * kHour).column(Column::NewShare, "99.8", 31 * kHour, 31 * kHour);
  maker.column(Column::NewShare, "100", 32 * kHour, 40 * kHour);
  CHECK(stage_at(maker, 40 * kHour) == since(Stage::ReadOnly, 0));

  maker.column(Column::NewShare, "5", 41 * kHour, 70 * kHour);
  CHECK(stage_at(maker, 60 * kHour) == since(Stage::ReadOnly, 0));  // 19 h of it
  CHECK(stage_at(maker, 70 * kHour) == since(Stage::Grey, 41 * kHour));
}

TEST_CASE("sunset: a stage that somebody says began when the series last shows it") {
  SeriesMaker maker;
  maker.grey(0, kHour).dual_write(2 * kHour, 5 * kHour).read_only(6 * kHour, 8 * kHour);
  maker.at(Column::OldRequests, "3", 8 * kHour + kMinute);
  const SunsetSeries series = maker.series();
  const auto begin = [&series](Stage stage) { return stage_begin(series, sunset_policy(), kJuly + 9 * kHour, stage); };
  CHECK(begin(Stage::Grey) == kJuly);
  CHECK(begin(Stage::DualWrite) == kJuly + 2 * kHour);
  CHECK(begin(Stage::ReadOnly) == kJuly + 6 * kHour);
  CHECK(begin(Stage::Observability) == kJuly);  // never shown: since the first sample

  // Without shares: since the last time that nobody asks any more.
  SeriesMaker requests;
  requests.column(Column::OldRequests, "5", 0, kHour).column(Column::OldRequests, "0", 2 * kHour, 4 * kHour);
  CHECK(stage_begin(requests.series(), sunset_policy(), kJuly + 4 * kHour, Stage::ReadOnly) == kJuly + 2 * kHour);
}

TEST_CASE("sunset: of several values for one time the worse one stays") {
  SeriesMaker maker;
  maker.at(Column::NewSla, "99.9", 0).at(Column::NewSla, "99.8", 0).at(Column::NewSla, "99.8", 0);
  maker.at(Column::P99, "100", kHour).at(Column::P99, "300", kHour).at(Column::P99, "200", 0);
  SunsetSeries series = maker.series();
  REQUIRE(series.new_sla.size() == 1);
  CHECK(series.new_sla[0].value == Percent::from_steps(99'800'000));
  REQUIRE(series.p99.size() == 2);
  CHECK(series.p99[1].value == Milliseconds::whole(300));

  SunsetSeries twice;
  twice.files = {"a.csv", "b.csv"};
  twice.new_sla = {
      {5, Percent::whole(99), 0, {2, 1}}, {5, Percent::whole(98), 1, {7, 1}}, {6, Percent::whole(98), 0, {3, 1}}};
  const auto conflicts = put_in_order(twice);
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts[0].column == Column::NewSla);
  CHECK(conflicts[0].times == 1);
  CHECK(to_string(conflicts[0].first) == "b.csv:7 new_sla");
  CHECK(to_string(conflicts[0].second) == "a.csv:2 new_sla");
}

TEST_CASE("sunset: a day means its last sample, or its end") {
  SeriesMaker maker;
  maker.dual_write(0, 30 * kHour);
  const SunsetSeries series = maker.series();
  CHECK(moment_of(series, *Date::parse("2024-07-01")) == kJuly + 23 * kHour + 50 * kMinute);
  CHECK(moment_of(series, *Date::parse("2024-07-02")) == kJuly + 30 * kHour);
  CHECK(moment_of(series, *Date::parse("2024-07-03")) == kJuly + 3 * kDay);
}

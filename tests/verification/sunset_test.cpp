#include "migplan/verification/sunset.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "sunset_making.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

using Stage = SunsetStage;
using Column = SunsetColumn;

struct Answered {
  SunsetAnswer answer;
  SunsetStep step;

  [[nodiscard]] std::size_t place(std::string_view rule) const {
    const auto found = std::find_if(answer.checks.begin(), answer.checks.end(),
                                    [rule](const Check& check) { return check.rule == rule; });
    REQUIRE(found != answer.checks.end());
    return static_cast<std::size_t>(found - answer.checks.begin());
  }
  [[nodiscard]] const Check& check(std::string_view rule) const { return answer.checks[place(rule)]; }
  [[nodiscard]] const SunsetHold& hold(std::string_view rule) const { return answer.holds[place(rule)]; }
  [[nodiscard]] bool has(std::string_view rule) const {
    return std::any_of(answer.checks.begin(), answer.checks.end(),
                       [rule](const Check& check) { return check.rule == rule; });
  }
};

Answered ask(const SeriesMaker& maker, const SunsetQuestion& question) {
  Answered result;
  result.answer = sunset_answer(maker.series(), sunset_policy(), question);
  result.step = step_of(result.answer, result.answer.checks, sunset_policy());
  return result;
}
Answered ask(const SeriesMaker& maker, std::int64_t now, std::optional<Stage> stage = std::nullopt) {
  return ask(maker, question_at(now, stage));
}

}  // namespace

TEST_CASE("sunset: the old service turns read-only when the new one was on target for seven days") {
  SeriesMaker maker;
  maker.dual_write(0, 8 * kDay);
  const Answered before = ask(maker, 7 * kDay - 1);
  CHECK(before.step.verdict == StepVerdict::Wait);
  CHECK(before.step.to == Stage::ReadOnly);
  CHECK(before.step.after == Stage::Removed);
  // Seven days after the first sample, and three behind that.
  CHECK(before.step.earliest_ms == kJuly + 7 * kDay);
  CHECK(before.step.after_ms == kJuly + 10 * kDay);
  CHECK(before.check("sunset-on-target").verdict == Verdict::Inconclusive);
  CHECK(before.check("sunset-on-target").observed->steps == 699);  // 6.99 days, rounded down
  CHECK(before.check("sunset-on-target").message ==
        "at least 99.95 % since 2024-07-01T00:00:00Z: 6.99 days of 7 days, not before 2024-07-08T00:00:00Z");

  const Answered then = ask(maker, 7 * kDay);
  CHECK(then.step.verdict == StepVerdict::Permitted);
  CHECK(then.step.earliest_ms == kJuly + 7 * kDay);
  CHECK(then.hold("sunset-on-target").since_ms == kJuly);
  CHECK(then.check("sunset-on-target").message == "at least 99.95 % since 2024-07-01T00:00:00Z");
}

TEST_CASE("sunset: one sample below the target begins the days anew") {
  SeriesMaker maker;
  maker.dual_write(0, 8 * kDay).at(Column::NewSla, "99.94", 2 * kDay + kMinute);
  const Answered after = ask(maker, 8 * kDay);
  CHECK(after.step.verdict == StepVerdict::Wait);
  // The next sample is that of 2 days and 10 minutes.
  CHECK(after.hold("sunset-on-target").since_ms == kJuly + 2 * kDay + 10 * kMinute);
  CHECK(after.step.earliest_ms == kJuly + 9 * kDay + 10 * kMinute);

  const Answered while_below = ask(maker, 2 * kDay + 2 * kMinute);
  CHECK(while_below.check("sunset-on-target").verdict == Verdict::Fail);
  CHECK(while_below.check("sunset-on-target").message == "99.94 % at 2024-07-03T00:01:00Z; limit at least 99.95 %");
  CHECK(while_below.step.verdict == StepVerdict::Wait);  // it is no reason to roll back
  CHECK(while_below.step.earliest_ms == kJuly + 9 * kDay + 2 * kMinute);
}

TEST_CASE("sunset: a gap longer than allowed begins the days anew") {
  SeriesMaker maker;
  maker.dual_write(0, 3 * kDay).dual_write(3 * kDay + 15 * kMinute, 8 * kDay);
  CHECK(ask(maker, 8 * kDay).step.verdict == StepVerdict::Permitted);  // 900 s are allowed

  SeriesMaker longer;
  longer.dual_write(0, 3 * kDay).dual_write(3 * kDay + 15 * kMinute + 1, 8 * kDay);
  const Answered answered = ask(longer, 8 * kDay);
  CHECK(answered.step.verdict == StepVerdict::Wait);
  CHECK(answered.step.earliest_ms == kJuly + 10 * kDay + 15 * kMinute + 1);
  CHECK(answered.check("sunset-on-target").message ==
        "at least 99.95 % since 2024-07-04T00:15:00.001Z, after a gap from 2024-07-04T00:00:00Z on: 4.98 days of 7 "
        "days, not before 2024-07-11T00:15:00.001Z");
}

TEST_CASE("sunset: evidence that is old is a gap up to the moment") {
  SeriesMaker maker;
  maker.dual_write(0, 8 * kDay);
  CHECK(ask(maker, 8 * kDay + 15 * kMinute).step.verdict == StepVerdict::Permitted);
  const Answered stale = ask(maker, 8 * kDay + 16 * kMinute);
  CHECK(stale.step.verdict == StepVerdict::Wait);
  CHECK(stale.check("sunset-evidence").verdict == Verdict::Inconclusive);
  CHECK(stale.check("sunset-evidence").observed->steps == 960'000);  // 16 min in milliseconds
  CHECK(stale.check("sunset-evidence").message ==
        "new_share ends at 2024-07-09T00:00:00Z, 960 s before the moment that is judged");
  CHECK(stale.check("sunset-on-target").message ==
        "no sample between 2024-07-09T00:00:00Z and 2024-07-09T00:16:00Z: 960 s are not known, 900 s are allowed");
  CHECK(stale.hold("sunset-on-target").since_ms == std::nullopt);
  CHECK(stale.step.earliest_ms == kJuly + 15 * kDay + 16 * kMinute);
}

TEST_CASE("sunset: days without a known share are none of all the traffic") {
  SeriesMaker maker;
  maker.column(Column::NewShare, "100", 0, 2 * kDay).column(Column::NewShare, "100", 4 * kDay, 8 * kDay);
  maker.column(Column::NewSla, "100", 0, 8 * kDay).column(Column::Consistency, "100", 0, 8 * kDay);
  const Answered derived = ask(maker, 8 * kDay);
  CHECK(derived.hold("sunset-on-target").since_ms == kJuly + 4 * kDay);
  // Who says that it was dual write all the time needs no shares.
  CHECK(ask(maker, 8 * kDay, Stage::DualWrite).step.verdict == StepVerdict::Permitted);
}

TEST_CASE("sunset: less consistency than asked in the last seven days rolls back") {
  SeriesMaker maker;
  maker.dual_write(0, 12 * kDay).at(Column::Consistency, "99.98", 3 * kDay + kMinute);
  maker.at(Column::Consistency, "99.97", 3 * kDay + 2 * kMinute);
  const Answered refused = ask(maker, 10 * kDay + kMinute);
  CHECK(refused.step.verdict == StepVerdict::Refused);
  CHECK(refused.step.earliest_ms == std::nullopt);
  CHECK(refused.step.after_ms == std::nullopt);
  const Check& check = refused.check("sunset-consistency");
  CHECK(check.verdict == Verdict::Fail);
  CHECK(check.message ==
        "99.98 % at 2024-07-04T00:01:00Z, and until 2024-07-04T00:02:00Z; limit at least 99.99 %: roll back and "
        "alarm");
  CHECK(refused.hold("sunset-consistency").tripped_ms == kJuly + 3 * kDay + kMinute);
  CHECK(ask(maker, 10 * kDay + 2 * kMinute).step.verdict == StepVerdict::Permitted);  // seven days behind the last
}

TEST_CASE("sunset: a reconciliation tells the consistency where no series does") {
  SeriesMaker maker;
  maker.column(Column::NewShare, "100", 0, 8 * kDay).column(Column::NewSla, "100", 0, 8 * kDay);
  const auto judged = [&maker](const ReconciledShare& share) {
    SunsetQuestion question = question_at(8 * kDay);
    question.reconciled = share;
    return ask(maker, question);
  };
  CHECK(ask(maker, 8 * kDay).check("sunset-consistency").verdict == Verdict::Inconclusive);

  // 99990 of 100000 is 99.99 % exactly, 99989 is less.
  CHECK(judged({100'000, 99'990, 0, {}}).step.verdict == StepVerdict::Permitted);
  CHECK(judged({100'000, 99'989, 0, {}}).step.verdict == StepVerdict::Refused);
  // 99990 of 100001 would be 99.98900…: whether the one is lost is not known.
  const Answered open = judged({100'000, 99'990, 1, {"r.json", {9, 3}, "equal"}});
  CHECK(open.check("sunset-consistency").verdict == Verdict::Inconclusive);
  CHECK(open.check("sunset-consistency").low->steps == 99'989'000);
  CHECK(to_string(open.check("sunset-consistency").source) == "r.json:9 equal");
  CHECK(judged({0, 0, 0, {}}).check("sunset-consistency").message == "no pair was reconciled");

  maker.column(Column::Consistency, "50", 0, 8 * kDay);
  CHECK(judged({100'000, 100'000, 0, {}}).step.verdict == StepVerdict::Refused);  // the series has some
}

TEST_CASE("sunset: the grey stage ends when it was within its limits for a day") {
  SeriesMaker maker;
  maker.grey(0, 2 * kDay);
  const Answered before = ask(maker, kDay - 1);
  CHECK(before.step.verdict == StepVerdict::Wait);
  CHECK(before.step.to == Stage::DualWrite);
  CHECK(before.step.earliest_ms == kJuly + kDay);
  CHECK(before.step.after_ms == kJuly + 8 * kDay);  // seven days of dual write
  const Answered then = ask(maker, kDay);
  CHECK(then.step.verdict == StepVerdict::Permitted);
  CHECK(then.check("sunset-grey-p99").observed->steps == 900'000);  // microseconds
  CHECK_FALSE(then.has("sunset-cdc-delay"));

  maker.at(Column::ErrorRate, "1", kHour);  // the limit itself is kept
  CHECK(ask(maker, kDay).step.verdict == StepVerdict::Permitted);
  maker.at(Column::ErrorRate, "1.000001", 2 * kHour + kMinute);
  const Answered refused = ask(maker, kDay);
  CHECK(refused.step.verdict == StepVerdict::Refused);
  CHECK(refused.check("sunset-grey-errors").message ==
        "1.000001 % at 2024-07-01T02:01:00Z; limit at most 1 %: roll back and alarm");
  CHECK(ask(maker, kDay + 2 * kHour + 10 * kMinute).step.verdict == StepVerdict::Permitted);
}

TEST_CASE("sunset: a slow 99th percentile rolls back when it lasts for two minutes") {
  const auto judged = [](std::initializer_list<std::int64_t> slow_minutes, std::int64_t every = kMinute) {
    SeriesMaker maker;
    maker.column(Column::NewShare, "5", 0, 2 * kDay).column(Column::ErrorRate, "0", 0, 2 * kDay);
    for (std::int64_t time = 0; time <= 2 * kDay; time += every) {
      const std::int64_t minute = time / kMinute - 2000;
      const bool is_slow = std::find(slow_minutes.begin(), slow_minutes.end(), minute) != slow_minutes.end();
      maker.at(Column::P99, is_slow ? "8000.001" : "8000", time);
    }
    return ask(maker, 2 * kDay);
  };
  CHECK(judged({}).step.verdict == StepVerdict::Permitted);
  // Above at minutes 0 and 1, not at 2: less than two minutes.
  CHECK(judged({0, 1}).step.verdict == StepVerdict::Permitted);
  CHECK(judged({0, 1, 3, 4}).step.verdict == StepVerdict::Permitted);
  // From 0 to 2 are two minutes; the third sample trips.
  const Answered refused = judged({0, 1, 2, 3});
  CHECK(refused.step.verdict == StepVerdict::Refused);
  CHECK(refused.hold("sunset-grey-p99").tripped_ms == kJuly + 2002 * kMinute);
  CHECK(refused.check("sunset-grey-p99").message ==
        "8000.001 ms at 2024-07-02T09:22:00Z, and until 2024-07-02T09:23:00Z; limit at most 8000 ms, above it for 120 "
        "s: roll "
        "back and alarm");
  // Every five minutes: one sample alone says nothing of two minutes, two of them do.
  const Answered open = judged({0}, 5 * kMinute);
  CHECK(open.check("sunset-grey-p99").verdict == Verdict::Inconclusive);
  CHECK(open.hold("sunset-grey-p99").since_ms == kJuly + 2005 * kMinute);
  CHECK(judged({0, 5}, 5 * kMinute).step.verdict == StepVerdict::Refused);
  // The last sample, 880 minutes later, is above: nobody knows yet for how long.
  const Answered last = judged({880});
  CHECK(last.check("sunset-grey-p99").message ==
        "for how long it is beyond its limit is not known at 2024-07-03T00:00:00Z; limit at most 8000 ms");
}

TEST_CASE("sunset: change data capture is compensated so often, then it is an alarm") {
  const auto judged = [](int beyond, bool has_recovered) {
    SeriesMaker maker;
    maker.grey(0, 2 * kDay);
    std::int64_t time = 2 * kDay - 100 * kMinute;
    maker.column(Column::CdcDelay, "2", 0, time - 10 * kMinute);
    for (int i = 0; i < beyond; ++i) maker.at(Column::CdcDelay, "30.001", time + i * kMinute);
    time += beyond * kMinute;
    if (has_recovered) maker.column(Column::CdcDelay, "30", time, 2 * kDay);
    return ask(maker, has_recovered ? 2 * kDay : time);
  };
  CHECK(judged(0, true).step.verdict == StepVerdict::Permitted);
  const Answered third = judged(3, false);
  CHECK(third.step.verdict == StepVerdict::Wait);
  CHECK(third.check("sunset-cdc-delay").message ==
        "30.001 s at 2024-07-02T22:22:00Z; limit at most 30 s: try 3 of 3 of the compensation");
  const Answered fourth = judged(4, false);
  CHECK(fourth.step.verdict == StepVerdict::Refused);
  CHECK(fourth.check("sunset-cdc-delay").message ==
        "30.001 s at 2024-07-02T22:23:00Z; limit at most 30 s: 3 tries of the compensation did not help, alarm");
  const Answered over = judged(2, true);
  CHECK(over.step.verdict == StepVerdict::Permitted);
  CHECK(over.check("sunset-cdc-delay").message ==
        "at most 30 s since 2024-07-02T22:22:00Z; 1 compensation so far, with 2 tries in a row at most");
}

TEST_CASE("sunset: the old service is removed after 72 quiet hours") {
  SeriesMaker maker;
  maker.dual_write(0, 8 * kDay).read_only(8 * kDay + 10 * kMinute, 13 * kDay);
  const std::int64_t begin = 8 * kDay + 10 * kMinute;
  const Answered before = ask(maker, begin + 72 * kHour - 1);
  CHECK(before.answer.stage == StageSince{Stage::ReadOnly, kJuly + begin});
  CHECK(before.step.verdict == StepVerdict::Wait);
  CHECK(before.step.to == Stage::Removed);
  CHECK(before.step.after == std::nullopt);
  CHECK(before.step.earliest_ms == kJuly + begin + 72 * kHour);
  CHECK(before.check("sunset-old-requests").verdict == Verdict::Pass);
  CHECK(before.check("sunset-quiet").observed->steps == 7199);  // 71.99 h, rounded down
  CHECK(ask(maker, begin + 72 * kHour).step.verdict == StepVerdict::Permitted);
}

TEST_CASE("sunset: nobody asking the old service is no way around the dual write") {
  // A day of dual write that differs, then 73 quiet hours of which nothing else is known.
  SeriesMaker differs;
  differs.dual_write(0, kDay).at(Column::Consistency, "50", kDay + kMinute);
  differs.read_only(kDay + 10 * kMinute, kDay + 10 * kMinute + 73 * kHour);
  const std::int64_t end = kDay + 10 * kMinute + 73 * kHour;
  const Answered refused = ask(differs, end);
  CHECK(refused.answer.stage->stage == Stage::ReadOnly);
  CHECK(refused.step.verdict == StepVerdict::Refused);
  CHECK(refused.check("sunset-consistency").verdict == Verdict::Fail);
  CHECK(refused.check("sunset-on-target").verdict == Verdict::Inconclusive);
  CHECK(refused.check("sunset-quiet").verdict == Verdict::Pass);

  SeriesMaker unmeasured;
  unmeasured.grey(0, kDay).read_only(kDay + 10 * kMinute, end);
  const Answered waits = ask(unmeasured, end);
  CHECK(waits.step.verdict == StepVerdict::Wait);
  CHECK(waits.check("sunset-consistency").verdict == Verdict::Inconclusive);
  CHECK(ask(unmeasured, end, Stage::ReadOnly).step.verdict == StepVerdict::Permitted);  // somebody has judged it

  // Who turned read-only after six days completes the seventh there, where it is measured.
  SeriesMaker goes_on;
  goes_on.dual_write(0, 6 * kDay).read_only(6 * kDay + 10 * kMinute, 10 * kDay);
  CHECK(ask(goes_on, 10 * kDay).step.verdict == StepVerdict::Wait);
  goes_on.column(Column::NewSla, "99.97", 6 * kDay + 10 * kMinute, 10 * kDay);
  CHECK(ask(goes_on, 10 * kDay).step.verdict == StepVerdict::Permitted);
}

TEST_CASE("sunset: any request to a read-only service is an alarm, and the hours begin anew") {
  SeriesMaker maker;
  maker.read_only(0, 6 * kDay).at(Column::OldRequests, "0.000001", 2 * kDay + kMinute);
  const Answered refused = ask(maker, 3 * kDay, Stage::ReadOnly);
  CHECK(refused.step.verdict == StepVerdict::Refused);
  CHECK(refused.check("sunset-old-requests").message ==
        "0.000001 requests at 2024-07-03T00:01:00Z; limit no request: alarm");
  // The next sample without any is that of 2 days and 10 minutes, and 72 h behind it are over at 5 days.
  CHECK(refused.step.earliest_ms == kJuly + 5 * kDay + 10 * kMinute);
  CHECK(ask(maker, 5 * kDay + 2 * kMinute, Stage::ReadOnly).step.verdict == StepVerdict::Wait);
  CHECK(ask(maker, 5 * kDay + 10 * kMinute, Stage::ReadOnly).step.verdict == StepVerdict::Permitted);
}

TEST_CASE("sunset: anything beyond its limit breaks the rest, and gaps of what is not asked for do not") {
  SeriesMaker maker;
  maker.read_only(0, 6 * kDay).column(Column::NewSla, "99.99", 0, 6 * kDay, kDay);
  CHECK(ask(maker, 3 * kDay, Stage::ReadOnly).step.verdict == StepVerdict::Permitted);
  maker.at(Column::ErrorRate, "3", kDay).at(Column::ErrorRate, "0.5", kDay + kHour);
  const Answered waits = ask(maker, 3 * kDay, Stage::ReadOnly);
  CHECK(waits.step.verdict == StepVerdict::Wait);
  CHECK(waits.step.earliest_ms == kJuly + 4 * kDay + kHour);
  CHECK(waits.check("sunset-quiet").message ==
        "no anomaly since 2024-07-02T01:00:00Z: 47 h of 72 h, not before 2024-07-05T01:00:00Z (error_rate 3 % at "
        "2024-07-02T00:00:00Z; limit at most 1 %)");
  maker.at(Column::Consistency, "99", 2 * kDay);
  const Answered lasting = ask(maker, 6 * kDay, Stage::ReadOnly);
  CHECK(lasting.step.verdict == StepVerdict::Refused);
  CHECK(lasting.check("sunset-quiet").message ==
        "consistency 99 % at 2024-07-03T00:00:00Z; limit at least 99.99 %: alarm");
}

TEST_CASE("sunset: observability comes first: who asks the old service must be known") {
  SeriesMaker maker;
  maker.column(Column::NewShare, "0", 0, kHour);
  const Answered blind = ask(maker, kHour);
  CHECK(blind.step.verdict == StepVerdict::Wait);
  CHECK(blind.step.to == Stage::Grey);
  CHECK(blind.check("sunset-evidence").message == "not measured since 2024-07-01T00:00:00Z: old_requests");
  maker.column(Column::OldRequests, "12", 0, kHour);
  const Answered seen = ask(maker, kHour);
  CHECK(seen.step.verdict == StepVerdict::Permitted);
  CHECK(seen.step.after == Stage::DualWrite);
  CHECK(blind.step.lacks_evidence);
  CHECK_FALSE(seen.step.lacks_evidence);
  CHECK(seen.step.after_ms == kJuly + kHour + kDay);  // a day of the grey stage
}

TEST_CASE("sunset: without shares and without a word the stage is not known") {
  SeriesMaker maker;
  maker.column(Column::NewSla, "100", 0, 8 * kDay);
  const Answered unknown = ask(maker, 8 * kDay);
  CHECK(unknown.answer.stage == std::nullopt);
  CHECK(unknown.step.verdict == StepVerdict::Wait);
  CHECK(unknown.step.to == std::nullopt);
  REQUIRE(unknown.answer.checks.size() == 1);
  CHECK(unknown.check("sunset-evidence").verdict == Verdict::Inconclusive);
}

TEST_CASE("sunset: a stage that somebody says is asked of the series from its beginning on") {
  SeriesMaker maker;
  maker.dual_write(0, 4 * kDay).column(Column::OldRequests, "0", 4 * kDay + kMinute, 5 * kDay);
  SunsetQuestion question = question_at(5 * kDay, Stage::ReadOnly);
  question.since_ms = kJuly + 3 * kDay;
  const Answered too_early = ask(maker, question);
  CHECK(too_early.step.verdict == StepVerdict::Refused);
  CHECK(too_early.answer.is_stated);
  CHECK(ask(maker, 5 * kDay, Stage::ReadOnly).step.verdict == StepVerdict::Wait);
  const Answered contradicted = ask(maker, 3 * kDay, Stage::Grey);
  CHECK(contradicted.answer.notes[1] ==
        "it is said to be grey, the series shows dual-write since 2024-07-01T00:00:00Z");
}

TEST_CASE("sunset: what the series says besides is told") {
  SeriesMaker maker;
  maker.grey(0, kDay).column(Column::NewShare, "30", kDay + kMinute, 2 * kDay);
  const Answered answered = ask(maker, kDay + kHour);
  // Shares from 1 h 1 min on every 10 minutes until 24 h: 1:01 to 23:51 are 138.
  REQUIRE(answered.answer.notes.size() == 2);
  CHECK(answered.answer.notes[0] == "138 of the samples lie behind 2024-07-02T01:00:00Z and are left out");
  CHECK(answered.answer.notes[1] == "the new service has 30 % of the traffic, the grey stage is meant for 5 %");
}

TEST_CASE("sunset: an exempted failure refuses no step") {
  SeriesMaker maker;
  maker.dual_write(0, 8 * kDay).at(Column::Consistency, "99", 8 * kDay - kMinute);
  const Answered refused = ask(maker, 8 * kDay);
  CHECK(refused.step.verdict == StepVerdict::Refused);
  std::vector<Check> checks = refused.answer.checks;
  checks[refused.place("sunset-consistency")].verdict = Verdict::Exempted;
  CHECK(step_of(refused.answer, checks, sunset_policy()).verdict == StepVerdict::Permitted);
}

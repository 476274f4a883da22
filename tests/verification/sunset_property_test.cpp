// What holds of every series, however it came about.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "migplan/base/random_stream.hpp"
#include "sunset_making.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

using Stage = SunsetStage;

std::int64_t between(RandomStream& random, std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most - least + 1)));
}
bool chance(RandomStream& random, std::uint64_t one_in) { return random.below(one_in) == 0; }

// One service that goes through some of the stages, with faults here and there and now and then a long gap.
SunsetSeries any_series(RandomStream& random) {
  SunsetSeries series;
  series.service = "report-export";
  series.files = {"series.csv"};
  std::int64_t time = kJuly;
  std::uint32_t line = 1;
  auto stage = static_cast<Stage>(random.below(4));
  const std::uint64_t quiet = between(random, 50, 4000) >= 400 ? 4000 : 60;  // one fault in so many samples
  for (int phase = 0; phase < 3; ++phase) {
    const std::int64_t end = time + between(random, 1, 10) * kDay;
    for (; time < end;
         time += chance(random, 300) ? between(random, 1, 30) * kHour : between(random, 8, 22) * kMinute) {
      const Position at{++line, 1};
      const auto add = [&](auto& column, std::int64_t usual, std::int64_t fault) {
        using Q = decltype(column.front().value);
        if (chance(random, 50)) return;  // an empty cell
        column.push_back({time, Q::from_steps(chance(random, quiet) ? fault : usual), 0, at});
      };
      const bool is_full = stage == Stage::DualWrite || stage == Stage::ReadOnly;
      const std::int64_t share = is_full ? 100'000'000 : stage == Stage::Grey ? 5'000'000 : 0;
      add(series.new_share, share, share);
      add(series.p99, 900'000, 9'000'000);
      add(series.error_rate, 200'000, 3'000'000);
      add(series.consistency, 100'000'000, 99'000'000);
      add(series.old_requests, stage == Stage::ReadOnly ? 0 : 40'000'000, stage == Stage::ReadOnly ? 3'000'000 : 0);
      add(series.new_sla, 99'990'000, 99'000'000);
      add(series.cdc_delay, 2'000, 40'000);
    }
    if (stage != Stage::ReadOnly) stage = static_cast<Stage>(static_cast<int>(stage) + 1);
  }
  static_cast<void>(put_in_order(series));
  return series;
}

std::int64_t last_time(const SunsetSeries& series) {
  std::int64_t last = kJuly;
  visit_columns(series, [&last](SunsetColumn, const auto& samples) {
    if (!samples.empty()) last = std::max(last, samples.back().time_ms);
  });
  return last;
}

struct Outcome {
  std::optional<StageSince> stage;
  SunsetStep step;
  std::vector<std::string> messages;
};

Outcome outcome(const SunsetSeries& series, const SunsetQuestion& question) {
  const SunsetAnswer answer = sunset_answer(series, sunset_policy(), question);
  Outcome result{answer.stage, step_of(answer, answer.checks, sunset_policy()), {}};
  for (const Check& check : answer.checks) {
    result.messages.push_back(to_string(check.source) + " " + check.message.english());
  }
  return result;
}

void erase_between(SunsetSeries& series, std::int64_t from, std::int64_t to) {
  visit_columns(series, [&](SunsetColumn, auto& samples) {
    std::erase_if(samples, [&](const auto& sample) { return from <= sample.time_ms && sample.time_ms <= to; });
  });
}

}  // namespace

TEST_CASE("sunset: the order of the rows is no matter") {
  RandomStream random(20240701, 0);
  for (int round = 0; round < 40; ++round) {
    const SunsetSeries series = any_series(random);
    SunsetSeries shuffled = series;
    visit_columns(shuffled, [&random](SunsetColumn, auto& samples) {
      for (std::size_t i = samples.size(); i > 1; --i) std::swap(samples[i - 1], samples[random.below(i)]);
    });
    CHECK(put_in_order(shuffled).empty());
    const SunsetQuestion question{.now_ms = last_time(series), .sla_target = sunset_policy().sla_target};
    const Outcome one = outcome(series, question), other = outcome(shuffled, question);
    CHECK(one.messages == other.messages);
    CHECK(one.step.verdict == other.step.verdict);
    CHECK(one.step.earliest_ms == other.step.earliest_ms);
  }
}

TEST_CASE("sunset: a gap permits no step that the whole series does not") {
  RandomStream random(20240702, 0);
  int permitted = 0, compared = 0;
  for (int round = 0; round < 450; ++round) {
    const SunsetSeries series = any_series(random);
    const std::int64_t end = last_time(series);
    SunsetSeries holed = series;
    const std::int64_t from = between(random, kJuly, end), length = between(random, 30 * kMinute, 3 * kDay);
    // Cells are empty now and then, so that the hole is a gap only where it is longer than allowed by itself.
    erase_between(holed, from, from + length);
    SunsetQuestion question{.now_ms = between(random, kJuly, end), .sla_target = sunset_policy().sla_target};
    if (chance(random, 2)) question.stage = static_cast<Stage>(random.below(4));
    if (question.stage) question.since_ms = between(random, kJuly, question.now_ms);
    const Outcome whole = outcome(series, question), with_gap = outcome(holed, question);
    if (whole.step.verdict == StepVerdict::Permitted) ++permitted;
    const bool is_same_step = whole.step.to == with_gap.step.to || with_gap.step.to == Stage::Removed;
    if (!is_same_step || with_gap.step.verdict != StepVerdict::Permitted) continue;
    ++compared;
    INFO("round " << round << ": gap of " << length / kMinute << " min from " << (from - kJuly) / kMinute
                  << ", asked at " << (question.now_ms - kJuly) / kMinute << ", step "
                  << static_cast<int>(*with_gap.step.to));
    CHECK(whole.step.verdict == StepVerdict::Permitted);
  }
  // The test says nothing unless steps are permitted now and then.
  CHECK(permitted > 50);
  CHECK(compared > 50);
}

TEST_CASE("sunset: seven days on target are what looking at every sample says") {
  RandomStream random(20240703, 0);
  int held = 0;
  for (int round = 0; round < 400; ++round) {
    SunsetSeries series;
    series.service = "report-export";
    series.files = {"series.csv"};
    const Percent target = sunset_policy().sla_target;
    for (std::int64_t time = kJuly; time < kJuly + 9 * kDay;
         time += chance(random, 2000) ? kHour : between(random, 1, 15) * kMinute) {
      series.new_sla.push_back({time, chance(random, 3000) ? Percent::from_steps(99'949'999) : target, 0, {1, 1}});
    }
    const std::int64_t now = kJuly + between(random, 6 * kDay / kHour, 9 * kDay / kHour) * kHour;
    bool is_held = false;
    for (std::size_t first = 0; first < series.new_sla.size(); ++first) {
      // From this sample on: none below, none too far from the next or from the moment, seven days in all.
      std::int64_t before = series.new_sla[first].time_ms;
      if (now - before < 7 * kDay) break;
      bool is_kept = true;
      for (std::size_t i = first; i < series.new_sla.size() && series.new_sla[i].time_ms <= now; ++i) {
        is_kept = is_kept && series.new_sla[i].value >= target && series.new_sla[i].time_ms - before <= 15 * kMinute;
        before = series.new_sla[i].time_ms;
      }
      is_held = is_held || (is_kept && now - before <= 15 * kMinute);
    }
    const SunsetQuestion question{.now_ms = now, .sla_target = target, .stage = Stage::DualWrite};
    const SunsetAnswer answer = sunset_answer(series, sunset_policy(), question);
    const auto check = std::find_if(answer.checks.begin(), answer.checks.end(),
                                    [](const Check& one) { return one.rule == "sunset-on-target"; });
    REQUIRE(check != answer.checks.end());
    CHECK((check->verdict == Verdict::Pass) == is_held);
    held += is_held ? 1 : 0;
  }
  CHECK(held > 50);
  CHECK(held < 350);
}

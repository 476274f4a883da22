#include <limits>

#include "migplan/load/policy_reader.hpp"
#include "migplan/load/sunset_series_reader.hpp"
#include "migplan/verification/sunset.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

// The time of the last sample of all columns; each column is in order and within the range of its quantity.
std::int64_t check_columns(const SunsetSeries& series) {
  std::int64_t last_ms = std::numeric_limits<std::int64_t>::min();
  visit_columns(series, [&]<class Q>(SunsetColumn, const std::vector<Timed<Q>>& samples) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const Timed<Q>& sample = samples[i];
      fuzz::require(i == 0 || samples[i - 1].time_ms < sample.time_ms, "samples stand in the order of time");
      fuzz::require(Q::min() <= sample.value && sample.value <= Q::max(), "a value is in its range");
      fuzz::require(sample.file < series.files.size() && sample.at.line != 0, "a sample has a place");
      last_ms = std::max(last_ms, sample.time_ms);
    }
  });
  return last_ms;
}

void check_answer(const SunsetSeries& series, std::int64_t now_ms, std::optional<SunsetStage> stage) {
  const SunsetAnswer answer =
      sunset_answer(series, builtin_policy().sunset(),
                    {.now_ms = now_ms, .sla_target = builtin_policy().sunset().sla_target, .stage = stage});
  fuzz::require(answer.checks.size() == answer.holds.size() && !answer.checks.empty(), "a check has its hold");
  bool has_passed = true;
  for (std::size_t i = 0; i < answer.checks.size(); ++i) {
    const Check& check = answer.checks[i];
    const SunsetHold& hold = answer.holds[i];
    fuzz::require(!check.message.empty(), "a check says why");
    has_passed = has_passed && check.verdict == Verdict::Pass;
    fuzz::require(!hold.since_ms || *hold.since_ms <= now_ms, "what holds has begun");
    const bool is_short = hold.since_ms && now_ms - *hold.since_ms < hold.needed_ms;
    fuzz::require(check.verdict != Verdict::Pass || !is_short, "what passes has held long enough",
                  check.message.english());
  }
  const SunsetStep step = step_of(answer, answer.checks, builtin_policy().sunset());
  const bool is_permitted = step.verdict == StepVerdict::Permitted;
  fuzz::require(is_permitted == (has_passed && answer.stage.has_value()), "a step is permitted if all has passed");
  fuzz::require(!is_permitted || step.earliest_ms == now_ms, "what is permitted may be done now");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  // Whether the file is a column of its own, the first byte says.
  const auto column = text.starts_with('=') ? std::optional(SunsetColumn::OldRequests) : std::nullopt;
  std::vector<SeriesSource> sources;
  sources.push_back({"input", column, std::make_unique<TextSource>(column ? text.substr(1) : text)});
  const std::vector<std::string> services{"cart"};
  const auto read = read_sunset_series(std::move(sources), services);
  fuzz::require(read.is_ok() != read.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(read.issues());
  if (!read.is_ok()) return 0;
  for (const SunsetSeries& series : read.value()) {
    const std::int64_t last_ms = check_columns(series);
    if (last_ms == std::numeric_limits<std::int64_t>::min()) continue;
    check_answer(series, last_ms, std::nullopt);
    for (const auto stage :
         {SunsetStage::Observability, SunsetStage::Grey, SunsetStage::DualWrite, SunsetStage::ReadOnly}) {
      check_answer(series, last_ms, stage);
    }
  }
  return 0;
}

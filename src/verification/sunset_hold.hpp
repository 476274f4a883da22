#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "migplan/verification/sunset_series.hpp"

namespace migplan {

// Both ends belong to it.
struct TimeSpan {
  std::int64_t from_ms = 0, to_ms = 0;
};

// The samples of that time, which are in order.
template <class Q>
[[nodiscard]] std::span<const Timed<Q>> samples_in(const std::vector<Timed<Q>>& samples, TimeSpan span) {
  const auto by_time = [](const Timed<Q>& sample, std::int64_t time_ms) { return sample.time_ms < time_ms; };
  const auto begin = std::lower_bound(samples.begin(), samples.end(), span.from_ms, by_time);
  const auto end = std::lower_bound(begin, samples.end(), span.to_ms + 1, by_time);
  return {begin, end};
}

enum class SampleStanding : std::uint8_t {
  Kept,      // within its limit
  Open,      // beyond it, for how long is not known
  Breached,  // beyond it
};
struct JudgedSample {
  std::int64_t time_ms = 0;
  SampleStanding standing = SampleStanding::Kept;
};

template <class Q, class IsBeyond>
[[nodiscard]] std::vector<JudgedSample> judged(std::span<const Timed<Q>> samples, IsBeyond is_beyond) {
  std::vector<JudgedSample> result;
  for (const Timed<Q>& sample : samples) {
    result.push_back({sample.time_ms, is_beyond(sample.value) ? SampleStanding::Breached : SampleStanding::Kept});
  }
  return result;
}

// The same where only being beyond the limit for `lasting_ms` is a breach: of such a run, the samples from the one on
// that completes the time. What is shorter is open where the next sample is further away than that, or than `gap_ms`,
// and where the run has not ended.
[[nodiscard]] std::vector<JudgedSample> judged_lasting(std::span<const JudgedSample> samples, std::int64_t lasting_ms,
                                                       std::int64_t gap_ms);

// A run of samples by their places.
struct SampleRun {
  std::size_t first = 0, last = 0;
};

// How a limit was kept up to a moment.
struct LimitHistory {
  std::size_t samples = 0;
  std::optional<std::int64_t> since_ms;  // the first sample of the unbroken run that reaches the moment
  std::optional<SampleRun> breach;       // the last one
  std::optional<TimeSpan> gap;           // the last one that is longer than allowed, that up to the moment too
  bool is_stale = false;                 // that one is
};
[[nodiscard]] LimitHistory history_of(std::span<const JudgedSample> samples, std::int64_t now_ms, std::int64_t gap_ms);

}  // namespace migplan

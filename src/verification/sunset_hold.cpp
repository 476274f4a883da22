#include "sunset_hold.hpp"

namespace migplan {

std::vector<JudgedSample> judged_lasting(std::span<const JudgedSample> samples, std::int64_t lasting_ms,
                                         std::int64_t gap_ms) {
  std::vector<JudgedSample> result(samples.begin(), samples.end());
  const std::int64_t told_ms = std::min(lasting_ms, gap_ms);
  for (std::size_t first = 0; first < result.size();) {
    if (samples[first].standing == SampleStanding::Kept) {
      ++first;
      continue;
    }
    std::size_t end = first + 1;
    while (end < samples.size() && samples[end].standing != SampleStanding::Kept &&
           samples[end].time_ms - samples[end - 1].time_ms <= gap_ms) {
      ++end;
    }
    const bool is_told = end < samples.size() && samples[end].time_ms - samples[end - 1].time_ms <= told_ms;
    const bool is_long = samples[end - 1].time_ms - samples[first].time_ms >= lasting_ms;
    for (std::size_t i = first; i < end; ++i) {
      const bool completes = samples[i].time_ms - samples[first].time_ms >= lasting_ms;
      result[i].standing = completes             ? SampleStanding::Breached
                           : is_long || !is_told ? SampleStanding::Open
                                                 : SampleStanding::Kept;
    }
    first = end;
  }
  return result;
}

LimitHistory history_of(std::span<const JudgedSample> samples, std::int64_t now_ms, std::int64_t gap_ms) {
  LimitHistory history;
  history.samples = samples.size();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const JudgedSample& sample = samples[i];
    if (i != 0 && sample.time_ms - samples[i - 1].time_ms > gap_ms) {
      history.gap = TimeSpan{samples[i - 1].time_ms, sample.time_ms};
      history.since_ms.reset();
    }
    if (sample.standing == SampleStanding::Kept) {
      if (!history.since_ms) history.since_ms = sample.time_ms;
      continue;
    }
    history.since_ms.reset();
    if (sample.standing != SampleStanding::Breached) continue;
    const bool goes_on = history.breach && history.breach->last + 1 == i;
    history.breach = SampleRun{goes_on ? history.breach->first : i, i};
  }
  if (samples.empty() || now_ms - samples.back().time_ms <= gap_ms) return history;
  history.is_stale = true;
  history.gap = TimeSpan{samples.back().time_ms, now_ms};
  history.since_ms.reset();
  return history;
}

}  // namespace migplan

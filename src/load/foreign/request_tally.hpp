#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "latency_counts.hpp"
#include "migplan/model/evidence.hpp"

namespace migplan {

// One request of a log. Times are milliseconds since the epoch.
struct TimedRequest {
  std::int64_t begin_ms = 0, end_ms = 0;
  bool is_success = false;
};

// How a tool makes a rate and percentiles of single requests.
struct TallyRules {
  bool is_run_in_whole_seconds = false;  // the length of the run that the rate divides by, rounded up
  PercentileRule percentiles = PercentileRule::NearestRank;
};

// Sums up the requests of a run in memory that depends on its length in time, never on their number: 4 bytes a second,
// at most 11 MB, besides the latencies.
class RequestTally {
 public:
  // A month is longer than any load test: beyond it the clock was set, and no rate has a meaning.
  static constexpr std::int64_t kLongestRun = std::int64_t{31} * 24 * 3600 * 1000;
  static constexpr std::int64_t kLatestTime = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

  // The run has begun by then, or not ended before. False where that would make it longer than kLongestRun, or is no
  // time; nothing has been counted then.
  [[nodiscard]] bool has_begun(std::int64_t ms) {
    if (!widen_to(ms)) return false;
    first_ = std::min(first_, ms);
    return true;
  }
  [[nodiscard]] bool has_lasted_to(std::int64_t ms) {
    if (!widen_to(ms)) return false;
    last_ = std::max(last_, ms);
    return true;
  }
  // Counts a request `times` times, under the same condition.
  [[nodiscard]] bool add(const TimedRequest& request, std::uint64_t times = 1);

  [[nodiscard]] std::uint64_t requests() const noexcept { return requests_; }
  // What LoadTest can say of at least one request.
  [[nodiscard]] LoadTest load_test(EvidencePlace place, TallyRules rules) const;

 private:
  static constexpr std::int64_t kPage = 1024;
  using Page = std::array<std::uint32_t, static_cast<std::size_t>(kPage)>;
  static constexpr std::int64_t kNoPage = -1;

  [[nodiscard]] bool widen_to(std::int64_t ms) {
    const std::int64_t earliest = std::min(earliest_, ms), latest = std::max(latest_, ms);
    if (ms < 0 || ms > kLatestTime || latest - earliest > kLongestRun) return false;
    earliest_ = earliest;
    latest_ = latest;
    return true;
  }
  void count_success(std::int64_t second, std::uint64_t times);
  [[nodiscard]] std::vector<std::uint32_t> succeeded_by_second() const;
  void add_notes(LoadTest& test) const;

  LatencyCounts latencies_;
  std::uint64_t requests_ = 0, failed_ = 0;
  std::int64_t earliest_ = kLatestTime, latest_ = 0;  // of all times
  std::int64_t first_ = kLatestTime, last_ = 0;       // of those that begin something, of those that end something
  // Successes by the second of the clock in which they ended.
  std::map<std::int64_t, std::unique_ptr<Page>> seconds_;
  Page* page_ = nullptr;  // the one used last
  std::int64_t page_number_ = kNoPage;
};

// What is wrong with a time that RequestTally does not take.
inline constexpr std::string_view kFarTime = "found a time that makes the run longer than 31 days";
inline constexpr std::string_view kFarTimeHint =
    "the clock was set during the run, or logs of several runs were put together";

// `count` events in `ms` milliseconds; nullopt where there was no time, and beyond what the quantity holds.
[[nodiscard]] std::optional<RequestsPerSecond> rate_of(std::uint64_t count, std::int64_t ms);
// The part of a rate of all requests that successes make: rate (requests - failed) / requests.
[[nodiscard]] RequestsPerSecond succeeded_part(RequestsPerSecond rate, std::uint64_t requests, std::uint64_t failed);

}  // namespace migplan

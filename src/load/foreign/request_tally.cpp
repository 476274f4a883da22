#include "request_tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "migplan/base/assert.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kSecond = 1000;

}  // namespace

bool RequestTally::add(const TimedRequest& request, std::uint64_t times) {
  if (!widen_to(request.begin_ms) || !widen_to(request.end_ms)) return false;
  first_ = std::min(first_, request.begin_ms);
  last_ = std::max(last_, request.end_ms);
  latencies_.add(request.end_ms - request.begin_ms, times);
  requests_ += times;
  if (request.is_success) {
    count_success(request.end_ms / kSecond, times);
  } else {
    failed_ += times;
  }
  return true;
}

void RequestTally::count_success(std::int64_t second, std::uint64_t times) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  if (second / kPage != page_number_) {
    page_number_ = second / kPage;
    auto& page = seconds_[page_number_];
    if (!page) page = std::make_unique<Page>();
    page_ = page.get();
  }
  std::uint32_t& count = (*page_)[static_cast<std::size_t>(second % kPage)];
  count = static_cast<std::uint32_t>(std::min(kMost, count + times));
}

std::vector<std::uint32_t> RequestTally::succeeded_by_second() const {
  std::vector<std::uint32_t> counts;
  const std::int64_t begin = (first_ + kSecond - 1) / kSecond, end = last_ / kSecond;
  if (end > begin) counts.resize(static_cast<std::size_t>(end - begin));
  for (const auto& [number, page] : seconds_) {
    for (std::int64_t i = 0; i < kPage; ++i) {
      const std::int64_t second = number * kPage + i;
      if (begin <= second && second < end) {
        counts[static_cast<std::size_t>(second - begin)] = (*page)[static_cast<std::size_t>(i)];
      }
    }
  }
  return counts;
}

LoadTest RequestTally::load_test(EvidencePlace place, TallyRules rules) const {
  MIGPLAN_ASSERT(requests_ > 0);
  LoadTest test;
  test.place = std::move(place);
  test.requests = requests_;
  test.failed = failed_;
  const std::int64_t length = std::max<std::int64_t>(0, last_ - first_);
  const std::int64_t counted = rules.is_run_in_whole_seconds ? (length + kSecond - 1) / kSecond * kSecond : length;
  test.rate = rate_of(requests_, counted);
  test.succeeded_rate = rate_of(requests_ - failed_, counted);
  test.duration = Seconds::from_steps(length);
  test.p50 = latencies_.percentile(50, rules.percentiles);
  test.p95 = latencies_.percentile(95, rules.percentiles);
  test.p99 = latencies_.percentile(99, rules.percentiles);
  test.succeeded = succeeded_by_second();
  test.began_ms = first_;
  test.ended_ms = last_;
  add_notes(test);
  return test;
}

void RequestTally::add_notes(LoadTest& test) const {
  if (!test.rate)
    test.notes.push_back(fmt::format("{} requests in {} s have no rate", requests_, trimmed(*test.duration)));
  if (latencies_.negative() != 0) {
    test.notes.push_back(fmt::format(
        "requests that end before they begin, as a clock was set back, are not in the percentiles: {} of {}",
        latencies_.negative(), requests_));
  }
  if (latencies_.longer() != 0) {
    test.notes.push_back(fmt::format("requests longer than {} s, among which no percentile is given: {} of {}",
                                     LatencyCounts::kLongest / kSecond, latencies_.longer(), requests_));
  }
}

std::optional<RequestsPerSecond> rate_of(std::uint64_t count, std::int64_t ms) {
  if (ms <= 0) return std::nullopt;
  const Int128 steps = Int128{count} * RequestsPerSecond::scale() * kSecond;
  if (steps / ms > RequestsPerSecond::max().steps()) return std::nullopt;
  return RequestsPerSecond::from_steps(divide_half_up(steps, ms));
}

RequestsPerSecond succeeded_part(RequestsPerSecond rate, std::uint64_t requests, std::uint64_t failed) {
  MIGPLAN_ASSERT(requests > 0 && failed <= requests);
  return RequestsPerSecond::from_steps(divide_half_up(Int128{rate.steps()} * (requests - failed), Int128{requests}));
}

}  // namespace migplan

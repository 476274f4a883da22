// What `vegeta report -type=json` prints: latencies and durations in nanoseconds. Its throughput counts successes only,
// statuses 200 to 399; older files have none.

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <utility>

#include "evidence_formats.hpp"
#include "json_front.hpp"
#include "load_test_summary.hpp"
#include "migplan/base/timestamp.hpp"
#include "request_tally.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kNanosecondsAMillisecond = 1'000'000;
constexpr int kSuccessDecimals = 9;

bool is_vegeta(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has("latencies") && front.has("bytes_in") && front.has("bytes_out");
}

// A stretch of whole nanoseconds in steps of the quantity, rounded half up.
template <class Q>
std::optional<Q> from_nanoseconds(const JsonValue& value, std::int64_t nanoseconds_a_step, Issues& issues) {
  const auto read = read_steps(value, 0, 0, Q::max().steps() * nanoseconds_a_step, issues);
  if (!read) return std::nullopt;
  return Q::from_steps(divide_half_up(*read, nanoseconds_a_step));
}

class VegetaReport {
 public:
  VegetaReport(const JsonValue& root, std::string_view file, Issues issues)
      : root_(root), file_(file), issues_(std::move(issues)) {}

  Result<Evidence> read() {
    const auto requests = required(root_, {"requests"}, issues_);
    if (!requests) return issues_;
    test_.place = {std::string(file_), requests->at(), requests->path()};
    test_.requests = read_whole(*requests, issues_);
    if (test_.requests.value_or(0) != 0) read_outcome(*test_.requests);
    test_.p50 = latency("50th");
    test_.p95 = latency("95th");
    test_.p99 = latency("99th");
    read_times();
    read_rates();
    note_disagreement(test_, test_.requests);
    return checked(std::move(test_), std::move(issues_));
  }

 private:
  std::optional<Milliseconds> latency(std::string_view name) {
    const auto value = required(root_, {"latencies", name}, issues_);
    return value ? from_nanoseconds<Milliseconds>(*value, kNanosecondsAMillisecond / Milliseconds::scale(), issues_)
                 : std::nullopt;
  }

  // From the statuses, which are exact, else from the share of successes; where both are there they must agree.
  void read_outcome(std::uint64_t requests) {
    const auto codes = root_.find("status_codes");
    const auto success = root_.find("success");
    if (codes && !codes->is_null()) test_.failed = failed_by(*codes, requests);
    if (success && !success->is_null()) read_success(*success, requests);
    if (!codes && !success) issues_.add(root_.issue("both \"status_codes\" and \"success\" are missing"));
  }

  std::optional<std::uint64_t> failed_by(const JsonValue& codes, std::uint64_t requests) {
    if (!codes.is_map()) {
      issues_.add(codes.unexpected("a map of statuses"));
      return std::nullopt;
    }
    Int128 all = 0, succeeded = 0;
    for (const JsonValue code : codes) {
      unsigned status = 0;
      const std::string_view key = code.key();
      const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), status);
      if (error != std::errc() || end != key.data() + key.size()) {
        issues_.add(code.issue(fmt::format("found {}, expected a status", in_quotes(key))));
      }
      const std::uint64_t count = read_whole(code, issues_).value_or(0);
      all += count;
      if (status >= 200 && status < 400) succeeded += count;
    }
    if (all == requests) return requests - static_cast<std::uint64_t>(succeeded);
    issues_.add(codes.issue(fmt::format("the statuses do not add up to the {} requests", requests)));
    return std::nullopt;
  }

  void read_success(const JsonValue& value, std::uint64_t requests) {
    constexpr auto kAll = static_cast<std::int64_t>(kPowersOfTen[kSuccessDecimals]);
    const auto success = read_steps(value, kSuccessDecimals, 0, kAll, issues_);
    if (!success) return;
    const auto failed = static_cast<std::uint64_t>(divide_half_up(Int128{requests} * (kAll - *success), Int128{kAll}));
    if (!test_.failed) test_.failed = failed;
    const std::uint64_t difference = failed < *test_.failed ? *test_.failed - failed : failed - *test_.failed;
    if (difference > 1 + requests / static_cast<std::uint64_t>(kAll)) {
      issues_.add(value.issue(fmt::format("found {}, but {} of {} requests failed by their status", value.text(),
                                          *test_.failed, requests)));
    }
  }

  void read_times() {
    if (const auto value = root_.find("duration")) {
      test_.duration = from_nanoseconds<Seconds>(*value, kNanosecondsAMillisecond * 1000 / Seconds::scale(), issues_);
    }
    test_.began_ms = instant("earliest");
    test_.ended_ms = instant("end");
  }

  std::optional<std::int64_t> instant(std::string_view key) {
    const auto value = root_.find(key);
    if (!value) return std::nullopt;
    const auto text = read_text(*value, issues_);
    if (!text) return std::nullopt;
    if (const auto ms = parse_timestamp(*text)) return ms;
    issues_.add(value->unexpected("a time such as 2024-02-24T07:42:21.256Z"));
    return std::nullopt;
  }

  void read_rates() {
    test_.rate = required_quantity<RequestsPerSecond>(root_, {"rate"}, issues_);
    test_.succeeded_rate = quantity_if_any<RequestsPerSecond>(root_, {"throughput"}, issues_);
    // The tool divides by nothing then, and gives the number of requests.
    if (test_.duration != Seconds()) return;
    test_.rate.reset();
    test_.succeeded_rate.reset();
    test_.notes.emplace_back("all requests were sent at once: they have no rate");
  }

  const JsonValue& root_;
  std::string_view file_;
  Issues issues_;
  LoadTest test_;
};

Result<Evidence> read_vegeta(ByteSource& source, std::string_view file) {
  const JsonTree tree(read_all(source), file);
  if (tree.issues().has_errors()) return tree.issues();
  return VegetaReport(tree.root(), file, tree.issues()).read();
}

}  // namespace

constinit const EvidenceFormat kVegeta{"vegeta", "vegeta report -type=json", is_vegeta, read_vegeta};

}  // namespace migplan

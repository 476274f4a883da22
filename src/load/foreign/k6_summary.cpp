// The summary that k6 writes at the end of a test, in its three forms; times are in milliseconds in all of them.
//   --summary-export                  metrics.http_reqs.rate
//   handleSummary                     metrics.http_reqs.values.rate
//   --new-machine-readable-summary    results.metrics[] by name, and a counter has no rate
// http_req_failed asks "has it failed?": its passes, or matches, are the requests that failed. Thresholds are not read:
// what was demanded of the run is no measurement, and the first form marks a broken one with true.

#include <fmt/format.h>

#include <string>
#include <utility>

#include "evidence_formats.hpp"
#include "json_front.hpp"
#include "load_test_summary.hpp"
#include "request_tally.hpp"

namespace migplan {
namespace {

bool is_k6_summary(std::string_view beginning) {
  const JsonFront front(beginning);
  const bool is_new = front.has("results", "metrics") && front.has("config") && front.has("version");
  const bool has_builtin = front.has("metrics", "iterations") || front.has("metrics", "http_reqs") ||
                           front.has("metrics", "vus") || front.has("metrics", "data_sent");
  return is_new || has_builtin || (front.has("root_group") && front.has("metrics"));
}

class K6Summary {
 public:
  K6Summary(const JsonValue& root, std::string_view file, Issues issues)
      : root_(root), file_(file), issues_(std::move(issues)) {}

  Result<Evidence> read() {
    const auto metrics = root_.find("results") ? required(root_, {"results", "metrics"}, issues_)
                                               : required(root_, {"metrics"}, issues_);
    if (!metrics) return issues_;
    const auto requests = values_of(*metrics, "http_reqs");
    if (!requests) {
      issues_.add(metrics->issue("\"http_reqs\" is missing", "only tests that send HTTP requests count them"));
      return issues_;
    }
    test_.place = {std::string(file_), requests->at(), requests->path()};
    test_.requests = required_whole(*requests, {"count"}, issues_);
    read_duration();
    read_rate(*requests);
    if (const auto failures = values_of(*metrics, "http_req_failed")) {
      read_failures(*failures);
    } else {
      test_.notes.emplace_back("http_req_failed is not in the file: failed requests are not known");
    }
    read_latencies(values_of(*metrics, "http_req_duration"));
    note_disagreement(test_, test_.requests);
    return checked(std::move(test_), std::move(issues_));
  }

 private:
  // The values of a metric, wherever the form keeps them.
  static std::optional<JsonValue> values_of(const JsonValue& metrics, std::string_view name) {
    auto metric = metrics.find(name);
    if (metrics.is_list()) {
      for (const JsonValue candidate : metrics) {
        const auto candidate_name = candidate.find("name");
        if (candidate_name && candidate_name->text() == name) metric = candidate;
      }
    }
    if (!metric) return std::nullopt;
    const auto values = metric->find("values");
    return values ? values : metric;
  }

  void read_duration() {
    constexpr int kDecimals = 6;
    constexpr auto kScale = static_cast<std::int64_t>(kPowersOfTen[kDecimals]);
    if (const auto ms = root_.find_in({"state", "testRunDurationMs"})) {
      const auto steps = read_steps(*ms, kDecimals, 0, Seconds::max().steps() * kScale, issues_);
      if (steps) test_.duration = Seconds::from_steps(divide_half_up(*steps, kScale));
    }
    if (const auto seconds = quantity_if_any<Seconds>(root_, {"config", "duration"}, issues_)) test_.duration = seconds;
  }

  void read_rate(const JsonValue& requests) {
    test_.rate = quantity_if_any<RequestsPerSecond>(requests, {"rate"}, issues_);
    if (test_.rate) return;
    if (!test_.duration) {
      issues_.add(requests.issue("\"rate\" is missing, and the duration of the test to make one of"));
    } else if (test_.requests) {
      test_.rate = rate_of(*test_.requests, test_.duration->steps());
      if (!test_.rate) test_.notes.emplace_back("the test took no time: it has no rate");
    }
  }

  void read_failures(const JsonValue& values) {
    const bool is_new = values.find("matches").has_value();
    test_.failed = required_whole(values, {is_new ? "matches" : "passes"}, issues_);
    auto counted = required_whole(values, {is_new ? "total" : "fails"}, issues_);
    if (!test_.failed || !counted) return;
    if (!is_new) *counted += *test_.failed;
    check_share(values, *counted);
    if (test_.requests && *counted != *test_.requests) {
      test_.notes.push_back(fmt::format("http_req_failed is about {} of the {} requests", *counted, *test_.requests));
    }
  }

  // The share is stated, too, and tells whether the counts mean what they meant in every k6 so far.
  void check_share(const JsonValue& values, std::uint64_t counted) {
    const auto stated = values.find(values.find("rate") ? "rate" : "value");
    const auto share = stated ? read_quantity<Share>(*stated, issues_) : std::nullopt;
    if (!share || counted == 0) return;
    const std::int64_t steps = divide_half_up(Int128{*test_.failed} * Share::scale(), Int128{counted});
    if (steps - share->steps() >= -1 && steps - share->steps() <= 1) return;
    issues_.add(
        stated->issue(fmt::format("found {}, but {} of {} requests failed", stated->text(), *test_.failed, counted)));
  }

  void read_latencies(const std::optional<JsonValue>& values) {
    if (!values) {
      test_.notes.emplace_back("http_req_duration is not in the file: latencies are not known");
      return;
    }
    test_.p50 = latency(*values, values->find("med") ? "med" : "p(50)");
    test_.p95 = latency(*values, "p(95)");
    test_.p99 = latency(*values, "p(99)");
  }

  std::optional<Milliseconds> latency(const JsonValue& values, std::string_view name) {
    const auto found = quantity_if_any<Milliseconds>(values, {name}, issues_);
    if (!found) test_.notes.push_back(fmt::format("{} is not in the file: summaryTrendStats asks for it", name));
    return found;
  }

  const JsonValue& root_;
  std::string_view file_;
  Issues issues_;
  LoadTest test_;
};

Result<Evidence> read_k6_summary(ByteSource& source, std::string_view file) {
  const JsonTree tree(read_all(source), file);
  if (tree.issues().has_errors()) return tree.issues();
  return K6Summary(tree.root(), file, tree.issues()).read();
}

}  // namespace

constinit const EvidenceFormat kK6Summary{"k6-summary", "k6's summary: --summary-export or handleSummary",
                                          is_k6_summary, read_k6_summary};

}  // namespace migplan

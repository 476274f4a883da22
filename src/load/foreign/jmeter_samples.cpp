#include "jmeter_samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "migplan/base/timestamp.hpp"

namespace migplan {
namespace {

constexpr std::string_view kTransaction = "Number of samples in transaction";
constexpr std::string_view kEmptyTransaction = "Number of samples in transaction : 0";

bool is_word(std::string_view text, std::string_view lower) noexcept {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char c, char l) { return (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == l; });
}

}  // namespace

bool JmeterSamples::is_transaction(std::string_view message) noexcept { return message.starts_with(kTransaction); }

bool JmeterSamples::add(std::string_view message, JmeterTime begin, std::int64_t elapsed_ms, bool is_success) {
  if (message.starts_with(kEmptyTransaction)) return true;
  // Neither can be so far from zero in a run, and their sum stays within 64 bits.
  if (begin.ms < 0 || begin.ms > RequestTally::kLatestTime || elapsed_ms > RequestTally::kLongestRun ||
      elapsed_ms < -RequestTally::kLongestRun) {
    return false;
  }
  has_local_times_ |= !begin.has_zone;
  RequestTally& tally = is_transaction(message) ? transactions_ : requests_;
  return tally.add({begin.ms, begin.ms + elapsed_ms, is_success});
}

Result<Evidence> JmeterSamples::load_test(std::string_view file) const {
  const bool has_requests = requests_.requests() != 0;
  const RequestTally& tally = has_requests ? requests_ : transactions_;
  if (tally.requests() == 0) {
    return Issue{Severity::Error, std::string(file), {}, "", "found no sample, expected at least one"};
  }
  LoadTest test = tally.load_test({std::string(file)}, {false, PercentileRule::CommonsMathLegacy});
  if (!has_requests) {
    test.notes.emplace_back("only transactions are in the file: each counts as a request");
  } else if (transactions_.requests() != 0) {
    test.notes.push_back(
        fmt::format("transactions are the sums of requests and not counted: {}", transactions_.requests()));
  }
  if (has_local_times_) {
    test.began_ms.reset();
    test.ended_ms.reset();
    test.notes.emplace_back("the times have no zone: when the run was is not known");
  }
  return Evidence(std::move(test));
}

std::optional<JmeterTime> parse_jmeter_time(std::string_view text) {
  constexpr std::size_t kDate = 10;
  if (const auto ms = parse_jmeter_elapsed(text)) return JmeterTime{*ms, true};
  if (const auto ms = parse_timestamp(text)) return JmeterTime{*ms, true};
  if (text.size() < kDate) return std::nullopt;
  const bool is_american = text[2] == '/';
  std::string local =
      is_american ? fmt::format("20{}/{}{}", text.substr(6, 2), text.substr(0, 5), text.substr(8)) : std::string(text);
  std::replace(local.begin(), local.begin() + kDate, '/', '-');
  const auto ms = parse_timestamp(local + "Z");
  return ms ? std::optional(JmeterTime{*ms, false}) : std::nullopt;
}

std::optional<bool> parse_jmeter_success(std::string_view text) {
  if (is_word(text, "true")) return true;
  if (is_word(text, "false")) return false;
  return std::nullopt;
}

std::optional<std::int64_t> parse_jmeter_elapsed(std::string_view text) {
  std::int64_t ms = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return ms;
}

}  // namespace migplan

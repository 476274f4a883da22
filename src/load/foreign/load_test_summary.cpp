#include "load_test_summary.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "request_tally.hpp"

namespace migplan {
namespace {

// Whether requests, rate and duration belong together, as far as tools print them: to 1 %, and to a millisecond.
bool agrees(std::uint64_t requests, RequestsPerSecond rate, Seconds duration) {
  const Int128 stated = Int128{requests} * RequestsPerSecond::scale() * Seconds::scale();
  const Int128 product = Int128{rate.steps()} * duration.steps();
  const Int128 difference = stated < product ? product - stated : stated - product;
  return difference <= stated / 100 + rate.steps();
}

std::string fall_of(const LoadTest& test) {
  std::optional<Milliseconds> last;
  std::string_view last_name;
  for (const auto& [name, value] : {std::pair{"p50", test.p50}, {"p95", test.p95}, {"p99", test.p99}}) {
    if (last && value && *value < *last) {
      return fmt::format("found {} {} ms below {} {} ms", name, trimmed(*value), last_name, trimmed(*last));
    }
    if (value) last = value;
    if (value) last_name = name;
  }
  return {};
}

void refuse_impossible(const LoadTest& test, Issues& issues) {
  const auto refuse = [&](std::string message, std::string hint = {}) {
    issues.add(
        {Severity::Error, test.place.file, test.place.at, test.place.field, std::move(message), std::move(hint)});
  };
  if (test.requests == 0U) refuse("found no request, expected at least one");
  if (test.requests && test.failed && *test.failed > *test.requests) {
    refuse(fmt::format("found {} failed of {} requests", *test.failed, *test.requests));
  }
  if (std::string fall = fall_of(test); !fall.empty()) {
    refuse(std::move(fall), "percentiles of a higher rank cannot be lower: were other ranks configured?");
  }
}

}  // namespace

std::optional<JsonValue> required(const JsonValue& map, std::initializer_list<std::string_view> keys, Issues& issues) {
  JsonValue value = map;
  for (const std::string_view key : keys) {
    if (!value.is_map()) {
      issues.add(value.unexpected("a map"));
      return std::nullopt;
    }
    const auto found = value.find(key);
    if (!found) {
      issues.add(value.issue(fmt::format("{} is missing", in_quotes(key))));
      return std::nullopt;
    }
    value = *found;
  }
  if (!value.is_null()) return value;
  issues.add(value.unexpected("a value"));
  return std::nullopt;
}

std::optional<std::uint64_t> required_whole(const JsonValue& map, std::initializer_list<std::string_view> keys,
                                            Issues& issues) {
  const auto value = required(map, keys, issues);
  return value ? read_whole(*value, issues) : std::nullopt;
}

void note_disagreement(LoadTest& test, std::optional<std::uint64_t> counted) {
  if (!counted || !test.rate || !test.duration || agrees(*counted, *test.rate, *test.duration)) return;
  test.notes.push_back(fmt::format("{} requests in {} s do not make the stated rate, {} a second", *counted,
                                   trimmed(*test.duration), trimmed(*test.rate)));
}

Result<Evidence> checked(LoadTest test, Issues issues) {
  if (!issues.has_errors()) refuse_impossible(test, issues);
  if (issues.has_errors()) return issues;
  if (test.rate && test.requests && test.failed && !test.succeeded_rate) {
    test.succeeded_rate = succeeded_part(*test.rate, *test.requests, *test.failed);
  }
  return {Evidence(std::move(test)), std::move(issues)};
}

}  // namespace migplan

// Every reader of load tests, whichever recognises the text.
#include <algorithm>
#include <optional>
#include <variant>

#include "migplan/load/evidence_reader.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

bool rises(std::optional<Milliseconds> low, std::optional<Milliseconds> high) { return !low || !high || *low <= *high; }

void check(const LoadTest& test) {
  fuzz::require(test.place.file == "input", "a load test has its file");
  fuzz::require(test.requests.value_or(1) != 0, "a load test has a request");
  fuzz::require(!test.failed || !test.requests || *test.failed <= *test.requests, "no more failures than requests");
  fuzz::require(rises(test.p50, test.p95) && rises(test.p95, test.p99) && rises(test.p50, test.p99),
                "percentiles rise");
  for (const auto& rate : {test.rate, test.succeeded_rate}) {
    fuzz::require(!rate || (RequestsPerSecond::min() <= *rate && *rate <= RequestsPerSecond::max()),
                  "a rate is within its range");
  }
  for (const auto& latency : {test.p50, test.p95, test.p99}) {
    fuzz::require(!latency || (Milliseconds::min() <= *latency && *latency <= Milliseconds::max()),
                  "a latency is within its range");
  }
  const bool has_empty_note =
      std::any_of(test.notes.begin(), test.notes.end(), [](const std::string& note) { return note.empty(); });
  fuzz::require(!has_empty_note, "a note says something");
  if (test.succeeded.empty()) return;
  std::uint64_t succeeded = 0;
  for (const std::uint32_t second : test.succeeded) succeeded += second;
  fuzz::require(succeeded <= *test.requests - *test.failed, "no more successes by second than in all");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TextSource source(fuzz::text_of(data, size));
  const Result<Evidence> evidence = read_evidence(source, "input");
  fuzz::require(evidence.is_ok() != evidence.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(evidence.issues());
  if (!evidence.is_ok()) return 0;
  if (const auto* const test = std::get_if<LoadTest>(&evidence.value())) check(*test);
  return 0;
}

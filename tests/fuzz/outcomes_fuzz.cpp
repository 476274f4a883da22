// A dump of outcomes: read by one thread and by three.
#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "migplan/load/outcomes_reader.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

const std::vector<ComparedField> kFields{{"amount", true}, {"items", false}, {"status", true}};

struct Found {
  std::vector<std::string> outcomes;  // sorted: threads take pieces in any order
  std::vector<std::string> issues;
};

Found read(std::string_view text, unsigned threads) {
  TextSource source(text);
  Found found;
  std::mutex mutex;
  const Issues issues = read_outcomes(
      source, "input", std::nullopt, kFields, threads, [&](unsigned lane, Side side, const Outcome& outcome) {
        fuzz::require(lane < threads, "a lane is one of the threads");
        fuzz::require(!outcome.trace_id.empty() && outcome.line != 0, "an outcome has an id and a line");
        fuzz::require(outcome.fields.size() == kFields.size(), "an outcome has its fields");
        std::string text_of_it = std::string(name_of(side)) + std::string(outcome.trace_id) + '#' +
                                 std::to_string(outcome.line) + '@' + std::to_string(outcome.time_ms.value_or(-1)) +
                                 '+' + std::to_string(outcome.latency_us.value_or(-1));
        for (const OutcomeField& field : outcome.fields) text_of_it += '|' + std::string(field.text);
        const std::lock_guard lock(mutex);
        found.outcomes.push_back(std::move(text_of_it));
      });
  fuzz::require_complete(issues);
  for (const Issue& issue : issues.kept()) found.issues.push_back(to_string(issue));
  std::sort(found.outcomes.begin(), found.outcomes.end());
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const Found one = read(text, 1), three = read(text, 3);
  fuzz::require(one.outcomes == three.outcomes, "any number of threads reads the same");
  fuzz::require(one.issues == three.issues, "any number of threads complains of the same");
  return 0;
}

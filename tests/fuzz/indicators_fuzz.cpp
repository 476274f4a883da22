// One file compared with itself, forwards and backwards.
#include <algorithm>

#include "migplan/load/indicators_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const auto read = read_indicators(source, "input");
  fuzz::require(read.is_ok() != read.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(read.issues());
  if (!read.is_ok()) return 0;
  std::vector<Indicator> after = read.value();
  for (std::size_t i = 1; i < after.size(); i += 2) {
    std::swap(after[i - 1].value, after[i].value);
    std::swap(after[i - 1].unit, after[i].unit);
  }
  std::reverse(after.begin(), after.end());
  const auto changes = indicator_changes(read.value(), after);
  if (!changes.is_ok()) return 0;
  fuzz::require(changes.value().size() == after.size(), "every indicator is on both sides");
  for (const Check& check : outcome_checks(changes.value(), "cart")) {
    fuzz::require(check.verdict != Verdict::Inconclusive, "every indicator is judged", check.message.english());
    if (!check.observed || !check.limit) continue;
    const bool is_same = check.observed->steps == check.limit->steps;
    fuzz::require(!is_same || check.verdict == Verdict::Pass, "what did not move passes", check.message.english());
  }
  return 0;
}

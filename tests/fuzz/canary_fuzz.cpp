// Documents that canary reads, and what it decides by them.
#include <algorithm>

#include "migplan/load/canary_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

void check_signals(const GoldenSignals& signals) {
  for (const auto& share : {signals.success_rate, signals.http_5xx}) {
    if (!share) continue;
    fuzz::require(share->share >= Percent{} && share->share <= Percent::max(), "a share is one");
    fuzz::require(!share->tally || share->tally->events <= share->tally->trials, "no more bad requests than requests");
    fuzz::require(share->place.at.line != 0, "a signal has its place");
  }
  if (signals.p95 && signals.p99) fuzz::require(signals.p95->value <= signals.p99->value, "percentiles rise");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TextSource source(fuzz::text_of(data, size));
  const auto document = read_canary_document(source, "input");
  fuzz::require(document.is_ok() != document.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(document.issues());
  if (!document.is_ok()) return 0;
  const CanaryDocument& read = document.value();
  check_signals(read.old_side);
  check_signals(read.new_side);
  if (read.reconciled) {
    fuzz::require(read.reconciled->business_different <= read.reconciled->pairs, "no more pairs differ than there are");
  }
  const auto checks = canary_checks(
      {read.service, read.reconciled, read.old_side, read.new_side, read.old_latencies, read.new_latencies},
      builtin_policy().canary(), 1);
  fuzz::require(checks.size() >= kCanaryRules.size() - 1, "every rule has a check");
  for (const Check& check : checks) {
    fuzz::require(!check.message.empty(), "a check says why");
    const bool is_decided = check.verdict == Verdict::Pass || check.verdict == Verdict::Fail;
    fuzz::require(!is_decided || (check.observed && check.samples.value_or(0) >= 50), "a verdict rests on samples",
                  check.message.english());
  }
  return 0;
}

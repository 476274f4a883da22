#include <algorithm>
#include <span>
#include <utility>

#include "gate_rules.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

using Readings = std::span<const MemoryReading>;

Text words_of(MemoryKind kind) {
  switch (kind) {
    case MemoryKind::ResidentPeak: return "peak resident memory";
    case MemoryKind::HeapPeak: return "peak heap";
    case MemoryKind::LiveHeap: return "live heap";
    case MemoryKind::ResidentNow: return "resident memory of one instant";
    case MemoryKind::HeapNow: return "heap of one instant";
    case MemoryKind::Committed: return "committed memory";
  }
  return "";
}

// What to measure in place of what is no peak.
Text remedy_for(MemoryKind kind) {
  switch (kind) {
    case MemoryKind::HeapNow: return "give a GC log, or heap metrics over time";
    case MemoryKind::ResidentNow:
    case MemoryKind::Committed:
      return "give VmHWM, the cgroup's memory.peak, or the working set over the time of the load test";
    case MemoryKind::ResidentPeak:
    case MemoryKind::HeapPeak:
    case MemoryKind::LiveHeap: break;
  }
  return "";
}

// The greatest reading of a kind; null = there is none.
const MemoryReading* greatest(Readings readings, MemoryKind kind) {
  const MemoryReading* result = nullptr;
  for (const MemoryReading& reading : readings) {
    if (reading.kind == kind && (result == nullptr || reading.size > result->size)) result = &reading;
  }
  return result;
}

Text kinds_text(Readings readings) {
  std::vector<Text> kinds;
  for (auto kind = MemoryKind::ResidentPeak; kind <= MemoryKind::Committed;
       kind = static_cast<MemoryKind>(static_cast<int>(kind) + 1)) {
    if (greatest(readings, kind) == nullptr) continue;
    kinds.push_back(words_of(kind));
  }
  return Text::joined(std::move(kinds), ", ");
}

// Why a side has nothing that could be compared; empty = it has.
Text lacking_of(Readings readings, const char* side) {
  if (readings.empty()) return say("no memory reading of the {}", side);
  const bool has_peak = std::any_of(readings.begin(), readings.end(),
                                    [](const MemoryReading& reading) { return is_comparable(reading.kind); });
  if (has_peak) return {};
  return say("{}: {} is no peak, {}", to_string(readings.front().place), words_of(readings.front().kind),
             remedy_for(readings.front().kind));
}

struct Peaks {
  const MemoryReading& before;
  const MemoryReading& after;
};

// What is compared: the peaks of the first kind that both sides have.
std::optional<Peaks> common_peaks(Readings before, Readings after) {
  for (const MemoryKind kind : {MemoryKind::ResidentPeak, MemoryKind::HeapPeak, MemoryKind::LiveHeap}) {
    const MemoryReading *const old_peak = greatest(before, kind), *const new_peak = greatest(after, kind);
    if (old_peak != nullptr && new_peak != nullptr) return Peaks{*old_peak, *new_peak};
  }
  return std::nullopt;
}

Text size_text(Bytes size) {
  constexpr std::int64_t kMebibyte = std::int64_t{1024} * 1024;
  if (size < Bytes::from_steps(kMebibyte)) return say("{} bytes", size.steps());
  return Text::verbatim(trimmed(divide_half_up(static_cast<Int128>(size.steps()) * 10, kMebibyte), 1) + " MiB");
}

void judge(Check& check, const MemoryReading& before, const MemoryReading& after, Percent limit) {
  const Percent drop = percent_of(before.size.steps() - after.size.steps(), before.size.steps());
  check.observed = number_of(drop);
  check.samples = before.samples + after.samples;
  check.verdict = drop >= limit ? Verdict::Pass : Verdict::Fail;
  const bool is_growth = after.size > before.size;
  const Percent change = is_growth ? percent_of(after.size.steps() - before.size.steps(), before.size.steps()) : drop;
  check.message = say("{} {} by {} %, {} to {}; limit {} %", words_of(after.kind), is_growth ? "grows" : "falls",
                      brief(change), size_text(before.size), size_text(after.size), trimmed(limit));
  if (after.kind != MemoryKind::ResidentPeak) {
    check.message += "; the gate asks for resident peaks, which are not on both sides";
  }
}

}  // namespace

Check memory_check(const GateEvidence& evidence, const GatePolicy& policy) {
  const Readings before = evidence.baseline.memory, after = evidence.candidate.memory;
  Check check{.service = evidence.service, .rule = kGateRules[1], .unit = Percent::unit()};
  check.limit = number_of(policy.memory_drop);
  if (!after.empty()) check.source = after.front().place;
  for (const Text& reason : {lacking_of(before, "baseline"), lacking_of(after, "candidate")}) {
    if (!reason.empty()) append_reason(check.message, reason);
  }
  if (!check.message.empty()) return check;
  const auto peaks = common_peaks(before, after);
  if (!peaks) {
    check.message = say("only readings of one kind can be compared: the baseline has {}, the candidate {}",
                        kinds_text(before), kinds_text(after));
    return check;
  }
  const auto& [old_peak, new_peak] = *peaks;
  check.source = new_peak.place;
  // A peak of another time says nothing of what the load takes.
  for (const Text& reason : {elsewhen(old_peak.place, window_of(old_peak), evidence.baseline.load_tests),
                             elsewhen(new_peak.place, window_of(new_peak), evidence.candidate.load_tests)}) {
    if (!reason.empty()) append_reason(check.message, reason);
  }
  if (old_peak.size <= Bytes{}) append_reason(check.message, say("{} is 0", to_string(old_peak.place)));
  if (check.message.empty()) judge(check, old_peak, new_peak, policy.memory_drop);
  return check;
}

}  // namespace migplan

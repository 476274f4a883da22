#include "migplan/verification/gate.hpp"

#include <algorithm>
#include <utility>

#include "gate_rules.hpp"
#include "migplan/base/decimal.hpp"
#include "time_apart.hpp"

namespace migplan {
namespace {

void add_notes(std::vector<EvidenceNote>& notes, const EvidencePlace& place, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    EvidenceNote note{to_string(place), text};
    if (!text.empty() && std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
  }
}

}  // namespace

std::vector<Check> gate_checks(const GateEvidence& evidence, const GatePolicy& policy) {
  return {throughput_check(evidence, policy), memory_check(evidence, policy),
          grpc_check(evidence, GrpcStatus::Unavailable, kGateRules[2], policy.grpc_unavailable, policy.confidence),
          grpc_check(evidence, GrpcStatus::DeadlineExceeded, kGateRules[3], policy.grpc_deadline_exceeded,
                     policy.confidence)};
}

std::vector<EvidenceNote> evidence_notes(const GateEvidence& evidence) {
  std::vector<EvidenceNote> notes;
  for (const GateSide* side : {&evidence.baseline, &evidence.candidate}) {
    for (const LoadTest& test : side->load_tests) add_notes(notes, test.place, test.notes);
    for (const MemoryReading& reading : side->memory) {
      if (is_comparable(reading.kind)) add_notes(notes, reading.place, {reading.note});
    }
    for (const GrpcCalls& calls : side->grpc) add_notes(notes, calls.place, calls.notes);
  }
  return notes;
}

Text elsewhen(const EvidencePlace& place, const std::optional<TimeWindow>& window, std::span<const LoadTest> runs) {
  if (!window || runs.empty()) return {};
  for (const LoadTest& run : runs) {
    const auto load = window_of(run);
    if (!load || time_apart(*window, *load).empty()) return {};
  }
  return say("{} is of another time than the load test {}: it {}", to_string(place), to_string(runs.front().place),
             time_apart(*window, *window_of(runs.front())));
}

Percent percent_of(std::int64_t value, std::int64_t base) noexcept {
  const Int128 scaled = static_cast<Int128>(value) * Percent::max().steps();
  Int128 steps = scaled / base;
  if (scaled % base < 0) --steps;
  constexpr Int128 kMost = INT64_MAX;
  return Percent::from_steps(static_cast<std::int64_t>(std::clamp(steps, -kMost, kMost)));
}

std::string brief(Percent percent) {
  constexpr int kShown = 2;
  constexpr std::int64_t kStep = 10'000;  // of a percentage in a hundredth of it
  static_assert(Percent::scale() == kStep * 100);
  std::int64_t hundredths = percent.steps() / kStep;
  if (percent.steps() % kStep < 0) --hundredths;
  return trimmed(hundredths, kShown);
}

void append_reason(Text& reasons, Text reason) {
  if (!reasons.empty()) reasons += "; ";
  reasons += std::move(reason);
}

}  // namespace migplan

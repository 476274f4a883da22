#include "migplan/verification/gate.hpp"

#include <algorithm>

#include "gate_rules.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {

std::vector<Check> gate_checks(const GateEvidence& evidence, const GatePolicy& policy) {
  return {throughput_check(evidence, policy), memory_check(evidence, policy),
          grpc_check(evidence, GrpcStatus::Unavailable, kGateRules[2], policy.grpc_unavailable, policy.confidence),
          grpc_check(evidence, GrpcStatus::DeadlineExceeded, kGateRules[3], policy.grpc_deadline_exceeded,
                     policy.confidence)};
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

void append_reason(std::string& reasons, std::string_view reason) {
  if (!reasons.empty()) reasons += "; ";
  reasons += reason;
}

}  // namespace migplan

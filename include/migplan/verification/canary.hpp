#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/quantity.hpp"
#include "migplan/model/evidence.hpp"
#include "migplan/model/verification_policy.hpp"
#include "migplan/verification/check.hpp"
#include "migplan/verification/golden_signals.hpp"
#include "migplan/verification/latency_quantiles.hpp"
#include "migplan/verification/latency_sample.hpp"

namespace migplan {

// What a reconciliation says that the verdict asks for.
struct ReconciledPairs {
  std::uint64_t pairs = 0, business_different = 0;
  std::uint64_t version_compared = 0, version_different = 0;
  std::uint64_t missing = 0;             // requests that stand on one side only
  std::uint64_t repeated_otherwise = 0;  // records that are repeated with other content
  std::uint64_t old_latencies = 0, new_latencies = 0;
  std::optional<QuantileShift> p99_shift;
  EvidencePlace place;
};

struct CanaryEvidence {
  std::string service;
  std::optional<ReconciledPairs> reconciled;
  GoldenSignals old_side, new_side;
  LatencySample old_latencies, new_latencies;
};

inline constexpr std::array<std::string_view, 10> kCanaryRules{
    "canary-p99-delta", "canary-difference",    "canary-version",   "canary-success-rate", "canary-p95",
    "canary-http-5xx",  "canary-success-worse", "canary-5xx-worse", "canary-p95-worse",    "canary-latency-worse"};

// The grey release of one service, in the order of kCanaryRules. models.md section 6:
// - p99-delta: growth of the 99th percentile, by the bootstrap of the reconciliation, else by the signals alone.
// - difference, version: shares of the pairs, with exact one-sided bounds; version by itself where all must be equal.
//   Requests on one side only may be differences; records repeated with other content are not idempotent, which fails.
// - success-rate, p95, http-5xx: the new side against the limits; shares with exact bounds.
// - success-worse, 5xx-worse: the new side's interval against the old side's own; p95-worse: growth by p99_delta at
//   most; latency-worse: compare_latencies finds no slowdown by more than that.
// Straddling intervals and fewer than policy.least_samples a side are inconclusive, and so is what compares two sides
// whose times do not touch; what nobody measured is, too, except latency-worse, which is left out.
[[nodiscard]] std::vector<Check> canary_checks(const CanaryEvidence& evidence, const CanaryPolicy& policy,
                                               std::uint64_t seed);

enum class CanaryAction : std::uint8_t { Continue, Hold, RollBack };
[[nodiscard]] std::string_view name_of(CanaryAction action) noexcept;  // "roll back"
// Any failure rolls back, anything inconclusive holds.
[[nodiscard]] CanaryAction action_of(std::span<const Check> checks) noexcept;

// One step of the way to the whole traffic, and what it takes to show the limit of differences when none is seen.
struct RampStep {
  Percent share;
  std::uint64_t pairs = 0;
  std::optional<Seconds> time;  // at the service's traffic; null = not known, or too long for the quantity
};
[[nodiscard]] std::vector<RampStep> ramp_of(const CanaryPolicy& policy, std::optional<RequestsPerSecond> traffic);
// The share behind this one; null behind the last. 0 is in front of the first.
[[nodiscard]] std::optional<Percent> next_share(const CanaryPolicy& policy, Percent share);

}  // namespace migplan

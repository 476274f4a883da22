#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/evidence.hpp"
#include "migplan/model/verification_policy.hpp"
#include "migplan/verification/check.hpp"

namespace migplan {

// What one side of an admission test has to show; an empty list is no evidence.
struct GateSide {
  std::vector<LoadTest> load_tests;   // runs one after the other, each weighted by its duration
  std::vector<MemoryReading> memory;  // the greatest of a kind counts
  std::vector<GrpcCalls> grpc;        // summed
};

struct GateEvidence {
  std::string service;
  GateSide baseline, candidate;
};

inline constexpr std::array<std::string_view, 4> kGateRules{"gate-throughput", "gate-memory", "gate-grpc-unavailable",
                                                            "gate-grpc-deadline-exceeded"};

// The admission tests of one service, in the order of kGateRules. models.md section 5:
// - gate-throughput: how much more successful requests a second the candidate serves. Counts of single seconds on both
//   sides give bounds (lift_bounds), and the one on the lift's own side of the limit decides; plain rates decide alone.
// - gate-memory: how much less memory it takes: resident peaks where both sides have one, else heap peaks, else live
//   heaps. Nothing else is compared.
// - gate-grpc-…: the share of the candidate's calls that end so, with exact bounds (one_sided_bounds).
// Limits are kept when reached exactly. What is printed decides: lifts and drops are rounded down, shares up.
[[nodiscard]] std::vector<Check> gate_checks(const GateEvidence& evidence, const GatePolicy& policy);

// What a piece of evidence says of itself: what a file does not hold, how calls were counted.
struct EvidenceNote {
  std::string source;
  std::string note;
  friend bool operator==(const EvidenceNote&, const EvidenceNote&) = default;
};
// Each once, those of the baseline first. Of memory only what can be compared has any.
[[nodiscard]] std::vector<EvidenceNote> evidence_notes(const GateEvidence& evidence);

}  // namespace migplan

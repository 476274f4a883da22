#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/canary_reader.hpp"
#include "migplan/load/gate_evidence.hpp"
#include "migplan/verification/canary.hpp"

namespace migplan {

// Paths of evidence beside the documents, by what was asked of them.
struct CanaryFiles {
  std::vector<std::string> old_side, new_side;            // golden signals
  std::vector<std::string> old_latencies, new_latencies;  // time series of a latency
  std::optional<LatencyUnit> latency_unit;                // of these; null = as their metrics are named
};

struct GatheredCanary {
  CanaryEvidence evidence;
  std::vector<std::string> notes;  // what files say of themselves, "FILE: NOTE"
};

// Puts together what is known of one service; `files` has all that `paths` name. `service` may be empty: then it is the
// one that a document names. Errors: evidence of another service, a signal that is stated twice, a file of another kind
// than it is asked for, latencies without a unit. Warnings: files that hold nothing of what is asked.
[[nodiscard]] Result<GatheredCanary> gather_canary(const std::string& service,
                                                   std::span<const CanaryDocument> documents, const CanaryFiles& paths,
                                                   const EvidenceFiles& files);

}  // namespace migplan

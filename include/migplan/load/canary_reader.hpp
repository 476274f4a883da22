#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/canary.hpp"

namespace migplan {

// What one document says of a grey release.
struct CanaryDocument {
  std::string file;
  std::string service;  // empty = not said
  std::optional<ReconciledPairs> reconciled;
  GoldenSignals old_side, new_side;
  LatencySample old_latencies, new_latencies;
};

// YAML or JSON: the output of `reconcile` as it is, or with `signals {old: {...}, new: {...}}` added, or a document
// that holds only these.
[[nodiscard]] Result<CanaryDocument> read_canary_document(ByteSource& source, std::string_view file);

}  // namespace migplan

#pragma once

#include <string>
#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/sunset.hpp"

namespace migplan {

// The schema that the JSON of `reconcile` names.
inline constexpr std::string_view kReconcileReportSchema = "migplan/reconcile/v1";

struct ReconcileReport {
  std::string service;  // empty = not said
  ReconciledShare share;
};

// Refuses another schema. Keys that this version does not know are passed over.
[[nodiscard]] Result<ReconcileReport> read_reconcile_report(ByteSource& source, std::string_view file);

}  // namespace migplan

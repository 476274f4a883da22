#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "migplan/verification/check.hpp"
#include "migplan/verification/reconciliation.hpp"

namespace migplan {

inline constexpr std::array<std::string_view, 4> kReconciliationRules{"reconcile-fields", "reconcile-version",
                                                                      "reconcile-missing", "reconcile-repeated"};

// What a reconciliation says of its service: every difference objects, whatever its share; without pairs nothing is
// known. Where no pair tells a version, that is not judged. The limits of a grey release are the canary's.
[[nodiscard]] std::vector<Check> reconciliation_checks(const Reconciliation& found, std::string_view service,
                                                       const EvidencePlace& source);

}  // namespace migplan

#pragma once

#include <string>

#include "field_spec.hpp"
#include "migplan/base/quantity.hpp"

namespace migplan {

// The JSON of `reconcile` while it is read, as far as anybody asks for it.
struct ReconcileReportDraft {
  std::string service;
  Count pairs, equal, missing_old, missing_new;
  Position at;  // of `equal`
};

[[nodiscard]] const MapSpec& reconcile_report_spec() noexcept;

}  // namespace migplan

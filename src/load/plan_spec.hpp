#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "field_spec.hpp"
#include "migplan/base/date.hpp"
#include "migplan/scheduling/plan_dates.hpp"

namespace migplan {

// One phase as a row or an entry says it.
struct PlanRow {
  std::string service;  // of rows of the phases table
  std::string phase;
  std::optional<Date> start, finish;
};

struct PlanDraft {
  PlanRow row;           // one at a time
  DatedService service;  // the same, of rows that are services
  PlanDates plan;
  std::map<std::string, std::size_t, std::less<>> numbers;               // of services of the plan
  std::map<std::pair<std::size_t, std::string>, Position> phase_places;  // by service of the plan
};

[[nodiscard]] const MapSpec& plan_spec() noexcept;          // the document; target: PlanDraft, as of all
[[nodiscard]] const MapSpec& plan_service_spec() noexcept;  // a service with its phases
[[nodiscard]] const MapSpec& plan_row_spec() noexcept;      // a phase with its service

}  // namespace migplan

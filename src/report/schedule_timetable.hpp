#pragma once

#include <functional>
#include <vector>

#include "migplan/report/timetable.hpp"
#include "migplan/report/views.hpp"

namespace migplan {

// Makes the timetable of the rows that `choice` keeps of the services, or of the phases, in their order; null where it
// asks for another table. `tiers` says which services are shown; the plan must outlive it. `choice` was applied once
// without a problem.
[[nodiscard]] std::function<Timetable()> timetable_of(const Plan& plan, std::vector<bool> tiers, TableChoice choice);

}  // namespace migplan

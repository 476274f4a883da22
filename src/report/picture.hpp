#pragma once

#include <functional>
#include <vector>

#include "migplan/report/report.hpp"
#include "migplan/scheduling/planning.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// What pictures show, in the shape of the document of `report`, of which they draw some charts; "picture" names the
// charts. `tiers` says which services are shown; what the functions are made of must outlive them.

// The calendar of a plan. Empty where another table than that of the services was asked for.
[[nodiscard]] std::function<Object()> schedule_picture(const Planning& planning, std::vector<bool> tiers,
                                                       TableChoice choice);
// Of tier by domain and coupling by obsolescence those that `tables` are.
[[nodiscard]] std::function<Object()> matrix_picture(const Scorecard& card, std::vector<bool> tiers,
                                                     std::vector<Table> tables);

}  // namespace migplan

#pragma once

#include <span>
#include <vector>

#include "migplan/base/text.hpp"
#include "migplan/scheduling/project.hpp"

namespace migplan {

// What a list of starts, one an activity in order, breaks of a project without a calendar: precedences, and capacities
// day by day; with `makespan` also where that is not the greatest finish. Each with its numbers; activities are
// counted from 1, as in the instance's file. Shares nothing with what makes such lists.
[[nodiscard]] std::vector<Text> broken_by(const Project& project, std::span<const Day> starts, Day makespan);

}  // namespace migplan

#pragma once

#include <optional>

#include "schedule.hpp"

namespace migplan::cli {

// The .sm files among the positionals, folders read whole; none where the inputs are inventories.
[[nodiscard]] std::vector<std::string> instance_files(Session& session);
// Schedules each instance for its makespan and prints a row each; with --verify, checks answers instead.
[[nodiscard]] int run_instances(Session& session, const ScheduleOptions& own, const std::vector<std::string>& files);

}  // namespace migplan::cli

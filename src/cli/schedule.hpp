#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "migplan/scheduling/planning.hpp"
#include "migplan/scheduling/replanning.hpp"
#include "migplan/scheduling/risk.hpp"
#include "progress.hpp"

namespace migplan::cli {

struct ScheduleOptions {
  std::string objective = "score";
  std::string effort = "normal";
  std::optional<std::uint64_t> budget;
  std::uint64_t seed = 1;
  std::optional<double> time_limit;  // seconds
  bool keeps_best = false;           // --best-on-interrupt
  std::string from;                  // plan in force
  std::string verify;                // a plan to be checked; empty = one is made
  std::vector<std::string> what_if;
  bool is_timed = false;  // --timing
  bool wants_risk = false;
  std::uint32_t draws = 5'000;
};

// Schedules to try: as asked for, or by the effort, so that the time stays about the same whatever the size.
[[nodiscard]] std::uint64_t budget_of(const ScheduleOptions& own, std::size_t activities);

// The search of commands that need a plan and have no options of their own for it: what schedule does unasked.
// `progress` tells on a terminal that it goes on.
[[nodiscard]] SearchOptions usual_search(Session& session, std::size_t services, WorkProgress& progress);

// What one --what-if asks for: "capacity.squads=14 drop=a,b end=2025-09-30".
[[nodiscard]] Result<ProgrammeOptions> scenario_options(std::string_view text, const Programme& base,
                                                        const ProgrammeOptions& options);

}  // namespace migplan::cli

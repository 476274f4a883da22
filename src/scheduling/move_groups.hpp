#pragma once

#include <vector>

#include "migplan/scheduling/programme.hpp"

namespace migplan {

// The planned services by dependency cycle, callees' groups before their callers'; sets Migration::group.
[[nodiscard]] std::vector<MoveGroup> move_groups(const Scorecard& card, std::vector<Migration>& migrations);
// Strong dependencies between planned services, by caller, with whether the order of cutovers is kept.
[[nodiscard]] std::vector<Call> calls_between(const Scorecard& card, const std::vector<Migration>& migrations,
                                              const std::vector<MoveGroup>& groups);

}  // namespace migplan

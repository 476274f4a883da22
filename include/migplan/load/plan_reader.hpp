#pragma once

#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/scheduling/plan_dates.hpp"

namespace migplan {

[[nodiscard]] Result<PlanDates> read_plan(ByteSource& source, std::string_view name);

}  // namespace migplan

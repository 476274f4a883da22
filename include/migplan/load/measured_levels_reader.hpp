#pragma once

#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/objective.hpp"

namespace migplan {

// What was measured of services, YAML or JSON: one map, a list of such maps, or `counts: [...]`. keys.md, "SLO counts".
[[nodiscard]] Result<std::vector<MeasuredLevels>> read_measured_levels(ByteSource& source, std::string_view file);

}  // namespace migplan

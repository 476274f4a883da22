#pragma once

#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/indicator.hpp"

namespace migplan {

// A file of indicators, YAML or JSON.
[[nodiscard]] Result<std::vector<Indicator>> read_indicators(ByteSource& source, std::string_view file);

}  // namespace migplan

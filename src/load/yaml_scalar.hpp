#pragma once

#include <yaml-cpp/mark.h>

#include <string_view>

#include "field_spec.hpp"

namespace migplan {

// What a scalar without quotes is by the core schema of YAML 1.2, so that `no` and `on` are text; what looks like a
// number of any notation counts as one.
[[nodiscard]] ScalarKind kind_of_plain(std::string_view text);

[[nodiscard]] Position position_of(const YAML::Mark& mark);

}  // namespace migplan

#pragma once

#include <string>

#include "migplan/model/condition.hpp"
#include "migplan/report/value.hpp"

namespace migplan {

// The value as conditions and sorting see it: lists and objects are their plain text, which `plain` keeps.
[[nodiscard]] ConditionValue condition_value(const Value& value, std::string& plain);

}  // namespace migplan

#pragma once

#include <array>
#include <string_view>

#include "migplan/model/service.hpp"

namespace migplan {

// The phase that a service of each status has reached, by the status's number; empty = none.
inline constexpr std::array<std::string_view, 7> kPhaseOfStatus{"",       "",        "refactor", "admission",
                                                                "canary", "cutover", "retire"};
static_assert(kPhaseOfStatus[static_cast<std::size_t>(Status::Retired)] == "retire");

}  // namespace migplan

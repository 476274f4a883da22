#pragma once

#include <optional>
#include <string>

#include "command.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan::cli {

// --verify FILE
Argument add_verify_option(const Arguments& arguments, std::string& file);

// Reads the plan in `file` and prints what it breaks of the inventory and policy of `card`; kNo where it breaks any.
[[nodiscard]] int verify_plan(Session& session, const Scorecard& card, const std::string& file,
                              std::optional<Date> as_of);

}  // namespace migplan::cli

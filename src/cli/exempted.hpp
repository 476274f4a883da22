#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "migplan/verification/check.hpp"
#include "session.hpp"

namespace migplan::cli {

// Turns failures that the exemptions in force cover into exempted ones, and tells of those that cover nothing; `run`
// are the checks that were made. What is returned must outlive the checks.
[[nodiscard]] Result<Session::DatedExemptions> exempt(Session& session, std::vector<Check>& checks,
                                                      std::span<const std::string_view> run);

}  // namespace migplan::cli

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "migplan/verification/check.hpp"
#include "session.hpp"

namespace migplan::cli {

// Turns failures that the exemptions cover into exempted ones and tells of those that cover nothing, of the services
// and rules that were judged. The exemptions must outlive the checks.
[[nodiscard]] Issues exempt(const Session::DatedExemptions& exemptions, std::vector<Check>& checks,
                            std::span<const std::string_view> rules);

}  // namespace migplan::cli

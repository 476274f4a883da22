#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"

#include "migplan/verification/check.hpp"
#include "session.hpp"

namespace migplan::cli {

// Turns failures that the exemptions cover into exempted ones and tells of those that cover nothing, of the services
// and rules that were judged. The exemptions must outlive the checks.
[[nodiscard]] Issues exempt(const Session::DatedExemptions& exemptions, std::vector<Check>& checks,
                            std::span<const std::string_view> rules);

// --inconclusive fail|pass; `choice` is the default until it is given.
void add_inconclusive_option(const Arguments& arguments, std::string& choice, std::string_view what,
                             std::string_view group = "Check");
[[nodiscard]] InconclusiveAs inconclusive_as(const std::string& choice) noexcept;

// Whether any check objects: kNo, else kDone.
[[nodiscard]] int exit_code_of(std::span<const Check> checks, InconclusiveAs inconclusive) noexcept;

}  // namespace migplan::cli

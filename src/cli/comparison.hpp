#pragma once

#include <string>
#include <vector>

#include "command.hpp"

namespace migplan::cli {

// What `diff` and `score --check` have in common.
struct ComparisonOptions {
  std::vector<std::string> fail_on{"moved"};
  std::string min_change = "0";
};

// --fail-on, --min-change, --exemptions, --as-of; returns what was added.
std::vector<Argument> add_comparison_options(const Arguments& arguments, Options& options, ComparisonOptions& own);

// One of the two things that are compared.
struct Side {
  std::string name;  // as the user named it
  Session::Inputs inputs;
};

// Prints what moved from `before` to `after`; kNo where something did that nobody may do without an exemption.
[[nodiscard]] int print_comparison(Session& session, const Side& before, const Side& after,
                                   const ComparisonOptions& own);

}  // namespace migplan::cli

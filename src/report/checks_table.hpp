#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "migplan/report/finding.hpp"
#include "migplan/report/table.hpp"
#include "migplan/verification/check.hpp"

namespace migplan {

// The checks as rows, `checks`, with their details where there are some, one a check; both must outlive the table.
[[nodiscard]] std::shared_ptr<Table> checks_table(std::span<const Check> checks,
                                                  std::span<const CheckDetail> details = {});

// The same for CI systems; `rules` are those that were run.
[[nodiscard]] FindingList checks_findings(std::string_view command, std::span<const std::string_view> rules,
                                          std::span<const Check> checks, std::span<const CheckDetail> details,
                                          Objection objection);

}  // namespace migplan

#pragma once

#include <cstdint>
#include <string_view>

#include "migplan/report/report.hpp"
#include "migplan/scheduling/burn_up.hpp"
#include "migplan/scheduling/programme_status.hpp"

namespace migplan {

// Progress held against a plan; all of it must outlive the report.
struct StatusView {
  const ProgrammeStatus* status = nullptr;
  std::string_view schedule_file{};  // where the plan was read; empty = it was made
  BurnUpStep step = BurnUpStep::Month;
  std::uint32_t days = 10;  // working days ahead in which things are due
};
// Tables: overview (a row a service), burn_up, slips, due.
[[nodiscard]] Result<Report> status_report(const StatusView& view, const TableChoice& choice);

}  // namespace migplan

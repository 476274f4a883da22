#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/report/views.hpp"
#include "migplan/verification/stated_verdict.hpp"

namespace migplan {

// What a report does not have, and why.
struct LeftOut {
  Text what, why;
};

// Everything about a programme in one report: scores and where they come from, the priority matrix, how firm the tiers
// are, the plan, dependencies, and what checks say. All of it must outlive the report.
struct OverviewView {
  const Scorecard* card = nullptr;
  const Sensitivity* sensitivity = nullptr;
  ScheduleView schedule{};           // its planning is never null; there may be no plan in it
  std::string_view schedule_file{};  // where the plan was read; empty = it was made
  std::span<const VerdictFile> checks{};
  std::span<const ServiceIndex> explained{};  // the services whose points are told one by one
  std::optional<Date> as_of{};
  std::vector<LeftOut> left_out{};
};
// Its document holds those of score, explain, matrix, sensitivity and schedule, each as its own command writes it; its
// first table is one row a service, over all of them.
[[nodiscard]] Result<Report> overview_report(const OverviewView& view, const TableChoice& choice);

}  // namespace migplan

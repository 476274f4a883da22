#pragma once

#include <memory>

#include "migplan/report/overview_view.hpp"
#include "migplan/report/table.hpp"

namespace migplan {

// The reports that an overview is put together from.
struct OverviewParts {
  Report score, matrix, sensitivity, schedule, explain;
};
// The table of that key in a report's document; null where it has none.
[[nodiscard]] std::shared_ptr<const Table> table_in(const Object& document, std::string_view key);

// One row a service, by score, with what each part says of it.
[[nodiscard]] std::shared_ptr<Table> overview_services(const OverviewView& view, const OverviewParts& parts);
// How many services of each tier are in which state.
[[nodiscard]] std::shared_ptr<Table> states_table(const Scorecard& card);
// Dependencies between services of the inventory.
[[nodiscard]] std::shared_ptr<Table> calls_table(const Scorecard& card);
// Cycles of strong dependencies: those services change over together.
[[nodiscard]] std::shared_ptr<Table> cycles_table(const Scorecard& card);
// Rules that the plan breaks.
[[nodiscard]] std::shared_ptr<Table> broken_table(const Infeasibility* infeasible);
// What the checks of all files say.
[[nodiscard]] std::shared_ptr<Table> verdicts_table(std::span<const VerdictFile> files);

}  // namespace migplan

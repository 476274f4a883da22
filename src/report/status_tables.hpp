#pragma once

#include <memory>
#include <string>
#include <vector>

#include "migplan/report/table.hpp"
#include "migplan/scheduling/burn_up.hpp"
#include "migplan/scheduling/due.hpp"
#include "migplan/scheduling/slip.hpp"

namespace migplan {

// One table each; the status must outlive them.
[[nodiscard]] std::shared_ptr<Table> status_overview_table(const ProgrammeStatus& status);
[[nodiscard]] std::shared_ptr<Table> burn_up_table(std::vector<BurnUpPoint> points, BurnUpStep step);
// The greatest slips first.
[[nodiscard]] std::shared_ptr<Table> slips_table(const ProgrammeStatus& status, std::vector<Slip> slips);
[[nodiscard]] std::shared_ptr<Table> due_table(const ProgrammeStatus& status, const std::vector<DueEvent>& events,
                                               Text title);

// "begin of admission of cart", "cutover of mail".
[[nodiscard]] Text words_of(const ProgrammeStatus& status, const DueEvent& event);

}  // namespace migplan

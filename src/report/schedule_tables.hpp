#pragma once

#include <memory>
#include <string>
#include <vector>

#include "migplan/report/table.hpp"
#include "migplan/scheduling/plan.hpp"

namespace migplan {

// One table each; the plan must outlive them. `tiers` says which services are shown.
[[nodiscard]] Table services_table(const Plan& plan, const std::vector<bool>& tiers);
[[nodiscard]] Table phases_table(const Plan& plan, const std::vector<bool>& tiers);
[[nodiscard]] Table waves_table(const Plan& plan);
[[nodiscard]] Table resources_table(const Plan& plan);
[[nodiscard]] Table load_table(const Plan& plan);
[[nodiscard]] Table bridges_table(const Plan& plan);
[[nodiscard]] Table chain_table(const Plan& plan);
[[nodiscard]] Table missed_table(const Plan& plan);

// "predecessor: canary of cart", for people.
[[nodiscard]] std::string words_of(const Plan& plan, const Binding& binding);
[[nodiscard]] Value binding_value(const Plan& plan, const Binding& binding);
// Dates of a phase: null where nobody wrote down when it was. The last day is included.
[[nodiscard]] Value start_value(const Plan& plan, const RoutePhase& phase);
[[nodiscard]] Value finish_value(const Plan& plan, const RoutePhase& phase);

}  // namespace migplan

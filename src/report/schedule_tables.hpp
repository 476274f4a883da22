#pragma once

#include <memory>
#include <string>
#include <vector>

#include "migplan/report/table.hpp"
#include "migplan/report/views.hpp"
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
[[nodiscard]] Table ramps_table(const Plan& plan);
// Empty where the table is.
[[nodiscard]] Text ramps_note(const Plan& plan);
// `moves` and `risk` must outlive them, too.
[[nodiscard]] Table moved_table(const Plan& plan, const Moves& moves);
[[nodiscard]] Table risk_table(const Plan& plan, const Risk& risk, const std::vector<bool>& tiers);
[[nodiscard]] Table finish_table(const Plan& plan, const Risk& risk);
[[nodiscard]] Table scenario_table(const ScheduleView& view);

[[nodiscard]] Object infeasible_object(const Programme& programme, const Infeasibility& infeasible);
[[nodiscard]] std::vector<Text> infeasible_notes(const Programme& programme, const Infeasibility& infeasible);
[[nodiscard]] Object risk_object(const Plan& plan, const Risk& risk, std::uint64_t seed);
[[nodiscard]] Text risk_note(const Plan& plan, const Risk& risk);

// "predecessor: canary of cart", for people.
[[nodiscard]] Text words_of(const Plan& plan, const Binding& binding);
[[nodiscard]] Value binding_value(const Plan& plan, const Binding& binding);
// Dates of a phase: null where nobody wrote down when it was. The last day is included.
[[nodiscard]] Value start_value(const Plan& plan, const RoutePhase& phase);
[[nodiscard]] Value finish_value(const Plan& plan, const RoutePhase& phase);

}  // namespace migplan

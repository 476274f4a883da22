#pragma once

#include <string_view>

#include "field_reader.hpp"
#include "plan_spec.hpp"

namespace migplan {

// A plan in any of its CSV forms, without byte-order mark, into the draft.
void read_plan_csv(std::string_view text, std::string_view name, PlanDraft& draft, Issues& issues, TextArena& arena);

}  // namespace migplan

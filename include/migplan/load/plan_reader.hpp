#pragma once

#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/scheduling/plan_dates.hpp"

namespace migplan {

// The schema that a plan names: `migplan schedule --format json` writes it.
inline constexpr std::string_view kScheduleSchema = "migplan/schedule/v1";

// When the phases of services are, from any of
// - the JSON of `schedule`: services[].name and phases[].phase, start, finish;
// - CSV or JSON lines with the columns service, phase, start and finish, as `schedule --table phases` writes them;
// - the CSV of `schedule`, with the columns name and phases ("refactor 2024-01-15 to 2024-02-20, canary over, …");
// - the CSV of `schedule -f msproject`: Text1 is the service, Text2 the phase (empty in summary rows), Start, Finish.
// Columns and keys may stand in any order, others are passed over; CSV may have come back from a spreadsheet
// (byte-order mark, semicolons or tabs). Dates are ISO dates; a phase without dates is left out. Refuses other
// documents, what breaks off, dates that are none, a finish before the start, and what stands there twice. A phase of
// no days ends on the eve of its start, as our plans have it.
[[nodiscard]] Result<PlanDates> read_plan(ByteSource& source, std::string_view name);

}  // namespace migplan

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "migplan/scheduling/programme_status.hpp"

namespace migplan {

enum class DueKind : std::uint8_t { Finish, Cutover, Begin };
[[nodiscard]] std::string_view name_of(DueKind kind) noexcept;  // finish, cutover, begin

struct DueEvent {
  std::uint32_t service = 0, phase = 0;  // into ProgrammeStatus::services(), and its phases
  DueKind kind = DueKind::Begin;
  Date planned;
  Date expected;               // as_of at the earliest
  std::int32_t late_days = 0;  // working days behind planned, up to as_of; above 0 = overdue
};

// The last of so many working days, as_of being the first one if it is one.
[[nodiscard]] Date last_due_day(const ProgrammeStatus& status, std::uint32_t working_days);
// What the plan has up to `last` and nobody wrote down as done: overdue ones first, then by planned day, kind, service
// name and phase. A phase that has not begun and should have is not said to be unfinished as well; a cutover of one day
// is one event.
[[nodiscard]] std::vector<DueEvent> due_events(const ProgrammeStatus& status, Date last);

}  // namespace migplan

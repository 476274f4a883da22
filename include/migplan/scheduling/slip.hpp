#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "migplan/scheduling/programme_status.hpp"

namespace migplan {

// What a working day was lost to. models.md section 4.
enum class SlipCause : std::uint8_t {
  Predecessor,  // a phase that it waits for was not over
  TierGate,     // the tier's not_before
  Pin,          // a person's word had it begin later
  Freeze,       // begun on that day, it would have met a freeze before the day on which it did begin
  Resource,     // the same with days on which its resource was held by others
  Unexplained,  // nothing that the data show was in its way
  Duration,     // it took longer, or is taking longer, than planned
  DaysOff,      // as many calendar days as planned, with other days off among them
  Undated,      // its status says that it has begun, and progress does not say when
};
[[nodiscard]] std::string_view name_of(SlipCause cause) noexcept;

struct SlipPart {
  SlipCause cause = SlipCause::Unexplained;
  std::int32_t days = 0;                    // working days; of Duration below 0 where some were made up
  std::optional<ActivityIndex> activity{};  // Predecessor: the one that was over last; Resource: who held it
  std::optional<ResourceIndex> resource{};
  const Freeze* freeze = nullptr;
};

// A phase that began, or was over, later than planned, or should have been by now.
struct Slip {
  std::uint32_t service = 0, phase = 0;  // into ProgrammeStatus::services(), and its phases
  // Working days behind the plan, up to as_of where it has not happened; null = not due, or not known. Below 0: before.
  std::optional<std::int32_t> start_late{}, finish_late{};
  std::vector<SlipPart> parts;  // the causes of days(), which they add up to, in the order of SlipCause

  [[nodiscard]] std::int32_t days() const noexcept { return finish_late ? *finish_late : *start_late; }
  // The one with the most days, the first of several.
  [[nodiscard]] const SlipPart& main() const noexcept;
};

// By service name, then in the order of its phases. Time: phases, and the days that each is late.
[[nodiscard]] std::vector<Slip> slips(const ProgrammeStatus& status);

}  // namespace migplan

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/model/calendar.hpp"
#include "migplan/model/service.hpp"

namespace migplan {

// The phase in which a service leaves the old platform; every route has it once.
inline constexpr std::string_view kCutover = "cutover";

enum class PhaseLength : std::uint8_t { Fixed, Effort /* the service's effort_days */ };
enum class DayKind : std::uint8_t { Working, Calendar };

// Multiples of the planned duration. models.md section 4.
struct ThreePoint {
  Ratio low, likely, high;
};

struct PhaseRule {
  PhaseLength length = PhaseLength::Fixed;
  WorkDays days;  // of a fixed one
  DayKind unit = DayKind::Working;
  std::string resource;                 // what it holds from start to finish; empty = nothing
  Count amount = Count::from_steps(1);  // how much of it
  std::optional<ThreePoint> risk;       // where it differs from that of all phases
};

struct Route {
  std::vector<std::string> phases;  // in their order
  std::optional<Kind> kind;         // services of this kind take it, whatever their tier
};

enum class Pooling : std::uint8_t { Shared, Team /* each team has its own, as the inventory's `teams` say */ };

struct CapacityPeriod {
  Date from, to;
  Count capacity;
};

struct ResourceRule {
  Count capacity;  // on every working day
  Pooling pooling = Pooling::Shared;
  std::vector<CapacityPeriod> periods;  // days with another capacity; of several, the last one counts
};

// effort_days of a service that states none, rounded half up.
struct EffortRule {
  Ratio base;                   // working days
  Ratio per_sonar_debt_day;     // working days
  Ratio per_strong_dependency;  // working days
};

enum class DeadlineFor : std::uint8_t { Cutover, Retire };
enum class CutoverOrder : std::uint8_t { CalleeFirst, CallerFirst, None };
enum class AcrossTiers : std::uint8_t { Bridge, Hard };
enum class DurationShape : std::uint8_t { Triangular, Pert };

struct RiskRule {
  ThreePoint factors;
  DurationShape shape = DurationShape::Triangular;
};

// models.md section 4.
struct SchedulePolicy {
  Date start, end;
  DeadlineFor deadline_applies_to = DeadlineFor::Cutover;
  CutoverOrder order = CutoverOrder::CalleeFirst;
  AcrossTiers across_tiers = AcrossTiers::Bridge;
  std::map<std::string, Route> routes;
  std::map<std::string, PhaseRule> phases;
  std::map<std::string, ResourceRule> resources;
  WorkCalendar calendar;
  EffortRule effort;
  RiskRule risk;
};

[[nodiscard]] std::string_view name_of(PhaseLength length) noexcept;
[[nodiscard]] std::string_view name_of(DayKind kind) noexcept;
[[nodiscard]] std::string_view name_of(Pooling pooling) noexcept;
[[nodiscard]] std::string_view name_of(DeadlineFor deadline) noexcept;
[[nodiscard]] std::string_view name_of(CutoverOrder order) noexcept;
[[nodiscard]] std::string_view name_of(AcrossTiers across) noexcept;
[[nodiscard]] std::string_view name_of(DurationShape shape) noexcept;

// What contradicts itself, with paths that begin with "schedule.".
[[nodiscard]] Issues schedule_issues(const SchedulePolicy& policy);

}  // namespace migplan

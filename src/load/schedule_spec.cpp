#include <array>

#include "field_store.hpp"
#include "inventory_spec.hpp"
#include "migplan/model/policy.hpp"
#include "policy_spec.hpp"

namespace migplan {

template <>
struct fields::EnumNames<PhaseLength> {
  static constexpr std::array<std::string_view, 2> kNames{"days", "effort"};
};
template <>
struct fields::EnumNames<DayKind> {
  static constexpr std::array<std::string_view, 2> kNames{"working", "calendar"};
};
template <>
struct fields::EnumNames<Pooling> {
  static constexpr std::array<std::string_view, 2> kNames{"shared", "team"};
};
template <>
struct fields::EnumNames<DeadlineFor> {
  static constexpr std::array<std::string_view, 2> kNames{"cutover", "retire"};
};
template <>
struct fields::EnumNames<CutoverOrder> {
  static constexpr std::array<std::string_view, 3> kNames{"callee-first", "caller-first", "none"};
};
template <>
struct fields::EnumNames<AcrossTiers> {
  static constexpr std::array<std::string_view, 2> kNames{"bridge", "hard"};
};
template <>
struct fields::EnumNames<DurationShape> {
  static constexpr std::array<std::string_view, 2> kNames{"triangular", "pert"};
};
template <>
struct fields::EnumNames<Weekday> {
  static constexpr std::array<std::string_view, 7> kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
};

namespace {

using namespace fields;

constexpr std::int64_t kGreatestCapacity = 30'000;

constexpr auto kThreePointFields = std::array{
    value<&ThreePoint::low>("low", "Shortest, as a multiple of the planned time."),
    value<&ThreePoint::likely>("likely", "Most likely, as a multiple of the planned time."),
    value<&ThreePoint::high>("high", "Longest, as a multiple of the planned time."),
};
constexpr MapSpec kThreePoint{"risk", kThreePointFields};

// Entering it makes the optional member stand.
constexpr FieldSpec phase_risk() {
  FieldSpec field{.key = "risk",
                  .description = "Three-point factors of this phase, where they differ from schedule.risk.",
                  .shape = Shape::Map};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* {
    auto& risk = static_cast<PhaseRule*>(owner)->risk;
    if (!risk) risk.emplace(ThreePoint{Ratio::whole(1), Ratio::whole(1), Ratio::whole(1)});
    return &*risk;
  };
  field.map = &kThreePoint;
  return field;
}

constexpr auto kPhaseFields = std::array{
    value<&PhaseRule::length>("length", "days: the number under days; effort: the service's effort_days."),
    value<&PhaseRule::days>("days", "How long it takes."),
    value<&PhaseRule::unit>("unit", "working or calendar days."),
    value<&PhaseRule::resource>("resource", "Resource that it holds from start to finish; \"\" = none."),
    within(value<&PhaseRule::amount>("amount", "How much of the resource."), 1, kGreatestCapacity),
    phase_risk(),
};
constexpr MapSpec kPhase{"phase", kPhaseFields};

constexpr auto kRouteFields = std::array{
    list<&Route::phases>("phases", "Phases in their order; one of them is cutover."),
    value<&Route::kind>("kind", "Services of this kind take this route, whatever their tier."),
};
constexpr MapSpec kRoute{"route", kRouteFields};

constexpr auto kPeriodFields = std::array{
    required(value<&CapacityPeriod::from>("from", "First day.")),
    required(value<&CapacityPeriod::to>("to", "Last day.")),
    required(
        within(value<&CapacityPeriod::capacity>("capacity", "What there is on these days."), 0, kGreatestCapacity)),
};
constexpr MapSpec kPeriod{"period", kPeriodFields};

constexpr auto kResourceFields = std::array{
    within(value<&ResourceRule::capacity>("capacity",
                                          "What there is of it on a working day; with pooling team, what a team has "
                                          "that states no squads."),
           0, kGreatestCapacity),
    value<&ResourceRule::pooling>("pooling", "shared: one pool; team: each team has its own, as `teams` says."),
    map_list<&ResourceRule::periods>(
        "periods", "Days with another capacity (of each team); of several, the last counts.", kPeriod),
};
constexpr MapSpec kResource{"resource", kResourceFields};

constexpr auto kFreezeFields = std::array{
    value<&Freeze::name>("name", "What it is called."),
    required(value<&Freeze::from>("from", "First day.")),
    required(value<&Freeze::to>("to", "Last day.")),
    list<&Freeze::forbids>("forbids", "Phases that may touch none of its days."),
};
constexpr MapSpec kFreeze{"freeze", kFreezeFields};

constexpr auto kCalendarFields = std::array{
    list<&WorkCalendar::working_days>("working_days", "Days of the week that are worked on: mon to sun."),
    list<&WorkCalendar::holidays>("holidays", "Days off."),
    list<&WorkCalendar::extra_working_days>("extra_working_days", "Days off that are worked on all the same."),
    map_list<&WorkCalendar::freezes>("freezes", "Times in which phases are forbidden.", kFreeze),
};
constexpr MapSpec kCalendar{"calendar", kCalendarFields};

constexpr auto kEffortFields = std::array{
    value<&EffortRule::base>("base", "Working days that every service takes."),
    value<&EffortRule::per_sonar_debt_day>("per_sonar_debt_day", "Working days for each day of SonarQube debt."),
    value<&EffortRule::per_strong_dependency>("per_strong_dependency", "Working days for each strong dependency."),
};
constexpr MapSpec kEffort{"effort", kEffortFields};

constexpr auto kRiskFields = std::array{
    value<&RiskRule::factors, &ThreePoint::low>("low", "Shortest, as a multiple of the planned time."),
    value<&RiskRule::factors, &ThreePoint::likely>("likely", "Most likely, as a multiple of the planned time."),
    value<&RiskRule::factors, &ThreePoint::high>("high", "Longest, as a multiple of the planned time."),
    value<&RiskRule::shape>("shape", "triangular or pert."),
};
constexpr MapSpec kRisk{"risk", kRiskFields};

constexpr auto kScheduleFields = std::array{
    value<&SchedulePolicy::start>("start", "First day of the programme."),
    value<&SchedulePolicy::end>("end", "Last day of the programme."),
    value<&SchedulePolicy::deadline_applies_to>("deadline_applies_to",
                                                "What the end is held against: cutover or retire."),
    value<&SchedulePolicy::order>("order", "callee-first, caller-first or none: the order of cutovers."),
    value<&SchedulePolicy::across_tiers>("across_tiers",
                                         "Calls into a later tier: bridge them, or keep the order (hard)."),
    named_maps<&SchedulePolicy::routes>("routes", "Routes by name; tiers name theirs.", kRoute),
    named_maps<&SchedulePolicy::phases>("phases", "Phases by name.", kPhase),
    named_maps<&SchedulePolicy::resources>("resources", "Resources by name.", kResource),
    map<&SchedulePolicy::calendar>("calendar", "Working days and freezes.", kCalendar),
    map<&SchedulePolicy::effort>("effort", "effort_days of services that state none.", kEffort),
    map<&SchedulePolicy::risk>("risk", "How far times may differ from the plan.", kRisk),
};

}  // namespace

constexpr MapSpec kScheduleSpec{"schedule", kScheduleFields};

}  // namespace migplan

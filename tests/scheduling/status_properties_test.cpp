// What holds of every plan held against any progress.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "../load/reading.hpp"
#include "landscapes.hpp"
#include "migplan/scheduling/burn_up.hpp"
#include "migplan/scheduling/due.hpp"
#include "migplan/scheduling/slip.hpp"

using namespace migplan;
using namespace migplan::testing;

namespace {

constexpr std::uint64_t kSeeds = 40;

Planning made(const Scorecard& card) {
  SearchOptions search;
  search.budget = 20;
  Result<Planning> planning = make_plan(card, {}, search);
  return reading::accepted(std::move(planning));
}

Date day_of(const Planning& planning, Day day) { return planning.programme->date_of(day); }

// Everything that is over or under way by the end of `as_of` as the plan has it.
Extras on_plan(const Planning& planning, Date as_of) {
  Extras extras = extras_of(planning.programme->card().inventory());
  for (const Migration& migration : planning.programme->migrations()) {
    for (const RoutePhase& phase : planning.programme->phases(migration)) {
      const Date start = day_of(planning, planning.plan->start(phase.activity));
      const Date finish = day_of(planning, planning.plan->finish(phase.activity) - 1);
      if (start > as_of) break;
      PhaseProgress& progress = extras[migration.service].progress[phase.name];
      progress.started = start;
      if (finish <= as_of) progress.finished = finish;
    }
  }
  return extras;
}

// The same with days lost and won on the way. What shares a cutover stops before it.
Extras off_plan(Random& random, const Planning& planning, Date as_of) {
  Extras extras = extras_of(planning.programme->card().inventory());
  for (const Migration& migration : planning.programme->migrations()) {
    const bool is_alone = planning.programme->groups()[migration.group].members.size() == 1;
    Date free = planning.programme->policy().start;
    for (const RoutePhase& phase : planning.programme->phases(migration)) {
      if (phase.name == kCutover && !is_alone) break;
      const Date planned = day_of(planning, planning.plan->start(phase.activity));
      const std::int64_t length = planning.plan->finish(phase.activity) - planning.plan->start(phase.activity);
      const Date start = std::max(planned, free).plus(random.chance(60) ? 0 : random.between(0, 9)).value();
      const Date finish = start.plus(std::max<std::int64_t>(length - 1 + random.between(-3, 5), 0)).value();
      if (start > as_of) break;
      PhaseProgress& progress = extras[migration.service].progress[phase.name];
      progress.started = start;
      if (finish > as_of || random.chance(5)) break;
      progress.finished = finish;
      free = finish.plus(1).value();
    }
  }
  return extras;
}

struct Sample {
  Landscape land;
  std::unique_ptr<Inventory> inventory;
  std::unique_ptr<Scorecard> first_card, card;
  PlanDates plan;
  std::unique_ptr<ProgrammeStatus> status;
};

// Null where the landscape has no plan.
std::unique_ptr<Sample> sample(std::uint64_t seed, bool is_on_plan) {
  Random random(seed);
  auto made_of = std::make_unique<Sample>();
  made_of->land = landscape(random, static_cast<int>(random.between(1, 40)));
  made_of->first_card = std::make_unique<Scorecard>(*made_of->land.inventory, *made_of->land.policy);
  const Planning planning = made(*made_of->first_card);
  if (planning.plan == nullptr) return nullptr;
  const Date as_of = made_of->land.policy->schedule().start.plus(random.between(-5, 300)).value();
  const Extras extras = is_on_plan ? on_plan(planning, as_of) : off_plan(random, planning, as_of);
  made_of->inventory = with_details(*made_of->land.inventory, extras);
  made_of->card = std::make_unique<Scorecard>(*made_of->inventory, *made_of->land.policy);
  made_of->plan = planning.plan->dates();
  made_of->status = std::make_unique<ProgrammeStatus>(
      reading::accepted(ProgrammeStatus::create(*made_of->card, made_of->plan, as_of)));
  return made_of;
}

// Working days from the day `from` is late on to the day in front of `to`, counted one by one.
std::int32_t counted(const WorkCalendar& calendar, Date from, Date to) {
  std::int32_t days = 0;
  for (Date day = from; day < to; day = day.plus(1).value()) {
    if (calendar.is_working(day)) ++days;
  }
  return days;
}

}  // namespace

TEST_CASE("status: with progress equal to the plan nothing slips and the rest is expected as planned", "[property]") {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const auto one = sample(seed + 7000, true);
    if (one == nullptr) continue;
    const ProgrammeStatus& status = *one->status;
    INFO("seed " << seed << " as of " << status.as_of().to_string());
    CHECK(slips(status).empty());
    CHECK(earned_value(status).behind_days == 0);
    CHECK(earned_value(status).earned == earned_value(status).planned);
    for (const ServiceStatus& service : status.services()) {
      for (const PhaseStatus& phase : status.phases(service)) {
        CHECK(phase.start == phase.planned_start);
        CHECK(phase.finish == phase.planned_finish);
      }
    }
    for (const BurnUpPoint& point : burn_up(status, BurnUpStep::Week)) {
      CHECK(point.done.value_or(point.planned) == point.planned);
      CHECK(point.expected.value_or(point.planned) == point.planned);
    }
    for (const DueEvent& event : due_events(status, last_due_day(status, 10))) CHECK(event.late_days == 0);
  }
}

TEST_CASE("burn_up: curves never fall and reach everything", "[property]") {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const auto one = sample(seed + 8000, false);
    if (one == nullptr) continue;
    const ProgrammeStatus& status = *one->status;
    INFO("seed " << seed << " as of " << status.as_of().to_string());
    for (const BurnUpStep step : {BurnUpStep::Week, BurnUpStep::Month}) {
      const std::vector<BurnUpPoint> points = burn_up(status, step);
      CHECK(points.back().planned == status.services().size());
      CHECK(points.back().planned_work == earned_value(status).total);
      if (points.back().day > status.as_of()) CHECK(points.back().expected == status.services().size());
      for (std::size_t i = 1; i < points.size(); ++i) {
        CHECK(points[i - 1].day < points[i].day);
        CHECK(points[i - 1].planned <= points[i].planned);
        if (points[i].done) CHECK(*points[i - 1].done <= *points[i].done);
        if (points[i - 1].expected) CHECK(*points[i - 1].expected <= *points[i].expected);
        if (points[i].day < status.as_of()) CHECK_FALSE(points[i].expected.has_value());
        if (points[i].day > status.as_of()) CHECK_FALSE(points[i].done.has_value());
      }
    }
  }
}

TEST_CASE("slips: days are the calendar's, and the causes add up to them", "[property]") {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const auto one = sample(seed + 9000, false);
    if (one == nullptr) continue;
    const ProgrammeStatus& status = *one->status;
    const WorkCalendar& calendar = one->land.policy->schedule().calendar;
    INFO("seed " << seed << " as of " << status.as_of().to_string());
    for (const Slip& slip : slips(status)) {
      const PhaseStatus& phase = status.phases(status.services()[slip.service])[slip.phase];
      INFO(one->inventory->services()[status.services()[slip.service].service].name << " " << phase.phase->name);
      if (slip.start_late.value_or(0) > 0) {
        CHECK(*slip.start_late == counted(calendar, *phase.planned_start, phase.started.value_or(status.as_of())));
      }
      if (slip.finish_late.value_or(0) > 0) {
        const Date over = phase.finished.value_or(status.as_of());
        CHECK(*slip.finish_late == counted(calendar, phase.planned_finish->plus(1).value(), over.plus(1).value()));
      }
      std::int32_t days = 0;
      for (const SlipPart& part : slip.parts) {
        days += part.days;
        CHECK((part.days > 0 || part.cause == SlipCause::Duration || part.cause == SlipCause::DaysOff));
      }
      CHECK(days == slip.days());
      ++found;
    }
  }
  CHECK(found > 200);
}

TEST_CASE("due_events: each planned day up to the last one is over, or due", "[property]") {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const auto one = sample(seed + 9500, false);
    if (one == nullptr) continue;
    const ProgrammeStatus& status = *one->status;
    const Date last = last_due_day(status, 15);
    INFO("seed " << seed << " as of " << status.as_of().to_string());
    std::size_t open = 0;  // phases to begin
    for (const ServiceStatus& service : status.services()) {
      for (const PhaseStatus& phase : status.phases(service)) {
        if (phase.state == WorkState::Waiting && phase.planned_start && *phase.planned_start <= last) ++open;
      }
    }
    const std::vector<DueEvent> events = due_events(status, last);
    CHECK(static_cast<std::size_t>(std::count_if(events.begin(), events.end(),
                                                 [](const DueEvent& e) { return e.kind != DueKind::Finish; })) == open);
    for (std::size_t i = 0; i < events.size(); ++i) {
      CHECK(events[i].planned <= last);
      CHECK(events[i].expected >= status.as_of());
      if (i > 0 && (events[i - 1].late_days > 0) == (events[i].late_days > 0)) {
        CHECK(events[i - 1].planned <= events[i].planned);
      }
      if (i > 0 && events[i].late_days > 0) CHECK(events[i - 1].late_days > 0);
    }
  }
}

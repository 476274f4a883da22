// Plans that are made, held against the checker, which shares nothing with what makes them.
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "../load/reading.hpp"
#include "dated.hpp"
#include "landscapes.hpp"
#include "migplan/load/policy_reader.hpp"
#include "program.hpp"

using namespace migplan;
using namespace migplan::dated;
using namespace migplan::testing;

namespace {

Planning made(const Scorecard& card, std::optional<Date> as_of = std::nullopt) {
  ProgrammeOptions options;
  options.as_of = as_of;
  SearchOptions search;
  search.budget = 20;
  Result<Planning> planning = make_plan(card, options, search);
  return reading::accepted(std::move(planning));
}

// What is wrong beside what the plan itself says of its end.
std::string wrong(const Planning& planning, std::optional<Date> as_of = std::nullopt) {
  std::vector<Violation> found = violations(planning.programme->card(), planning.plan->dates(), as_of);
  std::size_t late = 0;
  for (const Migration& migration : planning.programme->migrations()) {
    if (planning.plan->is_late(migration)) ++late;
  }
  const auto removed = std::erase_if(found, [](const Violation& v) { return v.rule == Rule::Deadline; });
  CHECK(removed == late);
  return words(found);
}

bool has(const std::vector<Violation>& found, Rule rule) {
  return std::any_of(found.begin(), found.end(), [rule](const Violation& v) { return v.rule == rule; });
}

// Phases that were under way or over by `as_of` as the plan has them, some of them late, some of them not written down.
Extras progress_of(Random& random, const Planning& planning, Date as_of) {
  const Inventory& inventory = planning.programme->card().inventory();
  Extras extras = extras_of(inventory);
  const auto migrations = planning.programme->migrations();
  for (const Migration& migration : migrations) {
    const bool is_alone = planning.programme->groups()[migration.group].members.size() == 1;
    for (const RoutePhase& phase : planning.programme->phases(migration)) {
      const Date start = planning.programme->date_of(planning.plan->start(phase.activity));
      const Date finish = planning.programme->date_of(planning.plan->finish(phase.activity) - 1);
      if (start >= as_of) break;
      if (phase.name != kCutover && random.chance(10)) continue;  // over, nobody wrote it down
      PhaseProgress& progress = extras[migration.service].progress[phase.name];
      progress.started = start;
      const bool is_late = is_alone && random.chance(10);
      if (finish >= as_of || is_late) break;
      progress.finished = finish;
    }
  }
  return extras;
}

}  // namespace

TEST_CASE("violations: no plan that is made for a random landscape has one", "[property]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    const Landscape land = landscape(random, static_cast<int>(random.between(1, 60)));
    const Scorecard card(*land.inventory, *land.policy);
    INFO("seed " << seed);
    const Planning planning = made(card);
    if (planning.plan == nullptr) continue;
    CHECK(wrong(planning) == "");
  }
}

TEST_CASE("violations: plans around what has begun have none", "[property]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed + 1000);
    const Landscape land = landscape(random, static_cast<int>(random.between(1, 40)));
    const Date as_of = land.policy->schedule().start.plus(random.between(1, 250)).value();
    const Scorecard first_card(*land.inventory, *land.policy);
    const Planning first = made(first_card);
    if (first.plan == nullptr) continue;
    const auto inventory = with_details(*land.inventory, progress_of(random, first, as_of));
    const Scorecard card(*inventory, *land.policy);
    const Planning planning = made(card, as_of);
    INFO("seed " << seed << " as of " << as_of.to_string());
    if (planning.plan == nullptr) continue;
    CHECK(wrong(planning, as_of) == "");
  }
}

TEST_CASE("violations: plans with pins that can be kept have none", "[property]") {
  std::size_t kept = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed + 2000);
    const Landscape land = landscape(random, static_cast<int>(random.between(1, 40)));
    const Scorecard first_card(*land.inventory, *land.policy);
    const Planning first = made(first_card);
    if (first.plan == nullptr) continue;
    Extras extras = extras_of(*land.inventory);
    for (const Migration& migration : first.programme->migrations()) {
      for (const RoutePhase& phase : first.programme->phases(migration)) {
        if (!random.chance(5)) continue;
        extras[migration.service].pins[phase.name] = {first.programme->date_of(first.plan->start(phase.activity)), {}};
      }
    }
    const auto inventory = with_details(*land.inventory, extras);
    const Scorecard card(*inventory, *land.policy);
    const Planning planning = made(card);
    INFO("seed " << seed);
    if (planning.plan == nullptr) continue;
    const bool is_broken = planning.standing[0] != 0;
    if (is_broken) {
      const auto found = violations(card, planning.plan->dates());
      CHECK((has(found, Rule::PhaseOrder) || has(found, Rule::Precedence)));
    } else {
      CHECK(wrong(planning) == "");
      ++kept;
    }
  }
  CHECK(kept > 20);
}

TEST_CASE("violations: the plan of the reference inventory has none") {
  const Inventory inventory = reading::accepted(reading::read_yaml(test::source_file("data/services.yaml")));
  const Scorecard card(inventory, builtin_policy());
  const Planning planning = made(card);
  CHECK(planning.plan->dates().services.size() == 137);
  CHECK(wrong(planning) == "");
}

TEST_CASE("violations: a plan that was tampered with is caught", "[property]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed + 3000);
    const Landscape land = landscape(random, 12);
    const Scorecard card(*land.inventory, *land.policy);
    const Planning planning = made(card);
    if (planning.plan == nullptr) continue;
    const PlanDates good = planning.plan->dates();
    const auto tampered = [&](std::size_t s, std::size_t p, auto&& change) {
      PlanDates plan = good;
      change(plan.services[s], p);
      return violations(card, plan);
    };
    const std::size_t none = violations(card, good).size();
    for (std::size_t s = 0; s < good.services.size(); ++s) {
      for (std::size_t p = 0; p < good.services[s].phases.size(); ++p) {
        INFO("seed " << seed << ": " << good.services[s].name << " " << good.services[s].phases[p].phase);
        using Dated = DatedService;
        const auto longer =
            tampered(s, p, [](Dated& d, std::size_t k) { d.phases[k].finish = *d.phases[k].finish.plus(1); });
        CHECK((has(longer, Rule::Duration) || has(longer, Rule::WorkingDay)));
        const auto earlier =
            tampered(s, p, [](Dated& d, std::size_t k) { d.phases[k].start = *d.phases[k].start.plus(-1); });
        CHECK((has(earlier, Rule::Duration) || has(earlier, Rule::WorkingDay)));
        CHECK(has(tampered(s, p,
                           [](Dated& d, std::size_t k) {
                             d.phases.erase(d.phases.begin() + static_cast<std::ptrdiff_t>(k));
                           }),
                  Rule::MissingPhase));
        if (p == 0) continue;
        CHECK(has(tampered(s, p,
                           [](Dated& d, std::size_t k) {
                             std::swap(d.phases[k].start, d.phases[k - 1].start);
                             std::swap(d.phases[k].finish, d.phases[k - 1].finish);
                           }),
                  Rule::PhaseOrder));
        CHECK(has(tampered(s, p,
                           [](Dated& d, std::size_t k) {
                             const std::int32_t days = d.phases[k].finish - d.phases[k].start;
                             d.phases[k].start = d.phases[k - 1].finish;
                             d.phases[k].finish = *d.phases[k].start.plus(days);
                           }),
                  Rule::PhaseOrder));
      }
      PlanDates plan = good;
      plan.services.erase(plan.services.begin() + static_cast<std::ptrdiff_t>(s));
      CHECK(violations(card, plan).size() != none);
    }
  }
}

TEST_CASE("violations: capacity agrees with a count of every day", "[property]") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Random random(seed + 4000);
    PolicyValues rules = varied_rules(random);
    rules.schedule.resources["squads"].pooling = Pooling::Shared;
    const Policy policy = testing::policy(rules);
    const Inventory inventory = testing::inventory(random_services(random, 15));
    const Scorecard card(inventory, policy);
    const Planning planning = made(card);
    if (planning.plan == nullptr) continue;
    PlanDates plan = planning.plan->dates();
    for (DatedService& service : plan.services) {
      for (DatedPhase& phase : service.phases) {
        const std::int64_t days = random.between(-9, 9);
        phase.start = *phase.start.plus(days);
        phase.finish = *phase.finish.plus(days + random.between(0, 1));
      }
    }
    std::map<std::pair<std::string, Date>, std::int64_t> held;
    for (const DatedService& service : plan.services) {
      for (const DatedPhase& phase : service.phases) {
        for (Date day = phase.start; day <= phase.finish; day = *day.plus(1)) {
          const PhaseRule& rule = rules.schedule.phases[phase.phase];
          if (rules.schedule.calendar.is_working(day)) held[{rule.resource, day}] += rule.amount.steps();
        }
      }
    }
    std::map<std::string, std::int64_t> days_over;
    for (const auto& [at, amount] : held) {
      if (at.first.empty()) continue;
      const ResourceRule& rule = rules.schedule.resources[at.first];
      std::int64_t capacity = rule.capacity.steps();
      for (const CapacityPeriod& period : rule.periods) {
        if (period.from <= at.second && at.second <= period.to) capacity = period.capacity.steps();
      }
      if (amount > capacity) ++days_over[at.first];
    }
    std::map<std::string, std::int64_t> found;
    for (const Violation& violation : violations(card, plan)) {
      if (violation.rule != Rule::Capacity) continue;
      const std::string text = violation.message.english();
      const auto days = text.find(" working days");
      const bool is_one = days == std::string::npos;
      const auto number = is_one ? 0 : text.rfind(' ', days - 1) + 1;
      found[text.substr(0, text.find(':'))] += is_one ? 1 : std::stoll(text.substr(number, days - number));
    }
    INFO("seed " << seed);
    CHECK(found == days_over);
  }
}

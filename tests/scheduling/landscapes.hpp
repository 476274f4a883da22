#pragma once

// Random landscapes with everything that a schedule can depend on.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "builders.hpp"
#include "migplan/scheduling/planning.hpp"

namespace migplan::testing {

struct Landscape {
  std::unique_ptr<Inventory> plain;  // keeps the texts of the next
  std::unique_ptr<Inventory> inventory;
  std::unique_ptr<Policy> policy;
};

// Of one service: what stands beside its facts.
using Extras = std::vector<ServiceDetails>;  // by index of the inventory

// The same services with these details; `original` must outlive them.
inline std::unique_ptr<Inventory> with_details(const Inventory& original, const Extras& extras) {
  InventoryPart part;
  for (ServiceIndex i = 0; i < original.size(); ++i) {
    Service copy = original[i];
    copy.details = part.keep(extras[i]);
    const auto callees = original.dependencies(i);
    part.add(copy, std::vector<Dependency>(callees.begin(), callees.end()), {}, profile_of(copy));
  }
  for (const Team& team : original.teams()) part.add(team);
  std::vector<InventoryPart> parts;
  parts.push_back(std::move(part));
  return std::make_unique<Inventory>(Inventory::create(std::move(parts), {"services.yaml"}).value());
}

inline Extras extras_of(const Inventory& inventory) {
  Extras extras;
  for (const Service& service : inventory.services()) extras.push_back(details_of(service));
  return extras;
}

// Adds some calls back, which close circles, teams, kinds, efforts, durations, services that have moved.
inline std::unique_ptr<Inventory> varied(Random& random, const Inventory& plain) {
  InventoryPart part;
  for (ServiceIndex i = 0; i < plain.size(); ++i) {
    Service copy = plain[i];
    ServiceDetails details;
    if (random.chance(40)) details.effort = Stated<WorkDays>(WorkDays::from_steps(random.between(1, 25)));
    if (random.chance(10)) {
      details.durations["cutover"].likely = Stated<WorkDays>(WorkDays::from_steps(random.between(1, 3)));
    }
    copy.details = part.keep(std::move(details));
    if (random.chance(15)) copy.kind = Kind::LongTail;
    if (random.chance(5)) copy.status = Status::CutOver;
    copy.team = random.chance(50) ? "one" : "two";
    std::vector<Dependency> callees(plain.dependencies(i).begin(), plain.dependencies(i).end());
    const auto back = static_cast<ServiceIndex>(random.between(0, static_cast<std::int64_t>(plain.size()) - 1));
    const bool is_known = std::any_of(callees.begin(), callees.end(),
                                      [&](const Dependency& known) { return known.service == plain[back].name; });
    if (random.chance(12) && back != i && !is_known) {
      callees.push_back({plain[back].name, {}, random.chance(80) ? Strength::Strong : Strength::Weak});
      copy.has_dependency_list = true;
    }
    part.add(copy, callees, {}, profile_of(copy));
  }
  part.add({"one", Stated<Count>(Count::from_steps(random.between(1, 4)))});
  part.add({"two", {}});
  std::vector<InventoryPart> all;
  all.push_back(std::move(part));
  return std::make_unique<Inventory>(Inventory::create(std::move(all), {"services.yaml"}).value());
}

inline PolicyValues varied_rules(Random& random) {
  PolicyValues rules = reference_rules();
  SchedulePolicy& schedule = rules.schedule;
  const auto day = [&schedule](std::int64_t after) { return schedule.start.plus(after).value(); };
  rules.tiers[0].min_score = Points::whole(random.between(45, 85));
  rules.tiers[1].min_score = Points::whole(random.between(25, 44));
  rules.tiers[1].not_before = day(random.between(0, 200));
  schedule.resources["squads"].capacity = Count::from_steps(random.between(1, 6));
  schedule.resources["squads"].pooling = random.chance(50) ? Pooling::Team : Pooling::Shared;
  schedule.resources["sre-crew"].capacity = Count::from_steps(random.between(1, 2));
  for (const char* const name : {"squads", "canary"}) {
    if (!random.chance(60)) continue;
    const std::int64_t from = random.between(0, 200);
    schedule.resources[name].periods.push_back(
        {day(from), day(from + random.between(0, 40)), Count::from_steps(random.between(0, 8))});
    schedule.resources[name].periods.push_back({day(from + 10), day(from + 20), Count::from_steps(3)});
  }
  for (int i = 0; i < 4; ++i) {
    const std::int64_t from = random.between(0, 300);
    Freeze freeze{"freeze", day(from), day(from + random.between(0, 20)), {"cutover"}};
    if (random.chance(50)) freeze.forbids.push_back(random.chance(50) ? "retire" : "admission");
    schedule.calendar.freezes.push_back(std::move(freeze));
    schedule.calendar.holidays.push_back(day(random.between(0, 300)));
    schedule.calendar.extra_working_days.push_back(day(random.between(0, 300)));
  }
  schedule.order = std::array{CutoverOrder::CalleeFirst, CutoverOrder::CallerFirst,
                              CutoverOrder::None}[static_cast<std::size_t>(random.between(0, 2))];
  schedule.across_tiers = random.chance(50) ? AcrossTiers::Hard : AcrossTiers::Bridge;
  schedule.deadline_applies_to = random.chance(50) ? DeadlineFor::Retire : DeadlineFor::Cutover;
  return rules;
}

inline Landscape landscape(Random& random, int services) {
  Landscape made;
  made.plain = std::make_unique<Inventory>(inventory(random_services(random, services, 10)));
  made.inventory = varied(random, *made.plain);
  made.policy = std::make_unique<Policy>(policy(varied_rules(random)));
  return made;
}

}  // namespace migplan::testing

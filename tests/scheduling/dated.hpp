#pragma once

// Plans written by hand, and what is wrong with them in one text.

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/scheduling/violation.hpp"

namespace migplan::dated {

inline Date day(std::string_view iso) { return Date::parse(iso).value(); }

struct Phase {
  std::string name, start, finish;
};

// One service of a plan: dated("cart", {{"refactor", "2024-01-15", "2024-01-19"}, …}).
inline DatedService service(std::string name, const std::vector<Phase>& phases) {
  DatedService made{std::move(name), {}, {}};
  for (const Phase& phase : phases) made.phases.push_back({phase.name, day(phase.start), day(phase.finish), {}});
  return made;
}

inline DatedPhase& phase(PlanDates& plan, std::string_view service_name, std::string_view name) {
  for (DatedService& service : plan.services) {
    if (service.name != service_name) continue;
    for (DatedPhase& found : service.phases) {
      if (found.phase == name) return found;
    }
  }
  FAIL("no " << name << " of " << service_name);
  return plan.services.front().phases.front();
}

inline void move(PlanDates& plan, std::string_view service_name, std::string_view name, std::string_view start,
                 std::string_view finish) {
  DatedPhase& found = phase(plan, service_name, name);
  found.start = day(start);
  found.finish = day(finish);
}

// "rule service phase day: message", a line each.
inline std::string words(const std::vector<Violation>& all) {
  std::string text;
  for (const Violation& violation : all) {
    if (!text.empty()) text += "\n";
    text += std::string(name_of(violation.rule)) + " " + violation.service;
    if (!violation.phase.empty()) text += " " + violation.phase;
    if (violation.day) text += " " + violation.day->to_string();
    text += ": " + violation.message.english();
  }
  return text;
}

}  // namespace migplan::dated

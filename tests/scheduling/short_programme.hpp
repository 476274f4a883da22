#pragma once

// A programme that is worked out by hand in a minute.

#include <memory>
#include <string>

#include "../load/reading.hpp"
#include "builders.hpp"
#include "dated.hpp"
#include "migplan/scheduling/violation.hpp"

namespace migplan::short_programme {

using dated::day;

// A tier for each hundred of debt: S from 180 days, A from 130 and from 2024-02-01 on, B else, with a gateway in front.
// Routes: refactor (its effort, a squad), cutover (a day, the crew of one), retire (three calendar days).
inline PolicyValues short_rules() {
  PolicyValues rules = testing::reference_rules();
  rules.scoring.weights.values = {Weight{}, Weight::whole(1), Weight{}};
  rules.tiers[1].not_before = day("2024-02-01");
  SchedulePolicy& schedule = rules.schedule;
  schedule.end = day("2024-03-29");
  schedule.routes["direct"].phases = {"refactor", "cutover", "retire"};
  schedule.routes["gateway"].phases = {"isolate", "refactor", "cutover", "retire"};
  schedule.routes["long-tail"].phases = {"grey", "cutover", "retire"};
  schedule.phases["retire"].days = WorkDays::from_steps(3);
  schedule.resources["squads"].capacity = Count::from_steps(2);
  schedule.resources["sre-crew"].capacity = Count::from_steps(1);
  return rules;
}

struct Case {
  Inventory inventory;
  Policy policy;
  [[nodiscard]] std::string broken(const PlanDates& plan, std::optional<Date> as_of = std::nullopt) const {
    return dated::words(violations(Scorecard(inventory, policy), plan, as_of));
  }
};

inline Case of_yaml(const std::string& services, PolicyValues rules = short_rules()) {
  return {reading::accepted(reading::read_yaml("services:\n" + services)), testing::policy(std::move(rules))};
}

inline const std::string kS = "debt: {sonar_debt_days: 180, high_risk_vulnerabilities: 0}";
inline const std::string kA = "debt: {sonar_debt_days: 140, high_risk_vulnerabilities: 0}";
inline const std::string kB = "debt: {sonar_debt_days: 10, high_risk_vulnerabilities: 0}";

inline std::string entry(const std::string& name, const std::string& facts) {
  return "- {name: " + name + ", " + facts + "}\n";
}

}  // namespace migplan::short_programme

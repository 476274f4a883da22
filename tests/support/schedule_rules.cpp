#include "builders.hpp"

namespace migplan::testing {
namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }

PhaseRule phase(std::int64_t days, std::string resource) {
  PhaseRule rule;
  rule.days = WorkDays::from_steps(days);
  rule.resource = std::move(resource);
  return rule;
}

ResourceRule resource(std::int64_t capacity) {
  ResourceRule rule;
  rule.capacity = Count::from_steps(capacity);
  return rule;
}

}  // namespace

SchedulePolicy reference_schedule() {
  SchedulePolicy schedule;
  schedule.start = day("2024-01-15");
  schedule.end = day("2025-06-30");
  schedule.routes["direct"] = {{"refactor", "admission", "canary", "cutover", "retire"}, std::nullopt};
  schedule.routes["gateway"] = {{"isolate", "refactor", "admission", "canary", "cutover", "retire"}, std::nullopt};
  schedule.routes["long-tail"] = {{"sync", "grey", "dual-write", "cutover", "retire"}, Kind::LongTail};
  schedule.phases["isolate"] = phase(5, "squads");
  schedule.phases["refactor"] = phase(0, "squads");
  schedule.phases["refactor"].length = PhaseLength::Effort;
  schedule.phases["admission"] = phase(5, "load-test");
  schedule.phases["canary"] = phase(10, "canary");
  schedule.phases["cutover"] = phase(1, "sre-crew");
  schedule.phases["retire"] = phase(10, "");
  schedule.phases["retire"].unit = DayKind::Calendar;
  schedule.phases["sync"] = phase(5, "squads");
  schedule.phases["grey"] = phase(5, "");
  schedule.phases["dual-write"] = phase(10, "");
  schedule.resources["squads"] = resource(10);
  schedule.resources["load-test"] = resource(3);
  schedule.resources["canary"] = resource(6);
  schedule.resources["sre-crew"] = resource(2);
  schedule.calendar.working_days = {Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday,
                                    Weekday::Friday};
  schedule.effort = {Ratio::whole(10), of<Ratio>("0.1"), Ratio::whole(1)};
  schedule.risk.factors = {of<Ratio>("0.8"), Ratio::whole(1), of<Ratio>("1.6")};
  return schedule;
}

}  // namespace migplan::testing

#pragma once

// A small plan of two services that share nothing with any programme, and what a format makes of it.

#include <string_view>
#include <utility>

#include "hand_made.hpp"
#include "migplan/model/calendar.hpp"

namespace migplan::hand_made {

inline Date day(std::string_view iso) { return Date::parse(iso).value(); }

// Monday to Friday; Wednesday the 17th is off, Saturday the 20th is worked on.
inline const WorkCalendar& january() {
  static const WorkCalendar kCalendar{
      {Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday},
      {day("2024-01-17")},
      {day("2024-01-20")},
      {{"stock-taking", day("2024-01-22"), day("2024-01-23"), {"cutover"}}}};
  return kCalendar;
}

inline TimetableTask task(std::uint32_t service, std::string_view phase, std::string_view start,
                          std::string_view finish, std::int32_t days) {
  TimetableTask task;
  task.service = service;
  task.phase = phase;
  task.start = day(start);
  task.finish = day(finish);
  task.days = days;
  task.not_before = day("2024-01-15");
  task.is_milestone = phase == "cutover";
  return task;
}

// auth: build, cutover, retire; cart: build and a cutover behind that of auth.
inline Timetable two_services() {
  Timetable plan;
  plan.title = "Two services";
  plan.start = plan.made_for = day("2024-01-15");
  plan.end = day("2024-02-09");
  plan.calendar = &january();
  plan.tiers = {"S", "A"};
  plan.resources = {{"squads", 2, {}}, {"crew", 1, {}}};
  plan.services.resize(2);
  plan.services[0].name = "auth";
  plan.services[1].name = "cart";
  plan.services[0].route = plan.services[1].route = "direct";
  plan.services[0].rank = plan.services[1].tier = 1;
  plan.services[0].task_count = plan.services[1].first_task = 3;
  plan.services[1].task_count = 2;
  plan.services[0].is_critical = true;
  plan.tasks = {task(0, "build", "2024-01-15", "2024-01-18", 3), task(0, "cutover", "2024-01-19", "2024-01-19", 1),
                task(0, "retire", "2024-01-20", "2024-01-29", 10), task(1, "build", "2024-01-15", "2024-01-16", 2),
                task(1, "cutover", "2024-01-24", "2024-01-24", 1)};
  plan.tasks[0].resource = plan.tasks[3].resource = 0;
  plan.tasks[1].resource = plan.tasks[4].resource = 1;
  for (TimetableTask& held : plan.tasks) held.amount = held.resource ? 1 : 0;
  plan.tasks[0].is_critical = plan.tasks[1].is_critical = true;
  plan.tasks[1].predecessors = {0};
  plan.tasks[2].predecessors = {1};
  plan.tasks[2].unit = DayKind::Calendar;
  plan.tasks[4].predecessors = {1, 3};
  return plan;
}

inline std::string written(Writer write, Timetable plan, const FormatOptions& options = {}) {
  Report report;
  report.timetable = [plan = std::move(plan)] { return plan; };
  return written(write, report, options);
}

inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace migplan::hand_made

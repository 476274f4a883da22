#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/model/schedule_policy.hpp"

namespace migplan {

// Days on which there is less of a resource than usual, both included.
struct Shortage {
  Date from, to;
  std::int32_t capacity = 0;
};

struct TimetableResource {
  std::string_view name;
  std::int32_t capacity = 0;  // the most that there is on any working day
  std::vector<Shortage> shortages{};
};

// A phase of a service.
struct TimetableTask {
  std::uint32_t service = 0;  // into Timetable::services
  std::string_view phase;
  Date start, finish;     // both included
  std::int32_t days = 0;  // of `unit`; 0 = an event without length, on `start`
  DayKind unit = DayKind::Working;
  std::optional<std::uint32_t> resource{};  // into Timetable::resources
  std::int32_t amount = 0;                  // how much of it
  Date not_before{};                        // the programme's start, a tier's gate, or the day asked about
  bool is_fixed = false;                    // has begun, or a person wants it there
  bool is_critical = false;
  bool is_milestone = false;                  // the cutover
  std::vector<std::uint32_t> predecessors{};  // into Timetable::tasks, rising
  std::optional<std::uint32_t> moves_with{};  // the task that stands for this one, too, and holds the resource
};

struct TimetableService {
  std::string_view name;
  std::string_view display_name, route, team;  // may be empty
  std::uint32_t tier = 0;                      // into Timetable::tiers
  std::uint32_t first_task = 0, task_count = 0;
  std::uint32_t rank = 0;    // 0 = the most important one shown
  bool is_critical = false;  // one of its phases is
};

// When what is done, and on what: what formats for calendars and other planning tools show of a plan. Phases that
// nobody dated are not in it.
struct Timetable {
  std::string title;
  Date start, end;  // of the programme
  Date made_for;    // the day asked about, or the programme's start: never the clock's
  const WorkCalendar* calendar = nullptr;
  bool is_by_phase = false;  // phases were asked for, not services
  std::vector<std::string_view> tiers{};
  std::vector<TimetableResource> resources{};
  std::vector<TimetableService> services{};
  std::vector<TimetableTask> tasks{};  // by service, each service's in their order
};

}  // namespace migplan

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "csv_text.hpp"
#include "gathered_text.hpp"
#include "migplan/report/report.hpp"
#include "timetable_days.hpp"

namespace migplan {
namespace {

constexpr std::string_view kHead =
    "ID,WBS,Name,Duration,Start,Finish,Predecessors,Resource Names,Outline Level,Milestone,Text1,Text2\r\n";

struct Row {
  std::size_t id;
  std::string wbs;
  std::string_view name;
  std::string duration;
  Date start, finish;
  std::string predecessors, resource;
  int level;
  bool is_milestone;
  std::string_view service, phase;
};

void append_row(std::string& out, const Row& row) {
  const auto text = [&out](std::string_view cell) {
    out += ',';
    append_csv_cell(out, cell, true);
  };
  fmt::format_to(std::back_inserter(out), "{},{}", row.id, row.wbs);
  text(row.name);
  text(row.duration);
  fmt::format_to(std::back_inserter(out), ",{},{}", row.start.to_string(), row.finish.to_string());
  text(row.predecessors);
  text(row.resource);
  fmt::format_to(std::back_inserter(out), ",{},{}", row.level, row.is_milestone ? "Yes" : "No");
  text(row.service);
  text(row.phase);
  out += "\r\n";
}

// IDs count rows from 1 on; each service with phases has a summary row in front of them.
std::vector<std::size_t> ids_of_tasks(const Timetable& plan) {
  std::vector<std::size_t> ids(plan.tasks.size());
  std::size_t next = 1;
  for (const TimetableService& service : plan.services) {
    if (service.task_count == 0) continue;
    ++next;
    for (std::uint32_t k = 0; k < service.task_count; ++k) ids[service.first_task + k] = next++;
  }
  return ids;
}

// "12FS,15FS": each must be finished before this one starts.
std::string predecessors_of(const TimetableTask& task, const std::vector<std::size_t>& ids) {
  std::string text;
  for (const std::uint32_t before : task.predecessors) {
    fmt::format_to(std::back_inserter(text), "{}{}FS", text.empty() ? "" : ",", ids[before]);
  }
  return text;
}

// More than one unit is written as a share, as Project does: "squads[200%]". Its lists are separated by commas and its
// shares stand in brackets, so a name keeps neither.
std::string resource_of(const Timetable& plan, const TimetableTask& task) {
  if (!task.resource) return {};
  std::string name(plan.resources[*task.resource].name);
  for (char& c : name) {
    if (c == ',' || c == ';' || c == '[' || c == ']') c = ' ';
  }
  return task.amount == 1 ? name : fmt::format("{}[{}%]", name, std::int64_t{task.amount} * 100);
}

class WorkDayCount {
 public:
  WorkDayCount(const WorkCalendar& calendar, Date first, Date last) : first_(first), days_until_{0} {
    for (const bool is_working : calendar.working_from(first, last - first + 1)) {
      days_until_.push_back(days_until_.back() + (is_working ? 1 : 0));
    }
  }
  [[nodiscard]] std::int32_t between(Date from, Date to) const {
    return days_until_[static_cast<std::size_t>(to - first_) + 1] -
           days_until_[static_cast<std::size_t>(from - first_)];
  }

 private:
  Date first_;
  std::vector<std::int32_t> days_until_;
};

WorkDayCount work_days_of(const Timetable& plan) {
  const auto [first, last] = span_of(plan);
  return {*plan.calendar, first, last};
}

Row summary_row(const Timetable& plan, const TimetableService& service, std::size_t id, std::size_t number,
                const WorkDayCount& work_days) {
  const std::span tasks = std::span(plan.tasks).subspan(service.first_task, service.task_count);
  Date start = tasks.front().start, finish = tasks.front().finish;
  for (const TimetableTask& task : tasks) {
    start = std::min(start, task.start);
    finish = std::max(finish, task.finish);
  }
  return {id,
          fmt::to_string(number),
          service.name,
          fmt::format("{} days", work_days.between(start, finish)),
          start,
          finish,
          {},
          {},
          1,
          false,
          service.name,
          {}};
}

}  // namespace

// What Project's import wizard takes, and sheets do: a summary row a service, its phases below it, tied together by
// IDs. "edays" is Project's word for days that elapse on weekends, too.
void write_msproject(const Report& report, const FormatOptions& options, ByteSink& sink) {
  const Timetable plan = report.timetable();
  const WorkDayCount work_days = work_days_of(plan);
  const std::vector<std::size_t> ids = ids_of_tasks(plan);
  std::string out = options.has_byte_order_mark ? "\xEF\xBB\xBF" : "";
  out += kHead;
  std::size_t number = 0;
  for (const TimetableService& service : plan.services) {
    if (service.task_count == 0) continue;
    append_row(out, summary_row(plan, service, ids[service.first_task] - 1, ++number, work_days));
    for (std::uint32_t k = 0; k < service.task_count; ++k) {
      const TimetableTask& task = plan.tasks[service.first_task + k];
      const std::string_view unit = task.unit == DayKind::Calendar ? "edays" : "days";
      append_row(out, {ids[service.first_task + k], fmt::format("{}.{}", number, k + 1), task.phase,
                       fmt::format("{} {}", task.days, unit), task.start, task.finish, predecessors_of(task, ids),
                       resource_of(plan, task), 2, task.is_milestone, service.name, task.phase});
    }
    hand_on(out, sink);
  }
  sink.write(out);
}

}  // namespace migplan

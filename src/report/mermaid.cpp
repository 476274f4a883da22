#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <set>

#include "gathered_text.hpp"
#include "migplan/report/report.hpp"
#include "timetable_days.hpp"

namespace migplan {
namespace {

// Mermaid reads a line by its first word and cuts it at ":", ";" and "#". What it could take for something else is
// written as a character reference, which it turns back when it draws.
bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || std::string_view(" -_.,()/+").find(c) != std::string_view::npos;
}

bool begins_like_a_statement(std::string_view text) {
  constexpr std::array kWords{
      "gantt",    "dateformat", "axisformat",     "tickinterval",      "includes", "excludes", "todaymarker",
      "weekday",  "weekend",    "title",          "section",           "click",    "href",     "call",
      "acctitle", "accdescr",   "accdescription", "inclusiveenddates", "topaxis"};
  std::string word;
  for (const char c : text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))) {
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  const bool is_date = !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
  return is_date || std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::string label_of(std::string_view text) {
  std::string label;
  const std::string shown = printable(text);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const bool is_kept = is_plain(shown[i]) && (i != 0 || !begins_like_a_statement(shown));
    if (is_kept) {
      label += shown[i];
    } else {
      fmt::format_to(std::back_inserter(label), "#{};", static_cast<int>(shown[i]));
    }
  }
  return label;
}

void append_bar(std::string& out, std::string_view label, std::string_view tags, std::string_view id, Date from,
                Date behind) {
  fmt::format_to(std::back_inserter(out), "    {} :{}{}, {}, {}\n", label, tags, id, from.to_string(),
                 behind.to_string());
}

// Days off that fall on days of the week that are worked on, and the other way round. Ends are given for every bar, so
// mermaid shades these days and stretches nothing.
void append_calendar(std::string& out, const Timetable& plan) {
  constexpr std::array kDays{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  std::set<std::size_t> worked;
  for (const Weekday day : plan.calendar->working_days) worked.insert(static_cast<std::size_t>(day));
  std::string excluded, included;
  const auto add = [](std::string& list, std::string_view item) {
    list += list.empty() ? "" : ", ";
    list += item;
  };
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    if (!worked.contains(day)) add(excluded, kDays[day]);
  }
  const auto [first, last] = span_of(plan);
  Date day = first;
  for (const bool is_working : plan.calendar->working_from(first, last - first + 1)) {
    const bool is_usual = worked.contains(static_cast<std::size_t>(day.weekday()));
    if (is_usual && !is_working) add(excluded, day.to_string());
    if (!is_usual && is_working) add(included, day.to_string());
    day = day_behind(day);
  }
  if (!excluded.empty()) out += "    excludes " + excluded + "\n";
  if (!included.empty()) out += "    includes " + included + "\n";
}

void append_frame(std::string& out, const Timetable& plan) {
  out += "    section Calendar\n";
  const auto [first, last] = span_of(plan);
  std::size_t number = 0;
  for (const Freeze& freeze : plan.calendar->freezes) {
    ++number;
    if (freeze.to < first || freeze.from > last) continue;
    const std::string name = freeze.name.empty() ? fmt::format("no {}", fmt::join(freeze.forbids, ", ")) : freeze.name;
    append_bar(out, label_of(name), "done, ", fmt::format("freeze_{}", number), freeze.from, day_behind(freeze.to));
  }
  append_bar(out, "End", "milestone, ", "end_0", plan.end, plan.end);
}

void append_cutover(std::string& out, std::string_view label, const TimetableService& service,
                    const TimetableTask& task) {
  append_bar(out, label, task.is_critical ? "milestone, crit, " : "milestone, ",
             "cutover_" + identifier_of(service.name), task.start, task.start);
}

// From the first day to the cutover.
void append_service(std::string& out, const Timetable& plan, const TimetableService& service) {
  const std::span tasks = std::span(plan.tasks).subspan(service.first_task, service.task_count);
  const auto cutover =
      std::find_if(tasks.begin(), tasks.end(), [](const TimetableTask& task) { return task.is_milestone; });
  const std::string label = label_of(service.name);
  const bool has_bar = !tasks.empty() && (cutover == tasks.end() || cutover->start > tasks.front().start);
  if (has_bar) {
    const Date behind = cutover == tasks.end() ? day_behind(tasks.back().finish) : cutover->start;
    append_bar(out, label, service.is_critical ? "crit, " : "", "move_" + identifier_of(service.name),
               tasks.front().start, behind);
  }
  if (cutover != tasks.end()) append_cutover(out, label_of(fmt::format("{} cutover", service.name)), service, *cutover);
}

void append_phases(std::string& out, const Timetable& plan, const TimetableService& service) {
  fmt::format_to(std::back_inserter(out), "    section {}\n", label_of(service.name));
  for (std::uint32_t k = 0; k < service.task_count; ++k) {
    const TimetableTask& task = plan.tasks[service.first_task + k];
    if (task.is_milestone) {
      append_cutover(out, label_of(task.phase), service, task);
      continue;
    }
    append_bar(out, label_of(task.phase), task.is_critical ? "crit, " : "",
               fmt::format("phase_{}_{}", k + 1, identifier_of(service.name)), task.start,
               task.days == 0 ? task.start : day_behind(task.finish));
  }
}

}  // namespace

// A Gantt chart: one bar a service up to its cutover, in sections by tier; with phases asked for, a bar a phase, in
// sections by service. Nothing in it moves with the day on which it is drawn.
void write_mermaid(const Report& report, const FormatOptions&, ByteSink& sink) {
  const Timetable plan = report.timetable();
  std::string out = fmt::format(
      "gantt\n    title {}\n    dateFormat YYYY-MM-DD\n    axisFormat %Y-%m\n    tickInterval 1month\n    todayMarker "
      "off\n",
      label_of(plan.title));
  append_calendar(out, plan);
  append_frame(out, plan);
  if (plan.is_by_phase) {
    for (const TimetableService& service : plan.services) {
      append_phases(out, plan, service);
      hand_on(out, sink);
    }
  } else {
    for (std::uint32_t tier = 0; tier < plan.tiers.size(); ++tier) {
      bool is_begun = false;
      for (const TimetableService& service : plan.services) {
        if (service.tier != tier) continue;
        if (!is_begun) out += "    section " + label_of(fmt::format("Tier {}", plan.tiers[tier])) + "\n";
        is_begun = true;
        append_service(out, plan, service);
        hand_on(out, sink);
      }
    }
  }
  sink.write(out);
}

}  // namespace migplan

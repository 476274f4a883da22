#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <set>

#include "gathered_text.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/report/report.hpp"
#include "timetable_days.hpp"

namespace migplan {
namespace {

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

Component component(icalcomponent_kind kind) { return {icalcomponent_new(kind), icalcomponent_free}; }

void add(const Component& to, icalproperty* property) {
  MIGPLAN_ASSERT(property != nullptr);
  icalcomponent_add_property(to.get(), property);
}

// Control characters, which iCalendar cannot hold, become printable; line ends are the library's to escape.
std::string text_of(std::string_view text) {
  std::string out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (from != 0) out += '\n';
    out += printable(text.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

icaltimetype day_of(Date date) {
  std::string digits = date.to_string();
  std::erase(digits, '-');
  return icaltime_from_string(digits.c_str());
}

std::string bytes_of(const Component& made) {
  const std::unique_ptr<char, decltype(&std::free)> text(icalcomponent_as_ical_string_r(made.get()), std::free);
  MIGPLAN_ASSERT(text != nullptr);
  return text.get();
}

constexpr std::string_view kCalendarEnd = "END:VCALENDAR\r\n";

// The calendar without its end, so that events can follow one by one.
std::string calendar_head(const Timetable& plan) {
  const Component calendar = component(ICAL_VCALENDAR_COMPONENT);
  add(calendar, icalproperty_new_version("2.0"));
  add(calendar, icalproperty_new_prodid("-//migplan//schedule//EN"));
  add(calendar, icalproperty_new_calscale("GREGORIAN"));
  icalproperty* const name = icalproperty_new_x(text_of(plan.title).c_str());
  icalproperty_set_x_name(name, "X-WR-CALNAME");  // what Google, Apple and Outlook call the calendar
  add(calendar, name);
  std::string head = bytes_of(calendar);
  MIGPLAN_ASSERT(head.ends_with(kCalendarEnd));
  head.resize(head.size() - kCalendarEnd.size());
  return head;
}

struct Event {
  std::string uid, summary, description;
  Date first, last;  // both included
  std::vector<std::string> categories;
  bool is_important = false;
};

std::string bytes_of(const Event& event, const Timetable& plan) {
  const Component made = component(ICAL_VEVENT_COMPONENT);
  add(made, icalproperty_new_uid(text_of(event.uid + "@migplan").c_str()));
  // RFC 5545 wants the time at which the event was last revised, which only the clock knows, and no output of ours
  // carries a time that was not given. The day that the plan was made for is the nearest thing to it: a later plan has
  // a later --as-of, and its events replace the earlier ones of the same UID.
  icaltimetype stamp = day_of(plan.made_for);
  stamp.is_date = 0;
  stamp.zone = icaltimezone_get_utc_timezone();
  add(made, icalproperty_new_dtstamp(stamp));
  add(made, icalproperty_new_dtstart(day_of(event.first)));
  add(made, icalproperty_new_dtend(day_of(day_behind(event.last))));
  add(made, icalproperty_new_summary(text_of(event.summary).c_str()));
  if (!event.description.empty()) add(made, icalproperty_new_description(text_of(event.description).c_str()));
  // The library takes commas for the end of a category, and escapes nothing in it.
  for (std::string category : event.categories) {
    std::replace_if(
        category.begin(), category.end(), [](char c) { return c == ',' || c == ';' || c == '\\'; }, ' ');
    add(made, icalproperty_new_categories(text_of(category).c_str()));
  }
  add(made, icalproperty_new_priority(event.is_important ? 1 : 5));
  // Whoever subscribes to the calendar is not busy all day because of it.
  add(made, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  return bytes_of(made);
}

std::string days_of(const TimetableTask& task) {
  return task.start == task.finish ? task.start.to_string()
                                   : fmt::format("{} to {}", task.start.to_string(), task.finish.to_string());
}

std::string description_of(const Timetable& plan, const TimetableService& service) {
  std::string text;
  if (!service.display_name.empty()) text += fmt::format("{}\n", service.display_name);
  text += fmt::format("Tier {}, route {}", plan.tiers[service.tier], service.route);
  if (!service.team.empty()) text += fmt::format(", team {}", service.team);
  if (plan.is_by_phase) return text;
  for (std::uint32_t k = 0; k < service.task_count; ++k) {
    const TimetableTask& task = plan.tasks[service.first_task + k];
    text += fmt::format("\n{}: {}", task.phase, days_of(task));
  }
  return text;
}

Event event_of(const Timetable& plan, const TimetableTask& task) {
  const TimetableService& service = plan.services[task.service];
  return {.uid = fmt::format("{}.{}", service.name, task.phase),
          .summary = fmt::format("{}: {}", service.name, task.phase),
          .description = description_of(plan, service),
          .first = task.start,
          .last = task.finish,
          .categories = {std::string(task.phase), fmt::format("Tier {}", plan.tiers[service.tier])},
          .is_important = task.is_milestone};
}

// Freezes that touch the plan; what is listed twice is one event, because a UID stands for one.
void append_freezes(std::string& out, const Timetable& plan) {
  const auto [first, last] = span_of(plan);
  std::set<std::string> known;
  for (const Freeze& freeze : plan.calendar->freezes) {
    if (freeze.to < first || freeze.from > last) continue;
    const std::string forbidden = fmt::format("{}", fmt::join(freeze.forbids, ", "));
    Event event{.uid = fmt::format("freeze.{}.{}.{}", freeze.from.to_string(), freeze.to.to_string(),
                                   fmt::join(freeze.forbids, ".")),
                .summary = freeze.name.empty() ? "Freeze" : fmt::format("Freeze: {}", freeze.name),
                .description = forbidden.empty() ? "" : fmt::format("Forbidden: {}", forbidden),
                .first = freeze.from,
                .last = freeze.to,
                .categories = {"freeze"}};
    if (known.insert(event.uid).second) out += bytes_of(event, plan);
  }
}

}  // namespace

// RFC 5545. A calendar is looked at a month at a time: it shows the cutovers, and what is forbidden when; with phases
// asked for, each phase is an event.
void write_ics(const Report& report, const FormatOptions&, ByteSink& sink) {
  const Timetable plan = report.timetable();
  std::string out = calendar_head(plan);
  append_freezes(out, plan);
  const Event end{.uid = "end",
                  .summary = "End of the programme",
                  .description = {},
                  .first = plan.end,
                  .last = plan.end,
                  .categories = {"end"},
                  .is_important = true};
  out += bytes_of(end, plan);
  for (const TimetableTask& task : plan.tasks) {
    if (!plan.is_by_phase && !task.is_milestone) continue;
    out += bytes_of(event_of(plan, task), plan);
    hand_on(out, sink);
  }
  out += kCalendarEnd;
  sink.write(out);
}

}  // namespace migplan

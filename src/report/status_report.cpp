#include <algorithm>
#include <optional>
#include <utility>

#include "migplan/report/status_view.hpp"
#include "status_tables.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

struct TierCounts {
  std::size_t services = 0, done = 0, active = 0, waiting = 0;
};

// What is said of a programme as a whole.
struct Summary {
  TierCounts all;
  std::vector<TierCounts> tiers;
  std::size_t undated = 0;  // services that have begun, or are over, without dates
  std::size_t slipped = 0;  // services with a slip
  std::int32_t worst = 0;   // of the slips, in days
  std::size_t overdue = 0;  // events
  std::optional<DueEvent> next{};
  std::optional<Date> planned_last{}, expected_last{};  // cutovers
  EarnedValue value;
};

void count(const ServiceStatus& service, TierCounts& counts) {
  ++counts.services;
  if (service.state == WorkState::Done) ++counts.done;
  if (service.state == WorkState::Active) ++counts.active;
  if (service.state == WorkState::Waiting) ++counts.waiting;
}

bool is_undated(const ProgrammeStatus& status, const ServiceStatus& service) {
  const auto phases = status.phases(service);
  return !service.migration ||
         std::any_of(phases.begin(), phases.end(), [](const PhaseStatus& phase) { return phase.is_undated; });
}

void take_later(std::optional<Date>& last, const std::optional<Date>& day) {
  if (day && (!last || *day > *last)) last = day;
}

Summary summary_of(const ProgrammeStatus& status, const std::vector<Slip>& slips, const std::vector<DueEvent>& events) {
  Summary summary;
  summary.tiers.resize(status.card().policy().tiers().size());
  for (const ServiceStatus& service : status.services()) {
    count(service, summary.all);
    count(service, summary.tiers[status.card()[service.service].tier]);
    if (is_undated(status, service)) ++summary.undated;
    if (!service.migration) continue;
    const PhaseStatus& cutover = status.cutover(service);
    take_later(summary.planned_last, cutover.planned_start);
    if (!cutover.is_undated) take_later(summary.expected_last, cutover.start);
  }
  for (std::size_t i = 0; i < slips.size(); ++i) {
    if (i == 0 || slips[i].service != slips[i - 1].service) ++summary.slipped;
    summary.worst = std::max(summary.worst, slips[i].days());
  }
  for (const DueEvent& event : events) {
    if (event.late_days > 0) {
      ++summary.overdue;
    } else if (!summary.next) {
      summary.next = event;
    }
  }
  summary.value = earned_value(status);
  return summary;
}

// Earned over planned value, in hundredths.
Value performance(const EarnedValue& value) {
  if (value.planned == 0) return {};
  return Number{(value.earned * 200 + value.planned) / (2 * value.planned), 2};
}

std::optional<std::int32_t> last_late(const ProgrammeStatus& status, const Summary& summary) {
  if (!summary.planned_last || !summary.expected_last) return std::nullopt;
  return status.start_late(*summary.planned_last, *summary.expected_last);
}

Text days_words(std::int32_t days) { return counted(days, "{} working day", "{} working days"); }

Text counts_line(const ProgrammeStatus& status, const Summary& summary) {
  std::vector<Text> tiers;
  for (std::size_t t = 0; t < summary.tiers.size(); ++t) {
    const TierCounts& counts = summary.tiers[t];
    if (counts.services == 0) continue;
    tiers.push_back(say("{} {}/{}/{}", Text::perhaps(status.card().policy().tiers()[t].name), counts.done,
                        counts.active, counts.waiting));
  }
  const Text line = say("{}: {} of {} services cut over, {} under way, {} waiting", status.as_of().to_string(),
                        summary.all.done, summary.all.services, summary.all.active, summary.all.waiting);
  return tiers.empty() ? say("{}.", line) : say("{} ({}).", line, Text::joined(std::move(tiers), ", "));
}

Text value_line(const Summary& summary) {
  const EarnedValue& value = summary.value;
  if (value.planned == 0 && value.earned == 0) {
    return say("No work was to be over yet, of {} resource-days in all.", value.total);
  }
  Text standing = "On plan";
  if (value.behind_days > 0) standing = say("{} behind the plan", days_words(value.behind_days));
  if (value.behind_days < 0) standing = say("{} ahead of the plan", days_words(-value.behind_days));
  std::string index;
  append_plain(index, performance(value));
  return say("{}: {} resource-days of work are done, {} were to be (SPI {}), {} in all.", standing, value.earned,
             value.planned, index, value.total);
}

Text last_line(const ProgrammeStatus& status, const Summary& summary) {
  const auto late = last_late(status, summary);
  if (!late) return {};
  Text against = "as planned";
  const std::string planned = summary.planned_last->to_string(), expected = summary.expected_last->to_string();
  if (*late > 0) against = say("{} later than planned, {}", days_words(*late), planned);
  if (*late < 0) against = say("{} earlier than planned, {}", days_words(-*late), planned);
  return summary.all.done == summary.all.services ? say("Last cutover was on {}, {}.", expected, against)
                                                  : say("Last cutover expected on {}, {}.", expected, against);
}

Text slips_line(const Summary& summary) {
  if (summary.slipped == 0) return "No slips.";
  if (summary.worst <= 0) return say("Slips: {} of {} services, all made up.", summary.slipped, summary.all.services);
  return say("Slips: {} of {} services, the greatest {}.", summary.slipped, summary.all.services,
             days_words(summary.worst));
}

Text due_line(const ProgrammeStatus& status, const Summary& summary, Date last) {
  Text line = summary.overdue == 0 ? say("Nothing is due up to {}.", last.to_string())
                                   : say("Nothing else is due up to {}.", last.to_string());
  if (summary.next) {
    line = say("Next due: {} on {}.", words_of(status, *summary.next), summary.next->planned.to_string());
  }
  if (summary.overdue > 0) line += say(" {} overdue.", summary.overdue);
  return line;
}

std::vector<Text> headlines(const ProgrammeStatus& status, const Summary& summary, Date last) {
  std::vector<Text> lines{counts_line(status, summary)};
  if (summary.value.total > 0) lines.push_back(value_line(summary));
  if (Text line = last_line(status, summary); !line.empty()) lines.push_back(std::move(line));
  lines.push_back(slips_line(summary));
  lines.push_back(due_line(status, summary, last));
  return lines;
}

std::vector<Text> notes(const StatusView& view, const Summary& summary) {
  std::vector<Text> notes;
  if (view.schedule_file.empty() && summary.all.services > 0) {
    notes.emplace_back("No schedule was given: the plan is the one that schedule makes as if nothing had begun.");
  }
  const Date start = view.status->card().policy().schedule().start;
  if (view.status->as_of() < start) notes.push_back(say("The programme begins on {}.", start.to_string()));
  if (summary.undated > 0) {
    notes.push_back(
        counted(summary.undated,
                "{} service has begun, or is over, without dates under progress: of what nobody wrote down, "
                "nothing is said to be late.",
                "{} services have begun, or are over, without dates under progress: of what nobody wrote down, "
                "nothing is said to be late."));
  }
  return notes;
}

Value tiers_value(const ProgrammeStatus& status, const Summary& summary) {
  List tiers;
  for (std::size_t t = 0; t < summary.tiers.size(); ++t) {
    const TierCounts& counts = summary.tiers[t];
    tiers.emplace_back(Object{{"tier", std::string_view(status.card().policy().tiers()[t].name)},
                              {"services", count_value(counts.services)},
                              {"done", count_value(counts.done)},
                              {"active", count_value(counts.active)},
                              {"waiting", count_value(counts.waiting)}});
  }
  return tiers;
}

Value next_value(const ProgrammeStatus& status, const Summary& summary) {
  if (!summary.next) return {};
  const DueEvent& event = *summary.next;
  const ServiceStatus& service = status.services()[event.service];
  return Object{{"service", status.card().inventory()[service.service].name},
                {"phase", status.phases(service)[event.phase].phase->name},
                {"event", word_value(name_of(event.kind))},
                {"planned", event.planned.to_string()}};
}

Object summary_object(const ProgrammeStatus& status, const Summary& summary) {
  const auto date = [](const std::optional<Date>& day) { return day ? Value(day->to_string()) : Value{}; };
  const auto late = last_late(status, summary);
  return {{"services", count_value(summary.all.services)},
          {"done", count_value(summary.all.done)},
          {"active", count_value(summary.all.active)},
          {"waiting", count_value(summary.all.waiting)},
          {"tiers", tiers_value(status, summary)},
          {"slipped", count_value(summary.slipped)},
          {"undated", count_value(summary.undated)},
          {"overdue", count_value(summary.overdue)},
          {"planned_work", Number{summary.value.planned, 0}},
          {"done_work", Number{summary.value.earned, 0}},
          {"total_work", Number{summary.value.total, 0}},
          {"spi", performance(summary.value)},
          {"behind_days", Number{summary.value.behind_days, 0}},
          {"planned_last_cutover", date(summary.planned_last)},
          {"expected_last_cutover", date(summary.expected_last)},
          {"last_cutover_late_days", late ? Value(Number{*late, 0}) : Value{}},
          {"next_due", next_value(status, summary)}};
}

}  // namespace

Result<Report> status_report(const StatusView& view, const TableChoice& choice) {
  const ProgrammeStatus& status = *view.status;
  const Date last = last_due_day(status, view.days);
  std::vector<Slip> late = slips(status);
  const std::vector<DueEvent> events = due_events(status, last);
  const Summary summary = summary_of(status, late, events);
  auto chosen = chosen_tables(
      {status_overview_table(status), burn_up_table(burn_up(status, view.step), view.step),
       slips_table(status, std::move(late)), due_table(status, events, say("Due up to {}", last.to_string()))},
      choice);
  if (!chosen.is_ok()) return std::move(chosen).issues();
  Report report{.document = {{"schema", "migplan/status/v1"}}, .tables = {}, .notes = notes(view, summary)};
  Object& document = report.document;
  document.emplace_back("as_of", status.as_of().to_string());
  document.emplace_back("schedule_file", text_or_null(view.schedule_file));
  document.emplace_back("by", word_value(name_of(view.step)));
  document.emplace_back("due_until", last.to_string());
  document.emplace_back("summary", summary_object(status, summary));
  for (const auto& table : chosen.value()) {
    report.tables.push_back(table);
    document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
  }
  report.headlines = headlines(status, summary, last);
  return report;
}

}  // namespace migplan

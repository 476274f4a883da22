#include "status_tables.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "row_columns.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

Value date_or_null(const std::optional<Date>& day) { return day ? Value(day->to_string()) : Value{}; }
Value days_or_null(const std::optional<std::int32_t>& days) { return days ? Value(Number{*days, 0}) : Value{}; }
Tone tone_of_days(std::int32_t late) noexcept { return late > 0 ? Tone::Alert : late < 0 ? Tone::Calm : Tone::Plain; }

// A service of the overview.
struct Row {
  const ProgrammeStatus* status;
  const ServiceStatus* own;

  [[nodiscard]] const Scorecard& card() const { return status->card(); }
  [[nodiscard]] const Service& service() const { return card().inventory()[own->service]; }
  [[nodiscard]] std::string_view tier() const { return card().policy().tiers()[card()[own->service].tier].name; }
  [[nodiscard]] const PhaseStatus* cutover() const { return own->migration ? &status->cutover(*own) : nullptr; }
  [[nodiscard]] const PhaseStatus* current() const { return status->current(*own); }
  [[nodiscard]] std::optional<Date> planned_start() const {
    const auto phases = status->phases(*own);
    const auto first =
        std::find_if(phases.begin(), phases.end(), [](const PhaseStatus& p) { return p.planned_start.has_value(); });
    return first == phases.end() ? std::nullopt : first->planned_start;
  }
  [[nodiscard]] std::optional<Date> planned_cutover() const {
    return cutover() != nullptr ? cutover()->planned_start : std::nullopt;
  }
  // Actual or expected.
  [[nodiscard]] std::optional<Date> actual_cutover() const {
    return cutover() != nullptr && !cutover()->is_undated ? std::optional(cutover()->start) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::int32_t> late_days() const {
    const auto planned = planned_cutover(), actual = actual_cutover();
    return planned && actual ? std::optional(status->start_late(*planned, *actual)) : std::nullopt;
  }
};

// As one word, the way the programme writes it.
Text tier_and_state(const Row& row) {
  const Text tier = Text::perhaps(row.tier());
  return row.service().status ? say("{}-{}", tier, Text::word(name_of(*row.service().status))) : tier;
}

Text now_words(const Row& row) {
  const PhaseStatus* const current = row.current();
  if (current == nullptr) return "over";
  Text name = Text::perhaps(current->phase->name);
  if (current->state == WorkState::Waiting) return say("{} on {}", name, current->start.to_string());
  if (current->is_undated) return name;
  return say("{} since {}", name, current->start.to_string());
}

void add_plan(RowColumns<Row>& columns) {
  columns.text("window", "window", Shown::Always, [](const Row& r) -> Value {
    const auto day = r.planned_cutover();
    return day ? Value(Quarter::of(*day).to_string()) : Value{};
  });
  columns.text("start", "start", Shown::Always, [](const Row& r) { return date_or_null(r.planned_start()); });
  columns.text("cutover", "cutover", Shown::Always, [](const Row& r) { return date_or_null(r.planned_cutover()); });
  columns.text("now", "now or next", Shown::Always, [](const Row& r) -> Value { return now_words(r); });
  columns.text("expected_cutover", "actual or expected", Shown::Always,
               [](const Row& r) { return date_or_null(r.actual_cutover()); });
  columns.number("late_days", "late", Shown::Always, [](const Row& r) { return days_or_null(r.late_days()); }).tone =
      columns.of([](const Row& r) { return tone_of_days(r.late_days().value_or(0)); });
}

void add_facts(RowColumns<Row>& columns) {
  columns.text("progress", "progress", Shown::InData,
               [](const Row& r) -> Value { return word_value(name_of(r.own->state)); });
  columns.text("phase", "phase", Shown::InData, [](const Row& r) -> Value {
    return r.current() != nullptr ? perhaps_word(r.current()->phase->name) : Value{};
  });
  columns.text("phase_start", "phase start", Shown::InData, [](const Row& r) -> Value {
    return r.current() != nullptr && !r.current()->is_undated ? Value(r.current()->start.to_string()) : Value{};
  });
  columns.text("phase_finish", "phase finish", Shown::InData, [](const Row& r) -> Value {
    return r.current() != nullptr && !r.current()->is_undated ? Value(r.current()->finish.to_string()) : Value{};
  });
  columns.text("committed_window", "promised", Shown::InData, [](const Row& r) -> Value {
    const auto& window = details_of(r.service()).committed_window;
    return window ? Value(window->to_string()) : Value{};
  });
  columns.text("domain", "domain", Shown::InData, [](const Row& r) { return text_or_null(r.service().domain); });
  columns.text("team", "team", Shown::InData, [](const Row& r) { return text_or_null(r.service().team); });
  columns.text("owner", "owner", Shown::InData,
               [](const Row& r) { return text_or_null(profile_of(r.service()).owner); });
}

// A slip with what it is about.
struct SlipRow {
  const ProgrammeStatus* status;
  Slip slip;

  [[nodiscard]] const ServiceStatus& service() const { return status->services()[slip.service]; }
  [[nodiscard]] const PhaseStatus& phase() const { return status->phases(service())[slip.phase]; }
  [[nodiscard]] std::string_view name() const { return status->card().inventory()[service().service].name; }
};

Text words_of(const ProgrammeStatus& status, ActivityIndex activity) {
  const Programme& programme = status.expected().programme();
  return say("{} of {}", Text::perhaps(status.phase_of(activity).phase->name),
             programme.name_of(programme.migrations()[programme.owner_of(activity).migration]));
}

Text predecessor_words(const ProgrammeStatus& status, ActivityIndex activity) {
  const PhaseStatus& phase = status.phase_of(activity);
  Text words = words_of(status, activity);
  if (!phase.planned_finish || phase.is_undated) return words;
  const std::int32_t late = status.finish_late(*phase.planned_finish, phase.finish);
  return late > 0 ? say("{}, {} late", words, late) : words;
}

Text resource_words(const ProgrammeStatus& status, const SlipPart& part) {
  const std::string& resource = status.expected().programme().resources()[*part.resource].name;
  if (!part.activity) return say("no {} before", Text::perhaps(resource));
  return say("{}, held by {}", Text::perhaps(resource), words_of(status, *part.activity));
}

Text duration_words(const SlipRow& row) {
  const PhaseStatus& phase = row.phase();
  const bool is_calendar = phase.phase->rule->unit == DayKind::Calendar;
  const auto days = [&](Date from, Date to) {
    return is_calendar ? to - from + 1 : row.status->working().count(from, to);
  };
  const Date finish = phase.finished.value_or(row.status->as_of());
  const auto taken = days(*phase.started, finish), planned = days(*phase.planned_start, *phase.planned_finish);
  return is_calendar ? say("{} calendar days, planned {}", taken, planned)
                     : say("{} working days, planned {}", taken, planned);
}

Value what_value(const SlipRow& row, const SlipPart& part) {
  const Programme& programme = row.status->expected().programme();
  switch (part.cause) {
    case SlipCause::Predecessor: return predecessor_words(*row.status, *part.activity);
    case SlipCause::TierGate: {
      const auto& group = programme.groups()[programme.migrations()[*row.service().migration].group];
      const Tier& tier = programme.card().policy().tiers()[group.tier];
      return say("{} from {}", Text::perhaps(tier.name), tier.not_before->to_string());
    }
    case SlipCause::Pin: return say("to {}", row.phase().start.to_string());
    case SlipCause::Freeze:
      if (part.freeze == nullptr) return {};
      return say("{} {} to {}", part.freeze->name.empty() ? Text("freeze") : Text::perhaps(part.freeze->name),
                 part.freeze->from.to_string(), part.freeze->to.to_string());
    case SlipCause::Resource: return resource_words(*row.status, part);
    case SlipCause::Unexplained: return {};
    case SlipCause::Duration: return duration_words(row);
    case SlipCause::DaysOff: return Text("as many calendar days as planned");
    case SlipCause::Undated: return Text("progress does not say when it began");
  }
  return {};
}

Value causes_value(const SlipRow& row) {
  List causes;
  for (const SlipPart& part : row.slip.parts) {
    causes.emplace_back(Object{
        {"cause", word_value(name_of(part.cause))}, {"days", Number{part.days, 0}}, {"what", what_value(row, part)}});
  }
  return causes;
}

Text causes_words(const SlipRow& row) {
  std::vector<Text> words;
  for (const SlipPart& part : row.slip.parts) words.push_back(say("{} {}", Text::word(name_of(part.cause)), part.days));
  return Text::joined(std::move(words), ", ");
}

void add_dates(RowColumns<SlipRow>& columns) {
  columns.text("planned_start", "planned start", Shown::Always,
               [](const SlipRow& r) { return date_or_null(r.phase().planned_start); });
  columns.text("start", "began", Shown::Always, [](const SlipRow& r) { return date_or_null(r.phase().started); });
  columns.number("start_late_days", "late", Shown::Always,
                 [](const SlipRow& r) { return days_or_null(r.slip.start_late); });
  columns.text("planned_finish", "planned finish", Shown::Always,
               [](const SlipRow& r) { return date_or_null(r.phase().planned_finish); });
  columns.text("finish", "over", Shown::Always, [](const SlipRow& r) { return date_or_null(r.phase().finished); });
  columns.number("finish_late_days", "late", Shown::Always,
                 [](const SlipRow& r) { return days_or_null(r.slip.finish_late); });
}

// An event that is due.
struct DueRow {
  const ProgrammeStatus* status;
  DueEvent event;

  [[nodiscard]] const ServiceStatus& own() const { return status->services()[event.service]; }
  [[nodiscard]] const Service& service() const { return status->card().inventory()[own().service]; }
  [[nodiscard]] std::string_view phase() const { return status->phases(own())[event.phase].phase->name; }
};

}  // namespace

std::shared_ptr<Table> status_overview_table(const ProgrammeStatus& status) {
  const Scorecard& card = status.card();
  std::vector<const ServiceStatus*> by_service(card.inventory().size());
  for (const ServiceStatus& service : status.services()) by_service[service.service] = &service;
  std::vector<Row> rows;
  for (const ServiceIndex i : ranking(card)) rows.push_back({&status, by_service[i]});
  RowColumns<Row> columns(std::move(rows));
  columns.text("name", "service", Shown::Always, [](const Row& r) -> Value { return r.service().name; }).tone =
      [](std::size_t) { return Tone::Strong; };
  columns
      .text("tier_and_state", "tier and state", Shown::Always, [](const Row& r) -> Value { return tier_and_state(r); })
      .tone = columns.of([](const Row& r) { return tone_of_tier(r.card()[r.own->service].tier); });
  columns.text("tier", "tier", Shown::InData, [](const Row& r) -> Value { return r.tier(); });
  columns.text("state", "state", Shown::InData, [](const Row& r) -> Value {
    return r.service().status ? word_value(name_of(*r.service().status)) : Value{};
  });
  columns.number("sla_30d", "sla 30d", Shown::Always, [](const Row& r) -> Value {
    const auto& sla = r.service().impact.sla_30d;
    return sla.is_known() ? trimmed_number({sla.value().steps(), Percent::kDecimals}) : Value{};
  });
  columns.number("downstream", "downstream", Shown::Always, [](const Row& r) -> Value {
    const FactSheet sheet = r.card().sheet(r.own->service);
    const auto& entry = sheet[FactId::DownstreamStrong];
    return entry.is_known() ? Value(Number{entry.steps, 0}) : Value{};
  });
  add_plan(columns);
  add_facts(columns);
  return columns.table("overview", "Where each service stands, by score");
}

std::shared_ptr<Table> burn_up_table(std::vector<BurnUpPoint> points, BurnUpStep step) {
  RowColumns<BurnUpPoint> columns(std::move(points));
  using Point = BurnUpPoint;
  const auto count_or_null = [](const std::optional<std::size_t>& count) {
    return count ? count_value(*count) : Value{};
  };
  const auto work_or_null = [](const std::optional<std::int64_t>& work) {
    return work ? Value(Number{*work, 0}) : Value{};
  };
  columns.text("date", "up to", Shown::Always, [](const Point& p) -> Value { return p.day.to_string(); });
  columns.number("planned", "planned", Shown::Always, [](const Point& p) { return count_value(p.planned); });
  columns.number("done", "done", Shown::Always, [=](const Point& p) { return count_or_null(p.done); });
  columns.number("expected", "expected", Shown::Always, [=](const Point& p) { return count_or_null(p.expected); });
  columns.number("planned_work", "planned work", Shown::Always, [](const Point& p) -> Value {
    return Number{p.planned_work, 0};
  });
  columns.number("done_work", "done work", Shown::Always, [=](const Point& p) { return work_or_null(p.done_work); });
  columns.number("expected_work", "expected work", Shown::Always,
                 [=](const Point& p) { return work_or_null(p.expected_work); });
  return columns.table("burn_up", say("Cutovers and work, by {}", Text::word(name_of(step))));
}

std::shared_ptr<Table> slips_table(const ProgrammeStatus& status, std::vector<Slip> slips) {
  const auto order = [&status](const Slip& slip) {
    const ServiceStatus& service = status.services()[slip.service];
    return std::tuple(-slip.days(), *status.phases(service)[slip.phase].planned_start, slip.service, slip.phase);
  };
  std::sort(slips.begin(), slips.end(), [order](const Slip& a, const Slip& b) { return order(a) < order(b); });
  std::vector<SlipRow> rows;
  rows.reserve(slips.size());
  for (Slip& slip : slips) rows.push_back({&status, std::move(slip)});
  RowColumns<SlipRow> columns(std::move(rows));
  columns.text("service", "service", Shown::Always, [](const SlipRow& r) -> Value { return r.name(); }).tone =
      [](std::size_t) { return Tone::Strong; };
  columns.text("phase", "phase", Shown::Always, [](const SlipRow& r) { return perhaps_word(r.phase().phase->name); });
  columns.text("state", "state", Shown::InData,
               [](const SlipRow& r) -> Value { return word_value(name_of(r.phase().state)); });
  add_dates(columns);
  columns.number("late_days", "late", Shown::InData, [](const SlipRow& r) -> Value {
    return Number{r.slip.days(), 0};
  });
  columns.text("cause", "cause", Shown::Always,
               [](const SlipRow& r) -> Value { return word_value(name_of(r.slip.main().cause)); });
  columns.text("what", "what", Shown::Always, [](const SlipRow& r) { return what_value(r, r.slip.main()); });
  columns.text("causes", "days by cause", Shown::Always, causes_value).words = columns.of(causes_words);
  return columns.table("slips", "Slips in working days, the greatest first");
}

std::shared_ptr<Table> due_table(const ProgrammeStatus& status, const std::vector<DueEvent>& events, Text title) {
  std::vector<DueRow> rows;
  rows.reserve(events.size());
  for (const DueEvent& event : events) rows.push_back({&status, event});
  RowColumns<DueRow> columns(std::move(rows));
  columns.text("planned", "planned", Shown::Always,
               [](const DueRow& r) -> Value { return r.event.planned.to_string(); });
  columns.text("event", "what", Shown::Always,
               [](const DueRow& r) -> Value { return word_value(name_of(r.event.kind)); });
  columns.text("service", "service", Shown::Always, [](const DueRow& r) -> Value { return r.service().name; }).tone =
      [](std::size_t) { return Tone::Strong; };
  columns.text("phase", "phase", Shown::Always, [](const DueRow& r) { return perhaps_word(r.phase()); });
  columns.text("expected", "expected", Shown::Always,
               [](const DueRow& r) -> Value { return r.event.expected.to_string(); });
  columns
      .number("overdue_days", "overdue", Shown::Always,
              [](const DueRow& r) -> Value {
                return Number{r.event.late_days, 0};
              })
      .tone = columns.of([](const DueRow& r) { return tone_of_days(r.event.late_days); });
  columns.text("tier", "tier", Shown::InData, [](const DueRow& r) -> Value {
    return std::string_view(r.status->card().policy().tiers()[r.status->card()[r.own().service].tier].name);
  });
  columns.text("team", "team", Shown::InData, [](const DueRow& r) { return text_or_null(r.service().team); });
  columns.text("owner", "owner", Shown::InData,
               [](const DueRow& r) { return text_or_null(profile_of(r.service()).owner); });
  return columns.table("due", std::move(title));
}

Text words_of(const ProgrammeStatus& status, const DueEvent& event) {
  const DueRow row{&status, event};
  const Text phase = Text::perhaps(row.phase());
  if (event.kind == DueKind::Cutover) return say("{} of {}", phase, row.service().name);
  return event.kind == DueKind::Begin ? say("begin {} of {}", phase, row.service().name)
                                      : say("finish {} of {}", phase, row.service().name);
}

}  // namespace migplan

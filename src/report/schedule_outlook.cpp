// What may become of a plan: lateness and remedies, risk, other scenarios, moves from an earlier plan.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "schedule_columns.hpp"
#include "schedule_tables.hpp"
#include "table_choice.hpp"

namespace migplan {

using namespace schedule_view;

namespace {

Text message_of(const Programme& programme, const Proof& proof) {
  const auto resource = [&] { return programme.resources()[*proof.resource].name; };
  const auto service = [&] { return programme.name_of(programme.migrations()[*proof.migration]); };
  switch (proof.kind) {
    case ProofKind::Chain:
      return say("{} cannot be over before {}: its phases, gates and what it waits for take that long", service(),
                 proof.to.to_string());
    case ProofKind::Energy:
      return say("{}: {} days of work must be done between {} and {}, {} are there", resource(), proof.needed,
                 proof.from.to_string(), proof.to.to_string(), proof.available);
    case ProofKind::Never:
      return say("{} needs {} of {}, on no day there is more than {}", service(), proof.needed, resource(),
                 proof.available);
  }
  return {};
}

Text message_of(const Remedy& remedy) {
  const Text known = remedy.is_proven ? "proven: nothing less does it" : "the least found, not proven";
  switch (remedy.kind) {
    case RemedyKind::Capacity: return say("{} {} instead of {} ({})", remedy.resource, remedy.to, remedy.from, known);
    case RemedyKind::Drop: return say("without {} ({})", joined_names(remedy.services), known);
    case RemedyKind::End: return say("the end on {} ({})", remedy.end->to_string(), known);
  }
  return {};
}

template <class T>
Value null_or(bool is_there, T value) {
  return is_there ? Value(value) : Value{};
}

Object proof_object(const Programme& programme, const Proof& proof) {
  Object object;
  object.emplace_back("kind", migplan::name_of(proof.kind));
  object.emplace_back("resource",
                      proof.resource ? Value(std::string_view(programme.resources()[*proof.resource].name)) : Value{});
  object.emplace_back("service",
                      proof.migration ? Value(programme.name_of(programme.migrations()[*proof.migration])) : Value{});
  object.emplace_back("from", null_or(proof.kind == ProofKind::Energy, proof.from.to_string()));
  object.emplace_back("to", null_or(proof.kind != ProofKind::Never, proof.to.to_string()));
  object.emplace_back("needed", null_or(proof.kind != ProofKind::Chain, Number{proof.needed, 0}));
  object.emplace_back("available", null_or(proof.kind != ProofKind::Chain, Number{proof.available, 0}));
  object.emplace_back("message", message_of(programme, proof));
  return object;
}

Object remedy_object(const Remedy& remedy) {
  const bool is_capacity = remedy.kind == RemedyKind::Capacity;
  List services;
  for (const std::string& name : remedy.services) services.emplace_back(std::string_view(name));
  Object object;
  object.emplace_back("kind", migplan::name_of(remedy.kind));
  object.emplace_back("resource", null_or(is_capacity, std::string_view(remedy.resource)));
  object.emplace_back("from", null_or(is_capacity, Number{remedy.from, 0}));
  object.emplace_back("to", null_or(is_capacity, Number{remedy.to, 0}));
  object.emplace_back("services", remedy.kind == RemedyKind::Drop ? Value(std::move(services)) : Value{});
  object.emplace_back("end", remedy.end ? Value(remedy.end->to_string()) : Value{});
  object.emplace_back("proven", remedy.is_proven);
  object.emplace_back("message", message_of(remedy));
  return object;
}

Object violation_object(const Violation& violation) {
  Object object;
  object.emplace_back("rule", migplan::name_of(violation.rule));
  object.emplace_back("service", text_or_null(violation.service));
  object.emplace_back("phase", text_or_null(violation.phase));
  object.emplace_back("day", violation.day ? Value(violation.day->to_string()) : Value{});
  object.emplace_back("message", violation.message);
  return object;
}

// In 1e-4.
Value share_value(std::uint32_t count, std::uint32_t of) {
  return of == 0 ? Value{} : Value(Number{(std::int64_t{count} * 10'000 + of / 2) / of, 4});
}

struct Month {
  std::string name;  // 2025-03
  std::uint32_t count = 0, so_far = 0;
};

std::vector<Month> months_of(const Plan& plan, const Risk& risk) {
  std::map<std::string, std::uint32_t> counts;
  constexpr std::size_t kYearAndMonth = 7;
  for (const Day day : risk.finishes) ++counts[plan.programme().date_of(day).to_string().substr(0, kYearAndMonth)];
  std::vector<Month> months;
  months.reserve(counts.size());
  std::uint32_t so_far = 0;
  for (const auto& [name, count] : counts) months.push_back({name, count, so_far += count});
  return months;
}

Object quantiles_object(const Plan& plan, const Quantiles& days) {
  return {
      {"p50", date_value(plan, days.p50)}, {"p80", date_value(plan, days.p80)}, {"p95", date_value(plan, days.p95)}};
}

}  // namespace

Object infeasible_object(const Programme& programme, const Infeasibility& infeasible) {
  List broken, proofs, late, remedies;
  for (const Proof& proof : infeasible.proofs) proofs.emplace_back(proof_object(programme, proof));
  for (const std::string& name : infeasible.late) late.emplace_back(std::string_view(name));
  for (const Remedy& remedy : infeasible.remedies) remedies.emplace_back(remedy_object(remedy));
  for (const Violation& violation : infeasible.broken) broken.emplace_back(violation_object(violation));
  Object object;
  object.emplace_back("broken", std::move(broken));
  object.emplace_back("proofs", std::move(proofs));
  object.emplace_back("late", std::move(late));
  object.emplace_back("remedies", std::move(remedies));
  return object;
}

std::vector<Text> infeasible_notes(const Programme& programme, const Infeasibility& infeasible) {
  constexpr std::ptrdiff_t kShown = 12;
  std::vector<Text> notes;
  for (const Violation& violation : infeasible.broken) {
    notes.push_back(say("Pins and progress cannot be kept without breaking a rule: {}: {}{}{}: {}",
                        name_of(violation.rule), violation.service, Text::verbatim(violation.phase.empty() ? "" : " "),
                        Text::perhaps(violation.phase), violation.message));
  }
  if (infeasible.late.empty() && infeasible.proofs.empty()) return notes;
  for (const Proof& proof : infeasible.proofs) {
    notes.push_back(say("No plan meets the end: {}.", message_of(programme, proof)));
  }
  if (infeasible.proofs.empty()) notes.emplace_back("It is not proven that no plan meets the end.");
  if (!infeasible.late.empty()) {
    const auto shown = std::min(kShown, std::ssize(infeasible.late));
    Text names = joined_names(std::span(infeasible.late).first(static_cast<std::size_t>(shown)));
    if (std::ssize(infeasible.late) > shown) names += say(" and {} more", std::ssize(infeasible.late) - shown);
    notes.push_back(say("Late in the best plan found: {}.", std::move(names)));
  }
  for (const Remedy& remedy : infeasible.remedies) {
    notes.push_back(remedy.kind == RemedyKind::Drop ? say("A plan meets it {}.", message_of(remedy))
                                                    : say("A plan meets it with {}.", message_of(remedy)));
  }
  if (infeasible.remedies.empty()) notes.emplace_back("No change of one thing alone was found that helps.");
  return notes;
}

Table moved_table(const Plan& plan, const Moves& moves) {
  ColumnsOf<Move> columns(plan, moves.moved);
  columns.text("name", "service", Shown::Always,
               [](const Plan& p, const Move& m) -> Value { return name_of(p, m.migration); });
  columns.text("before", "was", Shown::Always,
               [](const Plan&, const Move& m) -> Value { return m.before.to_string(); });
  columns.text("after", "is", Shown::Always, [](const Plan&, const Move& m) -> Value { return m.after.to_string(); });
  columns.number("days", "days", Shown::Always, [](const Plan&, const Move& m) -> Value {
    return Number{m.after - m.before, 0};
  });
  columns.text("old_window", "window was", Shown::Always,
               [](const Plan&, const Move& m) -> Value { return Quarter::of(m.before).to_string(); });
  columns
      .text("window", "window is", Shown::Always,
            [](const Plan&, const Move& m) -> Value { return Quarter::of(m.after).to_string(); })
      .tone = columns.of([](const Plan&, const Move& m) { return m.changes_window() ? Tone::Alert : Tone::Plain; });
  columns.text("phase", "because", Shown::Always, [](const Plan& p, const Move& m) {
    return perhaps_word(p.root_cause(migration_of(p, m.migration)).name);
  });
  columns
      .text("binding", "held back by", Shown::Always,
            [](const Plan& p, const Move& m) {
              return binding_value(p, p.binding(p.root_cause(migration_of(p, m.migration))));
            })
      .words = columns.of(
      [](const Plan& p, const Move& m) { return words_of(p, p.binding(p.root_cause(migration_of(p, m.migration)))); });
  return columns.table("moved", "Cutovers that moved");
}

Table risk_table(const Plan& plan, const Risk& risk, const std::vector<bool>& tiers) {
  struct Row {
    const Risk* risk;
    const ServiceRisk* service;
  };
  std::vector<Row> rows;
  for (const ServiceRisk& service : risk.services) {
    if (tiers[tier_of(plan, service.migration)]) rows.push_back({&risk, &service});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.service->critical > b.service->critical; });
  ColumnsOf<Row> columns(plan, std::move(rows));
  columns.text("name", "service", Shown::Always,
               [](const Plan& p, const Row& r) -> Value { return name_of(p, r.service->migration); });
  columns.text("tier", "tier", Shown::Always,
               [](const Plan& p, const Row& r) { return tier_value(p, r.service->migration); });
  columns.number("criticality", "critical", Shown::Always,
                 [](const Plan&, const Row& r) { return share_value(r.service->critical, r.risk->draws); });
  columns.number("p_on_time", "on time", Shown::Always,
                 [](const Plan&, const Row& r) { return share_value(r.service->on_time, r.risk->draws); });
  columns.text("cutover", "planned", Shown::Always, [](const Plan& p, const Row& r) {
    return date_value(p, p.cutover(migration_of(p, r.service->migration)));
  });
  columns.text("p50", "P50", Shown::Always,
               [](const Plan& p, const Row& r) { return date_value(p, r.service->cutover.p50); });
  columns.text("p80", "P80", Shown::Always,
               [](const Plan& p, const Row& r) { return date_value(p, r.service->cutover.p80); });
  columns.text("p95", "P95", Shown::Always,
               [](const Plan& p, const Row& r) { return date_value(p, r.service->cutover.p95); });
  columns.number("slip_end_days", "end slips", Shown::Always, [](const Plan&, const Row& r) -> Value {
    return r.service->slip_of_end ? Value(Number{*r.service->slip_of_end, 0}) : Value{};
  });
  columns.number("slip_other_days", "others slip", Shown::Always, [](const Plan&, const Row& r) -> Value {
    return r.service->slip_of_others ? Value(Number{*r.service->slip_of_others, 0}) : Value{};
  });
  return columns.table("risk",
                       say("Risk by service, the most critical first; slips: days, if its longest phase takes {} "
                           "working days more",
                           kSlip));
}

Table finish_table(const Plan& plan, const Risk& risk) {
  struct Row {
    Month month;
    std::uint32_t draws, most;
  };
  std::vector<Row> rows;
  std::uint32_t most = 1;
  for (const Month& month : months_of(plan, risk)) most = std::max(most, month.count);
  for (const Month& month : months_of(plan, risk)) rows.push_back({month, risk.draws, most});
  ColumnsOf<Row> columns(plan, std::move(rows));
  columns.text("month", "month", Shown::Always, [](const Plan&, const Row& r) -> Value { return r.month.name; });
  columns.number("share", "share", Shown::Always,
                 [](const Plan&, const Row& r) { return share_value(r.month.count, r.draws); });
  columns.number("so_far", "so far", Shown::Always,
                 [](const Plan&, const Row& r) { return share_value(r.month.so_far, r.draws); });
  columns.text("bar", "draws", Shown::Always, [](const Plan&, const Row& r) -> Value {
    constexpr std::uint64_t kWidest = 40;
    return std::string((r.month.count * kWidest + r.most - 1) / r.most, '#');
  });
  return columns.table("finish", "Finish by month");
}

Object risk_object(const Plan& plan, const Risk& risk, std::uint64_t seed) {
  return {{"draws", count_value(risk.draws)},
          {"seed", Number{static_cast<std::int64_t>(seed), 0}},
          {"p_end", share_value(risk.on_time, risk.draws)},
          {"finish", quantiles_object(plan, risk.finish)}};
}

Text risk_note(const Plan& plan, const Risk& risk) {
  const Programme& programme = plan.programme();
  return say("{} draws of the durations: over by {} in half of them, {} in 80 %, {} in 95 %; the end is met in {} %.",
             risk.draws, programme.date_of(risk.finish.p50).to_string(), programme.date_of(risk.finish.p80).to_string(),
             programme.date_of(risk.finish.p95).to_string(),
             fmt::format("{:.1f}", risk.draws == 0 ? 0.0 : 100.0 * risk.on_time / risk.draws));
}

Table scenario_table(const ScheduleView& view) {
  struct Row {
    Text name;
    const Planning* planning;
    const Moves* moves;  // null: the plan itself
  };
  std::vector<Row> rows{{"as it is", view.planning, nullptr}};
  for (const Scenario& scenario : view.scenarios)
    rows.push_back({Text::verbatim(scenario.name), scenario.planning, &scenario.moves});
  ColumnsOf<Row> columns(*view.planning->plan, std::move(rows));
  columns.text("scenario", "scenario", Shown::Always, [](const Plan&, const Row& r) -> Value { return r.name; });
  columns.number("services", "services", Shown::Always,
                 [](const Plan&, const Row& r) { return count_value(r.planning->programme->migrations().size()); });
  columns.text("end_met", "end met", Shown::Always,
               [](const Plan&, const Row& r) -> Value { return r.planning->plan && r.planning->plan->is_end_met(); });
  columns.number("late", "late", Shown::Always, [](const Plan&, const Row& r) -> Value {
    if (!r.planning->plan) return {};
    const auto migrations = r.planning->programme->migrations();
    return count_value(static_cast<std::size_t>(std::count_if(
        migrations.begin(), migrations.end(), [&r](const Migration& m) { return r.planning->plan->is_late(m); })));
  });
  columns.text("last_cutover", "last cutover", Shown::Always, [](const Plan&, const Row& r) -> Value {
    if (!r.planning->plan) return {};
    Day last = 0;
    for (const Migration& m : r.planning->programme->migrations()) last = std::max(last, r.planning->plan->cutover(m));
    return r.planning->programme->date_of(last).to_string();
  });
  columns.number("makespan_days", "days", Shown::Always, [](const Plan&, const Row& r) -> Value {
    return r.planning->plan ? Value(Number{r.planning->plan->makespan(), 0}) : Value{};
  });
  columns.number("windows_changed", "windows changed", Shown::Always, [](const Plan&, const Row& r) -> Value {
    return r.moves != nullptr ? count_value(r.moves->windows()) : Value{};
  });
  columns.number("days_moved", "days moved", Shown::Always, [](const Plan&, const Row& r) -> Value {
    return r.moves != nullptr ? Value(Number{r.moves->days(), 0}) : Value{};
  });
  return columns.table("scenarios", "Scenarios");
}

}  // namespace migplan

#include "schedule_tables.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "schedule_columns.hpp"
#include "table_choice.hpp"

namespace migplan {

using namespace schedule_view;

namespace {

std::set<std::uint32_t> critical_migrations(const Plan& plan) {
  std::set<std::uint32_t> critical;
  for (const ActivityIndex i : plan.critical_chain()) {
    const auto owner = plan.programme().owner_of(i);
    const bool is_cutover = plan.programme().phases(migration_of(plan, owner.migration))[owner.phase].name == kCutover;
    if (!is_cutover) {
      critical.insert(owner.migration);
      continue;
    }
    const auto& members = group_of(plan, migration_of(plan, owner.migration)).members;
    critical.insert(members.begin(), members.end());
  }
  return critical;
}

struct ServiceRow {
  std::uint32_t migration;
  bool is_critical;
};

Value phases_value(const Plan& plan, const ServiceRow& row) {
  List phases;
  for (const RoutePhase& phase : plan.programme().phases(migration_of(plan, row.migration))) {
    const Value resource =
        phase.resource ? Value(std::string_view(plan.programme().resources()[*phase.resource].name)) : Value{};
    Object object;
    object.emplace_back("phase", perhaps_word(phase.name));
    object.emplace_back("start", start_value(plan, phase));
    object.emplace_back("finish", finish_value(plan, phase));
    object.emplace_back("resource", resource);
    object.emplace_back("binding", phase.is_over_undated ? Value{} : binding_value(plan, plan.binding(phase)));
    phases.emplace_back(std::move(object));
  }
  return phases;
}

// "refactor 2024-01-15 to 2024-02-20, …"
Text phase_words(const Plan& plan, const ServiceRow& row) {
  std::vector<Text> words;
  for (const RoutePhase& phase : plan.programme().phases(migration_of(plan, row.migration))) {
    const Text name = Text::perhaps(phase.name);
    if (phase.is_over_undated) {
      words.push_back(say("{} over", name));
      continue;
    }
    words.push_back(say("{} {} to {}", name, plan.programme().date_of(plan.start(phase.activity)).to_string(),
                        plan.programme().date_of(plan.finish(phase.activity) - 1).to_string()));
  }
  return Text::joined(std::move(words), ", ");
}

Value window_met(const Plan& plan, const ServiceRow& row) {
  const auto& promised = committed(plan, row.migration);
  return promised ? Value(plan.window(migration_of(plan, row.migration)) <= *promised) : Value{};
}

Value group_value(const Plan& plan, const ServiceRow& row) {
  const auto& members = group_of(plan, migration_of(plan, row.migration)).members;
  if (members.size() == 1) return {};
  List names;
  for (const std::uint32_t m : members) names.emplace_back(name_of(plan, m));
  return names;
}

void add_facts(ColumnsOf<ServiceRow>& columns) {
  columns.text("window_met", "met", Shown::InData, window_met);
  columns.text("start", "start", Shown::InData, [](const Plan& p, const ServiceRow& r) -> Value {
    return start_value(p, p.programme().phases(migration_of(p, r.migration)).front());
  });
  columns.text("finish", "finish", Shown::InData, [](const Plan& p, const ServiceRow& r) -> Value {
    return finish_value(p, p.programme().phases(migration_of(p, r.migration)).back());
  });
  columns.number("effort_days", "effort", Shown::InData, [](const Plan& p, const ServiceRow& r) -> Value {
    return value_of(migration_of(p, r.migration).effort);
  });
  columns.text("effort_estimated", "estimated", Shown::InData, [](const Plan& p, const ServiceRow& r) -> Value {
    return migration_of(p, r.migration).is_effort_estimated;
  });
  columns.text("group", "moves with", Shown::InData, group_value);
  columns.text("domain", "domain", Shown::InData,
               [](const Plan& p, const ServiceRow& r) { return text_or_null(service_of(p, r.migration).domain); });
  columns.text("team", "team", Shown::InData,
               [](const Plan& p, const ServiceRow& r) { return text_or_null(service_of(p, r.migration).team); });
  columns.number("score", "score", Shown::InData, [](const Plan& p, const ServiceRow& r) -> Value {
    return value_of(p.programme().card()[migration_of(p, r.migration).service].total);
  });
}

}  // namespace

Value start_value(const Plan& plan, const RoutePhase& phase) {
  return phase.is_over_undated ? Value{} : date_value(plan, plan.start(phase.activity));
}

Value finish_value(const Plan& plan, const RoutePhase& phase) {
  return phase.is_over_undated ? Value{} : last_day_value(plan, plan.finish(phase.activity));
}

Text words_of(const Plan& plan, const Binding& binding) {
  const Programme& programme = plan.programme();
  const auto of_activity = [&](ActivityIndex i) {
    const auto owner = programme.owner_of(i);
    return say("{} of {}", Text::perhaps(programme.phases(migration_of(plan, owner.migration))[owner.phase].name),
               name_of(plan, owner.migration));
  };
  switch (binding.kind) {
    case BindingKind::Predecessor: return of_activity(*binding.activity);
    case BindingKind::Resource: {
      const std::string& resource = programme.resources()[*binding.resource].name;
      if (!binding.activity) return say("no {} before", resource);
      return say("{}, held by {}", resource, of_activity(*binding.activity));
    }
    case BindingKind::Freeze:
      return say("{} {} to {}", binding.freeze->name.empty() ? Text("freeze") : Text::verbatim(binding.freeze->name),
                 binding.freeze->from.to_string(), binding.freeze->to.to_string());
    default: return Text::word(migplan::name_of(binding.kind));
  }
}

Value binding_value(const Plan& plan, const Binding& binding) {
  Object object;
  object.emplace_back("kind", word_value(migplan::name_of(binding.kind)));
  const bool has_more = binding.activity || binding.resource || binding.freeze != nullptr;
  object.emplace_back("what", has_more ? Value(words_of(plan, binding)) : Value{});
  return object;
}

Table services_table(const Plan& plan, const std::vector<bool>& tiers) {
  const std::set<std::uint32_t> critical = critical_migrations(plan);
  std::vector<ServiceRow> rows;
  for (std::uint32_t m = 0; m < plan.programme().migrations().size(); ++m) {
    if (tiers[tier_of(plan, m)]) rows.push_back({m, critical.contains(m)});
  }
  std::stable_sort(rows.begin(), rows.end(), [&plan](const ServiceRow& a, const ServiceRow& b) {
    return plan.cutover(migration_of(plan, a.migration)) < plan.cutover(migration_of(plan, b.migration));
  });
  ColumnsOf<ServiceRow> columns(plan, std::move(rows));
  columns
      .text("name", "service", Shown::Always,
            [](const Plan& p, const ServiceRow& r) -> Value { return name_of(p, r.migration); })
      .tone = [](std::size_t) { return Tone::Strong; };
  columns
      .text("tier", "tier", Shown::Always,
            [](const Plan& p, const ServiceRow& r) -> Value { return tier_value(p, r.migration); })
      .tone = columns.of([](const Plan& p, const ServiceRow& r) { return tone_of_tier(tier_of(p, r.migration)); });
  columns.text("route", "route", Shown::Always,
               [](const Plan& p, const ServiceRow& r) { return perhaps_word(migration_of(p, r.migration).route); });
  columns.text("window", "window", Shown::Always, [](const Plan& p, const ServiceRow& r) -> Value {
    return p.window(migration_of(p, r.migration)).to_string();
  });
  columns
      .text("cutover", "cutover", Shown::Always,
            [](const Plan& p, const ServiceRow& r) -> Value {
              return date_value(p, p.cutover(migration_of(p, r.migration)));
            })
      .tone = columns.of([](const Plan& p, const ServiceRow& r) {
    return p.is_late(migration_of(p, r.migration)) ? Tone::Alert : Tone::Plain;
  });
  columns.text("phases", "phases", Shown::InData, phases_value).words = columns.of(phase_words);
  columns.number("slack_days", "slack", Shown::Always, [](const Plan& p, const ServiceRow& r) -> Value {
    return Number{p.slack(migration_of(p, r.migration)), 0};
  });
  columns
      .text("critical", "critical", Shown::Always,
            [](const Plan&, const ServiceRow& r) -> Value { return r.is_critical; })
      .words =
      columns.of([](const Plan&, const ServiceRow& r) { return r.is_critical ? Text("yes") : Text::verbatim("-"); });
  columns
      .text("committed_window", "promised", Shown::Always,
            [](const Plan& p, const ServiceRow& r) -> Value {
              const auto& promised = committed(p, r.migration);
              return promised ? Value(promised->to_string()) : Value{};
            })
      .tone = columns.of([](const Plan& p, const ServiceRow& r) {
    const auto& promised = committed(p, r.migration);
    return promised && p.window(migration_of(p, r.migration)) > *promised ? Tone::Alert : Tone::Plain;
  });
  add_facts(columns);
  return columns.table("services", "Services by cutover");
}

namespace {

struct PhaseRow {
  std::uint32_t migration;
  std::uint32_t phase;
  bool is_critical;
};

const RoutePhase& phase_of(const Plan& plan, const PhaseRow& row) {
  return plan.programme().phases(migration_of(plan, row.migration))[row.phase];
}

ColumnsOf<PhaseRow> phase_columns(const Plan& plan, std::vector<PhaseRow> rows) {
  ColumnsOf<PhaseRow> columns(plan, std::move(rows));
  columns
      .text("service", "service", Shown::Always,
            [](const Plan& p, const PhaseRow& r) -> Value { return name_of(p, r.migration); })
      .tone = [](std::size_t) { return Tone::Strong; };
  columns.text("phase", "phase", Shown::Always,
               [](const Plan& p, const PhaseRow& r) { return perhaps_word(phase_of(p, r).name); });
  columns.text("start", "start", Shown::Always,
               [](const Plan& p, const PhaseRow& r) { return start_value(p, phase_of(p, r)); });
  columns.text("finish", "finish", Shown::Always,
               [](const Plan& p, const PhaseRow& r) { return finish_value(p, phase_of(p, r)); });
  columns.text("resource", "resource", Shown::Always, [](const Plan& p, const PhaseRow& r) -> Value {
    const auto& resource = phase_of(p, r).resource;
    return resource ? Value(std::string_view(p.programme().resources()[*resource].name)) : Value{};
  });
  columns.text("binding", "held back by", Shown::Always, [](const Plan& p, const PhaseRow& r) -> Value {
    const RoutePhase& phase = phase_of(p, r);
    return phase.is_over_undated ? Value{} : word_value(migplan::name_of(p.binding(phase).kind));
  });
  columns.text("what", "what", Shown::Always, [](const Plan& p, const PhaseRow& r) -> Value {
    const RoutePhase& phase = phase_of(p, r);
    if (phase.is_over_undated) return {};
    const Binding binding = p.binding(phase);
    const bool has_more = binding.activity || binding.resource || binding.freeze != nullptr;
    return has_more ? Value(words_of(p, binding)) : Value{};
  });
  return columns;
}

}  // namespace

Table phases_table(const Plan& plan, const std::vector<bool>& tiers) {
  std::vector<PhaseRow> rows;
  const auto chain = plan.critical_chain();
  const std::set<ActivityIndex> critical(chain.begin(), chain.end());
  for (std::uint32_t m = 0; m < plan.programme().migrations().size(); ++m) {
    if (!tiers[tier_of(plan, m)]) continue;
    const auto phases = plan.programme().phases(migration_of(plan, m));
    for (std::uint32_t k = 0; k < phases.size(); ++k) rows.push_back({m, k, critical.contains(phases[k].activity)});
  }
  std::stable_sort(rows.begin(), rows.end(), [&plan](const PhaseRow& a, const PhaseRow& b) {
    return plan.start(phase_of(plan, a).activity) < plan.start(phase_of(plan, b).activity);
  });
  ColumnsOf<PhaseRow> columns = phase_columns(plan, std::move(rows));
  columns.text("critical", "critical", Shown::InData,
               [](const Plan&, const PhaseRow& r) -> Value { return r.is_critical; });
  return columns.table("phases", "Phases by start");
}

Table chain_table(const Plan& plan) {
  std::vector<PhaseRow> rows;
  for (const ActivityIndex i : plan.critical_chain()) {
    const auto owner = plan.programme().owner_of(i);
    rows.push_back({owner.migration, owner.phase, true});
  }
  return phase_columns(plan, std::move(rows)).table("critical_chain", "Critical chain: each holds back the next");
}

}  // namespace migplan

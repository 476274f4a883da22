#include "picture.hpp"

#include <memory>
#include <string>
#include <utility>

#include "migplan/base/assert.hpp"
#include "migplan/scoring/priority_matrix.hpp"
#include "policy_document.hpp"
#include "schedule_tables.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

constexpr std::size_t kMostRows = 2'000;  // of a calendar: some 20,000 pixels high

Value table_value(Table table) { return std::make_shared<const Table>(std::move(table)); }

// With these columns, so that a picture gets what it draws and no more.
Table with_columns(Table table, const std::vector<std::string>& keys) {
  const Issues issues = table.choose_columns(keys);
  MIGPLAN_ASSERT(!issues.has_errors());
  return table;
}

List tier_list(const Policy& policy, const std::vector<bool>& tiers) {
  List list;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    if (!tiers[i]) continue;
    const Tier& tier = policy.tiers()[i];
    list.emplace_back(Object{{"tier", std::string_view(tier.name)}, {"action", perhaps_word(tier.action)}});
  }
  return list;
}

// Bands and dispositions alone: the rest of that part of the policy is about where a service stands among them.
Object quadrant_of(const Policy& policy) {
  Object shown;
  for (const auto& [key, value] : policy_document(policy)) {
    if (key != "quadrant" || value.object() == nullptr) continue;
    for (const auto& [name, part] : *value.object()) {
      if (name == "bands" || name == "dispositions") shown.emplace_back(name, part);
    }
  }
  return shown;
}

Object calendar_document(const Planning& planning, const std::vector<bool>& tiers, const TableChoice& choice) {
  const Plan& plan = *planning.plan;
  const Programme& programme = plan.programme();
  Table services = services_table(plan, tiers);
  const Issues issues = apply(choice, services);
  MIGPLAN_ASSERT(!issues.has_errors());
  const std::size_t all = services.row_count();
  services.keep_first(kMostRows);
  const auto& as_of = programme.options().as_of;
  return {{"picture", "schedule"},
          {"as_of", as_of ? Value(as_of->to_string()) : Value{}},
          {"overview", Object{{"services", count_value(all)},
                              {"start", programme.policy().start.to_string()},
                              {"end", programme.end().to_string()}}},
          {"freezes", freeze_list(programme.policy().calendar)},
          {"schedule", Object{{"makespan_days", Number{plan.makespan(), 0}},
                              {"bounds", Object{{"best_days", Number{planning.bounds.best(), 0}}}},
                              {"services", table_value(with_columns(services, {"name", "window", "phases"}))},
                              {"waves", table_value(waves_table(plan))},
                              {"critical_chain", table_value(chain_table(plan))}}}};
}

}  // namespace

std::function<Object()> schedule_picture(const Planning& planning, std::vector<bool> tiers, TableChoice choice) {
  if (!choice.table.empty() && choice.table != "services") return {};
  choice.columns.clear();
  return [&planning, tiers = std::move(tiers), choice = std::move(choice)] {
    return calendar_document(planning, tiers, choice);
  };
}

std::function<Object()> matrix_picture(const Scorecard& card, std::vector<bool> tiers, std::vector<Table> tables) {
  return [&card, tiers = std::move(tiers), tables = std::move(tables)] {
    Object document{{"picture", "matrix"},
                    {"score", Object{{"tiers", tier_list(card.policy(), tiers)}}},
                    {"quadrant", quadrant_of(card.policy())}};
    for (const Table& table : tables) {
      if (table.key() == "cells") {
        document.emplace_back("matrix",
                              Object{{"cells", table_value(with_columns(table, {"tier", "domain", "count"}))}});
      } else {
        document.emplace_back(
            "services",
            table_value(with_columns(table, {"name", "tier", "coupling", "obsolescence", "priority", "disposition"})));
      }
    }
    return document;
  };
}

}  // namespace migplan

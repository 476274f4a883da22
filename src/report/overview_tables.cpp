#include "overview_tables.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "migplan/model/dependency_graph.hpp"
#include "row_columns.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

Value number_or_null(const std::optional<Number>& number) { return number ? trimmed_number(*number) : Value{}; }

}  // namespace

std::shared_ptr<const Table> table_in(const Object& document, std::string_view key) {
  for (const auto& [name, value] : document) {
    const auto* const table = std::get_if<std::shared_ptr<const Table>>(&value.variant());
    if (name == key && table != nullptr) return *table;
  }
  return nullptr;
}

std::shared_ptr<Table> states_table(const Scorecard& card) {
  struct Row {
    std::optional<Status> status;
    std::string_view tier;
    std::size_t count;
  };
  std::map<std::pair<std::optional<Status>, TierIndex>, std::size_t> counts;
  const Inventory& inventory = card.inventory();
  for (ServiceIndex i = 0; i < inventory.size(); ++i) ++counts[{inventory[i].status, card[i].tier}];
  std::vector<Row> rows;
  rows.reserve(counts.size());
  for (const auto& [key, count] : counts) rows.push_back({key.first, card.policy().tiers()[key.second].name, count});
  RowColumns<Row> columns(std::move(rows));
  columns.text("state", "state", Shown::Always,
               [](const Row& r) -> Value { return r.status ? word_value(name_of(*r.status)) : Value{}; });
  columns.text("tier", "tier", Shown::Always, [](const Row& r) -> Value { return r.tier; });
  columns.number("count", "services", Shown::Always, [](const Row& r) { return count_value(r.count); });
  return columns.table("states", "Services by state and tier");
}

std::shared_ptr<Table> calls_table(const Scorecard& card) {
  struct Row {
    std::string_view caller, callee;
    Strength strength;
  };
  std::vector<Row> rows;
  const Inventory& inventory = card.inventory();
  for (const ServiceIndex i : services_by_name(inventory)) {
    for (const Dependency& dependency : inventory.dependencies(i)) {
      if (dependency.is_external) continue;
      rows.push_back({inventory[i].name, inventory[dependency.target].name, dependency.strength});
    }
  }
  RowColumns<Row> columns(std::move(rows));
  columns.text("caller", "service", Shown::Always, [](const Row& r) -> Value { return r.caller; });
  columns.text("callee", "calls", Shown::Always, [](const Row& r) -> Value { return r.callee; });
  columns.text("strength", "strength", Shown::Always,
               [](const Row& r) -> Value { return Text(r.strength == Strength::Strong ? "strong" : "weak"); });
  return columns.table("calls", "Dependencies between services");
}

std::shared_ptr<Table> cycles_table(const Scorecard& card) {
  const DependencyGraph graph(card.inventory(), DependencyGraph::Edges::Strong);
  std::vector<std::vector<std::string_view>> rows;
  for (const auto& members : graph.cycles()) {
    auto& names = rows.emplace_back();
    for (const ServiceIndex member : members) names.push_back(card.inventory()[member].name);
    std::sort(names.begin(), names.end());
  }
  std::sort(rows.begin(), rows.end());
  using Row = std::vector<std::string_view>;
  RowColumns<Row> columns(std::move(rows));
  columns.number("count", "services", Shown::Always, [](const Row& r) { return count_value(r.size()); });
  columns.text("services", "in a cycle", Shown::Always, [](const Row& r) -> Value {
    List names;
    for (const std::string_view name : r) names.emplace_back(name);
    return names;
  });
  return columns.table("cycles", "Cycles of strong dependencies: these move together");
}

std::shared_ptr<Table> broken_table(const Infeasibility* infeasible) {
  RowColumns<Violation> columns(infeasible == nullptr ? std::vector<Violation>{} : infeasible->broken);
  columns.text("rule", "rule", Shown::Always, [](const Violation& v) -> Value { return name_of(v.rule); });
  columns.text("service", "service", Shown::Always, [](const Violation& v) { return text_or_null(v.service); });
  columns.text("phase", "phase", Shown::Always, [](const Violation& v) { return perhaps_word(v.phase); });
  columns.text("day", "day", Shown::Always,
               [](const Violation& v) -> Value { return v.day ? Value(v.day->to_string()) : Value{}; });
  columns.text("message", "message", Shown::Always, [](const Violation& v) { return text_or_null(v.message); });
  return columns.table("broken", "Rules that the plan breaks");
}

std::shared_ptr<Table> verdicts_table(std::span<const VerdictFile> files) {
  struct Row {
    const VerdictFile* file;
    const StatedVerdict* verdict;
  };
  std::vector<Row> rows;
  for (const VerdictFile& file : files) {
    for (const StatedVerdict& verdict : file.verdicts) rows.push_back({&file, &verdict});
  }
  RowColumns<Row> columns(std::move(rows));
  columns.text("service", "service", Shown::Always, [](const Row& r) { return text_or_null(r.verdict->service); });
  columns.text("command", "command", Shown::Always,
               [](const Row& r) -> Value { return std::string_view(r.file->command); });
  columns.text("check", "check", Shown::Always,
               [](const Row& r) -> Value { return std::string_view(r.verdict->check); });
  columns.text("verdict", "verdict", Shown::Always,
               [](const Row& r) { return word_value(name_of(r.verdict->verdict)); });
  const auto number = [&columns](const char* key, Shown shown, std::optional<Number> StatedVerdict::*member) {
    columns.number(key, key, shown, [member](const Row& r) { return number_or_null(r.verdict->*member); });
  };
  number("observed", Shown::Always, &StatedVerdict::observed);
  number("limit", Shown::Always, &StatedVerdict::limit);
  columns.text("unit", "unit", Shown::Always, [](const Row& r) { return perhaps_word(r.verdict->unit); });
  number("samples", Shown::InData, &StatedVerdict::samples);
  number("low", Shown::InData, &StatedVerdict::low);
  number("high", Shown::InData, &StatedVerdict::high);
  columns.text("source", "source", Shown::InData, [](const Row& r) { return text_or_null(r.verdict->source); });
  columns.text("message", "message", Shown::Always, [](const Row& r) { return text_or_null(r.verdict->message); });
  columns.text("file", "file", Shown::InData, [](const Row& r) -> Value { return std::string_view(r.file->file); });
  return columns.table("checks", "What the checks say");
}

}  // namespace migplan

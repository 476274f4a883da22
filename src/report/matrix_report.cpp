#include <algorithm>
#include <numeric>
#include <utility>

#include "migplan/report/views.hpp"
#include "migplan/scoring/quadrant.hpp"
#include "picture.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

Table tier_table(const Scorecard& card, const std::vector<bool>& tiers) {
  auto cells = std::make_shared<std::vector<MatrixCell>>(priority_matrix(card));
  std::erase_if(*cells, [&tiers](const MatrixCell& cell) { return !tiers[cell.tier] || cell.services.empty(); });
  const auto of = [cells, &card](auto get) {
    return [cells, card = &card, get](std::size_t i) -> Value { return get(*card, (*cells)[i]); };
  };
  std::vector<Column> columns;
  columns.push_back({"tier", "tier", Shown::Always, false, of([](const Scorecard& c, const MatrixCell& cell) -> Value {
                       return std::string_view(c.policy().tiers()[cell.tier].name);
                     }),
                     [cells](std::size_t i) { return tone_of_tier((*cells)[i].tier); }});
  columns.push_back({"domain", "domain", Shown::Always, false,
                     of([](const Scorecard&, const MatrixCell& cell) { return text_or_null(cell.domain); })});
  columns.push_back({"count", "count", Shown::Always, true,
                     of([](const Scorecard&, const MatrixCell& cell) { return count_value(cell.services.size()); })});
  columns.push_back(
      {"services", "services", Shown::Always, false, of([](const Scorecard& c, const MatrixCell& cell) -> Value {
         List names;
         for (const ServiceIndex i : cell.services) names.emplace_back(c.inventory()[i].name);
         return names;
       })});
  return Table("cells", "Tier by domain", cells->size(), std::move(columns));
}

Value grade_value(const GradeOf& grade) { return grade.grade ? value_of(*grade.grade) : Value{}; }

Tone tone_of_priority(const QuadrantPlace& place) {
  if (!place.priority) return Tone::Muted;
  if (*place.priority >= 7) return Tone::Alert;
  return *place.priority >= 4 ? Tone::Caution : Tone::Plain;
}

Table quadrant_table(const Scorecard& card, const std::vector<bool>& tiers) {
  auto places = std::make_shared<std::vector<QuadrantPlace>>();
  for (const Service& service : card.inventory().services()) {
    places->push_back(quadrant_place(service, card.policy().quadrant()));
  }
  const auto of = [places](auto get) { return [places, get](std::size_t i) -> Value { return get((*places)[i]); }; };
  std::vector<Column> columns;
  columns.push_back({"name", "service", Shown::Always, false,
                     [inventory = &card.inventory()](std::size_t i) -> Value {
                       return (*inventory)[static_cast<ServiceIndex>(i)].name;
                     },
                     [](std::size_t) { return Tone::Strong; }});
  columns.push_back({"coupling", "coupling", Shown::Always, true,
                     of([](const QuadrantPlace& p) { return grade_value(p.coupling); })});
  columns.push_back({"obsolescence", "obsolescence", Shown::Always, true,
                     of([](const QuadrantPlace& p) { return grade_value(p.obsolescence); })});
  columns.push_back({"priority", "priority", Shown::Always, true, of([](const QuadrantPlace& p) -> Value {
                       return p.priority ? Value(Number{*p.priority, 0}) : Value{};
                     }),
                     [places](std::size_t i) { return tone_of_priority((*places)[i]); }});
  columns.push_back({"disposition", "disposition", Shown::Always, false, of([](const QuadrantPlace& p) -> Value {
                       return p.disposition.empty() ? Value(Text("unknown")) : perhaps_word(p.disposition);
                     })});
  columns.push_back({"coupling_facts", "of 2 facts", Shown::InData, true, of([](const QuadrantPlace& p) -> Value {
                       return Number{p.coupling.facts, 0};
                     })});
  columns.push_back({"obsolescence_facts", "of 6 facts", Shown::InData, true, of([](const QuadrantPlace& p) -> Value {
                       return Number{p.obsolescence.facts, 0};
                     })});
  columns.push_back({"coupling_band", "coupling band", Shown::OnRequest, false, of([](const QuadrantPlace& p) -> Value {
                       return p.coupling_band ? word_value(name_of(*p.coupling_band)) : Value{};
                     })});
  columns.push_back(
      {"obsolescence_band", "obsolescence band", Shown::OnRequest, false, of([](const QuadrantPlace& p) -> Value {
         return p.obsolescence_band ? word_value(name_of(*p.obsolescence_band)) : Value{};
       })});
  columns.push_back({"tier", "tier", Shown::OnRequest, false, [&card](std::size_t i) -> Value {
                       return std::string_view(card.policy().tiers()[card[static_cast<ServiceIndex>(i)].tier].name);
                     }});
  columns.push_back({"domain", "domain", Shown::OnRequest, false, [inventory = &card.inventory()](std::size_t i) {
                       return text_or_null((*inventory)[static_cast<ServiceIndex>(i)].domain);
                     }});
  Table table("quadrant", "Coupling by obsolescence", places->size(), std::move(columns));
  std::vector<ServiceIndex> order(places->size());
  std::iota(order.begin(), order.end(), ServiceIndex{0});
  std::erase_if(order, [&](ServiceIndex i) { return !tiers[card[i].tier]; });
  std::sort(order.begin(), order.end(), [&](ServiceIndex a, ServiceIndex b) {
    const int left = (*places)[a].priority.value_or(0), right = (*places)[b].priority.value_or(0);
    if (left != right) return left > right;
    return card.inventory()[a].name < card.inventory()[b].name;
  });
  table.select(std::move(order));
  return table;
}

}  // namespace

Result<Report> matrix_report(const Scorecard& card, const TableChoice& choice) {
  auto tiers = chosen_tiers(card.policy(), choice.tiers);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  const auto tables_of = [&](const TableChoice& rows) {
    return chosen_tables({std::make_shared<Table>(tier_table(card, tiers.value())),
                          std::make_shared<Table>(quadrant_table(card, tiers.value()))},
                         rows);
  };
  auto tables = tables_of(choice);
  if (!tables.is_ok()) return std::move(tables).issues();
  Report report{.document = {{"schema", "migplan/matrix/v1"}}, .tables = {}, .notes = {}};
  for (const auto& table : tables.value()) {
    report.document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
    report.tables.push_back(table);
  }
  TableChoice rows = choice;
  rows.columns.clear();
  const auto whole = tables_of(rows);
  std::vector<Table> drawn;
  for (const auto& table : whole.value()) drawn.push_back(*table);
  report.picture = matrix_picture(card, tiers.value(), std::move(drawn));
  if (Text note = scale_note(card.policy()); !note.empty()) report.notes.push_back(std::move(note));
  return report;
}

}  // namespace migplan

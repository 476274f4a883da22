#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checks_table.hpp"
#include "migplan/report/verification_views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

using Checks = std::span<const Check>;

std::size_t count(Checks checks, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(checks.begin(), checks.end(), [verdict](const Check& check) { return check.verdict == verdict; }));
}

std::vector<std::uint32_t> not_passed(Checks checks) {
  std::vector<std::uint32_t> rows;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i].verdict != Verdict::Pass) rows.push_back(static_cast<std::uint32_t>(i));
  }
  return rows;
}

}  // namespace

Result<Report> checks_report(ChecksView view, const TableChoice& choice) {
  std::vector<std::shared_ptr<Table>> all{checks_table(view.checks, view.details)};
  if (view.hides_passed) all.front()->select(not_passed(view.checks));
  for (auto& table : view.tables) all.push_back(std::move(table));
  const auto tables = chosen_tables(std::move(all), choice);
  if (!tables.is_ok()) return Issues(tables.issues());

  const Objection objection{view.inconclusive, view.fails_from};
  bool is_no = false;
  for (std::size_t i = 0; i < view.checks.size(); ++i) {
    is_no = is_no || objection.includes(view.checks[i], view.details.empty() ? nullptr : &view.details[i]);
  }
  Object document{{"schema", fmt::format("migplan/{}/v1", view.command)}};
  for (auto& member : view.document) document.push_back(std::move(member));
  document.emplace_back("passed", !is_no);
  for (const Verdict verdict : {Verdict::Pass, Verdict::Fail, Verdict::Inconclusive, Verdict::Exempted}) {
    document.emplace_back(std::string(name_of(verdict)), count_value(count(view.checks, verdict)));
  }
  Report report{.document = std::move(document),
                .tables = {},
                .notes = std::move(view.notes),
                .headlines = std::move(view.headlines),
                .findings = checks_findings(view.command, view.rules, view.checks, view.details, objection)};
  for (const auto& table : tables.value()) {
    report.document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
    report.tables.push_back(table);
  }
  return report;
}

}  // namespace migplan

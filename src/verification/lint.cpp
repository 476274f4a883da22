#include "migplan/verification/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "lint_rules.hpp"

namespace migplan {
namespace {

std::size_t number_of_rule(std::string_view rule) noexcept {
  const auto* const found = std::find(kLintRules.begin(), kLintRules.end(), rule);
  return static_cast<std::size_t>(found - kLintRules.begin());
}

auto owner_of(const LintRow& row) {
  return std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::string_view, std::string_view>(
      row.owner.file, row.owner.at.line, row.owner.at.column, row.row.detail.object, row.row.check.rule);
}

// Failures of one place say the same where their text does.
auto place_of(const LintRow& row) {
  const Check& check = row.row.check;
  return std::tuple(std::string_view(check.source.file), check.source.at.line, check.source.at.column,
                    number_of_rule(check.rule), std::string_view(row.row.detail.object), check.message.english(),
                    std::string_view(row.row.detail.evidence));
}

using Overlays = std::set<std::string_view>;

// The row, with the overlays in which it is true where it is not true in all that judge its object.
LintCheck said_once(LintCheck row, const Overlays& here, const Overlays& judged) {
  if (row.check.verdict == Verdict::Pass || here.size() == judged.size()) return row;
  row.check.message += say(" (in {})", fmt::format("{}", fmt::join(here, ", ")));
  return row;
}

std::vector<LintCheck> merged(LintRows rows) {
  std::map<decltype(owner_of(rows.front())), Overlays> judged;
  std::set<decltype(owner_of(rows.front()))> failed;
  for (const LintRow& row : rows) {
    judged[owner_of(row)].insert(row.overlay);
    if (row.row.check.verdict != Verdict::Pass) failed.insert(owner_of(row));
  }
  std::vector<decltype(place_of(rows.front()))> places;
  for (const LintRow& row : rows) places.push_back(place_of(row));
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].row.check.verdict != Verdict::Pass || !failed.contains(owner_of(rows[i]))) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&places](std::size_t a, std::size_t b) { return std::tie(places[a], a) < std::tie(places[b], b); });
  std::vector<LintCheck> checks;
  for (auto first = order.begin(); first != order.end();) {
    const auto end =
        std::find_if(first, order.end(), [&](std::size_t other) { return places[other] != places[*first]; });
    Overlays here;
    std::for_each(first, end, [&](std::size_t same) { here.insert(rows[same].overlay); });
    checks.push_back(said_once(rows[*first].row, here, judged.at(owner_of(rows[*first]))));
    first = end;
  }
  return checks;
}

}  // namespace

void LintCounts::add(const LintCounts& other) noexcept {
  files += other.files;
  documents += other.documents;
  objects += other.objects;
  templates += other.templates;
  others += other.others;
  broken += other.broken;
}

std::vector<LintCheck> lint_checks(const LintInput& input, const LintPolicy& policy) {
  LintRows rows;
  const bool is_audited = std::any_of(input.sets.begin(), input.sets.end(), audits_debugging);
  for (const ManifestSet& set : input.sets) {
    const std::size_t before = rows.size();
    lint_passwords(set, rows);
    lint_processes(set, policy, rows);
    lint_exec(set, is_audited, rows);
    lint_budgets(set, policy, input, rows);
    lint_entrances(set, rows);
    for (std::size_t i = before; i < rows.size(); ++i) rows[i].overlay = set.overlay;
  }
  for (const HelmChart& chart : input.charts) {
    lint_passwords(chart, rows);
    lint_values(chart, policy, rows);
  }
  for (const LoggingConfig& config : input.logging) lint_logs(config, policy, rows);
  return merged(std::move(rows));
}

}  // namespace migplan

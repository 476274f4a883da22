#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "migplan/report/views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

std::size_t phase_count(const PlanDates& plan) {
  std::size_t count = 0;
  for (const DatedService& service : plan.services) count += service.phases.size();
  return count;
}

bool is_end_met(const ViolationsView& view) {
  return std::none_of(view.violations.begin(), view.violations.end(),
                      [](const Violation& violation) { return violation.rule == Rule::Deadline; });
}

Text headline(const ViolationsView& view) {
  std::set<Rule> rules;
  for (const Violation& violation : view.violations) rules.insert(violation.rule);
  const Text verdict = rules.empty() ? Text("nothing violated")
                                     : say("{} of {}", counted(view.violations.size(), "{} violation", "{} violations"),
                                           counted(rules.size(), "{} rule", "{} rules"));
  return say("{}, {}: {}", counted(view.plan->services.size(), "{} service", "{} services"),
             counted(phase_count(*view.plan), "{} phase", "{} phases"), verdict);
}

std::vector<Column> columns_of(const ViolationsView& view) {
  const auto of = [view](Value (*get)(const ViolationsView&, const Violation&)) {
    return [view, get](std::size_t i) { return get(view, view.violations[i]); };
  };
  std::vector<Column> columns;
  const auto add = [&](const char* key, Shown shown, Value (*get)(const ViolationsView&, const Violation&)) -> Column& {
    columns.push_back({key, key, shown, false, of(get)});
    return columns.back();
  };
  add("rule", Shown::Always, [](const auto&, const Violation& v) -> Value { return name_of(v.rule); }).tone =
      [](std::size_t) { return Tone::Alert; };
  add("service", Shown::Always, [](const auto&, const Violation& v) -> Value {
    return std::string_view(v.service);
  }).tone = [](std::size_t) { return Tone::Strong; };
  add("phase", Shown::Always, [](const auto&, const Violation& v) { return perhaps_word(v.phase); });
  add("day", Shown::Always,
      [](const auto&, const Violation& v) { return v.day ? Value(v.day->to_string()) : Value{}; });
  add("message", Shown::Always, [](const auto&, const Violation& v) -> Value { return v.message; });
  add("file", Shown::InData, [](const auto& of_view, const Violation&) { return text_or_null(of_view.plan->file); });
  add("line", Shown::Always, [](const auto&, const Violation& v) {
    return v.at.line == 0 ? Value{} : count_value(v.at.line);
  }).is_numeric = true;
  return columns;
}

std::string words_of(const Violation& violation) {
  return fmt::format("{}{}{}: {}", violation.service, violation.phase.empty() ? "" : " ", violation.phase,
                     violation.message.english());
}

// A failure for each rule that a service breaks, a pass for each rule that is kept.
std::vector<Finding> findings_of(const ViolationsView& view) {
  const std::string_view file = view.plan->file.starts_with('<') ? std::string_view() : view.plan->file;
  std::vector<Finding> findings;
  std::map<std::pair<std::string_view, Rule>, std::size_t> numbers;  // of findings, by service and rule
  std::set<Rule> broken;
  for (const Violation& violation : view.violations) {
    const auto [known, is_new] = numbers.try_emplace({violation.service, violation.rule}, findings.size());
    if (!is_new) {
      findings[known->second].details.push_back(words_of(violation));
      continue;
    }
    broken.insert(violation.rule);
    findings.push_back({.check = name_of(violation.rule),
                        .service = violation.service,
                        .verdict = Verdict::Fail,
                        .message = words_of(violation),
                        .file = file,
                        .at = violation.at});
  }
  for (const Rule rule : kRules) {
    if (!broken.contains(rule)) findings.push_back({.check = name_of(rule), .service = "every service", .file = file});
  }
  return findings;
}

FindingList finding_list(const ViolationsView& view) {
  FindingList list{.suite = "migplan schedule --verify", .rules = {}, .all = [view] { return findings_of(view); }};
  for (const Rule rule : kRules) list.rules.push_back({name_of(rule), description_of(rule)});
  return list;
}

// Of services in other tiers, and of those that the inventory does not have, nothing is shown.
Issues keep_tiers(const ViolationsView& view, const std::vector<std::string>& names, Table& table) {
  if (names.empty()) return {};
  auto tiers = chosen_tiers(view.card->policy(), names);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  std::vector<std::uint32_t> rows = table.selection();
  std::erase_if(rows, [&](std::uint32_t i) {
    const auto service = view.card->inventory().find(view.violations[i].service);
    return !service || !tiers.value()[(*view.card)[*service].tier];
  });
  table.select(std::move(rows));
  return {};
}

}  // namespace

Result<Report> violations_report(const ViolationsView& view, const TableChoice& choice) {
  auto made = std::make_shared<Table>("violations", "", view.violations.size(), columns_of(view));
  Issues issues = keep_tiers(view, choice.tiers, *made);
  if (issues.has_errors()) return issues;
  const auto tables = chosen_tables({std::move(made)}, choice);
  if (!tables.is_ok()) return Issues(tables.issues());
  const std::shared_ptr<const Table> table = tables.value().front();
  Report report{.document = {{"schema", "migplan/schedule-verify/v1"},
                             {"plan", text_or_null(view.plan->file)},
                             {"services", count_value(view.plan->services.size())},
                             {"phases", count_value(phase_count(*view.plan))},
                             {"end_met", is_end_met(view)},
                             {"violations", Value(table)}},
                .tables = {table},
                .notes = {},
                .headlines = {headline(view)},
                .findings = finding_list(view)};
  return report;
}

}  // namespace migplan

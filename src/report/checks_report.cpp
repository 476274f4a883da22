#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/model/check_rule.hpp"
#include "migplan/report/views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

using Checks = std::span<const Check>;

Value number_or_null(const std::optional<Number>& number) { return number ? trimmed_number(*number) : Value{}; }

Tone tone_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::Pass: return Tone::Calm;
    case Verdict::Fail: return Tone::Alert;
    case Verdict::Inconclusive: return Tone::Caution;
    case Verdict::Exempted: return Tone::Muted;
  }
  return Tone::Plain;
}

std::size_t count(Checks checks, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(checks.begin(), checks.end(), [verdict](const Check& check) { return check.verdict == verdict; }));
}

std::vector<Column> columns_of(Checks checks) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, Shown shown, bool is_numeric, Value (*get)(const Check&)) -> Column& {
    columns.push_back({key, key, shown, is_numeric, [checks, get](std::size_t i) { return get(checks[i]); }});
    return columns.back();
  };
  add("service", Shown::Always, false, [](const Check& c) -> Value { return std::string_view(c.service); }).tone =
      [](std::size_t) { return Tone::Strong; };
  add("check", Shown::Always, false, [](const Check& c) -> Value { return c.rule; });
  add("verdict", Shown::Always, false, [](const Check& c) -> Value { return name_of(c.verdict); }).tone =
      [checks](std::size_t i) { return tone_of(checks[i].verdict); };
  add("observed", Shown::Always, true, [](const Check& c) { return number_or_null(c.observed); });
  add("limit", Shown::Always, true, [](const Check& c) { return number_or_null(c.limit); });
  add("unit", Shown::Always, false, [](const Check& c) { return text_or_null(c.unit); });
  add("samples", Shown::Always, true,
      [](const Check& c) { return c.samples ? count_value(static_cast<std::size_t>(*c.samples)) : Value{}; });
  add("low", Shown::Always, true, [](const Check& c) { return number_or_null(c.low); });
  add("high", Shown::Always, true, [](const Check& c) { return number_or_null(c.high); });
  add("source", Shown::Always, false, [](const Check& c) -> Value {
    std::string place = to_string(c.source);
    return place.empty() ? Value{} : Value(std::move(place));
  });
  add("message", Shown::Always, false, [](const Check& c) { return text_or_null(c.message); });
  const bool has_exempted = count(checks, Verdict::Exempted) != 0;
  add("exemption", has_exempted ? Shown::Always : Shown::InData, false,
      [](const Check& c) { return exemption_value(c.exemption); });
  return columns;
}

FindingList finding_list(const ChecksView& view) {
  FindingList list{.suite = fmt::format("migplan {}", view.command), .rules = {}, .all = {}};
  for (const std::string_view rule : view.rules) list.rules.push_back(*find_check_rule(rule));
  list.all = [checks = view.checks, inconclusive = view.inconclusive] {
    std::vector<Finding> findings;
    for (const Check& check : checks) {
      Finding& finding = findings.emplace_back();
      finding.check = check.rule;
      finding.service = check.service;
      finding.verdict = check.verdict;
      finding.is_objection = is_objection(check, inconclusive);
      finding.message = check.message;
      if (!check.source.file.starts_with('<')) finding.file = check.source.file;
      finding.at = check.source.at;
      finding.exemption = check.exemption;
    }
    return findings;
  };
  return list;
}

}  // namespace

Result<Report> checks_report(ChecksView view, const TableChoice& choice) {
  auto made = std::make_shared<Table>("checks", "", view.checks.size(), columns_of(view.checks));
  std::vector<std::shared_ptr<Table>> all{std::move(made)};
  for (auto& table : view.tables) all.push_back(std::move(table));
  const auto tables = chosen_tables(std::move(all), choice);
  if (!tables.is_ok()) return Issues(tables.issues());

  const bool is_no = std::any_of(view.checks.begin(), view.checks.end(),
                                 [&](const Check& check) { return is_objection(check, view.inconclusive); });
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
                .findings = finding_list(view)};
  for (const auto& table : tables.value()) {
    report.document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
    report.tables.push_back(table);
  }
  return report;
}

}  // namespace migplan

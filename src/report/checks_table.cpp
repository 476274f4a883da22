#include "checks_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "migplan/model/check_rule.hpp"
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

// The object, its place with the column, and what follows from the rule.
void add_details(Checks checks, std::span<const CheckDetail> details, std::vector<Column>& columns) {
  const auto add = [&columns](const char* key, Shown shown, std::function<Value(std::size_t)> cell) {
    columns.push_back({key, key, shown, false, std::move(cell)});
  };
  add("severity", Shown::InData, [details](std::size_t i) { return word_value(name_of(details[i].severity)); });
  add("object", Shown::Always, [details](std::size_t i) -> Value { return std::string_view(details[i].object); });
  add("evidence", Shown::Always, [details](std::size_t i) { return text_or_null(details[i].evidence); });
  add("why", Shown::InData, [checks](std::size_t i) { return word_value(find_check_rule(checks[i].rule)->why); });
  add("remedy", Shown::InData, [checks](std::size_t i) { return word_value(find_check_rule(checks[i].rule)->remedy); });
  for (Column& column : columns) {
    if (column.key == "source") {
      column.cell = [checks](std::size_t i) -> Value {
        const EvidencePlace& place = checks[i].source;
        return place.at.column == 0 ? to_string(place)
                                    : fmt::format("{}:{}:{}", place.file, place.at.line, place.at.column);
      };
    }
    if (column.key == "verdict") {
      column.words = [checks, details](std::size_t i) {
        return Text::word(checks[i].verdict == Verdict::Fail ? name_of(details[i].severity)
                                                             : name_of(checks[i].verdict));
      };
    }
  }
}

std::vector<Column> columns_of(Checks checks, std::span<const CheckDetail> details) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, Shown shown, bool is_numeric, Value (*get)(const Check&)) -> Column& {
    columns.push_back({key, key, shown, is_numeric, [checks, get](std::size_t i) { return get(checks[i]); }});
    return columns.back();
  };
  // Of rows that have an object, people want to read that, and where.
  const Shown number = details.empty() ? Shown::Always : Shown::InData;
  add("service", Shown::Always, false, [](const Check& c) -> Value { return std::string_view(c.service); }).tone =
      [](std::size_t) { return Tone::Strong; };
  add("check", Shown::Always, false, [](const Check& c) -> Value { return c.rule; });
  add("verdict", Shown::Always, false, [](const Check& c) { return word_value(name_of(c.verdict)); }).tone =
      [checks](std::size_t i) { return tone_of(checks[i].verdict); };
  add("observed", number, true, [](const Check& c) { return number_or_null(c.observed); });
  add("limit", number, true, [](const Check& c) { return number_or_null(c.limit); });
  add("unit", number, false, [](const Check& c) { return perhaps_word(c.unit); });
  add("samples", number, true,
      [](const Check& c) { return c.samples ? count_value(static_cast<std::size_t>(*c.samples)) : Value{}; });
  add("low", number, true, [](const Check& c) { return number_or_null(c.low); });
  add("high", number, true, [](const Check& c) { return number_or_null(c.high); });
  add("source", Shown::Always, false, [](const Check& c) -> Value {
    std::string place = to_string(c.source);
    return place.empty() ? Value{} : Value(std::move(place));
  });
  add("message", Shown::Always, false, [](const Check& c) { return text_or_null(c.message); });
  const bool has_exempted =
      std::any_of(checks.begin(), checks.end(), [](const Check& c) { return c.verdict == Verdict::Exempted; });
  add("exemption", has_exempted ? Shown::Always : Shown::InData, false,
      [](const Check& c) { return exemption_value(c.exemption); });
  if (!details.empty()) add_details(checks, details, columns);
  return columns;
}

Finding finding_of(const Check& check) {
  Finding finding;
  finding.check = check.rule;
  finding.service = check.service;
  finding.verdict = check.verdict;
  finding.message = check.message.english();
  if (!check.source.file.starts_with('<')) finding.file = check.source.file;
  finding.at = check.source.at;
  finding.exemption = check.exemption;
  finding.subject = check.subject;
  return finding;
}

void add_detail(const CheckDetail& detail, Finding& finding) {
  finding.severity = detail.severity;
  finding.subject = detail.evidence.empty() ? detail.object : fmt::format("{}/{}", detail.object, detail.evidence);
  finding.details.push_back(detail.object);
  if (!detail.evidence.empty()) finding.details.push_back(detail.evidence);
  if (finding.verdict == Verdict::Pass) return;
  const CheckRule& rule = *find_check_rule(finding.check);
  if (!rule.remedy.empty()) finding.details.emplace_back(rule.remedy);
}

}  // namespace

std::shared_ptr<Table> checks_table(std::span<const Check> checks, std::span<const CheckDetail> details) {
  return std::make_shared<Table>("checks", "", checks.size(), columns_of(checks, details));
}

FindingList checks_findings(std::string_view command, std::span<const std::string_view> rules,
                            std::span<const Check> checks, std::span<const CheckDetail> details, Objection objection) {
  FindingList list{.suite = fmt::format("migplan {}", command), .rules = {}, .all = {}};
  for (const std::string_view rule : rules) list.rules.push_back(*find_check_rule(rule));
  list.all = [checks, details, objection] {
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < checks.size(); ++i) {
      const CheckDetail* const detail = details.empty() ? nullptr : &details[i];
      Finding& finding = findings.emplace_back(finding_of(checks[i]));
      finding.is_objection = objection.includes(checks[i], detail);
      if (detail != nullptr) add_detail(*detail, finding);
    }
    return findings;
  };
  return list;
}

}  // namespace migplan

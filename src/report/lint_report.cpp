#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "migplan/model/check_rule.hpp"
#include "migplan/report/verification_views.hpp"

namespace migplan {
namespace {

std::string plural(std::size_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

struct LintTally {
  std::size_t errors = 0, warnings = 0, open = 0, exempted = 0, passed = 0;
};

LintTally tally_of(const LintView& view) {
  LintTally tally;
  for (std::size_t i = 0; i < view.checks.size(); ++i) {
    switch (view.checks[i].verdict) {
      case Verdict::Pass: ++tally.passed; break;
      case Verdict::Fail: ++(view.details[i].severity == Severity::Error ? tally.errors : tally.warnings); break;
      case Verdict::Inconclusive: ++tally.open; break;
      case Verdict::Exempted: ++tally.exempted; break;
    }
  }
  return tally;
}

std::vector<std::string> headlines(const LintView& view, const LintTally& tally) {
  const LintCounts& counts = view.counts;
  std::string found = fmt::format("{} in {}: {}, {}", plural(counts.objects, "object"), plural(counts.files, "file"),
                                  plural(tally.errors, "error"), plural(tally.warnings, "warning"));
  if (tally.open != 0) found += fmt::format(", {} inconclusive", tally.open);
  if (tally.exempted != 0) found += fmt::format(", {} exempted", tally.exempted);
  std::vector<std::string> lines{fmt::format("{}, {} passed", found, tally.passed)};
  std::string left;
  const auto add = [&left](std::size_t count, std::string_view what) {
    if (count != 0) left += fmt::format("{}{} {}", left.empty() ? "" : ", ", count, what);
  };
  add(counts.templates, "not rendered");
  add(counts.others, "of no concern");
  add(counts.broken, "not readable");
  if (!left.empty()) lines.push_back(fmt::format("left aside of {}: {}", plural(counts.documents, "document"), left));
  return lines;
}

// What to do about each rule that found something.
std::vector<std::string> notes(const LintView& view) {
  std::set<std::string_view> failed;
  for (const Check& check : view.checks) {
    if (check.verdict == Verdict::Fail || check.verdict == Verdict::Inconclusive) failed.insert(check.rule);
  }
  std::vector<std::string> notes;
  for (const std::string_view rule : view.rules) {
    if (!failed.contains(rule)) continue;
    const CheckRule& known = *find_check_rule(rule);
    notes.push_back(fmt::format("{}: {} {}", rule, known.why, known.remedy));
  }
  return notes;
}

}  // namespace

Result<Report> lint_report(const LintView& view, const TableChoice& choice) {
  const LintTally tally = tally_of(view);
  const LintCounts& counts = view.counts;
  Object document{{"files", count_value(counts.files)},     {"documents", count_value(counts.documents)},
                  {"objects", count_value(counts.objects)}, {"templates", count_value(counts.templates)},
                  {"others", count_value(counts.others)},   {"broken", count_value(counts.broken)},
                  {"errors", count_value(tally.errors)},    {"warnings", count_value(tally.warnings)}};
  return checks_report({.command = "lint",
                        .checks = view.checks,
                        .rules = view.rules,
                        .inconclusive = view.objection.inconclusive,
                        .details = view.details,
                        .fails_from = view.objection.from,
                        .hides_passed = !view.shows_passed,
                        .headlines = headlines(view, tally),
                        .document = std::move(document),
                        .notes = notes(view)},
                       choice);
}

}  // namespace migplan

#include <algorithm>
#include <set>
#include <utility>

#include "migplan/model/check_rule.hpp"
#include "migplan/report/verification_views.hpp"

namespace migplan {
namespace {

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

std::vector<Text> headlines(const LintView& view, const LintTally& tally) {
  const LintCounts& counts = view.counts;
  Text found = say("{} in {}: {}, {}", counted(counts.objects, "{} object", "{} objects"),
                   counted(counts.files, "{} file", "{} files"), counted(tally.errors, "{} error", "{} errors"),
                   counted(tally.warnings, "{} warning", "{} warnings"));
  if (tally.open != 0) found += say(", {} inconclusive", tally.open);
  if (tally.exempted != 0) found += say(", {} exempted", tally.exempted);
  std::vector<Text> lines{found + say(", {} passed", tally.passed)};
  std::vector<Text> left;
  if (counts.templates != 0) left.push_back(say("{} not rendered", counts.templates));
  if (counts.others != 0) left.push_back(say("{} of no concern", counts.others));
  if (counts.broken != 0) left.push_back(say("{} not readable", counts.broken));
  if (!left.empty()) {
    lines.push_back(say("left aside of {}: {}", counted(counts.documents, "{} document", "{} documents"),
                        Text::joined(std::move(left), ", ")));
  }
  return lines;
}

// What to do about each rule that found something.
std::vector<Text> notes(const LintView& view) {
  std::set<std::string_view> failed;
  for (const Check& check : view.checks) {
    if (check.verdict == Verdict::Fail || check.verdict == Verdict::Inconclusive) failed.insert(check.rule);
  }
  std::vector<Text> notes;
  for (const std::string_view rule : view.rules) {
    if (!failed.contains(rule)) continue;
    const CheckRule& known = *find_check_rule(rule);
    notes.push_back(say("{}: {} {}", rule, Text::word(known.why), Text::word(known.remedy)));
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

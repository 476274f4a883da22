#include "comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "migplan/base/decimal.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/attribution.hpp"
#include "migplan/scoring/diff.hpp"
#include "migplan/scoring/inventory_check.hpp"

namespace migplan::cli {
namespace {

constexpr const char* kNothing = "none";  // of --fail-on

constexpr std::array kAllChanges{Change::Moved, Change::Added, Change::Removed, Change::Scored};

Result<Points> parse_points(std::string_view option, std::string_view text) {
  constexpr int kFiner = 9;  // decimals, to see what is no whole hundredth
  const Decimal parsed = parse_decimal(text, Points::kDecimals), finer = parse_decimal(text, kFiner);
  const bool is_exact = trimmed(finer.steps, kFiner) == trimmed(parsed.steps, Points::kDecimals);
  if (!is_exact || parsed.status != DecimalStatus::Ok || parsed.steps < 0 || parsed.steps > Points::max().steps()) {
    return Issue{Severity::Error,
                 "",
                 {},
                 std::string(option),
                 fmt::format("found {}, expected points, 0 to 100 with two decimals", in_quotes(text)),
                 "",
                 Cause::Content};
  }
  return Points::from_steps(parsed.steps);
}

// What would destroy an input, or says two things at once.
Issues usage_issues(const Session& session, const Side& before, const Side& after, const ComparisonOptions& own) {
  Issues issues;
  const std::string& output = session.options().output;
  if (!output.empty() && output != "-" && (output == before.name || output == after.name)) {
    issues.add({Severity::Error, "", {}, "--output", fmt::format("{} would be replaced by what moved", output), ""});
  }
  const bool says_none = std::find(own.fail_on.begin(), own.fail_on.end(), kNothing) != own.fail_on.end();
  if (says_none && own.fail_on.size() > 1) {
    issues.add({Severity::Error, "", {}, "--fail-on", "found none beside other changes", ""});
  }
  return issues;
}

std::vector<Change> objections(const ComparisonOptions& own) {
  std::vector<Change> changes;
  for (const std::string& name : own.fail_on) {
    if (const auto change = change_called(name)) changes.push_back(*change);
  }
  return changes;
}

Issues unknown_services(const Exemptions& exemptions, const Inventory& before, const Inventory& after) {
  return exemptions.unknown_services(
      [&](std::string_view name) { return before.find(name).has_value() || after.find(name).has_value(); },
      [&](std::string_view name) {
        const std::string_view near = after.nearest(name);
        return near.empty() ? before.nearest(name) : near;
      });
}

std::vector<std::string_view> checks_of(std::span<const Change> changes) {
  std::vector<std::string_view> checks;
  for (const Change change : changes) checks.push_back(check_of(change));
  return checks;
}

}  // namespace

std::vector<Argument> add_comparison_options(const Arguments& arguments, Options& options, ComparisonOptions& own) {
  constexpr const char* kCheck = "Check";
  std::vector<std::string> kinds{kNothing};
  for (const Change change : kAllChanges) kinds.emplace_back(name_of(change));
  return {arguments
              .add_option("--fail-on", own.fail_on,
                          "Changes that end with exit code 1: moved, added, removed, scored or none; default moved")
              .option_text("A,B,...")
              .delimiter(',')
              .one_of(kinds)
              .group(kCheck),
          arguments
              .add_option("--min-change", own.min_change,
                          "Leave out services of the same tier whose score changed by less than so many points")
              .option_text("POINTS")
              .group(kCheck),
          add_exemptions_option(arguments, options), add_exemptions_day_option(arguments, options)};
}

int print_comparison(Session& session, const Side& before, const Side& after, const ComparisonOptions& own) {
  const auto least = parse_points("--min-change", own.min_change);
  if (!least.is_ok()) return session.fail(least.issues());
  const auto exemptions = session.exemptions();
  if (!exemptions.is_ok()) return session.fail(exemptions.issues());
  Issues issues = usage_issues(session, before, after, own);
  issues.append(comparability(before.inputs.policy, after.inputs.policy, before.name, after.name));
  issues.append(unknown_services(exemptions.value().list, before.inputs.inventory, after.inputs.inventory));
  if (issues.has_errors()) return session.fail(issues);

  const Scorecard old_card(before.inputs.inventory, before.inputs.policy, session.threads());
  const Scorecard new_card(after.inputs.inventory, after.inputs.policy, session.threads());
  const std::vector<Change> objected = objections(own);
  Diff result = diff(old_card, new_card, least.value());
  ExemptionUse use(exemptions.value().list, exemptions.value().as_of);
  judge(result, old_card, new_card, objected, use);
  Issues remarks = use.leftovers(checks_of(kAllChanges), checks_of(objected));
  if (exemptions.value().as_of) remarks.append(expired_overrides(after.inputs.inventory, *exemptions.value().as_of));
  session.diagnostics().report(remarks);

  const ChangeAttribution attribution(old_card, new_card);
  const DiffView view{.before = &old_card,
                      .after = &new_card,
                      .diff = &result,
                      .attribution = &attribution,
                      .objections = objected,
                      .before_name = before.name,
                      .after_name = after.name,
                      .least = least.value(),
                      .remarks = &remarks};
  return session.print(diff_report(view, session.options().choice), result.count(Verdict::Fail) != 0 ? kNo : kDone);
}

}  // namespace migplan::cli

#include <fmt/format.h>

#include <memory>

#include "comparison.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan::cli {
namespace {

// --strict: every missing fact is an error at its service.
Issues missing_facts(const Scorecard& card) {
  Issues issues;
  const Inventory& inventory = card.inventory();
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    if (card[i].is_complete()) continue;
    const FactSheet facts = card.sheet(i);
    for (const FactInfo& info : fact_infos()) {
      if (facts[info.id].is_known()) continue;
      issues.add({Severity::Error, inventory.files()[inventory[i].file], inventory[i].at,
                  inventory.path_of(i, info.path), fmt::format("{} has no such fact", inventory[i].name),
                  "--strict takes complete services only"});
    }
  }
  return issues;
}

struct ScoreOptions {
  bool is_summary = false;
  std::optional<Argument> check;  // given or not
  std::string baseline;           // empty = what migplan.yaml names
  ComparisonOptions comparison;
};

int check_against_baseline(Session& session, const ScoreOptions& own) {
  const Issues twice = session.input_issues({own.baseline});
  if (twice.has_errors()) return session.fail(twice);
  const auto baseline = session.baseline_paths(own.baseline);
  if (!baseline.is_ok()) return session.fail(baseline.issues());
  auto recorded = session.recorded(baseline.value().front());
  auto inputs = session.inputs();
  Issues issues = recorded.issues();
  issues.append(Issues(inputs.issues()));
  if (issues.has_errors()) return session.fail(issues);
  const Side before{baseline.value().front(), std::move(recorded).value()};
  const std::string files = fmt::format("{}", fmt::join(inputs.value().inventory.files(), ", "));
  return print_comparison(session, before, Side{files, std::move(inputs).value()}, own.comparison);
}

int run_score(Session& session, const ScoreOptions& own) {
  if (own.check->is_given()) return check_against_baseline(session, own);
  const TableChoice& choice = session.options().choice;
  const auto inputs = session.inputs(shows_profiles(choice) ? Profiles::Kept : Profiles::LeftOut);
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const auto& [policy, inventory] = inputs.value();
  const Scorecard card(inventory, policy, session.threads());
  if (session.options().is_strict) {
    const Issues missing = missing_facts(card);
    if (missing.has_errors()) return session.fail(missing);
  }
  return session.print(own.is_summary ? score_summary_report(card, choice) : score_report(card, choice));
}

}  // namespace

Action set_up_score(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<ScoreOptions>();
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  const Argument strict =
      arguments.add_flag("--strict", options.is_strict, "Reject services that lack facts instead of giving a range")
          .group("Input");
  add_tier_option(arguments, options);
  add_table_options(arguments, options);
  const Argument summary =
      arguments.add_flag("--summary", own->is_summary, "Counts per domain and tier in place of the services")
          .group("Rows");
  const Argument check =
      arguments
          .add_option("--check", own->baseline,
                      "Print what moved since this score report instead of the scores; exit code 1 where a tier did; "
                      "without FILE: the baseline of migplan.yaml")
          .option_text("[FILE]")
          .expected(0, 1)
          .excludes(summary)
          .excludes(strict)
          .group("Check");
  own->check = check;
  for (const Argument& option : add_comparison_options(arguments, options, own->comparison)) option.needs(check);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_score(session, *own); };
}

}  // namespace migplan::cli

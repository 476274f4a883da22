#include <fmt/format.h>

#include <memory>

#include "command.hpp"
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

int run_score(Session& session, bool is_summary) {
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const auto& [policy, inventory] = inputs.value();
  const Scorecard card(inventory, policy, session.threads());
  if (session.options().is_strict) {
    const Issues missing = missing_facts(card);
    if (missing.has_errors()) return session.fail(missing);
  }
  const TableChoice& choice = session.options().choice;
  return session.print(is_summary ? score_summary_report(card, choice) : score_report(card, choice));
}

}  // namespace

Action set_up_score(CLI::App& app, Options& options) {
  const auto is_summary = std::make_shared<bool>(false);
  add_inventory_options(app, options);
  add_policy_option(app, options);
  app.add_flag("--strict", options.is_strict, "Reject services that lack facts instead of giving a range")
      ->group("Input");
  add_tier_option(app, options);
  add_table_options(app, options);
  app.add_flag("--summary", *is_summary, "Counts per domain and tier in place of the services")->group("Rows");
  add_output_options(app, options);
  add_general_options(app, options);
  return [is_summary](Session& session) { return run_score(session, *is_summary); };
}

}  // namespace migplan::cli

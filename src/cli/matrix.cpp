#include <map>
#include <memory>

#include "command.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan::cli {
namespace {

int run_matrix(Session& session, MatrixView view) {
  const auto policy = session.policy();
  const auto inventory = session.inventory();
  if (!policy.is_ok() || !inventory.is_ok()) {
    Issues issues = policy.issues();
    issues.append(Issues(inventory.issues()));
    return session.fail(issues);
  }
  session.warn(inventory.issues());
  const Scorecard card(inventory.value(), policy.value(), session.threads());
  return session.print(matrix_report(card, view, session.options().choice));
}

}  // namespace

Action set_up_matrix(CLI::App& app, Options& options) {
  const auto view = std::make_shared<MatrixView>(MatrixView::Both);
  static const std::map<std::string, MatrixView> kViews{
      {"both", MatrixView::Both}, {"tiers", MatrixView::Tiers}, {"quadrant", MatrixView::Quadrant}};
  add_inventory_options(app, options);
  add_policy_option(app, options);
  app.add_option("--view", *view, "tiers: tier by domain; quadrant: coupling by obsolescence; csv and jsonl print the first")
      ->transform(CLI::CheckedTransformer(kViews))
      ->option_text("both|tiers|quadrant")
      ->group("Rows");
  add_tier_option(app, options);
  add_table_options(app, options);
  add_output_options(app, options);
  add_general_options(app, options);
  return [view](Session& session) { return run_matrix(session, *view); };
}

}  // namespace migplan::cli

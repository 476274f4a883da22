#include "command.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan::cli {
namespace {

int run_matrix(Session& session) {
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const auto& [policy, inventory] = inputs.value();
  const Scorecard card(inventory, policy, session.threads());
  return session.print(matrix_report(card, session.options().choice));
}

}  // namespace

Action set_up_matrix(const Arguments& arguments, Options& options) {
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  add_table_option(arguments, options, "cells: tier by domain; quadrant: coupling by obsolescence");
  add_tier_option(arguments, options);
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Picture});
  add_general_options(arguments, options);
  return run_matrix;
}

}  // namespace migplan::cli

#include <utility>
#include <vector>

#include "command.hpp"
#include "import_files.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan::cli {
namespace {

int run_explain(Session& session) {
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const auto& [policy, inventory] = inputs.value();
  const auto services = named_services(inventory, session.options());
  if (!services.is_ok()) return session.fail(services.issues());
  std::vector<Provenance> imported;
  for (const std::string& file : inventory.files()) {
    auto provenance = read_provenance_of(session, file);
    if (!provenance.is_ok()) return session.fail(provenance.issues());
    imported.push_back(std::move(provenance).value());
  }
  const Scorecard card(inventory, policy, session.threads());
  return session.print(explain_report(card, services.value(), session.options().choice, imported));
}

}  // namespace

Action set_up_explain(const Arguments& arguments, Options& options) {
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  add_service_option(arguments, options, "Service to explain, repeatable; of two, also why one stands above the other");
  arguments.get_option("--service").required();
  add_table_option(arguments, options, "facts, flips or (of two services) difference");
  add_table_options(arguments, options);
  add_output_options(arguments, options);
  add_general_options(arguments, options);
  return run_explain;
}

}  // namespace migplan::cli

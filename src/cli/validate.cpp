#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/scoring/topology_check.hpp"

namespace migplan::cli {
namespace {

// Overrides name tiers of the policy.
Issues override_issues(const Inventory& inventory, const Policy& policy) {
  Issues issues;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    const auto& tier_override = details_of(inventory[i]).tier_override;
    if (!tier_override || policy.find_tier(tier_override->tier)) continue;
    issues.add({Severity::Error, inventory.files()[inventory[i].file], tier_override->at,
                inventory.path_of(i) + ".override.tier",
                fmt::format("{} is no tier of the policy", in_quotes(tier_override->tier)), ""});
  }
  return issues;
}

struct Findings {
  Issues issues;
  std::size_t files = 0;
  std::size_t services = 0;
};

// Positionals may be policy files too: told apart by the schema that they name.
bool is_policy_file(Session& session, const std::string& path) {
  if (path == "-" || session.env().disk.kind(path) != PathKind::File) return false;
  const auto source = session.open(path);
  if (!source.is_ok()) return false;
  std::string beginning(4096, '\0');
  beginning.resize(source.value()->read(beginning));
  return declared_schema(beginning).starts_with("migplan/policy/");
}

void check_policy_files(Session& session, std::vector<Session::Input>& inputs, Findings& findings) {
  std::erase_if(inputs, [&](const Session::Input& input) {
    if (!is_policy_file(session, input.path)) return false;
    const auto source = session.open(input.path);
    if (source.is_ok()) findings.issues.append(Issues(read_policy(*source.value(), input.path).issues()));
    ++findings.files;
    return true;
  });
}

Findings check_all(Session& session) {
  Findings findings;
  const auto policy = session.policy();
  findings.issues.append(Issues(policy.issues()));
  if (session.has_policy_file()) ++findings.files;
  auto inputs = session.inventory_inputs();
  if (!inputs.is_ok()) {
    findings.issues.append(Issues(inputs.issues()));
    return findings;
  }
  std::vector<Session::Input> inventories = inputs.value();
  check_policy_files(session, inventories, findings);
  if (inventories.empty()) return findings;
  findings.files += inventories.size();
  const auto inventory = session.read_inventory_inputs(inventories);
  findings.issues.append(Issues(inventory.issues()));
  if (!inventory.is_ok()) return findings;
  findings.services = inventory.value().size();
  findings.issues.append(topology_warnings(inventory.value()));
  if (policy.is_ok()) findings.issues.append(override_issues(inventory.value(), policy.value()));
  return findings;
}

int run_validate(Session& session) {
  const Findings findings = check_all(session);
  if (findings.issues.has_access_errors()) return session.fail(findings.issues);
  return session.print(validate_report(findings.issues, findings.files, findings.services, session.options().choice),
                       findings.issues.has_errors() ? kRejected : kDone);
}

}  // namespace

Action set_up_validate(CLI::App& app, Options& options) {
  add_inventory_options(app, options);
  add_policy_option(app, options);
  add_table_options(app, options);
  add_output_options(app, options);
  add_general_options(app, options);
  return run_validate;
}

}  // namespace migplan::cli

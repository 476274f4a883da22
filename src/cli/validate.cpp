#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/load/project_reader.hpp"
#include "migplan/scoring/inventory_check.hpp"

namespace migplan::cli {
namespace {

struct Findings {
  Issues issues;
  std::size_t files = 0;
  std::size_t services = 0;
};

// The format that a positional names: policy and project files may stand among inventories.
std::string schema_of(Session& session, const std::string& path) {
  if (path == "-" || session.env().disk.kind(path) != PathKind::File) return {};
  const auto source = session.open(path);
  if (!source.is_ok()) return {};
  std::string beginning(4096, '\0');
  beginning.resize(source.value()->read(beginning));
  return std::string(declared_schema(beginning));
}

// Takes files that are no inventories out of `inputs` and checks them.
void check_other_files(Session& session, std::vector<Session::Input>& inputs, Findings& findings) {
  std::erase_if(inputs, [&](const Session::Input& input) {
    const std::string schema = schema_of(session, input.path);
    const bool is_policy = schema.starts_with("migplan/policy/"), is_project = schema.starts_with("migplan/project/");
    if (!is_policy && !is_project) return false;
    const auto source = session.open(input.path);
    if (source.is_ok()) {
      findings.issues.append(is_policy ? Issues(read_policy(*source.value(), input.path).issues())
                                       : Issues(read_project(*source.value(), input.path).issues()));
    }
    ++findings.files;
    return true;
  });
}

void check_inventories(Session& session, const std::vector<Session::Input>& inputs, const Result<Policy>& policy,
                       Findings& findings) {
  findings.files += inputs.size();
  const auto inventory = session.read_inventory_inputs(inputs);
  findings.issues.append(Issues(inventory.issues()));
  if (!inventory.is_ok()) return;
  findings.services = inventory.value().size();
  findings.issues.append(topology_warnings(inventory.value()));
  if (policy.is_ok()) findings.issues.append(override_issues(inventory.value(), policy.value()));
}

Findings check_all(Session& session) {
  Findings findings;
  findings.issues = session.project_issues();
  if (findings.issues.has_errors()) return findings;
  const auto policy = session.policy();
  findings.issues.append(Issues(policy.issues()));
  if (session.has_policy_file()) ++findings.files;
  auto inputs = session.inventory_inputs();
  findings.issues.append(Issues(inputs.issues()));
  if (!inputs.is_ok()) return findings;
  std::vector<Session::Input> inventories = inputs.value();
  check_other_files(session, inventories, findings);
  if (!inventories.empty()) check_inventories(session, inventories, policy, findings);
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

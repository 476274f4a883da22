#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "command.hpp"
#include "migplan/load/exemptions_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/load/project_reader.hpp"
#include "migplan/load/score_report_reader.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/inventory_check.hpp"

namespace migplan::cli {
namespace {

struct Checked {
  Issues issues;
  std::size_t files = 0;
  std::size_t services = 0;
  std::vector<Exemptions> exemptions{};  // those of positionals
};

// Takes files that are no inventories out of `inputs` and checks them.
void check_other_files(Session& session, std::vector<Session::Input>& inputs, Checked& checked) {
  std::erase_if(inputs, [&](const Session::Input& input) {
    const std::string schema = session.schema_of(input.path);
    const auto check = [&](const auto& read) {
      const auto source = session.open(input.path);
      if (source.is_ok()) checked.issues.append(Issues(read(*source.value(), input.path).issues()));
      ++checked.files;
      return true;
    };
    if (schema.starts_with("migplan/policy/")) return check(read_policy);
    if (schema.starts_with("migplan/project/")) return check(read_project);
    if (schema.starts_with("migplan/exemptions/")) {
      return check([&checked](ByteSource& source, std::string_view name) {
        auto exemptions = read_exemptions(source, name);
        if (exemptions.is_ok()) checked.exemptions.push_back(exemptions.value());
        return exemptions;
      });
    }
    if (schema.starts_with("migplan/score/")) return check(read_score_report);
    return false;
  });
}

// The exemptions that the project, --exemptions or a positional names, against the services.
void check_exemptions(Session& session, const Inventory& inventory, Checked& checked) {
  auto exemptions = session.read_exemptions_file();
  checked.issues.append(Issues(exemptions.issues()));
  if (exemptions.is_ok() && !exemptions.value().file().empty()) {
    ++checked.files;
    checked.exemptions.push_back(std::move(exemptions).value());
  }
  for (const Exemptions& list : checked.exemptions) {
    checked.issues.append(
        list.unknown_services([&inventory](std::string_view name) { return inventory.find(name).has_value(); },
                              [&inventory](std::string_view name) { return inventory.nearest(name); }));
  }
}

void check_inventories(Session& session, const std::vector<Session::Input>& inputs, const Result<Policy>& policy,
                       Checked& checked) {
  checked.files += inputs.size();
  const auto inventory = session.read_inventory_inputs(inputs);
  checked.issues.append(Issues(inventory.issues()));
  if (!inventory.is_ok()) return;
  checked.services = inventory.value().size();
  checked.issues.append(topology_warnings(inventory.value()));
  if (policy.is_ok()) checked.issues.append(override_issues(inventory.value(), policy.value()));
  check_exemptions(session, inventory.value(), checked);
}

Checked check_all(Session& session) {
  Checked checked;
  checked.issues = session.project_issues();
  if (checked.issues.has_errors()) return checked;
  const auto policy = session.policy();
  checked.issues.append(Issues(policy.issues()));
  if (session.has_policy_file()) ++checked.files;
  auto inputs = session.inventory_inputs();
  checked.issues.append(Issues(inputs.issues()));
  if (!inputs.is_ok()) return checked;
  std::vector<Session::Input> inventories = inputs.value();
  check_other_files(session, inventories, checked);
  if (!inventories.empty()) check_inventories(session, inventories, policy, checked);
  return checked;
}

int run_validate(Session& session) {
  const Checked checked = check_all(session);
  if (checked.issues.has_access_errors()) return session.fail(checked.issues);
  return session.print(validate_report(checked.issues, checked.files, checked.services, session.options().choice),
                       checked.issues.has_errors() ? kRejected : kDone);
}

}  // namespace

Action set_up_validate(CLI::App& app, Options& options) {
  add_inventory_options(app, options);
  add_policy_option(app, options);
  add_exemptions_option(app, options);
  add_table_options(app, options);
  add_output_options(app, options);
  add_general_options(app, options);
  return run_validate;
}

}  // namespace migplan::cli

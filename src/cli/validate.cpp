#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "command.hpp"
#include "migplan/load/exemptions_reader.hpp"
#include "migplan/load/playbook_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/load/project_reader.hpp"
#include "migplan/load/score_report_reader.hpp"
#include "migplan/playbook/payload_verdict.hpp"
#include "migplan/playbook/transaction_plan.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/inventory_check.hpp"

namespace migplan::cli {
namespace {

struct Checked {
  Issues issues;
  std::size_t files = 0;
  std::size_t services = 0;
  std::vector<Exemptions> exemptions{};  // those of positionals
  std::vector<RuleSection> sections{};
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
    if (schema.starts_with("migplan/playbook-rules/")) {
      return check([&checked](ByteSource& source, std::string_view name) {
        auto section = read_playbook_section(source, name);
        if (section.is_ok()) checked.sections.push_back(section.value());
        return section;
      });
    }
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
  for (ServiceIndex i = 0; i < inventory.value().size(); ++i) {
    checked.issues.append(transaction_issues(inventory.value(), i));
    checked.issues.append(payload_issues(inventory.value(), i));
  }
  check_exemptions(session, inventory.value(), checked);
}

// The rules that the project or --playbooks names, and those of positionals, with the built-in ones behind them.
void check_playbooks(Session& session, const std::string& named, const Result<Policy>& policy, Checked& checked) {
  std::vector<Result<Playbook>> all;
  if (session.has_playbooks(named)) {
    const auto files = session.playbook_files(named);
    if (files.is_ok()) checked.files += files.value().size();
    all.push_back(session.playbook(named));
  }
  if (!checked.sections.empty()) {
    all.push_back(Playbook::create(builtin_playbook_sections(), std::move(checked.sections)));
  }
  for (const auto& playbook : all) {
    checked.issues.append(Issues(playbook.issues()));
    if (!playbook.is_ok() || !policy.is_ok()) continue;
    std::vector<std::string_view> phases;
    for (const auto& [phase, rule] : policy.value().schedule().phases) phases.emplace_back(phase);
    checked.issues.append(playbook.value().phase_issues(phases));
  }
}

Checked check_all(Session& session, const std::string& playbooks) {
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
  check_playbooks(session, playbooks, policy, checked);
  if (!inventories.empty()) check_inventories(session, inventories, policy, checked);
  return checked;
}

int run_validate(Session& session, const std::string& playbooks) {
  const Checked checked = check_all(session, playbooks);
  if (checked.issues.has_access_errors()) return session.fail(checked.issues);
  return session.print(validate_report(checked.issues, checked.files, checked.services, session.options().choice),
                       checked.issues.has_errors() ? kRejected : kDone);
}

}  // namespace

Action set_up_validate(const Arguments& arguments, Options& options) {
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  add_exemptions_option(arguments, options);
  const auto playbooks = std::make_shared<std::string>();
  add_playbooks_option(arguments, *playbooks);
  add_table_options(arguments, options);
  add_output_options(arguments, options);
  add_general_options(arguments, options);
  return [playbooks](Session& session) { return run_validate(session, *playbooks); };
}

}  // namespace migplan::cli

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "comparison.hpp"
#include "migplan/report/views.hpp"

namespace migplan::cli {
namespace {

struct DiffOptions {
  std::string before, after;  // empty = what migplan.yaml names
  std::string old_policy;
  ComparisonOptions comparison;
};

// A score report brings the policy that it was made under; an inventory takes the one that is chosen for it.
Result<Side> read_side(Session& session, const std::vector<std::string>& paths, const std::string& policy_file,
                       std::string_view policy_option) {
  if (paths.size() == 1 && session.is_report(paths.front())) {
    if (!policy_option.empty()) {
      return Issue{Severity::Error,
                   paths.front(),
                   {},
                   std::string(policy_option),
                   "a score report holds its own policy",
                   "name an inventory to score it anew"};
    }
    auto recorded = session.recorded(paths.front());
    if (!recorded.is_ok()) return std::move(recorded).issues();
    return Side{paths.front(), std::move(recorded).value()};
  }
  auto inputs = session.inputs(paths, policy_file);
  if (!inputs.is_ok()) return std::move(inputs).issues();
  return Side{fmt::format("{}", fmt::join(paths, ", ")), std::move(inputs).value()};
}

int run_diff(Session& session, const DiffOptions& own) {
  const std::string& new_policy = session.options().policy;
  Issues issues = session.input_issues({own.before, own.after, own.old_policy});
  const auto before_paths = session.baseline_paths(own.before);
  const auto after_paths =
      session.inventory_paths(own.after.empty() ? std::vector<std::string>{} : std::vector{own.after});
  issues.append(Issues(before_paths.issues()));
  issues.append(Issues(after_paths.issues()));
  if (issues.has_errors()) return session.fail(issues);
  const auto before = read_side(session, before_paths.value(), own.old_policy.empty() ? new_policy : own.old_policy,
                                own.old_policy.empty() ? "" : "--old-policy");
  const auto after = read_side(session, after_paths.value(), new_policy, new_policy.empty() ? "" : "--policy");
  issues.append(Issues(before.issues()));
  issues.append(Issues(after.issues()));
  if (issues.has_errors()) return session.fail(issues);
  return print_comparison(session, before.value(), after.value(), own.comparison);
}

}  // namespace

Action set_up_diff(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<DiffOptions>();
  arguments
      .add_option("OLD", own->before,
                  "Inventory file or folder, score report (JSON), or -; default: the baseline of migplan.yaml")
      .option_text(" ")
      .group("Input");
  arguments.add_option("NEW", own->after, "The same; default: the inventory of migplan.yaml")
      .option_text(" ")
      .group("Input");
  add_project_option(arguments, options);
  add_policy_option(arguments, options);
  arguments.add_option("--old-policy", own->old_policy, "Policy of OLD, if it is another one")
      .option_text("FILE")
      .group("Input");
  add_comparison_options(arguments, options, own->comparison);
  add_tier_option(arguments, options);
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_diff(session, *own); };
}

}  // namespace migplan::cli

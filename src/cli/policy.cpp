#include "command.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/report/views.hpp"

namespace migplan::cli {
namespace {

// As text: YAML that is a policy file itself; the built-in one with its comments where nothing changes it.
int run_policy(Session& session) {
  const auto policy = session.policy();
  if (!policy.is_ok()) return session.fail(policy.issues());
  const Options& options = session.options();
  const bool has_choice = !options.choice.columns.empty() || !options.choice.sort.empty() ||
                          !options.choice.filter.empty() || options.choice.top.has_value();
  const bool is_file_of_format = !options.output.empty() && format_of_file(options.output) != nullptr;
  const bool is_yaml = (options.format.empty() && !is_file_of_format && !has_choice);
  if (!is_yaml) return session.print(policy_report(policy.value(), options.choice));
  return session.print_text(session.has_policy_file() ? policy_yaml(policy.value())
                                                      : std::string(builtin_policy_text()));
}

}  // namespace

Action set_up_policy(const Arguments& arguments, Options& options) {
  add_policy_option(arguments, options);
  arguments
      .add_option("--project", options.project,
                  "Project file; default: migplan.yaml here or in the nearest folder above")
      .option_text("FILE")
      .group("Input");
  add_table_options(arguments, options);
  add_output_options(arguments, options);
  add_general_options(arguments, options);
  return run_policy;
}

}  // namespace migplan::cli

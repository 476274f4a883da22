#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <string_view>

#include "arguments.hpp"
#include "session.hpp"

namespace migplan::cli {

// A command is one row of a table and one file. `set_up` declares its options and returns what runs it; help,
// completion, the manual page and the tests read the same table.
using Action = std::function<int(Session&)>;
struct Command {
  std::string_view name;
  std::string_view group;
  std::string_view summary;
  Action (*set_up)(const Arguments& arguments, Options& options);
};

[[nodiscard]] std::span<const Command> commands() noexcept;

struct ExitStatus {
  int code;
  std::string_view meaning;
};
[[nodiscard]] std::span<const ExitStatus> exit_statuses() noexcept;

// Options that commands share, declared in one place each.
void add_general_options(const Arguments& arguments, Options& options);    // --quiet, -v, --log-format, and the next
void add_language_option(const Arguments& arguments, Options& options);    // --lang
void add_inventory_options(const Arguments& arguments, Options& options);  // FILES, and the next
void add_project_option(const Arguments& arguments, Options& options);     // --project, --threads
void add_policy_option(const Arguments& arguments, Options& options);      // --policy
// --format with the formats of the view that the command has besides the projections, -o, --bom.
// `otherwise`: the format where nothing tells one; `output`: what -o takes.
void add_output_options(const Arguments& arguments, Options& options, std::initializer_list<View> views = {},
                        std::string_view otherwise = "text",
                        std::string_view output = "File to write, replaced as a whole; default: standard output");
void add_table_options(const Arguments& arguments, Options& options);  // --columns, --sort, --filter, --top
void add_table_option(const Arguments& arguments, Options& options, std::string_view tables);  // --table
void add_tier_option(const Arguments& arguments, Options& options);
Argument add_exemptions_option(const Arguments& arguments, Options& options);
Argument add_exemptions_day_option(const Arguments& arguments, Options& options);  // --as-of
void add_playbooks_option(const Arguments& arguments, std::string& playbooks);
void add_service_option(const Arguments& arguments, Options& options, std::string_view description);

Action set_up_init(const Arguments& arguments, Options& options);
Action set_up_validate(const Arguments& arguments, Options& options);
Action set_up_import(const Arguments& arguments, Options& options);
Action set_up_score(const Arguments& arguments, Options& options);
Action set_up_explain(const Arguments& arguments, Options& options);
Action set_up_matrix(const Arguments& arguments, Options& options);
Action set_up_sensitivity(const Arguments& arguments, Options& options);
Action set_up_diff(const Arguments& arguments, Options& options);
Action set_up_schedule(const Arguments& arguments, Options& options);
Action set_up_playbook(const Arguments& arguments, Options& options);
Action set_up_status(const Arguments& arguments, Options& options);
Action set_up_report(const Arguments& arguments, Options& options);
Action set_up_gate(const Arguments& arguments, Options& options);
Action set_up_reconcile(const Arguments& arguments, Options& options);
Action set_up_canary(const Arguments& arguments, Options& options);
Action set_up_sunset(const Arguments& arguments, Options& options);
Action set_up_slo(const Arguments& arguments, Options& options);
Action set_up_outcome(const Arguments& arguments, Options& options);
Action set_up_lint(const Arguments& arguments, Options& options);
Action set_up_typemap(const Arguments& arguments, Options& options);
Action set_up_policy(const Arguments& arguments, Options& options);
Action set_up_completion(const Arguments& arguments, Options& options);
Action set_up_version(const Arguments& arguments, Options& options);

// The services named by --service; unknown names are reported with the nearest known one.
[[nodiscard]] Result<std::vector<ServiceIndex>> named_services(const Inventory& inventory, const Options& options);

}  // namespace migplan::cli

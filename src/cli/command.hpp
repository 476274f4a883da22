#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

#include "session.hpp"

namespace migplan::cli {

// A command is one row of a table and one file. `set_up` declares its options and returns what runs it; help,
// completion, the manual page and the tests read the same table.
using Action = std::function<int(Session&)>;
struct Command {
  std::string_view name;
  std::string_view group;
  std::string_view summary;
  Action (*set_up)(CLI::App& app, Options& options);
};

[[nodiscard]] std::span<const Command> commands() noexcept;

struct ExitStatus {
  int code;
  std::string_view meaning;
};
[[nodiscard]] std::span<const ExitStatus> exit_statuses() noexcept;

// Options that commands share, declared in one place each.
void add_general_options(CLI::App& app, Options& options);    // --quiet, -v, --log-format, --color
void add_inventory_options(CLI::App& app, Options& options);  // FILES, and the next
void add_project_option(CLI::App& app, Options& options);     // --project, --threads
void add_policy_option(CLI::App& app, Options& options);      // --policy
// --format with the formats of the view that the command has besides the projections, -o, --bom.
// `otherwise`: the format where nothing tells one; `output`: what -o takes.
void add_output_options(CLI::App& app, Options& options, std::initializer_list<View> views = {},
                        std::string_view otherwise = "text",
                        std::string_view output = "File to write, replaced as a whole; default: standard output");
void add_table_options(CLI::App& app, Options& options);                          // --columns, --sort, --filter, --top
void add_table_option(CLI::App& app, Options& options, std::string_view tables);  // --table
void add_tier_option(CLI::App& app, Options& options);
CLI::Option* add_exemptions_option(CLI::App& app, Options& options);
CLI::Option* add_exemptions_day_option(CLI::App& app, Options& options);  // --as-of
void add_playbooks_option(CLI::App& app, std::string& playbooks);
void add_service_option(CLI::App& app, Options& options, std::string_view description);

Action set_up_init(CLI::App& app, Options& options);
Action set_up_validate(CLI::App& app, Options& options);
Action set_up_import(CLI::App& app, Options& options);
Action set_up_score(CLI::App& app, Options& options);
Action set_up_explain(CLI::App& app, Options& options);
Action set_up_matrix(CLI::App& app, Options& options);
Action set_up_sensitivity(CLI::App& app, Options& options);
Action set_up_diff(CLI::App& app, Options& options);
Action set_up_schedule(CLI::App& app, Options& options);
Action set_up_playbook(CLI::App& app, Options& options);
Action set_up_gate(CLI::App& app, Options& options);
Action set_up_reconcile(CLI::App& app, Options& options);
Action set_up_canary(CLI::App& app, Options& options);
Action set_up_sunset(CLI::App& app, Options& options);
Action set_up_slo(CLI::App& app, Options& options);
Action set_up_outcome(CLI::App& app, Options& options);
Action set_up_lint(CLI::App& app, Options& options);
Action set_up_typemap(CLI::App& app, Options& options);
Action set_up_policy(CLI::App& app, Options& options);
Action set_up_completion(CLI::App& app, Options& options);
Action set_up_version(CLI::App& app, Options& options);

// The services named by --service; unknown names are reported with the nearest known one.
[[nodiscard]] Result<std::vector<ServiceIndex>> named_services(const Inventory& inventory, const Options& options);

// The program as a tree of options; what is parsed goes into `options`, the chosen command's action into `action`.
[[nodiscard]] std::unique_ptr<CLI::App> make_app(Options& options, Action& action);

[[nodiscard]] std::string manual_page(const CLI::App& app);
[[nodiscard]] std::string completion_script(const CLI::App& app, std::string_view shell);

}  // namespace migplan::cli

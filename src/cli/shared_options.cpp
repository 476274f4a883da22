#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/load/catalogue_reader.hpp"

namespace migplan::cli {
namespace {

constexpr const char* kGeneral = "General";
constexpr const char* kInput = "Input";
constexpr const char* kOutput = "Output";
constexpr const char* kRows = "Rows";

std::vector<std::string> format_names(std::initializer_list<View> views) {
  std::vector<std::string> names;
  for (const Format& format : formats()) {
    const bool is_shown = std::find(views.begin(), views.end(), format.view) != views.end();
    if (format.view == View::Projections || is_shown) names.emplace_back(format.name);
  }
  return names;
}

}  // namespace

void add_general_options(const Arguments& arguments, Options& options) {
  arguments.add_flag("-q,--quiet", options.is_quiet, "No warnings and no progress, errors only").group(kGeneral);
  arguments.add_flag("-v,--verbose", options.is_verbose, "Say what is read and from where").group(kGeneral);
  arguments.add_option("--log-format", options.log_format, "Lines on standard error as text or json")
      .one_of({"text", "json"})
      .option_text("text|json")
      .group(kGeneral);
  add_language_option(arguments, options);
}

void add_language_option(const Arguments& arguments, Options& options) {
  const std::vector<std::string> known(languages().begin(), languages().end());
  arguments
      .add_option("--lang", options.language,
                  "Language of help, tables and pages: en or zh; data and errors are the same in both")
      .one_of(known)
      .option_text(fmt::format("{}", fmt::join(known, "|")))
      .group(kGeneral);
}

void add_inventory_options(const Arguments& arguments, Options& options) {
  arguments
      .add_option("FILES", options.files,
                  "Inventory files (.yaml .yml .json .jsonl .ndjson .csv), folders, or - for standard input; "
                  "default: what migplan.yaml names")
      .option_text(" ")
      .group(kInput);
  add_project_option(arguments, options);
}

void add_project_option(const Arguments& arguments, Options& options) {
  arguments
      .add_option("--project", options.project,
                  "Project file; default: migplan.yaml here or in the nearest folder above")
      .option_text("FILE")
      .group(kInput);
  arguments
      .add_option("--threads", options.threads,
                  "Threads to read with; default: one a processor, the result is the same")
      .option_text("N")
      .range(1, 1024)
      .group(kInput);
}

void add_policy_option(const Arguments& arguments, Options& options) {
  arguments.add_option("-p,--policy", options.policy, "Policy file, merged over the built-in one")
      .option_text("FILE")
      .group(kInput);
}

void add_output_options(const Arguments& arguments, Options& options, std::initializer_list<View> views,
                        std::string_view otherwise, std::string_view output) {
  const auto names = format_names(views);
  arguments.add_option("-f,--format", options.format, fmt::format("Default: by the ending of -o, else {}", otherwise))
      .option_text(fmt::format("{}", fmt::join(names, "|")))
      .one_of(names)
      .group(kOutput);
  arguments.add_option("-o,--output", options.output, std::string(output)).option_text("FILE").group(kOutput);
  arguments.add_flag("--bom", options.has_byte_order_mark, "Begin CSV with a byte-order mark, for Excel")
      .group(kOutput);
  arguments.add_option("--color", options.colour, "auto: on a terminal and when NO_COLOR is not set")
      .option_text("auto|always|never")
      .one_of({"auto", "always", "never"})
      .group(kOutput);
}

void add_table_options(const Arguments& arguments, Options& options) {
  arguments.add_option("--columns", options.choice.columns, "Columns to show, in this order")
      .option_text("A,B,...")
      .delimiter(',')
      .group(kRows);
  arguments.add_option("--sort", options.choice.sort, "Sort by columns, -A for falling (--sort=-score,name)")
      .option_text("A,B,...")
      .delimiter(',')
      .group(kRows);
  arguments.add_option("--filter", options.choice.filter, "Rows to keep, such as 'domain==risk && score>=65'")
      .option_text("EXPR")
      .group(kRows);
  arguments.add_option("--top", options.choice.top, "First N rows only").option_text("N").not_negative().group(kRows);
}

void add_table_option(const Arguments& arguments, Options& options, std::string_view tables) {
  arguments
      .add_option(
          "--table", options.choice.table,
          fmt::format("Only this table, {}; row options, csv and jsonl mean the first unless it is given", tables))
      .option_text("NAME")
      .group(kRows);
}

Argument add_exemptions_option(const Arguments& arguments, Options& options) {
  return arguments
      .add_option("--exemptions", options.exemptions,
                  "File of failures that are allowed for a time; default: what migplan.yaml names")
      .option_text("FILE")
      .group("Check");
}

Argument add_exemptions_day_option(const Arguments& arguments, Options& options) {
  return arguments
      .add_option("--as-of", options.as_of, "The day on which exemptions are judged, such as 2024-07-01, or today")
      .option_text("DATE|today")
      .group("Check");
}

void add_tier_option(const Arguments& arguments, Options& options) {
  arguments.add_option("-t,--tier", options.choice.tiers, "Only services of these tiers")
      .option_text("S,A,...")
      .delimiter(',')
      .group(kRows);
}

void add_playbooks_option(const Arguments& arguments, std::string& playbooks) {
  arguments
      .add_option(
          "--playbooks", playbooks,
          "Rules of your own, a file or a folder: a section replaces the built-in one of its name; default: what "
          "migplan.yaml names")
      .option_text("DIR")
      .group(kInput);
}

void add_service_option(const Arguments& arguments, Options& options, std::string_view description) {
  arguments.add_option("-s,--service", options.services, std::string(description))
      .option_text("NAME")
      .allow_extra_args(false)
      .group(kInput);
}

Result<std::vector<ServiceIndex>> named_services(const Inventory& inventory, const Options& options) {
  std::vector<ServiceIndex> services;
  Issues issues;
  for (const std::string& name : options.services) {
    if (const auto found = inventory.find(name)) {
      const bool is_new = std::find(services.begin(), services.end(), *found) == services.end();
      if (is_new) services.push_back(*found);
      continue;
    }
    const std::string_view near = inventory.nearest(name);
    issues.add({Severity::Error,
                "",
                {},
                "--service",
                fmt::format("no such service: {}", in_quotes(name)),
                near.empty() ? "" : fmt::format("did you mean {}?", near)});
  }
  if (issues.has_errors()) return issues;
  return services;
}

}  // namespace migplan::cli

#include "migplan/verification/slo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "migplan/load/measured_levels_reader.hpp"
#include "migplan/load/objectives_reader.hpp"
#include "migplan/load/percent_text.hpp"
#include "migplan/report/verification_views.hpp"
#include "usage.hpp"
#include "verdicts.hpp"

namespace migplan::cli {
namespace {

struct SloOptions {
  std::vector<std::string> counts;
  std::string coverage;
  std::string inconclusive = "fail";
};

// Of FILES: those that hold objectives, and inventories, whose services state some.
struct SloFiles {
  std::vector<std::string> objectives, inventories;
};

constexpr std::string_view kInventory = "migplan/inventory/";

std::string front_of(Session& session, const std::string& path) {
  const auto source = session.open(path);
  return source.is_ok() ? std::string(PeekedSource(*source.value()).front()) : std::string();
}

Issues add_folder(Session& session, const std::string& folder, SloFiles& files) {
  auto found = session.env().disk.files_below(folder);
  if (!found.is_ok()) return Issues(found.issues());
  bool has_any = false;
  for (const std::string& file : found.value()) {
    const auto format = inventory_format_of(file);
    if (!format) continue;
    const std::string schema = session.schema_of(file);
    const bool is_inventory = schema.starts_with(kInventory);
    const bool is_ours = !schema.empty() && !schema.starts_with("migplan/service-level-objectives/");
    if (!is_inventory && (is_ours || !has_objectives(front_of(session, file)))) {
      session.diagnostics().debug(fmt::format("{}: passed over, it holds no objectives", file));
      continue;
    }
    (is_inventory ? files.inventories : files.objectives).push_back(file);
    has_any = true;
  }
  if (has_any) return {};
  return Issues::of({Severity::Error, folder, {}, "", "no file in this folder holds service level objectives", ""});
}

Issues usage_issues(const Session& session, const SloOptions& own) {
  Issues issues = session.input_issues(own.counts);
  issues.append(output_issues(session, session.options().files));
  issues.append(output_issues(session, own.counts));
  return issues;
}

Result<SloFiles> slo_files(Session& session, const SloOptions& own) {
  Issues issues = usage_issues(session, own);
  if (issues.has_errors()) return issues;
  const auto paths = session.inventory_paths(session.options().files);
  if (!paths.is_ok()) {
    return usage_issue("no service level objectives given",
                       "name files of them, or an inventory, here or in a migplan.yaml");
  }
  SloFiles files;
  for (const std::string& path : paths.value()) {
    if (path != "-" && session.env().disk.kind(path) == PathKind::Folder) {
      issues.append(add_folder(session, path, files));
    } else {
      const bool is_inventory = session.schema_of(path).starts_with(kInventory);
      (is_inventory ? files.inventories : files.objectives).push_back(path);
    }
  }
  if (issues.has_errors()) return issues;
  return files;
}

// A file that does not say whose objectives it holds is the one service's that --service names.
Issues name_service(const Session& session, std::vector<ServiceObjective>& objectives, const std::string& file) {
  const auto& services = session.options().services;
  const bool is_unnamed = std::any_of(objectives.begin(), objectives.end(),
                                      [](const ServiceObjective& objective) { return objective.service.empty(); });
  if (!is_unnamed || services.empty()) return {};
  if (services.size() > 1) {
    return Issues::of(
        usage_issue(fmt::format("{} does not say whose objectives it holds", file), "name one --service"));
  }
  for (ServiceObjective& objective : objectives) {
    if (objective.service.empty()) objective.service = services.front();
  }
  return {};
}

Issues add_objectives(Session& session, const SloFiles& files, SloEvidence& evidence) {
  Issues issues;
  for (const std::string& path : files.objectives) {
    const auto source = session.open(path);
    issues.append(Issues(source.issues()));
    if (!source.is_ok()) continue;
    auto read = read_objectives(*source.value(), shown_name(path));
    issues.append(Issues(read.issues()));
    if (!read.is_ok()) continue;
    std::vector<ServiceObjective> objectives = std::move(read).value();
    issues.append(name_service(session, objectives, shown_name(path)));
    session.diagnostics().debug(fmt::format("{} objectives in {}", objectives.size(), shown_name(path)));
    for (ServiceObjective& objective : objectives) evidence.objectives.push_back(std::move(objective));
  }
  return issues;
}

Issues add_inventories(Session& session, const SloFiles& files, SloEvidence& evidence) {
  if (files.inventories.empty()) return {};
  const auto inputs = session.inputs_at(files.inventories);
  if (!inputs.is_ok()) return inputs.issues();
  const auto inventory = session.read_inventory_inputs(inputs.value());
  if (!inventory.is_ok()) return inventory.issues();
  for (ServiceObjective& objective : objectives_of(inventory.value()))
    evidence.objectives.push_back(std::move(objective));
  for (auto& [service, coverage] : coverage_of(inventory.value())) evidence.coverage.emplace(service, coverage);
  return inventory.issues();
}

Issues add_counts(Session& session, const SloOptions& own, SloEvidence& evidence) {
  Issues issues;
  const auto& services = session.options().services;
  for (const std::string& path : own.counts) {
    evidence.is_measured = true;
    const auto source = session.open(path);
    issues.append(Issues(source.issues()));
    if (!source.is_ok()) continue;
    auto read = read_measured_levels(*source.value(), shown_name(path));
    issues.append(Issues(read.issues()));
    if (!read.is_ok()) continue;
    for (MeasuredLevels& levels : std::move(read).value()) {
      if (levels.service.empty() && services.size() == 1) levels.service = services.front();
      evidence.measured.push_back(std::move(levels));
    }
  }
  return issues;
}

Result<SloEvidence> evidence_of(Session& session, const SloOptions& own) {
  const auto files = slo_files(session, own);
  if (!files.is_ok()) return files.issues();
  SloEvidence evidence;
  Issues issues = add_objectives(session, files.value(), evidence);
  issues.append(add_inventories(session, files.value(), evidence));
  issues.append(add_counts(session, own, evidence));
  if (!own.coverage.empty()) {
    const PercentReading coverage = read_percent_or_fraction(own.coverage);
    evidence.least_coverage = coverage.value;
    if (coverage.fault != PercentFault::None) {
      issues.add(usage_issue(fmt::format("--coverage: found {}, expected {}", in_quotes(own.coverage),
                                         expectation(coverage.fault, "100"))));
    }
  }
  if (issues.has_errors()) return issues;
  std::vector<std::string_view> known;
  for (const ServiceObjective& objective : evidence.objectives) known.push_back(objective.service);
  issues.append(unknown_services(session, std::move(known), "objective"));
  keep_named(session, evidence.objectives);
  keep_named(session, evidence.measured);
  if (evidence.objectives.empty() && !issues.has_errors()) {
    issues.add(usage_issue("no objective stands in these files", "an inventory states them under slo"));
  }
  issues.append(measured_issues(evidence));
  if (issues.has_errors()) return issues;
  return Result<SloEvidence>(std::move(evidence), std::move(issues));
}

int run_slo(Session& session, const SloOptions& own) {
  Issues issues = session.project_issues();
  if (issues.has_errors()) return session.fail(issues);
  const auto policy = session.policy();
  const auto exemptions = session.exemptions();
  const auto evidence = evidence_of(session, own);
  issues.append(Issues(policy.issues()));
  issues.append(Issues(exemptions.issues()));
  issues.append(Issues(evidence.issues()));
  if (issues.has_errors()) return session.fail(issues);

  SloResult result = slo_result(evidence.value(), policy.value().slo());
  issues.append(exempt(exemptions.value(), result.checks, kSloRules));
  session.diagnostics().report(issues);
  const InconclusiveAs inconclusive = inconclusive_as(own.inconclusive);
  const SloView view{result.objectives, result.checks, inconclusive};
  return session.print(slo_report(view, session.options().choice), exit_code_of(result.checks, inconclusive));
}

}  // namespace

Action set_up_slo(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<SloOptions>();
  arguments
      .add_option("FILES", options.files,
                  "Files of service level objectives (service-level-objectives.yaml, OpenSLO, Sloth, Pyrra), "
                  "inventories, folders with such, or - for standard input; default: the inventory of migplan.yaml")
      .option_text(" ")
      .group("Input");
  arguments.add_option("--counts", own->counts, "What was measured, YAML or JSON; repeatable")
      .option_text("FILE")
      .allow_extra_args(false)
      .group("Input");
  add_service_option(arguments, options,
                     "Only this service; repeatable. Whose objectives they are, where a file does not say");
  add_project_option(arguments, options);
  add_policy_option(arguments, options);
  arguments.add_option("--coverage", own->coverage, "Least coverage of unit tests; default: slo.coverage of the policy")
      .option_text("PERCENT")
      .group("Check");
  add_inconclusive_option(arguments, own->inconclusive, "checks without enough evidence");
  add_exemptions_option(arguments, options);
  add_exemptions_day_option(arguments, options);
  add_table_option(arguments, options, "checks, objectives or notes");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_slo(session, *own); };
}

}  // namespace migplan::cli

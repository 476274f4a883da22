#include "migplan/verification/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "migplan/load/manifests_reader.hpp"
#include "migplan/report/verification_views.hpp"
#include "progress.hpp"
#include "usage.hpp"
#include "verdicts.hpp"

namespace migplan::cli {
namespace {

constexpr std::string_view kNothing = "none";  // of --fail-on

struct LintOptions {
  std::vector<std::string> inventory, rules;
  std::string fail_on = "error", inconclusive = "fail";
  bool shows_passed = false;
};

Issues usage_issues(const Session& session, const LintOptions& own) {
  Issues issues = session.input_issues(own.inventory);
  issues.append(output_issues(session, session.options().files));
  issues.append(output_issues(session, own.inventory));
  if (session.options().files.empty()) {
    issues.add(usage_issue("no manifests given", "name files or folders of them, or - for standard input"));
  }
  return issues;
}

// Paths by their normal form.
using PathNames = std::map<std::string, std::string>;

// `all` is given every file of the folder: generators may take in any.
void add_folder(Session& session, const std::string& folder, std::vector<std::string>& paths, PathNames& all,
                Issues& issues) {
  const auto files = session.env().disk.files_below(folder);
  issues.append(Issues(files.issues()));
  if (!files.is_ok()) return;
  const std::string& output = session.options().output;
  const std::size_t before = paths.size();
  for (const std::string& file : files.value()) {
    // The result of the last run is no input.
    const bool is_output = !output.empty() && is_same_path(file, output);
    if (is_manifest_name(file) && !is_output) paths.push_back(file);
    if (!is_output) all.emplace(normal_path("", file), file);
  }
  if (paths.size() != before) return;
  issues.add({Severity::Error, folder, {}, "", "no .yaml, .yml, .json, .xml or .properties file in this folder", ""});
}

// Each file once, though several of the paths lead to it.
std::vector<ManifestSource> sources_of(Session& session, WorkProgress& progress, PathNames& all, Issues& issues) {
  std::vector<ManifestSource> sources;
  std::set<std::string> seen;
  const auto add = [&](const std::string& path, ManifestRole role) {
    if (!seen.insert(path == "-" ? path : normal_path("", path)).second) return;
    sources.push_back({shown_name(path), role, [&session, &progress, path] {
                         progress.tick();
                         return session.open(path);
                       }});
  };
  for (const std::string& path : session.options().files) {
    if (path == "-" || session.env().disk.kind(path) != PathKind::Folder) {
      add(path, ManifestRole::Named);
      all.emplace(normal_path("", path), path);
      continue;
    }
    std::vector<std::string> files;
    add_folder(session, path, files, all, issues);
    for (const std::string& file : files) add(file, ManifestRole::InFolder);
  }
  return sources;
}

// Null = every service is asked for a budget: there is no inventory, or it marks none.
Result<std::function<bool(std::string_view)>> critical_services(Session& session, const LintOptions& own) {
  std::function<bool(std::string_view)> is_critical;
  if (own.inventory.empty()) return is_critical;
  const auto inputs = session.inputs_at(own.inventory);
  if (!inputs.is_ok()) return Issues(inputs.issues());
  auto inventory = session.read_inventory_inputs(inputs.value());
  if (!inventory.is_ok()) return Issues(inventory.issues());
  std::set<std::string, std::less<>> core;
  for (ServiceIndex i = 0; i < inventory.value().size(); ++i) {
    const Service& service = inventory.value()[i];
    if (service.kind == Kind::Core) core.emplace(service.name);
  }
  if (!core.empty()) is_critical = [core](std::string_view name) { return core.contains(name); };
  return Result<std::function<bool(std::string_view)>>(std::move(is_critical), Issues(inventory.issues()));
}

std::vector<std::string_view> chosen_rules(const LintOptions& own) {
  std::vector<std::string_view> rules;
  for (const std::string_view rule : kLintRules) {
    const bool is_wanted = own.rules.empty() || std::find(own.rules.begin(), own.rules.end(), rule) != own.rules.end();
    if (is_wanted) rules.push_back(rule);
  }
  return rules;
}

// Comments exempt before anything is chosen, so that none seems to meet nothing because its rule was not asked for.
Issues apply_comments(std::vector<Check>& found, const std::vector<IgnoreComment>& comments,
                      std::optional<Date> as_of) {
  IgnoreUse use(comments, as_of);
  for (Check& check : found) {
    if (check.verdict != Verdict::Fail) continue;
    check.exemption = use.claim(check.rule, check.source.file, check.source.at.line);
    if (check.exemption != nullptr) check.verdict = Verdict::Exempted;
  }
  return use.leftovers();
}

Result<LintChecks> chosen(const Session& session, LintChecks found, const std::vector<std::string_view>& rules) {
  const auto& services = session.options().services;
  std::vector<std::string_view> known;
  if (!services.empty()) {
    for (const Check& check : found.checks) known.push_back(check.service);
  }
  const Issues issues = unknown_services(session, known, "object");
  if (issues.has_errors()) return issues;
  const auto is_among = [](const auto& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.checks.size(); ++i) {
    const Check& check = found.checks[i];
    if (!is_among(rules, check.rule) || (!services.empty() && !is_among(services, check.service))) continue;
    if (kept != i) {
      found.checks[kept] = std::move(found.checks[i]);
      found.details[kept] = std::move(found.details[i]);
    }
    ++kept;
  }
  found.checks.resize(kept);
  found.details.resize(kept);
  return found;
}

Issues nothing_found(const Session& session, const LintCounts& counts) {
  return Issues::of(
      {Severity::Error,
       session.options().files.size() == 1 ? shown_name(session.options().files.front()) : "",
       {},
       "",
       "nothing here is a manifest, a values file or a logging configuration that a rule looks at",
       counts.templates == 0 ? "" : "templates are rendered first: helm template CHART | migplan lint -"});
}

int exit_code(const LintChecks& result, Objection objection) {
  for (std::size_t i = 0; i < result.checks.size(); ++i) {
    if (objection.includes(result.checks[i], &result.details[i])) return kNo;
  }
  return kDone;
}

// What comes before the files: an answer that would be thrown away is not worked for.
struct LintSetting {
  Policy policy;
  Session::DatedExemptions exemptions;
  std::function<bool(std::string_view)> is_critical;
};
Result<LintSetting> setting(Session& session, const LintOptions& own) {
  Issues issues = session.project_issues();
  issues.append(usage_issues(session, own));
  if (issues.has_errors()) return issues;
  auto policy = session.policy();
  auto exemptions = session.exemptions();
  auto is_critical = critical_services(session, own);
  issues.append(Issues(policy.issues()));
  issues.append(Issues(exemptions.issues()));
  issues.append(Issues(is_critical.issues()));
  if (issues.has_errors()) return issues;
  return Result<LintSetting>({std::move(policy).value(), std::move(exemptions).value(), std::move(is_critical).value()},
                             std::move(issues));
}

LintMaterial material_of(Session& session) {
  Issues issues;
  WorkProgress progress(session.env().err, session.env().is_err_terminal && !session.options().is_quiet, "reading");
  PathNames all;
  const std::vector<ManifestSource> sources = sources_of(session, progress, all, issues);
  std::vector<ManifestFile> files = read_manifest_files(sources, session.threads());
  using Opened = std::optional<Result<std::unique_ptr<ByteSource>>>;
  GeneratorFiles generated = read_generator_files(files, [&session, &all](const std::string& path) -> Opened {
    const auto found = all.find(path);
    return found == all.end() ? std::nullopt : Opened(session.open(found->second));
  });
  LintMaterial material = lint_material(std::move(files), std::move(generated));
  issues.append(std::move(material.issues));
  material.issues = std::move(issues);
  return material;
}

int run_lint(Session& session, const LintOptions& own) {
  auto made = setting(session, own);
  if (!made.is_ok()) return session.fail(made.issues());
  const LintSetting& set = made.value();
  LintMaterial material = material_of(session);
  material.input.is_critical = set.is_critical;
  session.diagnostics().debug(fmt::format("files {}, documents {}, objects {}, overlays {}", material.counts.files,
                                          material.counts.documents, material.counts.objects,
                                          material.input.sets.size() - 1));
  LintChecks found = lint_checks(material.input, set.policy.lint());
  Issues issues = made.issues();
  issues.append(std::move(material.issues));
  if (found.checks.empty() && !issues.has_errors()) issues.append(nothing_found(session, material.counts));
  if (found.checks.empty()) return session.fail(issues);

  std::optional<Date> as_of = set.exemptions.as_of;
  if (!material.ignores.empty() && !as_of) {
    const auto day = session.as_of("ignore comments", "they end on a day");
    if (!day.is_ok()) return session.fail(day.issues());
    as_of = day.value();
  }
  issues.append(apply_comments(found.checks, material.ignores, as_of));
  const std::vector<std::string_view> rules = chosen_rules(own);
  auto result = chosen(session, std::move(found), rules);
  if (!result.is_ok()) return session.fail(result.issues());
  LintChecks shown = std::move(result).value();
  issues.append(exempt(set.exemptions, shown.checks, rules));
  session.diagnostics().report(issues);

  const Objection objection{inconclusive_as(own.inconclusive), own.fail_on == kNothing ? std::nullopt
                                                               : own.fail_on == "warning"
                                                                   ? std::optional(Severity::Warning)
                                                                   : std::optional(Severity::Error)};
  const int judged = exit_code(shown, objection);
  // What could not be read is no less of an answer than what was found.
  const int code = issues.has_access_errors() ? kAccess : issues.has_errors() ? kRejected : judged;
  return session.print(lint_report({.checks = shown.checks,
                                    .details = shown.details,
                                    .rules = rules,
                                    .counts = material.counts,
                                    .objection = objection,
                                    .shows_passed = own.shows_passed},
                                   session.options().choice),
                       code);
}

}  // namespace

Action set_up_lint(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<LintOptions>();
  arguments
      .add_option(
          "PATHS", options.files,
          "Kubernetes manifests, kustomizations, values files, configurations of Logback, Log4j 2 and Spring Boot: "
          "files, folders, or - for standard input")
      .option_text(" ")
      .group("Input");
  arguments
      .add_option("--inventory", own->inventory, "Ask for disruption budgets only of the services of kind core in it")
      .option_text("FILE")
      .allow_extra_args(false)
      .group("Input");
  add_service_option(arguments, options, "Only objects of this service; repeatable");
  add_project_option(arguments, options);
  add_policy_option(arguments, options);
  arguments.add_option("--rule", own->rules, "Only this rule; repeatable")
      .option_text("RULE")
      .one_of(std::vector<std::string>(kLintRules.begin(), kLintRules.end()))
      .allow_extra_args(false)
      .group("Check");
  arguments
      .add_option("--fail-on", own->fail_on, "Findings that end with exit code 1: from this severity on; default error")
      .option_text("error|warning|none")
      .one_of({"error", "warning", "none"})
      .group("Check");
  add_inconclusive_option(arguments, own->inconclusive, "findings without enough evidence");
  add_exemptions_option(arguments, options);
  arguments
      .add_option("--as-of", options.as_of,
                  "The day on which exemptions and ignore comments are judged, such as 2024-07-01, or today")
      .option_text("DATE|today")
      .group("Check");
  arguments.add_flag("--passed", own->shows_passed, "Show what passed, too").group("Rows");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_lint(session, *own); };
}

}  // namespace migplan::cli

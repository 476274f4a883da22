#include "migplan/verification/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "migplan/base/label.hpp"
#include "migplan/load/gate_evidence.hpp"
#include "migplan/load/inventory_reader.hpp"
#include "migplan/report/verification_views.hpp"
#include "usage.hpp"
#include "verdicts.hpp"

namespace migplan::cli {
namespace {

namespace fs = std::filesystem;
using Manifests = std::vector<ServiceManifest>;

struct GateOptions {
  std::vector<std::string> baseline, candidate;
  std::string inconclusive = "fail";
};

void place_beside(const std::string& manifest, SideManifest& side) {
  const fs::path folder = fs::path(manifest).parent_path();
  for (auto* files : {&side.load_test, &side.memory, &side.grpc}) {
    for (EvidenceFile& file : *files) file.path = (folder / file.path).lexically_normal().string();
  }
}

// Of a folder, the files that say they are manifests: evidence itself may be YAML or JSON, too.
Result<std::vector<std::string>> manifest_paths(Session& session) {
  std::vector<std::string> paths;
  Issues issues = session.input_issues({});
  for (const std::string& named : session.options().files) {
    if (named == "-" || session.env().disk.kind(named) != PathKind::Folder) {
      paths.push_back(named);
      continue;
    }
    auto files = session.env().disk.files_below(named);
    issues.append(Issues(files.issues()));
    if (!files.is_ok()) continue;
    const std::size_t before = paths.size();
    for (const std::string& file : files.value()) {
      if (session.schema_of(file).starts_with("migplan/evidence/")) paths.push_back(file);
    }
    if (paths.size() == before) {
      issues.add({Severity::Error, named, {}, "", "no file in this folder has the schema migplan/evidence/v1", ""});
    }
  }
  if (issues.has_errors()) return issues;
  return paths;
}

Result<Manifests> read_manifests(Session& session) {
  auto paths = manifest_paths(session);
  if (!paths.is_ok()) return std::move(paths).issues();
  Manifests manifests;
  Issues issues;
  for (const std::string& path : paths.value()) {
    auto source = session.open(path);
    issues.append(Issues(source.issues()));
    if (!source.is_ok()) continue;
    auto read = read_gate_manifest(*source.value(), shown_name(path));
    issues.append(Issues(read.issues()));
    if (!read.is_ok()) continue;
    session.diagnostics().debug(fmt::format("evidence manifest {}", shown_name(path)));
    for (ServiceManifest& manifest : std::move(read).value()) {
      place_beside(path == "-" ? "" : path, manifest.baseline);
      place_beside(path == "-" ? "" : path, manifest.candidate);
      manifests.push_back(std::move(manifest));
    }
  }
  if (issues.has_errors()) return issues;
  return manifests;
}

std::vector<EvidenceFile> files_of(const std::vector<std::string>& paths) {
  std::vector<EvidenceFile> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.push_back({path, {}});
  return files;
}

// The one service that options tell of in place of a manifest.
Result<Manifests> manifest_of_options(Session& session, const GateOptions& own) {
  const Options& options = session.options();
  Issues issues = session.input_issues({});
  if (!options.files.empty()) {
    issues.add(
        usage_issue("--baseline and --candidate take the place of an evidence manifest", "leave one of them out"));
  }
  if (options.services.size() != 1) {
    issues.add(usage_issue("--baseline and --candidate need one --service NAME: whose evidence is it?"));
  } else if (!is_label(options.services.front())) {
    issues.add(usage_issue(fmt::format("--service: {} is no label", in_quotes(options.services.front()))));
  }
  for (const std::string& path : own.candidate) {
    if (std::find(own.baseline.begin(), own.baseline.end(), path) == own.baseline.end()) continue;
    issues.add(usage_issue(fmt::format("{} is given as the baseline and as the candidate", path)));
  }
  if (issues.has_errors()) return issues;
  ServiceManifest manifest;
  manifest.service = options.services.front();
  manifest.baseline.any = files_of(own.baseline);
  manifest.candidate.any = files_of(own.candidate);
  return Manifests{std::move(manifest)};
}

Result<Manifests> manifests_of(Session& session, const GateOptions& own) {
  if (!own.baseline.empty() || !own.candidate.empty()) return manifest_of_options(session, own);
  if (session.options().files.empty()) {
    return usage_issue("no evidence given",
                       "name an evidence manifest, or --service with --baseline and --candidate files");
  }
  auto manifests = read_manifests(session);
  if (!manifests.is_ok()) return std::move(manifests).issues();
  Manifests all = std::move(manifests).value();
  Issues issues = sort_by_service(all);
  std::vector<std::string_view> known;
  for (const ServiceManifest& manifest : all) known.push_back(manifest.service);
  issues.append(unknown_services(session, std::move(known), "evidence"));
  if (issues.has_errors()) return issues;
  keep_named(session, all);
  return all;
}

Result<std::vector<GateEvidence>> evidence_of(Session& session, const Manifests& manifests) {
  std::vector<std::string> paths;
  for (const ServiceManifest& manifest : manifests) {
    for (std::string& path : evidence_paths(manifest)) paths.push_back(std::move(path));
  }
  auto files = read_evidence(session, paths);
  if (!files.is_ok()) return std::move(files).issues();
  Issues issues = files.issues();
  std::vector<GateEvidence> all;
  for (const ServiceManifest& manifest : manifests) {
    auto evidence = gate_evidence(manifest, files.value());
    issues.append(Issues(evidence.issues()));
    if (evidence.is_ok()) all.push_back(std::move(evidence).value());
  }
  if (issues.has_errors()) return issues;
  return Result<std::vector<GateEvidence>>(std::move(all), std::move(issues));
}

int run_gate(Session& session, const GateOptions& own) {
  Issues issues = session.project_issues();
  if (issues.has_errors()) return session.fail(issues);
  const auto policy = session.policy();
  const auto exemptions = session.exemptions();
  const auto manifests = manifests_of(session, own);
  issues.append(Issues(policy.issues()));
  issues.append(Issues(exemptions.issues()));
  issues.append(Issues(manifests.issues()));
  if (issues.has_errors()) return session.fail(issues);
  const auto evidence = evidence_of(session, manifests.value());
  if (!evidence.is_ok()) return session.fail(evidence.issues());

  std::vector<Check> checks;
  std::vector<EvidenceNote> notes;
  for (const GateEvidence& one : evidence.value()) {
    const auto more = gate_checks(one, policy.value().gate());
    checks.insert(checks.end(), more.begin(), more.end());
    for (EvidenceNote& note : evidence_notes(one)) notes.push_back(std::move(note));
  }
  Issues remarks = evidence.issues();
  remarks.append(exempt(exemptions.value(), checks, kGateRules));
  session.diagnostics().report(remarks);

  const InconclusiveAs inconclusive = inconclusive_as(own.inconclusive);
  return session.print(gate_report({checks, inconclusive, notes}, session.options().choice),
                       exit_code_of(checks, inconclusive));
}

}  // namespace

Action set_up_gate(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<GateOptions>();
  arguments
      .add_option("FILES", options.files,
                  "Evidence manifests (YAML or JSON), folders with such, or - for standard input")
      .option_text(" ")
      .group("Input");
  add_service_option(arguments, options,
                     "Only this service; repeatable. With --baseline and --candidate: whose they are");
  const auto add_side = [&arguments](const char* name, std::vector<std::string>& files, const char* description) {
    arguments.add_option(name, files, description).option_text("FILE").allow_extra_args(false).group("Input");
  };
  add_side("--baseline", own->baseline, "Evidence of the old service, of any kind; repeatable");
  add_side("--candidate", own->candidate, "The same of the new one");
  add_project_option(arguments, options);
  add_policy_option(arguments, options);
  add_inconclusive_option(arguments, own->inconclusive, "checks without enough evidence");
  add_exemptions_option(arguments, options);
  add_exemptions_day_option(arguments, options);
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_gate(session, *own); };
}

}  // namespace migplan::cli

#include "import_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "evidence_files.hpp"
#include "migplan/load/report_reader.hpp"
#include "progress.hpp"
#include "usage.hpp"

namespace migplan::cli {
namespace {

namespace fs = std::filesystem;

std::string beside(const std::string& file, const std::string& path) {
  if (path == "-") return path;
  return (fs::path(file).parent_path() / path).lexically_normal().string();
}

void add_names(ImportPlan& plan, NamesFile more) {
  const auto append = [](auto& all, auto& some) {
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  };
  append(plan.names.aliases, more.names.aliases);
  append(plan.names.patterns, more.names.patterns);
  append(plan.names.ignored, more.names.ignored);
  append(plan.facts, more.facts);
}

Issues add_manifest(Session& session, const std::string& path, ImportPlan& plan) {
  const auto source = session.open(path);
  if (!source.is_ok()) return source.issues();
  auto read = read_imports(*source.value(), shown_name(path));
  if (!read.is_ok()) return read.issues();
  session.diagnostics().debug(fmt::format("imports {}", path));
  ImportsFile manifest = std::move(read).value();
  if (plan.into.empty() && !manifest.into.empty()) plan.into = beside(path, manifest.into);
  for (ImportSource& one : manifest.sources) {
    for (std::string& file : one.files) file = beside(path, file);
    plan.sources.push_back(std::move(one));
  }
  add_names(plan, std::move(manifest.names));
  return {};
}

Issues add_map(Session& session, const std::string& path, ImportPlan& plan) {
  const auto source = session.open(path);
  if (!source.is_ok()) return source.issues();
  auto read = read_names(*source.value(), shown_name(path));
  if (!read.is_ok()) return read.issues();
  add_names(plan, std::move(read).value());
  return name_rule_issues(plan.names, shown_name(path));
}

Result<std::vector<std::string>> report_files(Session& session, const ImportSource& source) {
  std::vector<std::string> files;
  Issues issues;
  for (const std::string& path : source.files) {
    if (path == "-" || session.env().disk.kind(path) != PathKind::Folder) {
      files.push_back(path);
      continue;
    }
    auto below = session.env().disk.files_below(path);
    issues.append(Issues(below.issues()));
    if (!below.is_ok()) continue;
    if (below.value().empty()) issues.add({Severity::Error, path, {}, "", "no file in this folder", ""});
    files.insert(files.end(), below.value().begin(), below.value().end());
  }
  if (issues.has_errors()) return issues;
  return files;
}

ImportedSource summary_of(const NamedReport& report) {
  const Observations& said = report.said;
  return {report.format,     report.file,          said.origin.tool,  said.origin.version,
          said.origin.taken, said.subjects.size(), said.facts.size(), said.vulnerabilities.size(),
          said.calls.size()};
}

Issues add_report(Session& session, const std::string& path, const ReportOptions& options, ReadReports& read) {
  auto source = session.open(path);
  if (!source.is_ok()) return Issues(source.issues());
  std::unique_ptr<ByteSource> bytes = std::move(source).value();
  if (session.env().is_err_terminal && !session.options().is_quiet && path != "-") {
    bytes = with_progress(std::move(bytes), session.env().err, path, session.env().disk.size(path));
  }
  auto said = read_report(*bytes, shown_name(path), options);
  if (!said.is_ok()) return Issues(said.issues());
  NamedReport report{options.format, shown_name(path), std::move(said).value()};
  if (report.format.empty() || report.format == "auto") report.format = report.said.origin.tool;
  read.sources.push_back(summary_of(report));
  read.reports.push_back(std::move(report));
  return {};
}

// One report counts once; only where two sources say whose it is, it may be the report of both. By service, "" first.
Issues repeated_reports(std::map<std::string, std::vector<std::string>> by_service) {
  const std::vector<std::string> nameless = std::move(by_service[""]);
  by_service.erase("");
  Issues issues = repeated_paths(nameless);
  for (auto& [service, paths] : by_service) {
    if (issues.has_errors()) break;
    paths.insert(paths.end(), nameless.begin(), nameless.end());
    issues.append(repeated_paths(paths));
  }
  return issues;
}

}  // namespace

Result<ImportPlan> import_plan(Session& session, const ImportRequest& request) {
  ImportPlan plan;
  plan.into = request.into;
  Issues issues;
  if (!request.files.empty()) plan.sources.push_back({request.format, request.files, request.service, {}});
  if (request.files.empty() || !request.manifest.empty()) {
    const auto manifest = session.imports_path(request.manifest);
    if (!manifest.is_ok()) return Issues(manifest.issues());
    if (!manifest.value().empty()) issues.append(add_manifest(session, manifest.value(), plan));
  }
  if (!request.map.empty()) issues.append(add_map(session, request.map, plan));
  if (!issues.has_errors() && plan.sources.empty()) {
    issues.add(usage_issue("no report given",
                           "name a source and files, such as migplan import trivy scan.json, or --imports FILE"));
  }
  if (issues.has_errors()) return issues;
  return plan;
}

Result<ReadReports> read_reports(Session& session, const ImportPlan& plan) {
  ReadReports read;
  Issues issues;
  std::vector<std::vector<std::string>> files;  // of each source
  std::map<std::string, std::vector<std::string>> by_service;
  for (const ImportSource& source : plan.sources) {
    auto found = report_files(session, source);
    issues.append(Issues(found.issues()));
    files.push_back(found.is_ok() ? std::move(found).value() : std::vector<std::string>{});
    auto& same = by_service[source.service];
    same.insert(same.end(), files.back().begin(), files.back().end());
  }
  issues.append(repeated_reports(std::move(by_service)));
  if (issues.has_errors()) return issues;
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    const ImportSource& source = plan.sources[i];
    ReportOptions options{source.format, source.service, source.map};
    options.map.insert(options.map.end(), plan.facts.begin(), plan.facts.end());
    for (const std::string& file : files[i]) issues.append(add_report(session, file, options, read));
  }
  if (issues.has_errors()) return issues;
  return read;
}

std::string provenance_path(const std::string& inventory) { return inventory + ".provenance.json"; }

Result<Provenance> read_provenance_of(Session& session, const std::string& inventory) {
  const std::string path = provenance_path(inventory);
  if (inventory.empty() || inventory == "-" || session.env().disk.kind(path) == PathKind::Missing) return Provenance{};
  const auto source = session.open(path);
  if (!source.is_ok()) return Issues(source.issues());
  return read_provenance(*source.value(), path);
}

}  // namespace migplan::cli

#include "evidence_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "migplan/base/nearest.hpp"
#include "progress.hpp"
#include "usage.hpp"

namespace migplan::cli {

Result<EvidenceFiles> read_evidence(Session& session, const std::vector<std::string>& paths) {
  std::vector<EvidenceSource> sources;
  Issues issues = output_issues(session, paths);
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    if (!seen.insert(path).second) continue;
    auto source = session.open(path);
    issues.append(Issues(source.issues()));
    if (!source.is_ok()) continue;
    std::unique_ptr<ByteSource> bytes = std::move(source).value();
    if (session.env().is_err_terminal && !session.options().is_quiet) {
      bytes = with_progress(std::move(bytes), session.env().err, path, session.env().disk.size(path));
    }
    sources.push_back({path, std::move(bytes)});
  }
  if (issues.has_errors()) return issues;
  session.diagnostics().debug(fmt::format("{} files of evidence", sources.size()));
  return read_evidence_files(std::move(sources), session.threads());
}

Issues output_issues(const Session& session, const std::vector<std::string>& read) {
  const std::string& output = session.options().output;
  const auto is_output = [&output](const std::string& path) { return is_same_path(path, output); };
  if (output.empty() || output == "-" || std::none_of(read.begin(), read.end(), is_output)) return {};
  return Issues::of(usage_issue(fmt::format("--output: {} is evidence, and would be replaced", output)));
}

bool is_same_path(const std::string& a, const std::string& b) {
  return std::filesystem::path(a).lexically_normal() == std::filesystem::path(b).lexically_normal();
}

Issues repeated_paths(const std::vector<std::string>& paths) {
  Issues issues;
  for (auto path = paths.begin(); path != paths.end(); ++path) {
    const auto is_same = [&path](const std::string& other) { return is_same_path(*path, other); };
    if (*path != "-" && std::any_of(paths.begin(), path, is_same))
      issues.add(usage_issue(fmt::format("{} is named twice", *path)));
  }
  return issues;
}

Issues unknown_services(const Session& session, std::vector<std::string_view> known, std::string_view what) {
  std::sort(known.begin(), known.end());
  Issues issues;
  for (const std::string& name : session.options().services) {
    if (std::binary_search(known.begin(), known.end(), std::string_view(name))) continue;
    const std::string_view near = nearest_name(name, known);
    issues.add({Severity::Error,
                "",
                {},
                "--service",
                fmt::format("there is no {} of {}", what, in_quotes(name)),
                near.empty() ? "" : fmt::format("did you mean {}?", near)});
  }
  return issues;
}

}  // namespace migplan::cli

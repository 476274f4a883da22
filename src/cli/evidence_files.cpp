#include "evidence_files.hpp"

#include <fmt/format.h>

#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "progress.hpp"
#include "usage.hpp"

namespace migplan::cli {

Result<EvidenceFiles> read_evidence(Session& session, const std::vector<std::string>& paths) {
  std::vector<EvidenceSource> sources;
  Issues issues;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    if (!seen.insert(path).second) continue;
    if (path == session.options().output) {
      issues.add(usage_issue(fmt::format("--output: {} is evidence, and would be replaced", path)));
    }
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

}  // namespace migplan::cli

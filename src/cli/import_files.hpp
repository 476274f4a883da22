#pragma once

#include <string>
#include <vector>

#include "migplan/load/imports_reader.hpp"
#include "migplan/merge/merging.hpp"
#include "migplan/report/import_views.hpp"
#include "session.hpp"

namespace migplan::cli {

// What the command line, a file of names and a manifest ask for together.
struct ImportPlan {
  std::vector<ImportSource> sources;  // with paths as they are opened
  std::string into;                   // empty = a new inventory
  NameRules names;
  std::vector<ReportMapping> facts;
};
struct ImportRequest {
  std::string format;  // of `files`
  std::vector<std::string> files;
  std::string service, into, map, manifest;
};
// Errors: nothing to read, of a manifest and of a file of names.
[[nodiscard]] Result<ImportPlan> import_plan(Session& session, const ImportRequest& request);

struct ReadReports {
  std::vector<NamedReport> reports;
  std::vector<ImportedSource> sources;
};
// Every report of the plan, files of folders too; every problem of every one.
[[nodiscard]] Result<ReadReports> read_reports(Session& session, const ImportPlan& plan);

// "services.yaml.provenance.json"
[[nodiscard]] std::string provenance_path(const std::string& inventory);
// None where there is no such file.
[[nodiscard]] Result<Provenance> read_provenance_of(Session& session, const std::string& inventory);

}  // namespace migplan::cli

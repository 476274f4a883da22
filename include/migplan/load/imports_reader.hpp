#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/load/report_reader.hpp"
#include "migplan/merge/name_matcher.hpp"
#include "migplan/merge/provenance.hpp"

namespace migplan {

// migplan/names/v1, the file of --map: what is declared of other tools' names.
struct NamesFile {
  NameRules names;
  std::vector<ReportMapping> facts;  // a name in a report (query, metric, column) and the fact that it is
};
// Errors besides those of the file: those of name_rule_issues.
[[nodiscard]] Result<NamesFile> read_names(ByteSource& source, std::string_view file);

// One source of an import: reports of one format.
struct ImportSource {
  std::string format;  // empty = recognised by the content
  std::vector<std::string> files;
  std::string service;             // whose reports they are, where they do not name a service
  std::vector<ReportMapping> map;  // of this source alone
};
// migplan/imports/v1, the import manifest: all that one command refreshes. Paths are relative to the file.
struct ImportsFile {
  std::string into;
  NamesFile names;
  std::vector<ImportSource> sources;
};
[[nodiscard]] Result<ImportsFile> read_imports(ByteSource& source, std::string_view file);

// migplan/provenance/v1, beside an inventory.
[[nodiscard]] Result<Provenance> read_provenance(ByteSource& source, std::string_view file);

}  // namespace migplan

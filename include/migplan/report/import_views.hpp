#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "migplan/merge/merging.hpp"
#include "migplan/report/report.hpp"

namespace migplan {

// A report that was read.
struct ImportedSource {
  std::string format, file, tool, version, taken;
  std::size_t subjects = 0, facts = 0, vulnerabilities = 0, calls = 0;
};

// What an import did, or would do; all of it must outlive the report.
struct ImportView {
  const Merged* merged = nullptr;
  std::span<const ImportedSource> sources;
  std::string_view into;  // the inventory that is written; empty = standard output
};
[[nodiscard]] Result<Report> import_report(const ImportView& view, const TableChoice& choice);
// The same in a few lines for people, where standard output is taken.
[[nodiscard]] std::vector<Text> import_summary(const ImportView& view);

// The side file of an inventory: one record a line, so that a refresh has a readable diff.
[[nodiscard]] std::string provenance_json(const Provenance& provenance, std::string_view inventory);

}  // namespace migplan

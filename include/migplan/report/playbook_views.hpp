#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/playbook/runbook.hpp"
#include "migplan/playbook/type_map.hpp"
#include "migplan/report/report.hpp"

namespace migplan {

// A Java type as somebody wrote it, and what becomes of it.
struct MappedType {
  StatedType stated;
  TypeMap map;
};
// They must outlive the report.
[[nodiscard]] Result<Report> typemap_report(std::span<const MappedType> types, const TableChoice& choice);

// The runbooks of some services; all of it must outlive the report.
struct PlaybookView {
  const PlaybookLandscape* landscape = nullptr;
  std::span<const Runbook> runbooks;
  std::string_view schedule;  // the file that dates come from; empty = no schedule
};
// Its Markdown is the runbooks one after the other, unless a table, rows or columns are chosen.
[[nodiscard]] Result<Report> playbook_report(const PlaybookView& view, const TableChoice& choice);

// The same as files of a folder: one a service, and index.md, which links to them.
struct RunbookFile {
  std::string name;
  std::string text;
};
[[nodiscard]] std::vector<RunbookFile> runbook_files(const PlaybookView& view);

}  // namespace migplan

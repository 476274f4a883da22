#pragma once

#include <span>

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

}  // namespace migplan

#pragma once

#include "migplan/load/report_reader.hpp"

// The reports that `import` reads, each defined in a file of its own.
namespace migplan {

extern const ReportFormat kInventoryCsv;
extern const ReportFormat kKonveyor;

}  // namespace migplan

#pragma once

#include "migplan/report/timetable.hpp"
#include "workbook.hpp"

namespace migplan {

// A plan as a sheet whose cells are weeks: bars are rules over the dates of their row, so that a date that somebody
// edits moves its bar, and every spreadsheet draws them.
void write_calendar(const Timetable& plan, Sheet& sheet);

}  // namespace migplan

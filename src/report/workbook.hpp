#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "migplan/base/date.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/report/report.hpp"

namespace migplan {

// What a sheet holds.
inline constexpr std::size_t kMostSheetRows = 1'048'576, kMostSheetColumns = 16'384;

// A cell by row and column, both counted from 0.
struct CellPlace {
  std::uint32_t row = 0;
  std::uint16_t column = 0;
};
struct CellRange {
  CellPlace first, last;
};
// "C7".
[[nodiscard]] std::string name_of(CellPlace place);

// The text as a formula holds it, in quotes.
[[nodiscard]] std::string formula_text(std::string_view text);

// Red, green and blue.
using Colour = std::uint32_t;

// A sheet of a workbook. Cells are written row by row; what a spreadsheet could take for a formula stays a text.
class Sheet {
 public:
  Sheet() = default;
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;
  virtual ~Sheet() = default;

  [[nodiscard]] virtual const std::string& name() const noexcept = 0;
  // Returns whether the text was too long for a cell, and was cut.
  virtual bool text(CellPlace place, std::string_view text, Tone tone) = 0;
  virtual void heading(CellPlace place, std::string_view text) = 0;
  // A number of more than 15 digits is a text: a spreadsheet would round it.
  virtual void number(CellPlace place, Number number, Tone tone) = 0;
  virtual void flag(CellPlace place, bool flag, Tone tone) = 0;
  // A day before 1900-03-01 is a text: spreadsheets do not agree on those.
  virtual void day(CellPlace place, Date day, Tone tone) = 0;
  virtual void turned_day(CellPlace place, Date day) = 0;  // a heading from below to above

  virtual void set_height(std::uint32_t row, double points) = 0;  // before its cells
  virtual void set_width(std::uint16_t first, std::uint16_t last, double digits) = 0;
  virtual void freeze(CellPlace first_moving) = 0;
  virtual void filter(CellRange range) = 0;
  virtual void print_wide(std::uint32_t first_repeated, std::uint32_t last_repeated) = 0;
  // Cells of the range that hold this value stand out, also after somebody changed them.
  virtual void mark(CellRange range, const Value& value, Tone tone) = 0;
  // The same by a formula, relative to the first cell: text of the input stands in it by formula_text only.
  virtual void paint(CellRange range, const std::string& formula, Colour fill) = 0;
};

// A workbook for spreadsheets (Office Open XML), by libxlsxwriter, which is seen in workbook.cpp only. The same calls
// make the same bytes.
class Workbook {
 public:
  Workbook() = default;
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  virtual ~Workbook() = default;

  // Null where there is no room for its temporary file; `save` says so. The name is made legal and unlike the others.
  [[nodiscard]] virtual Sheet* add_sheet(std::string_view name) = 0;
  // Ends the workbook. With errors nothing has been written.
  [[nodiscard]] virtual Issues save(ByteSink& sink) = 0;
};

// Rows go through temporary files in `folder`, or where the library finds room; they have no names.
[[nodiscard]] std::unique_ptr<Workbook> new_workbook(const std::string& folder);

}  // namespace migplan

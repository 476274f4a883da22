#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace migplan::test {

// The parts of a ZIP archive by name. Throws where it is none.
std::map<std::string, std::string> unzipped(std::string_view archive);

struct SheetCell {
  std::string type;    // "text", "number", "flag", or "formula", which there should never be
  std::string value;   // as the file has it
  std::string format;  // of numbers: "0.00"
};

struct ReadSheet {
  std::string name;
  std::map<std::string, SheetCell> cells;  // by place: "B2"
  std::string xml;
  // The texts of the first row, and how many rows there are with it.
  [[nodiscard]] std::vector<std::string> heads() const;
  [[nodiscard]] std::size_t rows() const;
  [[nodiscard]] const SheetCell& at(const std::string& place) const { return cells.at(place); }
};

// The sheets of a workbook in their order.
std::vector<ReadSheet> read_workbook(std::string_view archive);

// One line a sheet: its name, its rows and its heads.
std::string sheets_told(std::string_view archive);

}  // namespace migplan::test

#include "migplan/report/filter.hpp"

#include <array>

#include "migplan/report/table.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

// One column of each sort of value, with a null in each.
Table mixed_table() {
  static constexpr std::array<std::string_view, 4> kNames{"cart", "stock \"1\"", "订单", ""};
  std::vector<Column> columns{
      {"name", "NAME", Shown::Always, false, [](std::size_t row) { return text_or_null(kNames[row]); }},
      {"score", "SCORE", Shown::Always, true,
       [](std::size_t row) {
         return row == 1 ? Value{} : Value(Number{static_cast<std::int64_t>(row) * 333, 1});
       }},
      {"is_core", "CORE", Shown::OnRequest, false,
       [](std::size_t row) { return row == 2 ? Value{} : Value(row == 0); }},
      {"tags", "TAGS", Shown::InData, false, [](std::size_t row) { return Value(List(row, Value("java"))); }},
  };
  return Table("services", "", kNames.size(), std::move(columns));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Table table = mixed_table();
  const Result<Filter> filter = Filter::parse(fuzz::text_of(data, size), table);
  fuzz::require_complete(filter.issues());
  if (!filter.is_ok()) {
    fuzz::require(filter.issues().kept().front().at.column <= size + 1, "an error stands inside the expression");
    return 0;
  }
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    fuzz::require(filter.value().accepts(row) == filter.value().accepts(row), "a filter decides the same twice");
  }
  return 0;
}

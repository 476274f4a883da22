#include "migplan/report/filter.hpp"

#include <string>
#include <utility>
#include <vector>

#include "migplan/report/table.hpp"
#include "value_order.hpp"

namespace migplan {

Result<Filter> Filter::parse(std::string_view expression, const Table& table) {
  std::vector<ConditionName> names;
  for (const Column& column : table.columns()) names.push_back({column.key, column.is_numeric});
  auto condition = Condition::parse(expression, names, "column");
  if (condition.is_ok()) return Filter(std::move(condition).value(), table.columns());
  Issue issue = condition.issues().kept().front();
  issue.file = "--filter";
  return issue;
}

bool Filter::accepts(std::size_t row) const {
  return condition_.holds([this, row](const ConditionTest& test) {
    const Value value = columns_[test.name].cell(row);
    std::string plain;
    if (test.comparison != Comparison::Contains || value.is_null()) {
      return test.holds(condition_value(value, plain));
    }
    append_plain(plain, value);
    return test.holds(std::string_view(plain));
  });
}

}  // namespace migplan

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/report/table.hpp"
#include "migplan/scheduling/plan.hpp"

namespace migplan::schedule_view {

// Columns over a list of rows that the table keeps.
template <class Row>
class ColumnsOf {
 public:
  ColumnsOf(const Plan& plan, std::vector<Row> rows)
      : plan_(&plan), rows_(std::make_shared<const std::vector<Row>>(std::move(rows))) {}

  Column& text(std::string key, Text heading, Shown shown, Value (*get)(const Plan&, const Row&)) {
    return add({std::move(key), std::move(heading), shown, false, of(get)});
  }
  Column& number(std::string key, Text heading, Shown shown, Value (*get)(const Plan&, const Row&)) {
    return add({std::move(key), std::move(heading), shown, true, of(get)});
  }
  template <class Get>
  auto of(Get get) const {
    return [plan = plan_, rows = rows_, get](std::size_t i) { return get(*plan, (*rows)[i]); };
  }
  Table table(std::string key, Text title) {
    return Table(std::move(key), std::move(title), rows_->size(), std::move(columns_));
  }

 private:
  Column& add(Column column) {
    columns_.push_back(std::move(column));
    return columns_.back();
  }

  const Plan* plan_;
  std::shared_ptr<const std::vector<Row>> rows_;
  std::vector<Column> columns_;
};

inline const Migration& migration_of(const Plan& plan, std::uint32_t m) { return plan.programme().migrations()[m]; }
inline std::string_view name_of(const Plan& plan, std::uint32_t m) {
  return plan.programme().name_of(migration_of(plan, m));
}
inline const MoveGroup& group_of(const Plan& plan, const Migration& migration) {
  return plan.programme().groups()[migration.group];
}
inline TierIndex tier_of(const Plan& plan, std::uint32_t m) {
  return plan.programme().card()[migration_of(plan, m).service].tier;
}
inline Value tier_value(const Plan& plan, std::uint32_t m) {
  return std::string_view(plan.programme().card().policy().tiers()[tier_of(plan, m)].name);
}
inline Value date_value(const Plan& plan, Day day) { return plan.programme().date_of(day).to_string(); }
inline Value last_day_value(const Plan& plan, Day finish) { return date_value(plan, finish - 1); }
inline const Service& service_of(const Plan& plan, std::uint32_t m) {
  return plan.programme().card().inventory()[migration_of(plan, m).service];
}

// The quarter that a service was promised for.
inline const std::optional<Quarter>& committed(const Plan& plan, std::uint32_t m) {
  return details_of(service_of(plan, m)).committed_window;
}

}  // namespace migplan::schedule_view

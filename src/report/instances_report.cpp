#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "migplan/report/views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

constexpr int kMicro = 6;

Table instances_table(std::span<const InstanceResult> instances) {
  const auto number = [instances](std::string key, Text heading, auto get) {
    return Column{std::move(key), std::move(heading), Shown::Always, true, [instances, get](std::size_t i) -> Value {
                    return Number{get(instances[i]), 0};
                  }};
  };
  std::vector<Column> columns;
  columns.push_back({"instance", "instance", Shown::Always, false,
                     [instances](std::size_t i) -> Value { return std::string_view(instances[i].name); }});
  columns.push_back(number("makespan", "makespan", [](const InstanceResult& r) { return std::int64_t{r.makespan}; }));
  columns.push_back(
      number("critical_path", "critical path", [](const InstanceResult& r) { return std::int64_t{r.critical_path}; }));
  columns.push_back(
      number("lower_bound", "lower bound", [](const InstanceResult& r) { return std::int64_t{r.lower_bound}; }));
  columns.push_back(
      number("schedules", "schedules", [](const InstanceResult& r) { return static_cast<std::int64_t>(r.schedules); }));
  columns.push_back({"starts", "starts", Shown::InData, false, [instances](std::size_t i) -> Value {
                       List starts;
                       for (const Day start : instances[i].starts) starts.emplace_back(Number{start, 0});
                       return starts;
                     }});
  const bool is_timed = std::any_of(instances.begin(), instances.end(), [](const auto& r) { return r.seconds; });
  if (is_timed) {
    columns.push_back({"seconds", "seconds", Shown::Always, true, [instances](std::size_t i) -> Value {
                         return Number{static_cast<std::int64_t>(instances[i].seconds.value_or(0) * 1e6), kMicro};
                       }});
  }
  return Table("instances", "", instances.size(), std::move(columns));
}

// Hundredths of a per cent, the mean over the instances.
Text above_critical_path(std::span<const InstanceResult> instances) {
  double sum = 0;
  for (const InstanceResult& result : instances) {
    if (result.critical_path > 0) sum += static_cast<double>(result.makespan) / result.critical_path - 1;
  }
  const auto proven = std::count_if(instances.begin(), instances.end(),
                                    [](const InstanceResult& r) { return r.makespan == r.lower_bound; });
  return say("Instances: {}, proven to be shortest: {}; on the mean {} % above the critical path.", instances.size(),
             proven,
             fmt::format("{:.3f}", instances.empty() ? 0.0 : 100 * sum / static_cast<double>(instances.size())));
}

Result<Report> report_of(Report report, Table table, const TableChoice& choice) {
  auto chosen = chosen_tables({std::make_shared<Table>(std::move(table))}, choice);
  if (!chosen.is_ok()) return std::move(chosen).issues();
  const std::shared_ptr<const Table> main = chosen.value().front();
  report.document.emplace_back(main->key(), Value(main));
  report.tables.push_back(main);
  return report;
}

}  // namespace

Result<Report> instances_report(std::span<const InstanceResult> instances, const TableChoice& choice) {
  Report report{.document = {{"schema", "migplan/instances/v1"}}, .tables = {}, .notes = {}};
  report.notes.push_back(above_critical_path(instances));
  return report_of(std::move(report), instances_table(instances), choice);
}

Result<Report> instance_faults_report(std::span<const InstanceFault> faults, std::size_t instances,
                                      const TableChoice& choice) {
  std::vector<Column> columns;
  columns.push_back({"instance", "instance", Shown::Always, false,
                     [faults](std::size_t i) -> Value { return std::string_view(faults[i].instance); }});
  columns.push_back(
      {"message", "message", Shown::Always, false, [faults](std::size_t i) -> Value { return faults[i].message; }});
  Report report{.document = {{"schema", "migplan/instances-verify/v1"}, {"count", count_value(instances)}},
                .tables = {},
                .notes = {}};
  report.headlines.push_back(faults.empty() ? say("Instances: {}; nothing violated", instances)
                                            : say("Instances: {}; violations: {}", instances, faults.size()));
  return report_of(std::move(report), Table("violations", "", faults.size(), std::move(columns)), choice);
}

}  // namespace migplan

#include <fmt/core.h>
#include <CLI/Version.hpp>

#include <spdlog/version.h>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace migplan::cli {
namespace {

struct Row {
  std::string component;
  std::string version;
};

std::vector<Row> rows() {
  return {{"migplan", MIGPLAN_VERSION},
          {"inventory format", "migplan/inventory/v1"},
          {"policy format", "migplan/policy/v1"},
          {"compiler", __VERSION__},
          {"CLI11", CLI11_VERSION},
          {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
          {"nlohmann_json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                        NLOHMANN_JSON_VERSION_PATCH)},
          {"spdlog", fmt::format("{}.{}.{}", SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)}};
}

int run_version(Session& session) {
  const auto all = std::make_shared<std::vector<Row>>(rows());
  std::vector<Column> columns;
  columns.push_back({"component", "component", Shown::Always, false,
                     [all](std::size_t i) -> Value { return std::string_view((*all)[i].component); }});
  columns.push_back({"version", "version", Shown::Always, false,
                     [all](std::size_t i) -> Value { return std::string_view((*all)[i].version); }});
  auto table = std::make_shared<Table>("components", "", all->size(), std::move(columns));
  Report report;
  report.document = {{"schema", "migplan/version/v1"},
                     {"version", MIGPLAN_VERSION},
                     {"components", Value(std::shared_ptr<const Table>(table))}};
  report.tables.push_back(table);
  return session.print(report);
}

}  // namespace

Action set_up_version(const Arguments& arguments, Options& options) {
  add_output_options(arguments, options);
  add_general_options(arguments, options);
  return run_version;
}

}  // namespace migplan::cli

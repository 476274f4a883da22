#include <fmt/format.h>

#include <algorithm>

#include "lint_rules.hpp"

namespace migplan {
namespace {

constexpr std::string_view kLintValues = "lint-values";

// "prod" of "values-prod-eu.yaml", "env/prod/values.yaml", "values.prod2.yaml"; empty = the name names no environment.
std::string_view environment_in(std::string_view name, const std::vector<std::string>& words) {
  std::size_t begin = 0;
  while (begin < name.size()) {
    const std::size_t end = std::min(name.find_first_of("-_./", begin), name.size());
    std::string_view word = name.substr(begin, end - begin);
    while (!word.empty() && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);
    if (std::find(words.begin(), words.end(), word) != words.end()) return name.substr(begin, end - begin);
    begin = end + 1;
  }
  return {};
}

}  // namespace

void lint_values(const HelmChart& chart, const LintPolicy& policy, LintRows& rows) {
  std::vector<const ValuesFile*> found;
  std::vector<std::string_view> names;
  for (const ValuesFile& values : chart.values) {
    if (environment_in(values.file, policy.environments).empty()) continue;
    found.push_back(&values);
    names.emplace_back(values.file);
  }
  const EvidencePlace& place = found.empty() ? chart.values.front().place : found.front()->place;
  ObjectLint lint(kLintValues, chart.name, fmt::format("Chart {}", chart.name), place, rows);
  const auto files = static_cast<std::int64_t>(found.size());
  if (found.empty()) {
    count(lint.add(Verdict::Pass, place, "no values file is of one environment", {}), 0, 0, "files");
  } else {
    count(lint.fail(place,
                    files == 1 ? Text("a values file is of one environment")
                               : say("{} values files are of one environment each", files),
                    fmt::format("{}", fmt::join(names, ", "))),
          files, 0, "files");
  }
}

}  // namespace migplan

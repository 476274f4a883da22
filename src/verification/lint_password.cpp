#include <fmt/format.h>

#include <algorithm>

#include "lint_rules.hpp"
#include "secret_text.hpp"

namespace migplan {
namespace {

constexpr std::string_view kRule = "lint-password";

// What is secret about a value, without showing it; empty = nothing.
std::string secret_of(std::string_view key, std::string_view value) {
  if (is_secret_key(key) && is_secret_value(value)) return described(key, value);
  const std::string_view what = secret_within(value);
  return what.empty() ? std::string() : fmt::format("{} holds {}", in_quotes(key), what);
}

void judge_variables(const std::vector<EnvVariable>& variables, std::string_view where, ObjectLint& lint) {
  for (const EnvVariable& variable : variables) {
    if (!variable.value) continue;
    const std::string found = secret_of(variable.name, *variable.value);
    if (!found.empty()) {
      lint.fail(variable.place, "a password is the plain value of an environment variable",
                where.empty() ? found : fmt::format("{}: {}", where, found));
    }
  }
}

// A file within a ConfigMap: its lines. Of a literal block the first stands one line below the place of the value.
void judge_lines(const ConfigEntry& entry, ObjectLint& lint) {
  std::string_view rest = entry.value;
  for (std::uint32_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::string found = secret_in_line(line);
    if (!found.empty()) {
      lint.fail(entry.place, "a password stands in a ConfigMap",
                fmt::format("{}, line {}: {}", in_quotes(entry.key), number, found));
    }
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
}

void judge_entry(const ConfigEntry& entry, ObjectLint& lint) {
  if (entry.value.find('\n') != std::string::npos) {
    const std::string_view what = secret_within(entry.value);
    if (what == "a private key") {
      lint.fail(entry.place, "a password stands in a ConfigMap",
                fmt::format("{} holds {}", in_quotes(entry.key), what));
      return;
    }
    return judge_lines(entry, lint);
  }
  std::string found = secret_of(entry.key, entry.value);
  if (found.empty()) {
    found = secret_in_line(entry.value);
    if (!found.empty()) found = fmt::format("{}: {}", in_quotes(entry.key), found);
  }
  if (!found.empty()) lint.fail(entry.place, "a password stands in a ConfigMap", found);
}

}  // namespace

void lint_passwords(const ManifestSet& set, LintRows& rows) {
  for (const ConfigMap& map : set.config_maps) {
    ObjectLint lint(kRule, map.id, rows);
    for (const ConfigEntry& entry : map.entries) judge_entry(entry, lint);
    lint.pass("no entry holds a password");
  }
  for (const Workload& workload : set.workloads) {
    ObjectLint lint(kRule, workload.id, rows);
    for (const auto* containers : {&workload.starters, &workload.containers}) {
      for (const Container& container : *containers) judge_variables(container.environment, container.name, lint);
    }
    lint.pass("no environment variable holds a password");
  }
}

void lint_passwords(const HelmChart& chart, LintRows& rows) {
  for (const ValuesFile& values : chart.values) {
    if (values.variables.empty()) continue;
    ObjectLint lint(kRule, chart.name, fmt::format("Values {}", values.file), values.place, rows);
    judge_variables(values.variables, {}, lint);
    lint.pass("no environment variable holds a password");
  }
}

}  // namespace migplan

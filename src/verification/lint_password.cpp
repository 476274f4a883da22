#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "lint_rules.hpp"
#include "secret_text.hpp"

namespace migplan {
namespace {

constexpr std::string_view kLintPassword = "lint-password";

// What is secret about a value, without showing it; empty = nothing.
std::string secret_of(std::string_view key, std::string_view value) {
  if (is_secret_key(key) && is_secret_value(value)) return described(key, value);
  const std::string_view what = secret_within(value);
  return what.empty() ? std::string() : fmt::format("{} holds {}", in_quotes(key), what);
}

// The same where the value may be a configuration by itself: JAVA_TOOL_OPTIONS, SPRING_APPLICATION_JSON.
std::string secret_of_variable(std::string_view key, std::string_view value) {
  std::string found = secret_of(key, value);
  for (std::string_view rest = value; found.empty() && !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (found = secret_in_line(line); !found.empty()) found = fmt::format("{}: {}", in_quotes(key), found);
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return found;
}

void judge_variables(const std::vector<EnvVariable>& variables, std::string_view where, ObjectLint& lint) {
  for (const EnvVariable& variable : variables) {
    if (!variable.value) continue;
    const std::string found = secret_of_variable(variable.name, *variable.value);
    if (!found.empty()) {
      lint.fail(variable.place, "a password is the plain value of an environment variable",
                where.empty() ? found : fmt::format("{}: {}", where, found));
    }
  }
}

// The command and what follows it, what is given to a shell word by word.
std::vector<std::string_view> words_of(const Container& container) {
  std::vector<std::string_view> words;
  for (const auto* list : {&container.command, &container.args}) {
    for (std::string_view rest : *list) {
      for (rest = without_blanks(rest); !rest.empty(); rest = without_blanks(rest)) {
        words.push_back(rest.substr(0, rest.find_first_of(" \t\r\n")));
        rest.remove_prefix(words.back().size());
      }
    }
  }
  return words;
}

void judge_container(const Container& container, ObjectLint& lint) {
  judge_variables(container.environment, container.name, lint);
  const auto fail = [&](std::string_view found) {
    lint.fail(container.place, "a password is an argument of a container",
              fmt::format("{}: {}", container.name, found));
  };
  for (const auto* words : {&container.command, &container.args}) {
    for (const std::string& word : *words) {
      std::string found(secret_within(word));
      if (found.empty()) found = secret_in_arguments(word);
      if (!found.empty()) fail(found);
    }
  }
  if (const std::string found = secret_in_words(words_of(container)); !found.empty()) fail(found);
}

// A Secret is where a password belongs, the repository beside it is not: files may be decrypted or left out of version
// control, so that it is a warning.
void fail(const ConfigMap& map, const EvidencePlace& place, std::string evidence, ObjectLint& lint) {
  if (!map.is_secret) {
    lint.fail(place, "a password stands in a ConfigMap", std::move(evidence));
    return;
  }
  lint.fail(place, "a password of a Secret stands in plain text beside its kustomization", std::move(evidence))
      .detail.severity = Severity::Warning;
}

// Of a line of an entry, from 1; the entry's own where its lines are not those of the file.
EvidencePlace place_of_line(const ConfigEntry& entry, std::uint32_t number, std::string_view line) {
  EvidencePlace place = entry.place;
  if (!entry.lines_at) return place;
  const auto blanks = static_cast<std::uint32_t>(std::min(line.find_first_not_of(" \t"), line.size()));
  place.at = {entry.lines_at->line + number - 1, entry.lines_at->column + blanks};
  return place;
}

// A file within a ConfigMap: its lines, and what of its values no line shows.
void judge_lines(const ConfigMap& map, const ConfigEntry& entry, ObjectLint& lint) {
  std::string_view rest = entry.value;
  auto value = entry.values.begin();
  for (std::uint32_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    std::string found = secret_in_line(line);
    for (; value != entry.values.end() && value->line <= number; ++value) {
      const bool is_secret = is_secret_key(value->key) && is_secret_value(value->value);
      if (found.empty() && is_secret) found = described(value->key, value->value);
    }
    if (!found.empty()) {
      fail(map, place_of_line(entry, number, line), fmt::format("{}, line {}: {}", in_quotes(entry.key), number, found),
           lint);
    }
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
}

void judge_entry(const ConfigMap& map, const ConfigEntry& entry, ObjectLint& lint) {
  const std::string_view value = without_blanks(entry.value);
  const bool has_lines = value.find('\n') != std::string_view::npos || !entry.values.empty();
  std::string found;
  if (has_lines) {
    if (const auto what = secret_within(value); what == "a private key") {
      found = fmt::format("{} holds {}", in_quotes(entry.key), what);
    } else if (is_secret_key(entry.key) && is_secret_value(value)) {
      found = described(entry.key, value);
    } else {
      return judge_lines(map, entry, lint);
    }
  } else if (found = secret_of(entry.key, value); found.empty()) {
    found = secret_in_line(value);
    if (!found.empty()) found = fmt::format("{}: {}", in_quotes(entry.key), found);
  }
  if (!found.empty()) fail(map, entry.place, std::move(found), lint);
}

}  // namespace

void lint_passwords(const ManifestSet& set, LintRows& rows) {
  for (const ConfigMap& map : set.config_maps) {
    ObjectLint lint(kLintPassword, map.id, rows);
    for (const ConfigEntry& entry : map.entries) judge_entry(map, entry, lint);
    lint.pass("no entry holds a password");
  }
  for (const Workload& workload : set.workloads) {
    ObjectLint lint(kLintPassword, workload.id, rows);
    for (const auto* containers : {&workload.starters, &workload.containers}) {
      for (const Container& container : *containers) judge_container(container, lint);
    }
    lint.pass("no environment variable or argument holds a password");
  }
}

void lint_passwords(const HelmChart& chart, LintRows& rows) {
  for (const ValuesFile& values : chart.values) {
    if (values.variables.empty()) continue;
    ObjectLint lint(kLintPassword, chart.name, fmt::format("Values {}", values.file), values.place, rows);
    judge_variables(values.variables, {}, lint);
    lint.pass("no environment variable holds a password");
  }
}

}  // namespace migplan

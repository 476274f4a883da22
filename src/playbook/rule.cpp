#include "migplan/playbook/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

Issue about(const RuleSection& section, Position at, std::string path, std::string message) {
  return {Severity::Error, section.file, at, std::move(path), std::move(message), ""};
}

Issues repeated_sections(const std::vector<RuleSection>& sections) {
  Issues issues;
  std::map<std::string_view, const RuleSection*> seen;
  for (const RuleSection& section : sections) {
    const auto [first, is_new] = seen.emplace(section.id, &section);
    if (is_new) continue;
    issues.add(about(section, {1, 1}, "section",
                     fmt::format("section {} stands in {} already", section.id, first->second->file)));
  }
  return issues;
}

Issues repeated_steps(const std::vector<RuleSection>& sections) {
  Issues issues;
  std::map<std::string_view, std::string> seen;
  for (const RuleSection& section : sections) {
    for (std::size_t i = 0; i < section.steps.size(); ++i) {
      const RuleStep& step = section.steps[i];
      const auto [first, is_new] = seen.emplace(step.id, fmt::format("{}:{}", section.file, step.at.line));
      if (is_new) continue;
      issues.add(about(section, step.at, fmt::format("steps[{}].id", i),
                       fmt::format("step {} stands at {} already", step.id, first->second)));
    }
  }
  return issues;
}

}  // namespace

Result<Playbook> Playbook::create(std::vector<RuleSection> builtin, std::vector<RuleSection> own) {
  Issues issues = repeated_sections(own);
  Playbook playbook;
  for (RuleSection& section : builtin) {
    const bool is_replaced =
        std::any_of(own.begin(), own.end(), [&section](const RuleSection& other) { return other.id == section.id; });
    if (!is_replaced) playbook.sections_.push_back(std::move(section));
  }
  std::move(own.begin(), own.end(), std::back_inserter(playbook.sections_));
  std::stable_sort(playbook.sections_.begin(), playbook.sections_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.order, std::string_view(a.id)) < std::pair(b.order, std::string_view(b.id));
  });
  issues.append(repeated_steps(playbook.sections_));
  if (issues.has_errors()) return issues;
  return playbook;
}

Issues Playbook::phase_issues(const std::vector<std::string_view>& known) const {
  Issues issues;
  for (const RuleSection& section : sections_) {
    for (std::size_t i = 0; i < section.steps.size(); ++i) {
      const RuleStep& step = section.steps[i];
      if (step.phase.empty() || std::find(known.begin(), known.end(), step.phase) != known.end()) continue;
      const std::string_view near = nearest_name(step.phase, known);
      issues.add(
          {Severity::Warning, section.file, step.at, fmt::format("steps[{}].phase", i),
           fmt::format("{} is no phase of the policy: the step has no dates", in_quotes(step.phase)),
           near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near)});
    }
  }
  return issues;
}

}  // namespace migplan

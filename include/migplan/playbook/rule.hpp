#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/base/result.hpp"
#include "migplan/model/condition.hpp"

namespace migplan {

// Texts of rules are Mustache templates over the variables of a service (template_variables.hpp) unless said otherwise.

struct RuleCommand {
  std::vector<std::string> words;  // quoted for a shell when they are shown, each by itself
  std::string comment;             // empty = none
};

struct RuleSnippet {
  std::string language;  // go, yaml, proto, …; no template
  std::string file;      // where it would stand; empty = not said
  std::string text;
};

struct RuleDiagram {
  std::string title;
  std::string text;  // Mermaid
};

struct RuleReference {
  std::string text;  // no template
  std::string url;   // empty = none; no template
};

// What closes a step: a command, or words.
struct RuleGate {
  std::vector<std::string> words;
  std::string text;
};

struct RuleStep {
  std::string id{};
  std::string title{};
  std::optional<Condition> when{};    // null = always; over the names of playbook_facts()
  std::vector<std::string> covers{};  // entries of `stack` that it answers
  std::string phase{};                // of the route; empty = none
  std::string text{};
  std::vector<RuleCommand> commands{};
  std::vector<RuleSnippet> snippets{};
  std::vector<RuleDiagram> diagrams{};
  std::vector<std::string> checks{};  // what is true when the step is done
  std::optional<RuleGate> gate{};
  std::vector<RuleReference> references{};
  Position at{};
};

struct RuleSection {
  std::string id;
  std::string title;
  std::int64_t order = 0;
  std::vector<RuleStep> steps;
  std::string file;
};

// The rules of a runbook: sections in the order of work, ids of steps unique. Immutable.
class Playbook {
 public:
  Playbook() = default;
  // A section of `own` replaces the built-in one of the same id, others join them. Rejects a section that stands in
  // `own` twice and steps of the same id, each with its place.
  [[nodiscard]] static Result<Playbook> create(std::vector<RuleSection> builtin, std::vector<RuleSection> own);

  [[nodiscard]] const std::vector<RuleSection>& sections() const noexcept { return sections_; }
  // Warnings for steps of phases that are none of `known`.
  [[nodiscard]] Issues phase_issues(const std::vector<std::string_view>& known) const;

 private:
  std::vector<RuleSection> sections_;
};

}  // namespace migplan

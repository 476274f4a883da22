#pragma once

#include <string>
#include <vector>

#include "field_spec.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/load/playbook_reader.hpp"

namespace migplan {

// A text and where it stands; line 0 = it is left out.
struct PlacedText {
  std::string text;
  Position at{};
};

struct RuleCommandDraft {
  std::vector<PlacedText> run;
  PlacedText comment;
};
struct RuleSnippetDraft {
  PlacedText language, file, text;
};
struct RuleDiagramDraft {
  PlacedText title, text;
};
struct RuleReferenceDraft {
  PlacedText text, url;
};
struct RuleGateDraft {
  std::vector<PlacedText> run;
  PlacedText text;
};
struct RuleStepDraft {
  std::string id, phase;
  PlacedText title, when, text;
  std::vector<std::string> covers;
  std::vector<RuleCommandDraft> commands;
  std::vector<RuleSnippetDraft> snippets;
  std::vector<RuleDiagramDraft> diagrams;
  std::vector<PlacedText> checks;
  RuleGateDraft gate;
  std::vector<RuleReferenceDraft> references;
  Position at;
};
struct RuleSectionDraft {
  std::string section;
  PlacedText title;
  Count order;
  std::vector<RuleStepDraft> steps;
};

[[nodiscard]] const MapSpec& playbook_spec() noexcept;  // target: RuleSectionDraft

}  // namespace migplan

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "migplan/playbook/runbook.hpp"
#include "template_engine.hpp"

namespace migplan {

// A line of a template for Markdown, and as plain text for programs.
struct RenderedLine {
  std::string markdown, plain;
};

struct RenderedCommand {
  std::vector<std::string> words;
  std::string shell;    // the words quoted, perhaps on several lines
  std::string comment;  // one line; empty = none
};
struct RenderedSnippet {
  std::string language, file, text;
};
struct RenderedDiagram {
  RenderedLine title;
  std::string text;
};

// A chosen step with its templates filled in.
struct RenderedStep {
  const ChosenStep* chosen = nullptr;
  std::string number{};  // "3.2": of the section in the runbook, and within it
  RenderedLine title{};
  std::string text{};  // Markdown
  std::vector<RenderedCommand> commands{};
  std::vector<RenderedSnippet> snippets{};
  std::vector<RenderedDiagram> diagrams{};
  std::vector<RenderedLine> checks{};
  std::optional<RenderedCommand> gate_command{};
  RenderedLine gate{};  // a text, or the command on one line
};

struct RenderedRunbook {
  const Runbook* runbook = nullptr;
  std::string_view name{};  // of the service
  std::vector<RenderedStep> steps{};
};

[[nodiscard]] RenderedRunbook rendered_runbook(const Runbook& runbook, TemplateEngine& engine);

}  // namespace migplan

#include "rendered_runbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "code_text.hpp"
#include "markdown_text.hpp"
#include "migplan/base/issue.hpp"

namespace migplan {
namespace {

std::string on_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

class Renderer {
 public:
  explicit Renderer(TemplateEngine& engine) : engine_(engine) {}

  RenderedStep operator()(const ChosenStep& chosen, std::string number) {
    engine_.enter(chosen);
    const RuleStep& rule = *chosen.step;
    RenderedStep step{.chosen = &chosen, .number = std::move(number), .title = line(rule.title)};
    step.text = with_values_in_markdown(engine_.render(rule.text, ValuesAs::Marked));
    for (const RuleCommand& one : rule.commands) {
      RenderedCommand made = command(one.words, one.comment);
      // What sections hide altogether is no command of this service.
      if (!made.words.empty()) step.commands.push_back(std::move(made));
    }
    for (const RuleSnippet& one : rule.snippets) {
      step.snippets.push_back({one.language, printable(engine_.render(one.file, ValuesAs::Plain)),
                               engine_.render(one.text, ValuesAs::Code, one.language)});
    }
    for (const RuleDiagram& one : rule.diagrams) {
      step.diagrams.push_back({line(one.title), engine_.render(one.text, ValuesAs::Mermaid)});
    }
    for (const std::string& check : rule.checks) step.checks.push_back(line(check));
    if (rule.gate) add_gate(*rule.gate, step);
    return step;
  }

 private:
  RenderedLine line(const std::string& text) {
    const std::string rendered = on_one_line(engine_.render(text, ValuesAs::Marked));
    return {with_values_in_markdown(rendered), without_marks(rendered)};
  }

  RenderedCommand command(const std::vector<std::string>& templates, const std::string& comment) {
    RenderedCommand made;
    for (const std::string& word : templates) {
      std::string rendered = engine_.render(word, ValuesAs::Plain);
      // What a section hides is no word, not an empty one.
      if (rendered.empty() && !word.empty()) continue;
      made.words.push_back(std::move(rendered));
    }
    made.shell = shell_command(made.words);
    made.comment = printable(on_one_line(engine_.render(comment, ValuesAs::Plain)));
    return made;
  }

  void add_gate(const RuleGate& gate, RenderedStep& step) {
    if (gate.words.empty()) {
      step.gate = line(gate.text);
      return;
    }
    RenderedCommand made = command(gate.words, "");
    if (made.words.empty()) return;
    step.gate_command = std::move(made);
    std::string one_line;
    for (const std::string& word : step.gate_command->words) {
      one_line += (one_line.empty() ? "" : " ") + shell_word(word);
    }
    step.gate = {code_span(one_line), one_line};
  }

  TemplateEngine& engine_;
};

}  // namespace

RenderedRunbook rendered_runbook(const Runbook& runbook, TemplateEngine& engine) {
  engine.enter(runbook);
  RenderedRunbook made{.runbook = &runbook, .steps = {}};
  Renderer render(engine);
  const RuleSection* section = nullptr;
  std::size_t section_number = 0, step_number = 0;
  for (const ChosenStep& chosen : runbook.steps) {
    if (chosen.section != section) {
      section = chosen.section;
      ++section_number;
      step_number = 0;
    }
    made.steps.push_back(render(chosen, fmt::format("{}.{}", section_number, ++step_number)));
  }
  return made;
}

}  // namespace migplan

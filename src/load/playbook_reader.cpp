#include "migplan/load/playbook_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "document_reader.hpp"
#include "embedded.hpp"
#include "field_reader.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/playbook/service_facts.hpp"
#include "migplan/playbook/template_variables.hpp"
#include "placed_text.hpp"

namespace migplan {
namespace {

bool is_language(std::string_view text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789+-";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string_view::npos;
}

std::string_view program_of(std::string_view word) { return word.substr(word.rfind('/') + 1); }

bool is_shell(std::string_view word) {
  constexpr std::array<std::string_view, 8> kShells{"sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "su"};
  return std::find(kShells.begin(), kShells.end(), program_of(word)) != kShells.end();
}

bool is_option(std::string_view word) { return word.starts_with('-') && word.size() > 1; }
bool takes_script(std::string_view option) {
  return is_option(option) && !option.starts_with("--") && option.find('c') != std::string_view::npos;
}

// Whether a shell runs a word of a command once more: the script of `sh -c`, and what eval and ssh put together. What
// stands behind the script of `sh -c` is its arguments.
TemplatePlace place_of(std::span<const PlacedText> words, std::size_t number) {
  bool is_behind_shell = false, is_script_next = false;
  for (const PlacedText& word : words.first(number)) {
    const std::string_view program = program_of(word.text);
    if (program == "eval" || program == "ssh") return TemplatePlace::Script;
    is_script_next = (is_behind_shell && takes_script(word.text)) || (is_script_next && is_option(word.text));
    is_behind_shell = is_behind_shell || is_shell(word.text);
  }
  return is_script_next ? TemplatePlace::Script : TemplatePlace::Text;
}

// The rules that the drafts of a file say, with their conditions and templates checked.
class SectionMaker {
 public:
  SectionMaker(std::string_view document, std::string_view file, Issues& issues)
      : places_(document), file_(file), issues_(issues) {}

  RuleSection operator()(RuleSectionDraft draft) {
    expect_text(draft.title, "title");
    RuleSection section{
        std::move(draft.section), std::move(draft.title.text), draft.order.steps(), {}, std::string(file_)};
    for (std::size_t i = 0; i < draft.steps.size(); ++i) {
      path_ = fmt::format("steps[{}]", i);
      section.steps.push_back(step(std::move(draft.steps[i])));
    }
    return section;
  }

 private:
  void reject(Position at, std::string_view field, std::string message, std::string hint = {}) {
    std::string path = path_.empty() ? std::string(field) : fmt::format("{}.{}", path_, field);
    issues_.add({Severity::Error, std::string(file_), at, std::move(path), std::move(message), std::move(hint)});
  }

  // What is left out altogether is told by the field reader, where it is needed.
  void expect_text(const PlacedText& found, std::string_view field) {
    const bool is_blank = found.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (found.at.line != 0 && is_blank) reject(found.at, field, "is empty, expected a text");
  }

  std::string template_of(PlacedText&& text, std::string_view field, TemplatePlace place = TemplatePlace::Text) {
    for (TemplateFault& fault : template_faults(text.text, place)) {
      reject(places_.of_tag(text, fault.at), field, std::move(fault.message), std::move(fault.hint));
    }
    return std::move(text.text);
  }

  std::string line_of(PlacedText&& text, std::string_view field) {
    while (text.text.ends_with('\n')) text.text.pop_back();
    if (text.text.find('\n') != std::string::npos) reject(text.at, field, "has several lines, expected one");
    return template_of(std::move(text), field);
  }

  std::vector<std::string> words_of(std::vector<PlacedText>&& run, std::string_view field) {
    std::vector<TemplatePlace> places;
    for (std::size_t i = 0; i < run.size(); ++i) places.push_back(place_of(run, i));
    std::vector<std::string> words;
    for (std::size_t i = 0; i < run.size(); ++i) {
      words.push_back(template_of(std::move(run[i]), fmt::format("{}[{}]", field, i), places[i]));
    }
    return words;
  }

  std::optional<Condition> condition_of(const PlacedText& when) {
    if (when.at.line == 0) return std::nullopt;
    auto condition = parse_rule_condition(when.text);
    if (condition.is_ok()) return std::move(condition).value();
    const Issue& issue = condition.issues().kept().front();
    reject(places_.of_byte(when, issue.at.column - 1), "when", issue.message, issue.hint);
    return std::nullopt;
  }

  RuleStep step(RuleStepDraft draft) {
    RuleStep made;
    made.id = std::move(draft.id);
    made.at = draft.at;
    expect_text(draft.title, "title");
    made.title = line_of(std::move(draft.title), "title");
    made.when = condition_of(draft.when);
    made.covers = std::move(draft.covers);
    made.phase = std::move(draft.phase);
    expect_text(draft.text, "text");
    made.text = template_of(std::move(draft.text), "text");
    add_commands(draft, made);
    add_snippets(draft, made);
    for (std::size_t i = 0; i < draft.diagrams.size(); ++i) {
      RuleDiagramDraft& diagram = draft.diagrams[i];
      const std::string title = fmt::format("diagrams[{}].title", i), text = fmt::format("diagrams[{}].text", i);
      expect_text(diagram.title, title);
      expect_text(diagram.text, text);
      made.diagrams.push_back({line_of(std::move(diagram.title), title), template_of(std::move(diagram.text), text)});
    }
    add_checks(draft, made);
    add_gate(draft, made);
    add_references(draft, made);
    return made;
  }

  void add_checks(RuleStepDraft& draft, RuleStep& made) {
    for (std::size_t i = 0; i < draft.checks.size(); ++i) {
      const std::string field = fmt::format("checks[{}]", i);
      expect_text(draft.checks[i], field);
      made.checks.push_back(line_of(std::move(draft.checks[i]), field));
    }
  }

  void add_commands(RuleStepDraft& draft, RuleStep& made) {
    for (std::size_t i = 0; i < draft.commands.size(); ++i) {
      RuleCommandDraft& command = draft.commands[i];
      const std::string field = fmt::format("commands[{}]", i);
      if (command.run.empty()) reject(draft.at, field + ".run", "found no words, expected a command");
      made.commands.push_back(
          {words_of(std::move(command.run), field + ".run"), line_of(std::move(command.comment), field + ".comment")});
    }
  }

  void add_snippets(RuleStepDraft& draft, RuleStep& made) {
    for (std::size_t i = 0; i < draft.snippets.size(); ++i) {
      RuleSnippetDraft& snippet = draft.snippets[i];
      const std::string field = fmt::format("snippets[{}]", i);
      if (!is_language(snippet.language.text)) {
        reject(snippet.language.at, field + ".language",
               fmt::format("found {}, expected a word such as go or yaml", in_quotes(snippet.language.text)));
      }
      expect_text(snippet.text, field + ".text");
      made.snippets.push_back({std::move(snippet.language.text), line_of(std::move(snippet.file), field + ".file"),
                               template_of(std::move(snippet.text), field + ".text")});
    }
  }

  void add_gate(RuleStepDraft& draft, RuleStep& made) {
    if (draft.gate.run.empty() && draft.gate.text.at.line == 0) return;
    expect_text(draft.gate.text, "gate");
    made.gate = RuleGate{words_of(std::move(draft.gate.run), "gate.run"), line_of(std::move(draft.gate.text), "gate")};
  }

  void add_references(RuleStepDraft& draft, RuleStep& made) {
    for (std::size_t i = 0; i < draft.references.size(); ++i) {
      RuleReferenceDraft& reference = draft.references[i];
      const std::string& url = reference.url.text;
      const bool is_url = url.empty() || ((url.starts_with("https://") || url.starts_with("http://")) &&
                                          url.find_first_of(" \t\r\n<>()\"'`\\") == std::string::npos);
      if (!is_url) {
        reject(reference.url.at, fmt::format("references[{}].url", i),
               fmt::format("found {}, expected https://… without spaces, brackets and quotes", in_quotes(url)));
      }
      made.references.push_back({std::move(reference.text.text), std::move(reference.url.text)});
    }
  }

  PlacedTexts places_;
  std::string_view file_;
  Issues& issues_;
  std::string path_;
};

std::vector<RuleSection> read_builtin() {
  std::vector<RuleSection> sections;
  for (const embedded::File& file : embedded::playbooks()) {
    TextSource source(file.text);
    auto section = read_playbook_section(source, fmt::format("(built in) playbooks/{}", file.name));
    MIGPLAN_ASSERT(section.is_ok());
    sections.push_back(std::move(section).value());
  }
  return sections;
}

}  // namespace

Result<RuleSection> read_playbook_section(ByteSource& source, std::string_view file) {
  RuleSectionDraft draft;
  Issues issues;
  TextArena arena;
  std::string text = read_all(source);
  if (!source.error().empty()) {
    return Issue{Severity::Error, std::string(file), {}, "", std::string(source.error()), "", Cause::Access};
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  TextSource memory(text);
  FieldReader reader(playbook_spec(), &draft, file, issues, arena);
  feed_document(memory, reader);
  RuleSection section = SectionMaker(text, file, issues)(std::move(draft));
  issues.sort({});
  if (issues.has_errors()) return issues;
  return Result<RuleSection>(std::move(section), std::move(issues));
}

const std::vector<RuleSection>& builtin_playbook_sections() {
  static const std::vector<RuleSection> kSections = read_builtin();
  return kSections;
}

}  // namespace migplan

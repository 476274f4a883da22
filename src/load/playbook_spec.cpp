#include "playbook_spec.hpp"

#include <array>

#include "field_store.hpp"

namespace migplan {
namespace {

using namespace fields;

PlacedText placed(const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  const auto text = read_text(found, field, reader);
  return text ? PlacedText{std::string(*text), found.at} : PlacedText{};
}

template <auto... Path>
constexpr FieldSpec text(std::string_view key, std::string_view description) {
  FieldSpec field{.key = key, .description = description, .shape = Shape::Value, .value = value_spec<std::string>()};
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)) = placed(found, spec, reader);
  };
  return field;
}

template <auto... Path>
constexpr FieldSpec texts(std::string_view key, std::string_view description) {
  FieldSpec field{
      .key = key, .description = description, .shape = Shape::ValueList, .value = value_spec<std::string>()};
  field.begin = [](void* owner, FieldReader&) { follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)).clear(); };
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)).push_back(placed(found, spec, reader));
  };
  return field;
}

constexpr auto kCommandFields = std::array{
    required(texts<&RuleCommandDraft::run>("run", "The words of the command, each a template.")),
    text<&RuleCommandDraft::comment>("comment", "What it is for; a template."),
};
constexpr MapSpec kCommand{"command", kCommandFields};

constexpr auto kSnippetFields = std::array{
    required(text<&RuleSnippetDraft::language>("language", "go, yaml, proto, sql, toml, …")),
    text<&RuleSnippetDraft::file>("file", "Where it would stand; a template."),
    required(text<&RuleSnippetDraft::text>("text", "The code; a template.")),
};
constexpr MapSpec kSnippet{"snippet", kSnippetFields};

constexpr auto kDiagramFields = std::array{
    required(text<&RuleDiagramDraft::title>("title", "What it shows; a template.")),
    required(text<&RuleDiagramDraft::text>("text", "Mermaid; a template.")),
};
constexpr MapSpec kDiagram{"diagram", kDiagramFields};

constexpr auto kReferenceFields = std::array{
    required(text<&RuleReferenceDraft::text>("text", "What is referred to.")),
    text<&RuleReferenceDraft::url>("url", "Where it is: https://…"),
};
constexpr MapSpec kReference{"reference", kReferenceFields};

constexpr auto kGateFields = std::array{
    required(texts<&RuleGateDraft::run>("run", "The words of the command that closes the step, each a template.")),
};
constexpr MapSpec kGate{"gate", kGateFields};

// A command, or words.
constexpr FieldSpec gate_field() {
  FieldSpec field =
      map<&RuleStepDraft::gate>("gate", "What closes the step: a command, or a text (a template).", kGate);
  field.takes_single = true;
  field.value = value_spec<std::string>();
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    static_cast<RuleStepDraft*>(owner)->gate.text = placed(found, spec, reader);
  };
  return field;
}

constexpr FieldSpec references_field() {
  FieldSpec field =
      map_list<&RuleStepDraft::references>("references", "Where it comes from: texts, or text and url.", kReference);
  field.takes_single = true;
  field.value = value_spec<std::string>();
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    static_cast<RuleStepDraft*>(owner)->references.push_back({placed(found, spec, reader), {}});
  };
  return field;
}

void finish_step(void* owner, FieldReader& reader) {
  auto& step = *static_cast<RuleStepDraft*>(owner);
  step.at = reader.map_position();
  for (const std::string_view key : {"text", "commands", "snippets", "diagrams", "checks"}) {
    if (reader.has_key(key)) return;
  }
  reader.reject(step.at, "the step says nothing", "known: text, commands, snippets, diagrams, checks");
}

constexpr auto kStepFields = std::array{
    required(label<&RuleStepDraft::id>("id", "Name of the step, unique over all sections.")),
    required(text<&RuleStepDraft::title>("title", "What is done; a template.")),
    text<&RuleStepDraft::when>("when", "Condition over the service's facts; absent: always."),
    list<&RuleStepDraft::covers>("covers", "Entries of a service's stack that the step answers."),
    label<&RuleStepDraft::phase>("phase", "Phase of the route that the step belongs to."),
    text<&RuleStepDraft::text>("text", "Markdown; a template."),
    map_list<&RuleStepDraft::commands>("commands", "Commands, quoted for a shell when they are shown.", kCommand),
    map_list<&RuleStepDraft::snippets>("snippets", "Code.", kSnippet),
    map_list<&RuleStepDraft::diagrams>("diagrams", "Diagrams.", kDiagram),
    texts<&RuleStepDraft::checks>("checks", "What is true when the step is done, each a template of one line."),
    gate_field(),
    references_field(),
};
constexpr MapSpec kStep{"step", kStepFields, finish_step};

constexpr auto kSectionFields = std::array{
    schema(kPlaybookRulesSchema),
    required(label<&RuleSectionDraft::section>("section", "Name of the section.")),
    required(text<&RuleSectionDraft::title>("title", "Its heading.")),
    required(value<&RuleSectionDraft::order>("order", "Sections come in this order, equal ones by name.")),
    required(map_list<&RuleSectionDraft::steps>("steps", "Steps in the order of work.", kStep)),
};
constexpr MapSpec kSection{"section", kSectionFields};

}  // namespace

const MapSpec& playbook_spec() noexcept { return kSection; }

}  // namespace migplan

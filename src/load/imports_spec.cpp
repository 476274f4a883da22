#include "imports_spec.hpp"

#include <array>

#include "field_store.hpp"

namespace migplan {
namespace {

using namespace fields;

// {ours: theirs} or {ours: [theirs, …]}
template <auto... Path>
constexpr FieldSpec aliases_field() {
  FieldSpec field{.key = "aliases",
                  .description = "Names that other tools have, by the service that each is.",
                  .shape = Shape::NamedValues,
                  .value = value_spec<std::string>(),
                  .takes_list = true};
  field.assign = [](void* owner, std::string_view name, const Scalar& found, const FieldSpec& spec,
                    FieldReader& reader) {
    const auto theirs = read_text(found, spec, reader);
    auto& rules = follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner));
    if (theirs) rules.aliases.push_back({std::string(name), std::string(*theirs), found.at});
  };
  return field;
}

void finish_pattern(void* owner, FieldReader& reader) { static_cast<NamePattern*>(owner)->at = reader.map_position(); }
constexpr auto kPatternFields = std::array{
    required(value<&NamePattern::match>("match", "Names that match, where * stands for any characters.")),
    required(value<&NamePattern::name>("name", "The service that each is; $1 is what the first * stands for.")),
};
constexpr MapSpec kPattern{"pattern", kPatternFields, finish_pattern};

// {from: fact}
template <auto... Path>
constexpr FieldSpec mappings_field(std::string_view key, std::string_view description) {
  FieldSpec field{
      .key = key, .description = description, .shape = Shape::NamedValues, .value = value_spec<std::string>()};
  field.assign = [](void* owner, std::string_view name, const Scalar& found, const FieldSpec& spec,
                    FieldReader& reader) {
    const auto fact = read_text(found, spec, reader);
    auto& all = follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner));
    if (fact) all.push_back({std::string(name), std::string(*fact)});
  };
  return field;
}

constexpr std::string_view kPatternsAre = "Patterns of such names; the first that matches counts.";
constexpr std::string_view kIgnoredAre = "Names that are known to be no service of ours; * stands for any characters.";
constexpr std::string_view kFactsAre = "Facts by the names that reports have for them: queries, metrics, columns.";

constexpr auto kNamesFields = std::array{
    schema(kNamesSchema),
    aliases_field<&NamesFile::names>(),
    map_list<&NamesFile::names, &NameRules::patterns>("patterns", kPatternsAre, kPattern),
    list<&NamesFile::names, &NameRules::ignored>("ignore", kIgnoredAre),
    mappings_field<&NamesFile::facts>("facts", kFactsAre),
};
constexpr MapSpec kNames{"names", kNamesFields};

constexpr FieldSpec one_or_more(FieldSpec field) {
  field.takes_single = true;
  return field;
}

constexpr auto kSourceFields = std::array{
    value<&ImportSource::format>("format",
                                 "Format of the reports, such as trivy; recognised by the content when left out."),
    required(one_or_more(list<&ImportSource::files>("files", "Files or folders with the reports."))),
    value<&ImportSource::service>("service", "Whose reports they are, where they do not name a service."),
    mappings_field<&ImportSource::map>("map", "Facts by the names that these reports have for them."),
};
constexpr MapSpec kSource{"source", kSourceFields};

constexpr auto kImportsFields = std::array{
    schema(kImportsSchema),
    value<&ImportsFile::into>("into", "Inventory that is brought up to date."),
    aliases_field<&ImportsFile::names, &NamesFile::names>(),
    map_list<&ImportsFile::names, &NamesFile::names, &NameRules::patterns>("patterns", kPatternsAre, kPattern),
    list<&ImportsFile::names, &NamesFile::names, &NameRules::ignored>("ignore", kIgnoredAre),
    mappings_field<&ImportsFile::names, &NamesFile::facts>("facts", kFactsAre),
    required(map_list<&ImportsFile::sources>("sources", "The reports.", kSource)),
};
constexpr MapSpec kImports{"imports", kImportsFields};

constexpr auto kRecordFields = std::array{
    required(value<&ProvenanceRecord::service>("service", "The service.")),
    required(value<&ProvenanceRecord::fact>("fact", "The fact, such as debt.sonar_debt_days.")),
    required(value<&ProvenanceRecord::value>("value", "Its value as it was imported.")),
    value<&ProvenanceRecord::source, &FactSource::file>("file", "The report."),
    value<&ProvenanceRecord::source, &FactSource::field>("field", "Where in the report."),
    value<&ProvenanceRecord::source, &FactSource::tool>("tool", "What wrote the report."),
    value<&ProvenanceRecord::source, &FactSource::version>("version", "Version of the tool."),
    value<&ProvenanceRecord::source, &FactSource::taken>("taken", "When, as the report says."),
};
constexpr MapSpec kRecord{"record", kRecordFields, nullptr, OtherKeys::PassedOver};

constexpr auto kProvenanceFields = std::array{
    schema(kProvenanceSchema),
    value<&ProvenanceDraft::inventory>("inventory", "The inventory that the facts are in."),
    required(map_list<&ProvenanceDraft::records>("facts", "One record a fact.", kRecord)),
};
constexpr MapSpec kProvenance{"provenance", kProvenanceFields, nullptr, OtherKeys::PassedOver};

}  // namespace

const MapSpec& names_spec() noexcept { return kNames; }
const MapSpec& imports_spec() noexcept { return kImports; }
const MapSpec& provenance_spec() noexcept { return kProvenance; }

}  // namespace migplan

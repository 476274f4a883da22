#include "migplan/load/indicators_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "document_reader.hpp"
#include "field_store.hpp"
#include "indicators_spec.hpp"

namespace migplan {

template <>
struct fields::EnumNames<Better> {
  static constexpr std::array<std::string_view, 2> kNames{"lower", "higher"};
};

namespace {

using namespace fields;

void finish_indicator(void* owner, FieldReader& reader) {
  auto& indicator = *static_cast<Indicator*>(owner);
  const std::uint32_t number = reader.list_index().value_or(0);
  indicator.place = {std::string(reader.file()), reader.map_position(), fmt::format("indicators[{}]", number)};
}

constexpr auto kIndicatorFields = std::array{
    required(value<&Indicator::name>("name", "What is measured; the same in both files.")),
    value<&Indicator::unit>("unit", "Unit of the value: min, s, ms, %, MiB, or any other text."),
    required(value<&Indicator::better>("better", "Which way is better: lower or higher.")),
    required(value<&Indicator::value>("value", "The value, in that unit.")),
};
constexpr MapSpec kIndicator{"indicator", kIndicatorFields, finish_indicator};

void finish_file(void* owner, FieldReader& reader) {
  if (reader.has_key("indicators") && static_cast<IndicatorsDraft*>(owner)->indicators.empty()) {
    reader.reject_field("indicators", "found none, expected one or more");
  }
}

constexpr auto kFileFields = std::array{
    schema(kIndicatorsSchema),
    required(map_list<&IndicatorsDraft::indicators>("indicators", "What a migration is to move.", kIndicator)),
};
constexpr MapSpec kFile{"indicators", kFileFields, finish_file};

}  // namespace

const MapSpec& indicators_spec() noexcept { return kFile; }

Result<std::vector<Indicator>> read_indicators(ByteSource& source, std::string_view file) {
  IndicatorsDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(indicators_spec(), &draft, file, issues, arena);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  for (const Indicator& indicator : draft.indicators) {
    if (!indicator.name.empty()) continue;
    const EvidencePlace& place = indicator.place;
    issues.add({Severity::Error, place.file, place.at, place.field + ".name", "found an empty text", ""});
  }
  if (issues.has_errors()) return issues;
  return std::move(draft.indicators);
}

}  // namespace migplan

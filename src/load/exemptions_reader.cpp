#include "migplan/load/exemptions_reader.hpp"

#include <array>
#include <string>
#include <utility>

#include "document_reader.hpp"
#include "exemption_spec.hpp"
#include "field_store.hpp"

namespace migplan {
namespace {

using namespace fields;

void finish_exemption(void* owner, FieldReader& reader) {
  auto& exemption = *static_cast<Exemption*>(owner);
  exemption.at = reader.map_position();
  exemption.number = reader.list_index().value_or(0);
}

constexpr auto kExemptionFields = std::array{
    required(value<&Exemption::check>("check", "Check that may fail: tier-moved, service-added, …")),
    required(label<&Exemption::service>("service", "Service that it may fail with.")),
    required(value<&Exemption::reason>("reason", "Why, for whoever reads the result.")),
    required(value<&Exemption::owner>("owner", "Who answers for it.")),
    required(value<&Exemption::expires>("expires", "Last day on which it counts.")),
};
constexpr MapSpec kExemption{"exemption", kExemptionFields, finish_exemption};

constexpr auto kExemptionsFields = std::array{
    schema(kExemptionsSchema),
    required(
        map_list<&ExemptionsDraft::list>("exemptions", "Failures that are known and allowed for a time.", kExemption)),
};
constexpr MapSpec kExemptions{"exemptions", kExemptionsFields};

}  // namespace

const MapSpec& exemptions_spec() noexcept { return kExemptions; }

Result<Exemptions> read_exemptions(ByteSource& source, std::string_view name) {
  ExemptionsDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(kExemptions, &draft, name, issues, arena);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  return Exemptions::create(std::move(draft.list), std::string(name));
}

}  // namespace migplan

#include "score_report_spec.hpp"

#include <array>
#include <utility>

#include "field_store.hpp"
#include "migplan/load/score_report_reader.hpp"
#include "policy_spec.hpp"

namespace migplan {
namespace {

using namespace fields;

void finish_row(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<ScoreReportDraft*>(owner);
  Service& service = draft.row.service;
  service.at = reader.map_position();
  service.number = reader.list_index();
  if (draft.row.has_override) {
    ServiceDetails details;
    details.tier_override = draft.row.tier_override;
    service.details = draft.part.keep(std::move(details));
  }
  if (!service.name.empty()) {
    draft.part.add(service, {}, {});
    draft.outcomes.push_back(draft.row.outcome);
  }
  draft.row = {};
}

void finish_report(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<ScoreReportDraft*>(owner);
  draft.policy_at = reader.key_position("policy");
  draft.services_at = reader.key_position("services");
}

constexpr auto kRow = &ScoreReportDraft::row;
constexpr auto kService = &ScoreRowDraft::service;
constexpr auto kOutcome = &ScoreRowDraft::outcome;

void finish_override(void* owner, FieldReader& reader) {
  auto& row = static_cast<ScoreReportDraft*>(owner)->row;
  row.has_override = true;
  row.tier_override.at = reader.map_position();
}
constexpr auto kOverride = &ScoreRowDraft::tier_override;
constexpr auto kOverrideFields = std::array{
    required(shared_text<kRow, kOverride, &TierOverride::tier>("tier", "")),
    required(value<kRow, kOverride, &TierOverride::reason>("reason", "")),
    required(value<kRow, kOverride, &TierOverride::owner>("owner", "")),
    required(value<kRow, kOverride, &TierOverride::expires>("expires", "")),
};
constexpr MapSpec kOverrideSpec{"override", kOverrideFields, finish_override, OtherKeys::PassedOver};

constexpr FieldSpec override_field() {
  FieldSpec field{.key = "override", .description = "", .shape = Shape::Map};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* { return owner; };
  field.map = &kOverrideSpec;
  return field;
}

constexpr auto kRowFields = std::array{
    required(label<kRow, kService, &Service::name>("name", "")),
    shared_text<kRow, kService, &Service::domain>("domain", ""),
    required(shared_text<kRow, kOutcome, &RecordedOutcome::tier>("tier", "")),
    required(value<kRow, kOutcome, &RecordedOutcome::score>("score", "")),
    override_field(),
    value<kRow, kService, &Service::impact, &ImpactFacts::peak_orders_per_second>("peak_orders_per_second", ""),
    value<kRow, kService, &Service::impact, &ImpactFacts::sla_30d>("sla_30d", ""),
    value<kRow, kService, &Service::impact, &ImpactFacts::sla_target>("sla_target", ""),
    value<kRow, kService, &Service::debt, &DebtFacts::sonar_debt_days>("sonar_debt_days", ""),
    value<kRow, kService, &Service::debt, &DebtFacts::high_risk_vulnerabilities>("high_risk_vulnerabilities", ""),
    value<kRow, kService, &Service::topology, &TopologyFacts::upstream_chain_length>("upstream_chain_length", ""),
    value<kRow, kService, &Service::topology, &TopologyFacts::downstream_strong_dependencies>(
        "downstream_strong_dependencies", ""),
};
constexpr MapSpec kRowSpec{"row", kRowFields, finish_row, OtherKeys::PassedOver};

constexpr FieldSpec rows_field() {
  FieldSpec field{.key = "services", .description = "", .shape = Shape::MapList, .is_required = true};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* { return owner; };
  field.map = &kRowSpec;
  return field;
}

}  // namespace

const MapSpec& score_report_spec() noexcept {
  static const std::array kFields{
      required(schema(kScoreReportSchema)),
      required(value<&ScoreReportDraft::count>("count", "")),
      required(map<&ScoreReportDraft::policy>("policy", "", policy_spec())),
      rows_field(),
  };
  static const MapSpec kSpec{"score report", kFields, finish_report, OtherKeys::PassedOver};
  return kSpec;
}

}  // namespace migplan

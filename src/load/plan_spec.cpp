#include "plan_spec.hpp"

#include <fmt/format.h>

#include <array>

#include "field_store.hpp"
#include "migplan/load/plan_reader.hpp"

namespace migplan {
namespace {

using namespace fields;

// The phase that a row states; null where it has no dates, or wrong ones.
std::optional<DatedPhase> dated_phase(PlanRow& row, FieldReader& reader) {
  if (row.start.has_value() != row.finish.has_value()) {
    const std::string_view missing = row.start ? "finish" : "start";
    const bool was_rejected = reader.has_key(missing);
    if (!was_rejected) reader.reject_field(missing, fmt::format("{} has no {}", in_quotes(row.phase), missing));
    return std::nullopt;
  }
  if (!row.start || row.phase.empty()) return std::nullopt;
  if (*row.finish - *row.start < -1) {
    reader.reject_field("finish",
                        fmt::format("found {}, before the start, {}", row.finish->to_string(), row.start->to_string()));
    return std::nullopt;
  }
  return DatedPhase{std::move(row.phase), *row.start, *row.finish, reader.map_position()};
}

std::string twice(std::string_view what, Position first) {
  return fmt::format("{} stands here twice, first at line {}", in_quotes(what), first.line);
}

// Adds a phase to a service of the plan, unless it has it already.
void add_phase(PlanDraft& draft, std::size_t service, DatedPhase phase, FieldReader& reader) {
  const auto [place, is_new] = draft.phase_places.try_emplace({service, phase.phase}, phase.at);
  if (is_new) {
    draft.plan.services[service].phases.push_back(std::move(phase));
    return;
  }
  const std::string& name = draft.plan.services[service].name;
  reader.reject_field("phase", twice(fmt::format("{} of {}", phase.phase, name), place->second));
}

void finish_row(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<PlanDraft*>(owner);
  PlanRow row = std::exchange(draft.row, {});
  if (row.service.empty()) return;
  const auto [known, is_new] = draft.numbers.try_emplace(row.service, draft.plan.services.size());
  if (is_new) draft.plan.services.push_back({row.service, {}, reader.map_position()});
  if (auto phase = dated_phase(row, reader)) add_phase(draft, known->second, *std::move(phase), reader);
}

void finish_phase(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<PlanDraft*>(owner);
  PlanRow row = std::exchange(draft.row, {});
  auto phase = dated_phase(row, reader);
  if (!phase) return;
  // The number of the service that is being read, whatever becomes of it.
  const auto [place, is_new] = draft.phase_places.try_emplace({draft.plan.services.size(), phase->phase}, phase->at);
  if (!is_new) return reader.reject_field("phase", twice(phase->phase, place->second));
  draft.service.phases.push_back(*std::move(phase));
}

void finish_service(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<PlanDraft*>(owner);
  DatedService service = std::exchange(draft.service, {});
  service.at = reader.map_position();
  const auto [known, is_new] = draft.numbers.try_emplace(service.name, draft.plan.services.size());
  if (!is_new && !service.name.empty()) {
    reader.reject_field("name", twice(service.name, draft.plan.services[known->second].at));
  }
  draft.plan.services.push_back(std::move(service));  // with its errors, so that it keeps its number
}

constexpr auto kRow = &PlanDraft::row;
constexpr FieldSpec kPhase = required(value<kRow, &PlanRow::phase>("phase", ""));
constexpr FieldSpec kStart = value<kRow, &PlanRow::start>("start", "");
constexpr FieldSpec kFinish = value<kRow, &PlanRow::finish>("finish", "");

constexpr auto kPhaseFields = std::array{kPhase, kStart, kFinish};
constexpr MapSpec kPhaseSpec{"phase", kPhaseFields, finish_phase, OtherKeys::PassedOver};

constexpr FieldSpec list_of(std::string_view key, const MapSpec& spec) {
  FieldSpec field{.key = key, .description = "", .shape = Shape::MapList, .is_required = true};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* { return owner; };
  field.map = &spec;
  return field;
}

constexpr auto kServiceFields = std::array{
    required(label<&PlanDraft::service, &DatedService::name>("name", "")),
    list_of("phases", kPhaseSpec),
};
constexpr MapSpec kServiceSpec{"service", kServiceFields, finish_service, OtherKeys::PassedOver};

constexpr auto kRowFields =
    std::array{required(label<kRow, &PlanRow::service>("service", "")), kPhase, kStart, kFinish};
constexpr MapSpec kRowSpec{"row", kRowFields, finish_row, OtherKeys::PassedOver};

}  // namespace

const MapSpec& plan_spec() noexcept {
  static const std::array kFields{required(schema(kScheduleSchema)), list_of("services", kServiceSpec)};
  static const MapSpec kSpec{"plan", kFields, nullptr, OtherKeys::PassedOver};
  return kSpec;
}

const MapSpec& plan_service_spec() noexcept { return kServiceSpec; }
const MapSpec& plan_row_spec() noexcept { return kRowSpec; }

}  // namespace migplan

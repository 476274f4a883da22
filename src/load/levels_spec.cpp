#include "levels_spec.hpp"

#include <fmt/format.h>

#include <array>

#include "field_store.hpp"
#include "migplan/load/percent_text.hpp"

namespace migplan {
namespace {

using namespace fields;

constexpr std::int64_t kMostRequests = 1'000'000'000'000'000;

// "99.95%" or 99.95; whether a number below 1 without the sign is a fraction decides `read`.
template <PercentReading (*read_text)(std::string_view), auto... Path>
constexpr FieldSpec exact_percentage(std::string_view key, std::string_view description) {
  FieldSpec field{.key = key, .description = description, .shape = Shape::Value, .value = value_spec<Percent>()};
  field.value.type = ValueType::Percentage;
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    const bool has_sign = found.text.ends_with('%');
    const bool is_number = found.kind == ScalarKind::Number || found.kind == ScalarKind::Untyped || has_sign;
    const PercentReading reading = has_sign ? read_percent_or_fraction(found.text) : read_text(found.text);
    if (!is_number || reading.fault == PercentFault::NotANumber || reading.fault == PercentFault::OutOfRange) {
      return reader.reject_value(found, spec);
    }
    if (reading.fault != PercentFault::None) {
      return reader.reject(found.at,
                           fmt::format("found {}, expected {}", found.text, expectation(reading.fault, "100")));
    }
    follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)) = PercentDraft{reading.value, found.at};
  };
  return field;
}

void finish_stated(void* owner, FieldReader& reader) {
  static_cast<StatedLevelsDraft*>(owner)->latency_at = reader.key_position("latency_p95_target_ms");
  for (const std::string_view key : {"availability_slo", "error_budget_monthly", "latency_p95_target_ms"}) {
    if (reader.has_key(key)) return;
  }
  reader.reject(reader.map_position(), "no objective stands in this file",
                "known: availability_slo, error_budget_monthly, latency_p95_target_ms");
}

constexpr auto kStatedFields = std::array{
    schema(kStatedLevelsSchema),
    value<&StatedLevelsDraft::service>("service", "Whose objectives these are; the option --service may say it, too."),
    exact_percentage<read_percent, &StatedLevelsDraft::error_budget_monthly>(
        "error_budget_monthly", "Share of failed requests that a month allows, 0.05 or \"0.05%\"."),
    value<&StatedLevelsDraft::latency_p95>("latency_p95_target_ms",
                                           "Objective for the 95th percentile of latency, in ms."),
    exact_percentage<read_percent_or_fraction, &StatedLevelsDraft::availability>(
        "availability_slo", "Availability objective: \"99.95%\", 99.95 or, below 1, 0.9995."),
};
constexpr MapSpec kStated{"objectives", kStatedFields, finish_stated};

void check_window(const MeasuredDraft& draft, FieldReader& reader) {
  for (const auto& [key, days] : {std::pair{"window_days", draft.window}, std::pair{"elapsed_days", draft.elapsed}}) {
    if (days && *days <= WindowDays{}) reader.reject_field(key, "found 0, expected more");
  }
  if (draft.window && draft.elapsed && *draft.elapsed > *draft.window) {
    reader.reject_field("elapsed_days", fmt::format("found {}, expected no more than the {} days of the window",
                                                    trimmed(*draft.elapsed), trimmed(*draft.window)));
  }
}

void check_measured(MeasuredDraft& draft, FieldReader& reader) {
  draft.at = reader.map_position();
  if (reader.has_key("total") != reader.has_key("failed")) {
    const bool has_total = reader.has_key("total");
    reader.reject(
        draft.at,
        fmt::format("counts have {} without {}", has_total ? "total" : "failed", has_total ? "failed" : "total"),
        has_total ? "how many of them failed? 0 is a number, too" : "");
  }
  if (draft.total && draft.failed && *draft.failed > *draft.total) {
    reader.reject_field("failed", fmt::format("found {}, expected no more than the {} of total", trimmed(*draft.failed),
                                              trimmed(*draft.total)));
  }
  check_window(draft, reader);
  const bool has_any = reader.has_key("total") || reader.has_key("failed") || reader.has_key("latency_p95_ms") ||
                       reader.has_key("coverage");
  if (!has_any) {
    reader.reject(draft.at, "counts hold nothing that was measured",
                  "known: total with failed, latency_p95_ms, coverage");
  }
}

void finish_measured(void* owner, FieldReader& reader) { check_measured(*static_cast<MeasuredDraft*>(owner), reader); }

// The same fields of an entry of the list and of the one map that may stand in its place.
template <auto... Prefix>
constexpr auto measured_fields() {
  return std::array{
      value<Prefix..., &MeasuredDraft::service>("service", "Whose counts these are."),
      value<Prefix..., &MeasuredDraft::objective>(
          "objective", "The one objective that they are of, where the service has several or counts other events."),
      value<Prefix..., &MeasuredDraft::window>("window_days", "Length of the window; default: the objective's own."),
      value<Prefix..., &MeasuredDraft::elapsed>("elapsed_days",
                                                "How much of the window was counted; default: all of it."),
      within(value<Prefix..., &MeasuredDraft::total>("total", "Requests, failed ones included."), 0, kMostRequests),
      within(value<Prefix..., &MeasuredDraft::failed>("failed", "How many of them failed."), 0, kMostRequests),
      value<Prefix..., &MeasuredDraft::latency_p95>("latency_p95_ms", "95th percentile of the latency."),
      exact_percentage<read_percent_or_fraction, Prefix..., &MeasuredDraft::coverage>(
          "coverage", "What unit tests cover: \"82%\", 82 or, below 1, 0.82."),
  };
}

constexpr auto kEntryFields = measured_fields<>();
constexpr MapSpec kEntry{"counts", kEntryFields, finish_measured};

void finish_file(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<MeasuredLevelsDraft*>(owner);
  if (!reader.has_key("counts")) return check_measured(draft.own, reader);
  if (draft.counts.empty()) reader.reject_field("counts", "found none, expected one or more");
  for (const FieldSpec& field : kEntryFields) {
    if (reader.has_key(field.key)) reader.reject_field(field.key, "stands beside counts", "put it into one of them");
  }
}

constexpr auto kFileFields = [] {
  constexpr auto kOwn = measured_fields<&MeasuredLevelsDraft::own>();
  std::array<FieldSpec, kOwn.size() + 2> fields{};
  fields[0] = schema(kMeasuredLevelsSchema);
  for (std::size_t i = 0; i < kOwn.size(); ++i) fields[i + 1] = kOwn[i];
  fields.back() = map_list<&MeasuredLevelsDraft::counts>("counts", "Several in place of one.", kEntry);
  return fields;
}();
constexpr MapSpec kFile{"counts", kFileFields, finish_file};

}  // namespace

const MapSpec& stated_levels_spec() noexcept { return kStated; }
const MapSpec& measured_levels_spec() noexcept { return kFile; }

}  // namespace migplan

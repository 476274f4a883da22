#include "canary_spec.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <utility>

#include "field_store.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/load/reconcile_report_reader.hpp"

namespace migplan {
namespace {

using namespace fields;

constexpr std::int64_t kMostRecords = 1'000'000'000'000'000;

// A count that may be as large as a dump has records.
template <auto... Path>
constexpr FieldSpec count(std::string_view key, std::string_view description) {
  return within(value<Path...>(key, description), 0, kMostRecords);
}

// A difference, which may be below 0.
template <auto... Path>
constexpr FieldSpec difference(std::string_view key, std::string_view description) {
  return within(value<Path...>(key, description), -Milliseconds::max().steps(), Milliseconds::max().steps());
}

void finish_side(void* owner, FieldReader& reader) {
  auto& side = *static_cast<CanarySideDraft*>(owner);
  for (const std::string_view key : {"success_rate", "http_5xx", "p95_ms", "p99_ms", "latencies_ms"}) {
    if (reader.has_key(key)) side.at[key] = reader.key_position(key);
  }
  if (side.p95 && side.p99 && *side.p99 < *side.p95) {
    reader.reject_field("p99_ms", fmt::format("found {}, expected no less than the 95th percentile, {}",
                                              trimmed(*side.p99), trimmed(*side.p95)));
  }
}

constexpr auto kSideFields = std::array{
    percentage<&CanarySideDraft::success_rate>("success_rate", "Share of requests that succeed."),
    value<&CanarySideDraft::p95>("p95_ms", "95th percentile."),
    value<&CanarySideDraft::p99>("p99_ms", "99th percentile."),
    percentage<&CanarySideDraft::http_5xx>("http_5xx", "Share of answers of status 500 and above."),
    count<&CanarySideDraft::samples>("samples", "Requests behind these figures."),
    list<&CanarySideDraft::latencies>("latencies_ms", "Latencies, of single requests or one a scrape."),
};
constexpr MapSpec kSide{"signals of a side", kSideFields, finish_side};

constexpr auto kSignalFields = std::array{
    map<&CanaryDraft::old_side>("old", "Golden signals of the old side.", kSide),
    map<&CanaryDraft::new_side>("new", "Golden signals of the new side.", kSide),
};
constexpr MapSpec kSignals{"signals", kSignalFields};

void finish_document(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<CanaryDraft*>(owner);
  draft.at = reader.map_position();
  if (!draft.schema.empty() && draft.schema != kReconcileReportSchema) {
    reader.reject_field("schema", fmt::format("found {}, expected {} or none", in_quotes(draft.schema),
                                              in_quotes(kReconcileReportSchema)));
  }
  const auto check_part = [&reader](std::string_view part_key, const auto& part, const auto& whole) {
    if (part && whole && *part > *whole) {
      reader.reject_field(part_key, fmt::format("found {} of {}", trimmed(*part), trimmed(*whole)));
    }
  };
  check_part("business_different", draft.business_different, draft.pairs);
  check_part("version_different", draft.version_different, draft.version_compared);
  check_part("version_compared", draft.version_compared, draft.pairs);
  check_part("p99_delta_low_ms", draft.low, draft.shift);
  check_part("p99_delta_ms", draft.shift, draft.high);
  for (const auto& [key, part] : {std::pair{"business_different", &draft.business_different},
                                  std::pair{"version_compared", &draft.version_compared},
                                  std::pair{"version_different", &draft.version_different}}) {
    if (draft.pairs && !part->has_value()) reader.reject(draft.at, fmt::format("has pairs, but no {}", key));
  }
}

constexpr auto kDocumentFields = std::array{
    value<&CanaryDraft::schema>("schema", "What wrote the document."),
    value<&CanaryDraft::service>("service", "Whose requests they are."),
    count<&CanaryDraft::pairs>("pairs", "Joined pairs."),
    count<&CanaryDraft::business_different>("business_different", "Pairs with a business difference."),
    count<&CanaryDraft::version_compared>("version_compared", "Pairs in which a side tells the version."),
    count<&CanaryDraft::version_different>("version_different", "Pairs with another version."),
    count<&CanaryDraft::missing_old>("missing_old", "Requests that the new side alone has."),
    count<&CanaryDraft::missing_new>("missing_new", "Requests that the old side alone has."),
    count<&CanaryDraft::repeated_otherwise>("repeated_otherwise", "Records repeated with other content."),
    count<&CanaryDraft::latencies_old>("latencies_old", "Latencies of the old side."),
    count<&CanaryDraft::latencies_new>("latencies_new", "Latencies of the new side."),
    difference<&CanaryDraft::shift>("p99_delta_ms", "Growth of the 99th percentile."),
    difference<&CanaryDraft::low>("p99_delta_low_ms", "Lower end of its interval."),
    difference<&CanaryDraft::high>("p99_delta_high_ms", "Upper end of its interval."),
    same_owner("signals", "Golden signals of both sides.", kSignals),
};
constexpr MapSpec kDocument{"canary evidence", kDocumentFields, finish_document, OtherKeys::PassedOver};

}  // namespace

const MapSpec& canary_spec() noexcept { return kDocument; }

}  // namespace migplan

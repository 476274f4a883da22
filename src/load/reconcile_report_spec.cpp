#include "reconcile_report_spec.hpp"

#include <array>
#include <limits>

#include "field_store.hpp"
#include "migplan/load/reconcile_report_reader.hpp"

namespace migplan {
namespace {

using namespace fields;

// As many as a dump has records.
template <auto Member>
constexpr FieldSpec records(std::string_view key) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 4;  // that sums of them do not overflow
  return required(within(value<Member>(key, ""), 0, kMost));
}

void finish_report(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<ReconcileReportDraft*>(owner);
  draft.at = reader.key_position("equal");
  const bool is_whole = reader.has_key("pairs") && reader.has_key("equal");
  if (is_whole && draft.equal > draft.pairs) reader.reject_field("equal", "more pairs are equal than there are");
}

constexpr auto kFields = std::array{
    required(schema(kReconcileReportSchema)),
    value<&ReconcileReportDraft::service>("service", ""),
    records<&ReconcileReportDraft::pairs>("pairs"),
    records<&ReconcileReportDraft::equal>("equal"),
    records<&ReconcileReportDraft::missing_old>("missing_old"),
    records<&ReconcileReportDraft::missing_new>("missing_new"),
};
constexpr MapSpec kReport{"reconciliation", kFields, finish_report, OtherKeys::PassedOver};

}  // namespace

const MapSpec& reconcile_report_spec() noexcept { return kReport; }

}  // namespace migplan

#include "migplan/load/reconcile_report_reader.hpp"

#include "document_reader.hpp"
#include "field_reader.hpp"
#include "migplan/load/inventory_reader.hpp"
#include "reconcile_report_spec.hpp"

namespace migplan {

Result<ReconcileReport> read_reconcile_report(ByteSource& source, std::string_view file) {
  PeekedSource peeked(source);
  if (!peeked.error().empty()) {
    return Issue{Severity::Error, std::string(file), {}, "", std::string(peeked.error()), "", Cause::Access};
  }
  if (auto issue = other_schema(peeked.front().substr(0, kSchemaWithin), file, "reconciliation", kReconcileReportSchema,
                                "migplan reconcile OLD NEW -o reconciliation.json writes one")) {
    return *std::move(issue);
  }
  ReconcileReportDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(reconcile_report_spec(), &draft, file, issues, arena);
  feed_document(peeked, reader);
  if (issues.has_errors()) return issues;
  const auto whole = [](Count count) { return static_cast<std::uint64_t>(count.steps()); };
  return ReconcileReport{draft.service,
                         {.pairs = whole(draft.pairs),
                          .equal = whole(draft.equal),
                          .missing = whole(draft.missing_old) + whole(draft.missing_new),
                          .place = {std::string(file), draft.at, "equal"}}};
}

}  // namespace migplan

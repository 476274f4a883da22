#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checks_table.hpp"
#include "migplan/report/verification_views.hpp"
#include "migplan/verification/latency_quantiles.hpp"
#include "migplan/verification/reconciliation_checks.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

Value whole(std::uint64_t count) { return count_value(static_cast<std::size_t>(count)); }
Value whole_or_null(const std::optional<std::uint64_t>& count) { return count ? whole(*count) : Value{}; }

Value milliseconds_or_null(const std::optional<Milliseconds>& latency) {
  return latency ? trimmed_number({latency->steps(), Milliseconds::kDecimals}) : Value{};
}

std::shared_ptr<Table> fields_table(const Reconciliation& found) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, bool is_numeric, Value (*get)(const FieldCount&)) {
    columns.push_back(
        {key, key, Shown::Always, is_numeric, [&found, get](std::size_t i) { return get(found.fields[i]); }});
  };
  add("field", false, [](const FieldCount& f) -> Value { return std::string_view(f.field); });
  add("compared", true, [](const FieldCount& f) { return whole(f.compared); });
  add("different", true, [](const FieldCount& f) { return whole(f.different); });
  columns.back().tone = [&found](std::size_t i) { return found.fields[i].different != 0 ? Tone::Alert : Tone::Plain; };
  add("missing_old", true, [](const FieldCount& f) { return whole(f.missing_old); });
  add("missing_new", true, [](const FieldCount& f) { return whole(f.missing_new); });
  return std::make_shared<Table>("fields", "Fields of the pairs", found.fields.size(), std::move(columns));
}

std::shared_ptr<Table> samples_table(const Reconciliation& found) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, bool is_numeric, Value (*get)(const PairSample&)) {
    columns.push_back(
        {key, key, Shown::Always, is_numeric, [&found, get](std::size_t i) { return get(found.samples[i]); }});
  };
  add("kind", false, [](const PairSample& s) { return word_value(name_of(s.kind)); });
  add("trace_id", false, [](const PairSample& s) -> Value { return std::string_view(s.trace_id); });
  add("field", false, [](const PairSample& s) { return text_or_null(s.field); });
  add("old_value", false, [](const PairSample& s) { return text_or_null(s.old_value); });
  add("new_value", false, [](const PairSample& s) { return text_or_null(s.new_value); });
  add("old_line", true, [](const PairSample& s) { return whole_or_null(s.old_line); });
  add("new_line", true, [](const PairSample& s) { return whole_or_null(s.new_line); });
  return std::make_shared<Table>("samples", "Samples, the first lines of each kind", found.samples.size(),
                                 std::move(columns));
}

std::vector<Text> headlines_of(const ReconcileView& view) {
  const Reconciliation& found = *view.found;
  std::vector<Text> lines{say("{} of {} records old and {} new: {} equal, {} missing in old, {} missing in new",
                              counted(found.pairs, "{} pair", "{} pairs"), found.sides[0].records,
                              found.sides[1].records, found.equal, found.missing_old, found.missing_new)};
  if (view.p99_shift) {
    const auto show = [](Milliseconds m) { return trimmed(m); };
    lines.push_back(say("99th percentile: {} ms old, {} ms new, difference {} ms ({} to {} at {} %)",
                        show(*latency_quantile(found.sides[0].latencies, 990)),
                        show(*latency_quantile(found.sides[1].latencies, 990)), show(view.p99_shift->shift),
                        show(view.p99_shift->low), show(view.p99_shift->high), trimmed(view.confidence)));
  }
  return lines;
}

std::vector<Text> notes_of(const ReconcileView& view) {
  const Reconciliation& found = *view.found;
  std::vector<Text> notes;
  if (found.late != 0) {
    notes.push_back(say("{} further apart than {} s", counted(found.late, "{} pair lies", "{} pairs lie"),
                        trimmed(view.policy->window)));
  }
  for (std::size_t side = 0; side < 2; ++side) {
    const SideCounts& counts = found.sides[side];
    const Text name = Text::word(name_of(static_cast<Side>(side)));
    if (counts.negative_latencies != 0) {
      notes.push_back(say("{} of the {} side left out of the percentiles: a clock stepped back",
                          counted(counts.negative_latencies, "{} negative latency", "{} negative latencies"), name));
    }
    if (counts.latencies.resolution() > 1) {
      notes.push_back(say("latencies of the {} side are known to {} ms: they are spread too wide for more", name,
                          trimmed(static_cast<std::int64_t>(counts.latencies.resolution()), 3)));
    }
  }
  return notes;
}

void append_side(Object& document, const SideCounts& counts, std::string_view side) {
  const auto key = [side](std::string_view name, std::string_view unit = "") {
    return fmt::format("{}_{}{}", name, side, unit);
  };
  document.emplace_back(key("records"), whole(counts.records));
  document.emplace_back(key("latencies"), whole(counts.latencies.count()));
  document.emplace_back(key("negative_latencies"), whole(counts.negative_latencies));
  document.emplace_back(key("p50", "_ms"), milliseconds_or_null(latency_quantile(counts.latencies, 500)));
  document.emplace_back(key("p95", "_ms"), milliseconds_or_null(latency_quantile(counts.latencies, 950)));
  document.emplace_back(key("p99", "_ms"), milliseconds_or_null(latency_quantile(counts.latencies, 990)));
}

Object document_of(const ReconcileView& view) {
  const Reconciliation& found = *view.found;
  Object document{{"schema", "migplan/reconcile/v1"},
                  {"service", text_or_null(view.service)},
                  {"old", view.old_name},
                  {"new", view.new_name},
                  {"passed", std::none_of(view.checks.begin(), view.checks.end(),
                                          [](const Check& c) { return is_objection(c, InconclusiveAs::Fail); })},
                  {"pairs", whole(found.pairs)},
                  {"equal", whole(found.equal)},
                  {"business_different", whole(found.business_different)},
                  {"version_compared", whole(found.version_compared)},
                  {"version_different", whole(found.version_different)},
                  {"missing_old", whole(found.missing_old)},
                  {"missing_new", whole(found.missing_new)},
                  {"repeated", whole(found.repeated)},
                  {"repeated_otherwise", whole(found.repeated_otherwise)},
                  {"late", whole(found.late)},
                  {"window_s", trimmed_number({view.policy->window.steps(), Seconds::kDecimals})}};
  append_side(document, found.sides[0], "old");
  append_side(document, found.sides[1], "new");
  const auto shift = [&view](Milliseconds QuantileShift::*part) {
    return view.p99_shift ? milliseconds_or_null((*view.p99_shift).*part) : Value{};
  };
  document.emplace_back("p99_delta_ms", shift(&QuantileShift::shift));
  document.emplace_back("p99_delta_low_ms", shift(&QuantileShift::low));
  document.emplace_back("p99_delta_high_ms", shift(&QuantileShift::high));
  document.emplace_back("confidence", trimmed_number({view.confidence.steps(), Percent::kDecimals}));
  return document;
}

}  // namespace

Result<Report> reconcile_report(const ReconcileView& view, const TableChoice& choice) {
  std::vector<std::shared_ptr<Table>> made;
  made.push_back(fields_table(*view.found));
  made.push_back(checks_table(view.checks));
  made.push_back(samples_table(*view.found));
  const auto tables = chosen_tables(std::move(made), choice);
  if (!tables.is_ok()) return Issues(tables.issues());
  Report report{.document = document_of(view),
                .tables = {},
                .notes = notes_of(view),
                .headlines = headlines_of(view),
                .findings = checks_findings("reconcile", kReconciliationRules, view.checks, {}, {})};
  for (const auto& table : tables.value()) {
    report.document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
    report.tables.push_back(table);
  }
  return report;
}

}  // namespace migplan

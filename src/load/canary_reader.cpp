#include "migplan/load/canary_reader.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

#include "canary_spec.hpp"
#include "document_reader.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

std::uint64_t whole(const std::optional<Count>& stated) {
  return stated ? static_cast<std::uint64_t>(stated->steps()) : 0;
}

ReconciledPairs reconciled_of(const CanaryDraft& draft, std::string_view file) {
  ReconciledPairs found;
  found.pairs = whole(draft.pairs);
  found.business_different = whole(draft.business_different);
  found.version_compared = whole(draft.version_compared);
  found.version_different = whole(draft.version_different);
  found.missing = whole(draft.missing_old) + whole(draft.missing_new);
  found.repeated_otherwise = whole(draft.repeated_otherwise);
  found.old_latencies = whole(draft.latencies_old);
  found.new_latencies = whole(draft.latencies_new);
  if (draft.shift && draft.low && draft.high) found.p99_shift = QuantileShift{*draft.shift, *draft.low, *draft.high};
  found.place = {std::string(file), draft.at, ""};
  return found;
}

// What a side states, with its places.
class StatedSide {
 public:
  StatedSide(const CanarySideDraft& draft, std::string_view file, std::string_view name)
      : draft_(draft), file_(file), path_(fmt::format("signals.{}.", name)) {}

  [[nodiscard]] GoldenSignals signals() const {
    GoldenSignals signals;
    if (draft_.success_rate) {
      signals.success_rate = share("success_rate", *draft_.success_rate, Percent::max() - *draft_.success_rate);
    }
    if (draft_.http_5xx) signals.http_5xx = share("http_5xx", *draft_.http_5xx, *draft_.http_5xx);
    if (draft_.p95) signals.p95 = latency("p95_ms", *draft_.p95);
    if (draft_.p99) signals.p99 = latency("p99_ms", *draft_.p99);
    return signals;
  }
  [[nodiscard]] LatencySample latencies() const { return {draft_.latencies, place("latencies_ms")}; }

 private:
  [[nodiscard]] EvidencePlace place(std::string_view key) const {
    const auto at = draft_.at.find(key);
    if (at == draft_.at.end()) return {};
    return {std::string(file_), at->second, path_ + std::string(key)};
  }

  // The bad requests are counted back from their share, to the nearest whole one.
  [[nodiscard]] SignalShare share(std::string_view key, Percent shown, Percent bad) const {
    SignalShare signal{shown, std::nullopt, place(key)};
    if (const std::uint64_t samples = whole(draft_.samples); samples != 0) {
      const auto events = divide_half_up(Int128{bad.steps()} * static_cast<Int128>(samples), Percent::max().steps());
      signal.tally = Tally{static_cast<std::uint64_t>(events), samples};
    }
    return signal;
  }
  [[nodiscard]] SignalLatency latency(std::string_view key, Milliseconds value) const {
    return {value, value, value, whole(draft_.samples), place(key)};
  }

  const CanarySideDraft& draft_;
  std::string_view file_;
  std::string path_;
};

bool says_nothing(const CanaryDraft& draft) {
  return !draft.pairs && draft.old_side.at.empty() && draft.new_side.at.empty();
}

}  // namespace

Result<CanaryDocument> read_canary_document(ByteSource& source, std::string_view file) {
  CanaryDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(canary_spec(), &draft, file, issues, arena);
  feed_document(source, reader);
  if (!issues.has_errors() && says_nothing(draft)) {
    issues.add(
        {Severity::Error,
         std::string(file),
         {1, 1},
         "",
         "neither the JSON of reconcile nor golden signals",
         "migplan reconcile OLD NEW -o reconciliation.json writes the one, signals: {old: …, new: …} the other"});
  }
  if (issues.has_errors()) return issues;
  const StatedSide old_side(draft.old_side, file, "old"), new_side(draft.new_side, file, "new");
  CanaryDocument document;
  document.file = file;
  document.service = draft.service;
  if (draft.pairs) document.reconciled = reconciled_of(draft, file);
  document.old_side = old_side.signals();
  document.new_side = new_side.signals();
  document.old_latencies = old_side.latencies();
  document.new_latencies = new_side.latencies();
  return document;
}

}  // namespace migplan

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/quantity.hpp"
#include "migplan/base/value_counts.hpp"
#include "migplan/model/verification_policy.hpp"
#include "migplan/verification/outcome.hpp"
#include "migplan/verification/spill_store.hpp"

namespace migplan {

enum class PairKind : std::uint8_t {
  Differs,
  VersionDiffers,
  MissingOld,
  MissingNew,
  Repeated,
  RepeatedOtherwise,
  Late
};
inline constexpr std::size_t kPairKinds = 7;
[[nodiscard]] std::string_view name_of(PairKind kind) noexcept;  // "differs"

// A pair, or what should have been one, to look at.
struct PairSample {
  PairKind kind = PairKind::Differs;
  std::string trace_id;
  std::optional<std::uint64_t> old_line, new_line;  // of their sources
  std::string field;                                // that differs; empty for other kinds
  std::string old_value, new_value;
};

struct FieldCount {
  std::string field;
  std::uint64_t compared = 0;   // pairs in which a side has it
  std::uint64_t different = 0;  // of them, whether by value or missing on a side
  std::uint64_t missing_old = 0, missing_new = 0;
};

struct SideCounts {
  std::uint64_t records = 0;
  std::uint64_t negative_latencies = 0;  // left out of the latencies: a clock stepped back
  ValueCounts latencies;                 // microseconds
};

// What became of the records of both sides. models.md section 6.
struct Reconciliation {
  std::vector<FieldCount> fields;  // in the policy's order
  std::array<SideCounts, 2> sides;
  std::uint64_t traces = 0;
  std::uint64_t pairs = 0;  // traces that both sides know
  std::uint64_t equal = 0;  // pairs without any difference
  std::uint64_t business_different = 0, version_compared = 0, version_different = 0;
  std::uint64_t missing_old = 0, missing_new = 0;      // traces
  std::uint64_t repeated = 0, repeated_otherwise = 0;  // records behind the first of their side and trace
  std::uint64_t late = 0;                              // pairs further apart than the window
  std::vector<PairSample> samples;                     // by kind, then line
};

struct ReconcileOptions {
  std::size_t memory = std::size_t{512} << 20U;  // bytes that rows and what joins them may take
  unsigned threads = 1;
  std::size_t samples = 5;  // of each kind
};

// Joins the outcomes of two sides by trace id: exact, in any order of the records, in bounded memory. The same for
// every number of threads and every memory. O(records).
class Reconciler {
 public:
  // The store must outlive it.
  Reconciler(const ReconcilePolicy& policy, const ReconcileOptions& options, SpillStore& store);
  Reconciler(const Reconciler&) = delete;
  Reconciler& operator=(const Reconciler&) = delete;
  ~Reconciler();

  // What the fields of outcomes are, in this order.
  [[nodiscard]] std::span<const ComparedField> fields() const noexcept { return fields_; }

  // `lane` in 0..threads-1: each is used by one thread at a time.
  void add(unsigned lane, Side side, const Outcome& outcome);

  // The result; nullopt where the store failed. To be called once.
  [[nodiscard]] std::optional<Reconciliation> finish();

 private:
  struct Lane;
  std::vector<ComparedField> fields_;
  const ReconcilePolicy* policy_;
  ReconcileOptions options_;
  SpillStore* store_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace migplan

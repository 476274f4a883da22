#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "migplan/verification/reconciliation.hpp"
#include "outcome_rows.hpp"

namespace migplan {

// Joins rows by trace and counts what it finds. What it counts depends on the rows alone, not on their order; samples
// are those of the first lines. Used by one thread at a time, for any number of partitions.
class PartitionJoin {
 public:
  PartitionJoin(const ReconcilePolicy& policy, std::span<const ComparedField> fields, std::size_t samples);

  // All rows of the traces in these pieces; `rows` is how many there are.
  void join(std::span<const std::string_view> pieces, std::size_t rows);

  // Adds what was found to a total.
  void add_to(Reconciliation& total) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // The rows of one trace: the first that was met of each side, and a chain of the others.
  struct Group {
    const char* row[2]{nullptr, nullptr};
    std::uint32_t hash = 0;
    std::uint32_t others = kNone;
  };
  struct Other {
    const char* row = nullptr;
    std::uint32_t next = kNone;
  };
  // A field as the policy compares it.
  struct Compared {
    std::string_view name;
    const FieldComparison* rule = nullptr;
    bool is_business = false, is_version = false;
  };

  void group(std::span<const std::string_view> pieces, std::size_t rows);
  Group& group_of(const OutcomeRow& row);
  void judge(Group& group);
  void judge_repeats(Group& group);
  void judge_pair(const char* old_at, const char* new_at);
  // Of two rows' field bytes.
  [[nodiscard]] bool is_same_content(std::string_view a, std::string_view b) const;
  // Keeps it if its line is among the first of its kind so far.
  void sample(PairKind kind, const char* old_row, const char* new_row, std::size_t field = SIZE_MAX,
              std::string_view old_value = {}, std::string_view new_value = {});
  void recount_samples();

  std::vector<Compared> fields_;
  std::size_t wanted_samples_;
  std::int64_t window_ms_;
  Reconciliation found_;
  struct Sampled {
    std::size_t count = 0;
    std::uint64_t greatest_line = 0;
  };
  std::array<Sampled, kPairKinds> sampled_{};

  std::vector<std::uint32_t> slots_;  // group number, kNone = free
  std::vector<Group> groups_;
  std::vector<Other> others_;
};

// Puts samples in their order and leaves `wanted` of each kind.
void keep_first_samples(std::vector<PairSample>& samples, std::size_t wanted);

}  // namespace migplan

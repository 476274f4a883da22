#include "migplan/verification/reconciliation.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <thread>
#include <utility>

#include "migplan/base/assert.hpp"
#include "outcome_rows.hpp"
#include "partition_join.hpp"
#include "row_partitions.hpp"

namespace migplan {
namespace {

// Of the memory, what rows may take before they go to the store; the rest is for joining them.
constexpr std::size_t row_memory(const ReconcileOptions& options) noexcept { return options.memory / 8 * 5; }
// What one partition may hold to be joined at once; tables take about half as much as rows again.
constexpr std::size_t join_memory(const ReconcileOptions& options) noexcept {
  return options.memory / 4 / options.threads;
}

// Joins partitions of rows, each in memory as a whole, splitting those that are too large.
class Joining {
 public:
  Joining(const ReconcileOptions& options, SpillStore& store) : options_(options), store_(store) {}

  // Partition `number` of all sources together; false where the store failed.
  bool join(std::span<RowPartitions* const> sources, std::size_t number, unsigned level, PartitionJoin& join_into) {
    std::size_t bytes = 0, rows = 0;
    for (const RowPartitions* const source : sources) {
      bytes += source->size(number).bytes;
      rows += source->size(number).rows;
    }
    if (bytes > join_memory(options_) && level + 1 < RowPartitions::kDeepest) {
      return join_split(sources, number, level, join_into);
    }
    std::vector<std::string_view> pieces;
    std::vector<std::vector<char>> loaded;
    for (RowPartitions* const source : sources) {
      if (!source->gather(number, pieces, loaded)) return false;
    }
    join_into.join(pieces, rows);
    for (RowPartitions* const source : sources) source->drop(number);
    return true;
  }

 private:
  bool join_split(std::span<RowPartitions* const> sources, std::size_t number, unsigned level,
                  PartitionJoin& join_into) {
    RowPartitions finer(join_memory(options_) / 2, level + 1, store_);
    for (RowPartitions* const source : sources) {
      if (!split(*source, number, finer)) return false;
    }
    RowPartitions* const one[]{&finer};
    for (std::size_t i = 0; i < RowPartitions::kCount; ++i) {
      if (!join(one, i, level + 1, join_into)) return false;
    }
    return true;
  }

  static bool split(RowPartitions& source, std::size_t number, RowPartitions& finer) {
    std::vector<std::string_view> pieces;
    std::vector<std::vector<char>> loaded;
    if (!source.gather(number, pieces, loaded)) return false;
    for (const std::string_view piece : pieces) {
      for (const char* at = piece.data(); at != piece.data() + piece.size();) {
        const OutcomeRow row(at);
        const auto size = static_cast<std::size_t>(row.behind() - at);
        finer.add(row.hash(), size, [&](char* to) { return std::copy_n(at, size, to); });
        at = row.behind();
      }
    }
    source.drop(number);
    return !finer.has_failed();
  }

  const ReconcileOptions& options_;
  SpillStore& store_;
};

}  // namespace

std::string_view name_of(PairKind kind) noexcept {
  switch (kind) {
    case PairKind::Differs: return "differs";
    case PairKind::VersionDiffers: return "version differs";
    case PairKind::MissingOld: return "missing in old";
    case PairKind::MissingNew: return "missing in new";
    case PairKind::Repeated: return "repeated";
    case PairKind::RepeatedOtherwise: return "repeated with other content";
    case PairKind::Late: return "late";
  }
  return "";
}

struct Reconciler::Lane {
  Lane(std::size_t memory, SpillStore& store) : rows(memory, 0, store) {}

  RowPartitions rows;
  std::array<SideCounts, 2> sides;
};

Reconciler::Reconciler(const ReconcilePolicy& policy, const ReconcileOptions& options, SpillStore& store)
    : policy_(&policy), options_(options), store_(&store) {
  MIGPLAN_ASSERT(options_.threads > 0);
  for (const auto& [name, comparison] : policy.fields) {
    if (comparison.rule != FieldRule::Ignore) fields_.push_back({name, comparison.rule != FieldRule::Unordered});
  }
  for (unsigned i = 0; i < options_.threads; ++i) {
    lanes_.push_back(std::make_unique<Lane>(row_memory(options_) / options_.threads, store));
  }
}

Reconciler::~Reconciler() = default;

void Reconciler::add(unsigned lane_number, Side side, const Outcome& outcome) {
  MIGPLAN_ASSERT(outcome.fields.size() == fields_.size());
  Lane& lane = *lanes_[lane_number];
  SideCounts& counts = lane.sides[static_cast<std::size_t>(side)];
  ++counts.records;
  const std::optional<std::uint64_t> latency = outcome.latency_us.value_or(-1) < 0
                                                   ? std::nullopt
                                                   : std::optional(static_cast<std::uint64_t>(*outcome.latency_us));
  if (latency) counts.latencies.expect(*latency);
  if (outcome.latency_us && !latency) ++counts.negative_latencies;
  const OutcomeRow::Key key(outcome.trace_id);
  lane.rows.add(key.hash(), OutcomeRow::bound(outcome),
                [&](char* at) { return OutcomeRow::write(at, key, side, outcome); });
  if (latency) counts.latencies.add(*latency);
}

std::optional<Reconciliation> Reconciler::finish() {
  std::vector<RowPartitions*> sources;
  for (const auto& lane : lanes_) sources.push_back(&lane->rows);
  std::deque<PartitionJoin> joins;
  for (unsigned i = 0; i < options_.threads; ++i) joins.emplace_back(*policy_, fields_, options_.samples);
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> has_failed = false;
  const auto work = [&](PartitionJoin& join_into) {
    Joining joining(options_, *store_);
    for (std::size_t i = next++; i < RowPartitions::kCount && !has_failed; i = next++) {
      if (!joining.join(sources, i, 0, join_into)) has_failed = true;
    }
  };
  {
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < options_.threads; ++i) pool.emplace_back([&, i] { work(joins[i]); });
    work(joins[0]);
  }
  const bool has_lost =
      std::any_of(sources.begin(), sources.end(), [](const auto* rows) { return rows->has_failed(); });
  if (has_failed || has_lost) return std::nullopt;
  Reconciliation total;
  for (const ComparedField& field : fields_) total.fields.emplace_back().field = field.name;
  for (const PartitionJoin& join : joins) join.add_to(total);
  keep_first_samples(total.samples, options_.samples);
  for (const auto& lane : lanes_) {
    for (std::size_t side = 0; side < total.sides.size(); ++side) {
      total.sides[side].records += lane->sides[side].records;
      total.sides[side].negative_latencies += lane->sides[side].negative_latencies;
      total.sides[side].latencies.merge(lane->sides[side].latencies);
    }
  }
  return total;
}

}  // namespace migplan

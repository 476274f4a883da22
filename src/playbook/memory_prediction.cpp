#include "migplan/playbook/memory_prediction.hpp"

#include <algorithm>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kPercent = 100;

std::int64_t above(Int128 numerator, Int128 denominator) {
  return static_cast<std::int64_t>(divide_up(numerator, denominator));
}

// The greatest one that keeps the peak within the limit, as far as the policy lets it go.
std::int64_t gogc_for(std::int64_t base, std::int64_t limit, const PlaybookPolicy& policy) {
  const std::int64_t least = policy.least_gogc.steps(), greatest = policy.greatest_gogc.steps();
  if (base == 0) return greatest;
  const auto fitting = static_cast<std::int64_t>(Int128{limit} * kPercent / base) - kPercent;
  return std::clamp(fitting, least, greatest);
}

// (heap - peak) / heap in percent, rounded half up to one decimal.
Percent drop_of(std::int64_t heap, std::int64_t peak) {
  const std::int64_t tenths = divide_half_up(Int128{heap - peak} * kPercent * 10, Int128{heap});
  return Percent::from_steps(tenths * (Percent::scale() / 10));
}

}  // namespace

std::optional<MemoryPrediction> memory_prediction(const Runtime& runtime, const Policy& policy) {
  const bool is_known = runtime.heap_max.is_known() && runtime.live_heap.is_known();
  if (!is_known || runtime.heap_max.value() <= Megabytes{}) return std::nullopt;
  const PlaybookPolicy& rules = policy.playbook();
  constexpr std::int64_t kKibInMib = 1024;
  const std::int64_t heap = runtime.heap_max.value().steps();
  const Int128 left = Percent::max().steps() - policy.gate().memory_drop.steps();
  const std::int64_t threads = runtime.threads.is_known() ? runtime.threads.value().steps() : 0;

  MemoryPrediction made;
  made.limit = Megabytes::from_steps(static_cast<std::int64_t>(Int128{heap} * left / Percent::max().steps()));
  made.live = Megabytes::from_steps(
      above(Int128{runtime.live_heap.value().steps()} * rules.live_heap_ratio.steps(), Ratio::scale()));
  made.stacks = Megabytes::from_steps(above(Int128{threads} * rules.goroutine_stack_kib.steps(), kKibInMib));
  const std::int64_t base = (made.live + made.stacks).steps();
  made.gogc = gogc_for(base, made.limit.steps(), rules);
  made.peak = Megabytes::from_steps(above(Int128{base} * (kPercent + made.gogc), kPercent));
  made.excess = std::max(made.peak - made.limit, Megabytes{});
  made.gomemlimit = std::max(made.limit, made.peak);
  constexpr std::int64_t kTenths = 10;
  const std::int64_t with_room = above(Int128{made.gomemlimit.steps()} * (kTenths + 1), kTenths);
  made.container_limit = Megabytes::from_steps(std::max(heap, with_room));
  made.drop = drop_of(heap, made.peak.steps());
  return made;
}

}  // namespace migplan

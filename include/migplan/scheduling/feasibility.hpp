#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/scheduling/planning.hpp"
#include "migplan/scheduling/violation.hpp"

namespace migplan {

enum class ProofKind : std::uint8_t {
  Chain,   // a service's phases, and what they wait for, take longer than there is time
  Energy,  // in some span a resource has more work than it can do
  Never,   // a phase needs more of a resource than there ever is
};
[[nodiscard]] std::string_view name_of(ProofKind kind) noexcept;

// Why no plan whatever meets the end.
struct Proof {
  ProofKind kind = ProofKind::Chain;
  std::optional<std::uint32_t> migration{};  // Chain, Never
  std::optional<ResourceIndex> resource{};   // Energy, Never
  Date from, to;                             // Energy: the span, both days included; Chain: `to` is the earliest day
  std::int64_t needed = 0, available = 0;    // Energy: units x working days; Never: units
};

// Proofs that the programme's end cannot be met; the tightest of each resource, the first service of each tier. Empty
// says nothing: there may be no plan all the same.
[[nodiscard]] std::vector<Proof> proofs_of_lateness(const Programme& programme);

enum class RemedyKind : std::uint8_t { Capacity, Drop, End };
[[nodiscard]] std::string_view name_of(RemedyKind kind) noexcept;

// A change that lets a plan meet the end, found by search with a plan that does.
struct Remedy {
  RemedyKind kind = RemedyKind::End;
  std::string resource{};               // Capacity
  std::int64_t from = 0, to = 0;        // Capacity: what there is, what it takes
  std::vector<std::string> services{};  // Drop
  std::optional<Date> end{};            // End
  bool is_proven = false;               // nothing less does it
};

struct Infeasibility {
  std::vector<Violation> broken;  // rules other than the end that the plan breaks, as pins ask for too much
  std::vector<Proof> proofs;
  std::vector<std::string> late;  // by name
  std::vector<Remedy> remedies;
};

// What stands in the way of a programme whose plan, `planning`, misses the end, and what would help. `search` gives
// seed, threads and stop; each trial takes a small budget of its own.
[[nodiscard]] Infeasibility explain_lateness(const Scorecard& card, const ProgrammeOptions& options,
                                             const SearchOptions& search, const Planning& planning);

}  // namespace migplan

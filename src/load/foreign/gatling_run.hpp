#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "migplan/load/evidence_reader.hpp"
#include "request_tally.hpp"

namespace migplan {

// What Gatling's logs of all generations say of a run.
struct GatlingRun {
  // The end of a message from the server that no request waited for; it is no request.
  static constexpr std::int64_t kUnmatched = std::numeric_limits<std::int64_t>::min();

  RequestTally tally;
  std::uint64_t errors = 0;         // of the simulation itself: what was never sent
  std::uint64_t unmatched = 0;      // messages from the server that no request waited for
  std::uint64_t message_lines = 0;  // of a text, that only go on with a message

  // Fails where there is no request.
  [[nodiscard]] Result<Evidence> load_test(std::string_view file) const;
};

}  // namespace migplan

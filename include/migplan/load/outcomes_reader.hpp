#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "migplan/base/issue.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/outcome.hpp"

namespace migplan {

// Takes each outcome; `lane` is below the number of threads and belongs to one of them.
using OutcomeSink = std::function<void(unsigned lane, Side side, const Outcome& outcome)>;

// Reads the outcomes of a dump, NDJSON or CSV with a header, packed by gzip or plain, in any number of threads and in
// memory that does not grow with the dump. Of a merged dump (`side` is null) each record says its side in `source`.
// Returns what is wrong with it, in the order of its lines: the records with a fault are left out.
[[nodiscard]] Issues read_outcomes(ByteSource& source, std::string_view file, std::optional<Side> side,
                                   std::span<const ComparedField> fields, unsigned threads, const OutcomeSink& sink);

}  // namespace migplan

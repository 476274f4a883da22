#pragma once

#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/stated_verdict.hpp"

namespace migplan {

// The JSON that gate, canary, sunset, slo, outcome and lint write: the list `checks` of a document that declares one of
// their schemas. Other keys are passed over.
[[nodiscard]] Result<VerdictFile> read_verdicts(ByteSource& source, std::string_view file);

}  // namespace migplan

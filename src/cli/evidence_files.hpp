#pragma once

#include <string>
#include <vector>

#include "migplan/load/gate_evidence.hpp"
#include "session.hpp"

namespace migplan::cli {

// Reads files of other tools, each once and several at a time, with their progress on a terminal. None of them may be
// the output.
[[nodiscard]] Result<EvidenceFiles> read_evidence(Session& session, const std::vector<std::string>& paths);

}  // namespace migplan::cli

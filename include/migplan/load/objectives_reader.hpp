#pragma once

#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/objective.hpp"

namespace migplan {

// Service level objectives in a file of any of the known formats, YAML or JSON, recognised by its content: the
// service-level-objectives.yaml of the source, OpenSLO, Sloth, Pyrra. Other documents beside them are passed over; a
// file without any is refused, rules that were generated from objectives with a hint at what they were made of.
// Warnings stand beside the objectives.
[[nodiscard]] Result<std::vector<ServiceObjective>> read_objectives(ByteSource& source, std::string_view file);

// Whether a text that begins so holds objectives, as far as its keys tell: for the files of a folder.
[[nodiscard]] bool has_objectives(std::string_view beginning);

}  // namespace migplan

#pragma once

#include <string>
#include <string_view>

#include "migplan/report/value.hpp"

namespace migplan {

// JSON on one line. Control characters, C1 among them, are escaped, so that a terminal is never steered.
void append_json(std::string& out, const Value& value);
void append_json_text(std::string& out, std::string_view text);

}  // namespace migplan

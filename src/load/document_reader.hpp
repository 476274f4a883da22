#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "field_reader.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

// Feeds a small document of ours, YAML or (if it begins with a brace) JSON.
void feed_document(ByteSource& source, FieldReader& reader);

// Why the text that begins so is no `kind` of document, which declares `expected`; null where it is.
[[nodiscard]] std::optional<Issue> other_schema(std::string_view beginning, std::string_view file,
                                                std::string_view kind, std::string_view expected,
                                                std::string_view hint);

// Gives issues that name only a path the file and the place that was read for that path, or for the nearest one around
// it.
[[nodiscard]] Issues with_positions(const Issues& issues, std::string_view file,
                                    const std::map<std::string, Position>& positions);

}  // namespace migplan

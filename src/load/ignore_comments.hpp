#pragma once

#include <string_view>
#include <vector>

#include "migplan/model/ignore_comment.hpp"

namespace migplan {

// The ignore comments of a text whose comments run from "#" to the end of a line: YAML, properties. A comment behind
// something covers its line, and the block of text that begins there; one by itself covers what begins on the next line
// with all that is indented below it; one in front of a document's content covers the document. What is wrong with them
// is added to `issues`.
[[nodiscard]] std::vector<IgnoreComment> hash_ignore_comments(std::string_view text, std::string_view file,
                                                              Issues& issues);

// The same of XML: a comment covers the next element, one in front of the root covers the file.
[[nodiscard]] std::vector<IgnoreComment> xml_ignore_comments(std::string_view text, std::string_view file,
                                                             Issues& issues);

}  // namespace migplan

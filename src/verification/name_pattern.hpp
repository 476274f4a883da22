#pragma once

#include <string_view>

namespace migplan {

// Whether a regular expression matches the whole of a text, as far as targets of patches use them: characters, `.`,
// `[a-z]`, `\d`, `\w`, groups, `|`, `*`, `+`, `?`. Anything else, and groups more than four deep, match nothing but
// themselves. An empty pattern matches everything. Takes no more than the pattern's length times the text's square for
// each group around a repetition.
[[nodiscard]] bool is_pattern_match(std::string_view pattern, std::string_view text);

}  // namespace migplan

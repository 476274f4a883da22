#pragma once

#include "migplan/base/text.hpp"
#include "migplan/report/value.hpp"

namespace migplan {

// What the page and the pictures say in another language than English: their own labels, and the words and sentences of
// the document that they show.
[[nodiscard]] Object page_language(const Object& document, const Catalogue& language);

}  // namespace migplan

#pragma once

#include "migplan/model/verification_policy.hpp"
#include "migplan/verification/outcome.hpp"

namespace migplan {

// Whether two fields, of which at least one is not absent, say the same. Numbers are compared by value; a text and a
// number are equal if the text is the number as canonical_number writes it; a CSV cell is what the other side is.
[[nodiscard]] bool is_equal(const OutcomeField& a, const OutcomeField& b, const FieldComparison& comparison);

}  // namespace migplan

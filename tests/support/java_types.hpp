#pragma once

#include <string>

#include "migplan/base/random_stream.hpp"
#include "migplan/playbook/java_type.hpp"

namespace migplan::testing {

// A type that the grammar allows: primitives, known and unknown classes with as many arguments as they take or with
// none, arrays, wildcards, annotations. `depth` bounds how deep types stand in types.
[[nodiscard]] JavaType random_java_type(RandomStream& random, unsigned depth);

// One of the many spellings of a type: white space wherever it may stand.
[[nodiscard]] std::string spelt_at_random(const JavaType& type, RandomStream& random);

}  // namespace migplan::testing

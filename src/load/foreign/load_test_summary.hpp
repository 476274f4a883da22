#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "json_tree.hpp"
#include "migplan/load/evidence_reader.hpp"

namespace migplan {

// Fields that a summary in JSON must have, along a path of keys; an error where there is none, or null.
[[nodiscard]] std::optional<JsonValue> required(const JsonValue& map, std::initializer_list<std::string_view> keys,
                                                Issues& issues);
[[nodiscard]] std::optional<std::uint64_t> required_whole(const JsonValue& map,
                                                          std::initializer_list<std::string_view> keys, Issues& issues);
template <class Q>
[[nodiscard]] std::optional<Q> required_quantity(const JsonValue& map, std::initializer_list<std::string_view> keys,
                                                 Issues& issues) {
  const auto value = required(map, keys, issues);
  return value ? read_quantity<Q>(*value, issues) : std::nullopt;
}
// The same of a field that may be absent.
template <class Q>
[[nodiscard]] std::optional<Q> quantity_if_any(const JsonValue& map, std::initializer_list<std::string_view> keys,
                                               Issues& issues) {
  const auto value = map.find_in(keys);
  return value ? read_quantity<Q>(*value, issues) : std::nullopt;
}

// Notes where the stated rate and the length of the run do not make the requests that the tool counted.
void note_disagreement(LoadTest& test, std::optional<std::uint64_t> counted);

// Fills in what follows (the rate of successes from the rate of all) and refuses what cannot be: no request, more
// failures than requests, percentiles that fall. `issues` are those of reading.
[[nodiscard]] Result<Evidence> checked(LoadTest test, Issues issues);

}  // namespace migplan

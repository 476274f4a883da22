#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/observation.hpp"

namespace migplan {

// The facts of a service that a report can state: dotted paths of single values and of lists of texts, in the order in
// which an inventory is best read; depends_on is none of them.
[[nodiscard]] const std::vector<std::string>& inventory_facts();

// All keys of a service, in that order.
[[nodiscard]] const std::vector<std::string>& service_keys();

// Whether a fact of that name is a list of texts, such as stack.
[[nodiscard]] bool is_list_fact(std::string_view fact) noexcept;
// Whether it is a number.
[[nodiscard]] bool is_number_fact(std::string_view fact) noexcept;

// Checks every observed fact as the strict reader of inventories would: errors of facts that are none, of wrong types
// and of values out of range, each with its place. Numbers get the decimals of their fact, rounded half up.
[[nodiscard]] Issues check_facts(std::vector<Observation>& facts, std::string_view file);

}  // namespace migplan

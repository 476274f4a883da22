#pragma once

#include <span>
#include <string_view>

namespace migplan {

// A check of the program that may object to a service, by the name that exemptions and CI formats use.
struct CheckRule {
  std::string_view check;
  std::string_view description;
  std::string_view why{};     // what comes of it; empty = the description says it
  std::string_view remedy{};  // what to do instead
};

// All of them; the first four are those of Change, in its order.
[[nodiscard]] std::span<const CheckRule> check_rules() noexcept;
// The rule of a check; null = none has this name.
[[nodiscard]] const CheckRule* find_check_rule(std::string_view check) noexcept;

}  // namespace migplan

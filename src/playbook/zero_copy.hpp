#pragma once

#include <string>

#include "migplan/playbook/type_map.hpp"

namespace migplan {

struct Judgement {
  ZeroCopy verdict = ZeroCopy::No;
  std::string reason, wire;
};

// A value that is the payload by itself. `wire` is what its class says of it.
[[nodiscard]] Judgement judged_fixed(const GoType& value, std::string_view wire);
[[nodiscard]] Judgement judged_text();
[[nodiscard]] Judgement judged_named(const GoType& value);
[[nodiscard]] Judgement judged_slice(const GoType& element);
[[nodiscard]] Judgement judged_bytes();
[[nodiscard]] Judgement judged_set(const GoType& element);
[[nodiscard]] Judgement judged_map(ZeroCopy value, std::string_view reason);  // verdict on its values, and why
[[nodiscard]] Judgement judged_pair(const GoType& pair);
[[nodiscard]] Judgement judged_pointer(const Judgement& value);

}  // namespace migplan

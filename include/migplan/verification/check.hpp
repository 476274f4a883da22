#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/model/evidence.hpp"
#include "migplan/model/exemption.hpp"

namespace migplan {

// What one rule says of one service, and what that was decided by: the one type of everything that verifies.
struct Check {
  std::string service;
  std::string_view rule;  // one of check_rules()
  Verdict verdict = Verdict::Inconclusive;
  std::optional<Number> observed{}, limit{};  // in `unit`
  std::string_view unit{};
  std::optional<std::uint64_t> samples{};
  std::optional<Number> low{}, high{};  // of the interval that `observed` lies in, at the policy's confidence
  EvidencePlace source{};
  std::string message{};                 // one line: why
  const Exemption* exemption = nullptr;  // of an Exempted one
};

template <class Q>
[[nodiscard]] std::optional<Number> number_of(Q quantity) {
  return Number{quantity.steps(), Q::kDecimals};
}

// Turns each failure that an exemption covers into an exempted one.
void apply(ExemptionUse& use, std::vector<Check>& checks);

// What becomes of inconclusive checks when the answer is yes or no.
enum class InconclusiveAs : std::uint8_t { Fail, Pass };
[[nodiscard]] bool is_objection(const Check& check, InconclusiveAs inconclusive) noexcept;

}  // namespace migplan

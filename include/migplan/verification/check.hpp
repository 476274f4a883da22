#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/base/text.hpp"
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
  Text message{};                        // one line: why
  const Exemption* exemption = nullptr;  // of an Exempted one
  std::string subject{};                 // what tells it from others of its service and rule: an objective's name
};

// What some rules say besides: a service may have many objects, and not every failure weighs the same.
struct CheckDetail {
  Severity severity = Severity::Error;  // of a failure
  std::string object{};                 // "Deployment shop/cart"; a file or chart where there is no object
  std::string evidence{};               // what was found there; secrets are not shown
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

// The same where failures have their weight.
struct Objection {
  InconclusiveAs inconclusive = InconclusiveAs::Fail;
  std::optional<Severity> from = Severity::Note;  // those that weigh less are told only; null = all of them
  // `detail` is null where the check has none.
  [[nodiscard]] bool includes(const Check& check, const CheckDetail* detail) const noexcept;
};

}  // namespace migplan

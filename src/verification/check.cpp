#include "migplan/verification/check.hpp"

namespace migplan {

void apply(ExemptionUse& use, std::vector<Check>& checks) {
  for (Check& check : checks) {
    if (check.verdict != Verdict::Fail) continue;
    check.exemption = use.claim(check.rule, check.service);
    if (check.exemption != nullptr) check.verdict = Verdict::Exempted;
  }
}

bool is_objection(const Check& check, InconclusiveAs inconclusive) noexcept {
  return check.verdict == Verdict::Fail ||
         (check.verdict == Verdict::Inconclusive && inconclusive == InconclusiveAs::Fail);
}

bool Objection::includes(const Check& check, const CheckDetail* detail) const noexcept {
  if (!is_objection(check, inconclusive)) return false;
  return detail == nullptr || (from && detail->severity >= *from);
}

}  // namespace migplan

#include "migplan/verification/reconciliation_checks.hpp"

#include <fmt/format.h>

#include <string>

namespace migplan {
namespace {

// "amount 2, order_status 1"
Text by_field(const Reconciliation& found) {
  std::vector<Text> fields;
  for (const FieldCount& field : found.fields) {
    if (field.different != 0) fields.push_back(Text::verbatim(fmt::format("{} {}", field.field, field.different)));
  }
  return Text::joined(std::move(fields), ", ");
}

}  // namespace

std::vector<Check> reconciliation_checks(const Reconciliation& found, std::string_view service,
                                         const EvidencePlace& source) {
  std::vector<Check> checks;
  const auto add = [&](std::string_view rule, std::uint64_t objections, std::uint64_t of, Text message) {
    Check& check = checks.emplace_back();
    check.service = service;
    check.rule = rule;
    check.verdict = objections != 0 ? Verdict::Fail : of == 0 ? Verdict::Inconclusive : Verdict::Pass;
    check.observed = Number{static_cast<std::int64_t>(objections), 0};
    check.limit = Number{0, 0};
    check.samples = of;
    check.source = source;
    check.message = std::move(message);
  };
  const std::uint64_t different = found.pairs - found.equal;
  const Text none = "no trace id stands on both sides";
  add(kReconciliationRules[0], different, found.pairs,
      found.pairs == 0 ? none
      : different == 0 ? Text("all compared fields are equal")
                       : say("{} of {} pairs differ: {}", different, found.pairs, by_field(found)));
  // Requests that deduct nothing have no version.
  if (found.version_compared != 0) {
    add(kReconciliationRules[1], found.version_different, found.version_compared,
        found.version_different == 0
            ? Text("the version is the same in every pair")
            : say("{} of {} pairs have another version", found.version_different, found.version_compared));
  }
  const std::uint64_t missing = found.missing_old + found.missing_new;
  add(kReconciliationRules[2], missing, found.traces,
      found.traces == 0 ? Text("there are no records")
      : missing == 0    ? Text("every trace id stands on both sides")
                        : say("{} missing in old, {} missing in new", found.missing_old, found.missing_new));
  add(kReconciliationRules[3], found.repeated_otherwise, found.traces,
      found.traces == 0               ? Text("there are no records")
      : found.repeated_otherwise != 0 ? say("{} repeated records say something else than the first one, {} the same",
                                            found.repeated_otherwise, found.repeated)
      : found.repeated != 0           ? say("{} repeated records, all with the same content", found.repeated)
                                      : Text("no record is repeated"));
  return checks;
}

}  // namespace migplan

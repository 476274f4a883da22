#include "field_equality.hpp"

#include "migplan/base/decimal_text.hpp"

namespace migplan {
namespace {

using FieldKind = OutcomeField::Kind;

bool is_within(const OutcomeField& a, const OutcomeField& b, RawValue tolerance) {
  constexpr int kDecimals = 18;
  const auto first = wide_decimal(a.text), second = wide_decimal(b.text);
  if (!first || !second) return false;
  const Int128 allowed = Int128{tolerance.steps()} * static_cast<Int128>(kPowersOfTen[kDecimals - RawValue::kDecimals]);
  const Int128 difference = *first < *second ? *second - *first : *first - *second;
  return difference <= allowed;
}

// Whether a text or cell says the number that is written canonically.
bool says_number(const OutcomeField& other, std::string_view canonical) {
  if (other.text == canonical) return true;
  if (other.kind != FieldKind::Cell) return false;
  const auto number = canonical_number(other.text);
  return number && *number == canonical;
}

bool is_same_value(const OutcomeField& a, const OutcomeField& b) {
  if (a.kind == FieldKind::Number) {
    const auto number = canonical_number(a.text);
    if (b.kind == FieldKind::Number) return number == canonical_number(b.text);
    return (b.kind == FieldKind::Text || b.kind == FieldKind::Cell) && number && says_number(b, *number);
  }
  if (b.kind == FieldKind::Number) return is_same_value(b, a);
  if (a.kind == b.kind || a.kind == FieldKind::Cell || b.kind == FieldKind::Cell) return a.text == b.text;
  return false;
}

}  // namespace

bool is_equal(const OutcomeField& a, const OutcomeField& b, const FieldComparison& comparison) {
  if (a.kind == FieldKind::Absent || b.kind == FieldKind::Absent) return false;
  if (a.kind == b.kind && a.text == b.text) return true;
  if (comparison.tolerance && is_within(a, b, *comparison.tolerance)) return true;
  return is_same_value(a, b);
}

}  // namespace migplan

#include "field_store.hpp"

#include <algorithm>

#include "migplan/base/decimal.hpp"
#include "migplan/base/short_text.hpp"

namespace migplan::fields {

std::optional<std::int64_t> read_number(const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  std::string_view text = found.text;
  const bool may_be_percent = field.value.type == ValueType::Percentage && text.ends_with('%');
  if (may_be_percent) text.remove_suffix(1);
  if (found.kind == ScalarKind::Number || found.kind == ScalarKind::Untyped || may_be_percent) {
    const Decimal number = parse_decimal(text, field.value.decimals);
    const bool is_within = number.steps >= field.value.min && number.steps <= field.value.max;
    if (number.status == DecimalStatus::Ok && is_within) return number.steps;
  }
  reader.reject_value(found, field);
  return std::nullopt;
}

std::optional<bool> read_boolean(const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  if (found.kind != ScalarKind::Text && found.kind != ScalarKind::Null) {
    if (found.text == "1" || found.text == "true" || found.text == "True" || found.text == "TRUE") return true;
    if (found.text == "0" || found.text == "false" || found.text == "False" || found.text == "FALSE") return false;
  }
  reader.reject_value(found, field);
  return std::nullopt;
}

std::optional<std::size_t> read_name(const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  const auto& names = field.value.names;
  const auto at =
      std::find_if(names.begin(), names.end(), [&](std::string_view name) { return is_same_text(name, found.text); });
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  reader.reject_value(found, field);
  return std::nullopt;
}

std::optional<Date> read_date(const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  const auto date = Date::parse(found.text);
  if (!date) reader.reject_value(found, field);
  return date;
}

std::optional<Quarter> read_quarter(const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  const auto quarter = Quarter::parse(found.text);
  if (!quarter) reader.reject_value(found, field);
  return quarter;
}

}  // namespace migplan::fields

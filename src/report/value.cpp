#include "migplan/report/value.hpp"

namespace migplan {

const List* Value::list() const noexcept {
  const auto* list = std::get_if<std::shared_ptr<const List>>(&variant_);
  return list != nullptr ? list->get() : nullptr;
}

const Object* Value::object() const noexcept {
  const auto* object = std::get_if<std::shared_ptr<const Object>>(&variant_);
  return object != nullptr ? object->get() : nullptr;
}

const Table* Value::table() const noexcept {
  const auto* table = std::get_if<std::shared_ptr<const Table>>(&variant_);
  return table != nullptr ? table->get() : nullptr;
}

std::optional<std::string_view> Value::text() const noexcept {
  if (const auto* view = std::get_if<std::string_view>(&variant_)) return *view;
  if (const auto* text = std::get_if<std::string>(&variant_)) return *text;
  return std::nullopt;
}

Value rounded(std::int64_t steps, int decimals, int shown) {
  Int128 divisor = 1;
  for (int i = shown; i < decimals; ++i) divisor *= 10;
  return Number{divide_half_up(steps, divisor), shown};
}

Value trimmed_number(Number number) {
  while (number.decimals > 0 && number.steps % 10 == 0) {
    number.steps /= 10;
    --number.decimals;
  }
  return number;
}

namespace {

void append_object(std::string& out, const Object& object) {
  for (std::size_t i = 0; i < object.size(); ++i) {
    if (i != 0) out += i == 1 ? " (" : "; ";
    append_plain(out, object[i].second);
  }
  if (object.size() > 1) out += ')';
}

}  // namespace

void append_plain(std::string& out, const Value& value) {
  if (const auto text = value.text()) {
    out += *text;
  } else if (const Number* number = value.number()) {
    append_fixed(out, number->steps, number->decimals);
  } else if (const List* list = value.list()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i != 0) out += ", ";
      append_plain(out, (*list)[i]);
    }
  } else if (const Object* object = value.object()) {
    append_object(out, *object);
  } else if (const bool* flag = std::get_if<bool>(&value.variant())) {
    out += *flag ? "yes" : "no";
  } else {
    out += '-';
  }
}

}  // namespace migplan

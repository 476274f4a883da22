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
  if (const auto* text = std::get_if<Text>(&variant_)) return text->fixed();
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

Text text_of_object(const Object& object) {
  if (object.empty()) return {};
  std::vector<Text> more;
  for (std::size_t i = 1; i < object.size(); ++i) more.push_back(text_of(object[i].second));
  Text first = text_of(object.front().second);
  if (more.empty()) return first;
  return say("{} ({})", std::move(first), Text::joined(std::move(more), "; "));
}

}  // namespace

Text text_of(const Value& value) {
  if (const Text* const words = value.words()) return *words;
  if (const auto text = value.text()) return Text::verbatim(std::string(*text));
  if (const Number* const number = value.number()) return Text::verbatim(fixed(number->steps, number->decimals));
  if (const bool* const flag = std::get_if<bool>(&value.variant())) return *flag ? "yes" : "no";
  if (const Object* const object = value.object()) return text_of_object(*object);
  if (const List* const list = value.list()) {
    std::vector<Text> items;
    for (const Value& item : *list) items.push_back(text_of(item));
    return Text::joined(std::move(items), ", ");
  }
  return Text::verbatim("-");
}

// Texts and numbers, which most cells are, without the detour over a Text.
void append_plain(std::string& out, const Value& value, const Catalogue* language) {
  if (const Text* const words = value.words()) {
    words->append(out, language);
  } else if (const auto text = value.text()) {
    out += *text;
  } else if (const Number* const number = value.number()) {
    append_fixed(out, number->steps, number->decimals);
  } else {
    text_of(value).append(out, language);
  }
}

}  // namespace migplan

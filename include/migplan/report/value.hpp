#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/base/text.hpp"

namespace migplan {

class Table;
class Value;

using List = std::vector<Value>;
using Object = std::vector<std::pair<std::string, Value>>;

// One value of a result: a cell of a table, or a tree of them (a document). Texts given as a view must outlive the
// value; they are data, the same in every language. What is said to people is a `Text`, in data its English.
class Value {
 public:
  using Variant =
      std::variant<std::monostate, bool, Number, std::string_view, std::string, Text, std::shared_ptr<const List>,
                   std::shared_ptr<const Object>, std::shared_ptr<const Table>>;

  Value() = default;                                                                   // null
  Value(bool value) : variant_(value) {}                                               // NOLINT: implicit by design
  Value(Number value) : variant_(value) {}                                             // NOLINT: implicit by design
  Value(std::string_view value) : variant_(value) {}                                   // NOLINT: implicit by design
  Value(const char* value) : variant_(std::string_view(value)) {}                      // NOLINT: implicit by design
  Value(std::string value) : variant_(std::move(value)) {}                             // NOLINT: implicit by design
  Value(Text value) : variant_(std::move(value)) {}                                    // NOLINT: implicit by design
  Value(List value) : variant_(std::make_shared<const List>(std::move(value))) {}      // NOLINT: implicit by design
  Value(Object value) : variant_(std::make_shared<const Object>(std::move(value))) {}  // NOLINT: implicit by design
  Value(std::shared_ptr<const Table> value) : variant_(std::move(value)) {}            // NOLINT: implicit by design

  [[nodiscard]] const Variant& variant() const noexcept { return variant_; }
  [[nodiscard]] bool is_null() const noexcept { return std::holds_alternative<std::monostate>(variant_); }
  [[nodiscard]] const Number* number() const noexcept { return std::get_if<Number>(&variant_); }
  [[nodiscard]] const List* list() const noexcept;
  [[nodiscard]] const Object* object() const noexcept;
  [[nodiscard]] const Table* table() const noexcept;
  // The text of a text, of a fixed `Text` its English; nullopt for other values.
  [[nodiscard]] std::optional<std::string_view> text() const noexcept;
  [[nodiscard]] const Text* words() const noexcept { return std::get_if<Text>(&variant_); }

 private:
  Variant variant_;
};

template <class Q>
[[nodiscard]] Value value_of(Q quantity) {
  return Number{quantity.steps(), Q::kDecimals};
}
[[nodiscard]] inline Value count_value(std::size_t count) { return Number{static_cast<std::int64_t>(count), 0}; }
// One of our words, such as the name of an enumeration's value; null for an empty one.
[[nodiscard]] inline Value word_value(std::string_view word) {
  return word.empty() ? Value{} : Value(Text::word(word));
}
// Perhaps one of our words: a name of the policy.
[[nodiscard]] inline Value perhaps_word(std::string_view name) {
  return name.empty() ? Value{} : Value(Text::perhaps(name));
}
[[nodiscard]] inline Value text_or_null(Text text) { return text.empty() ? Value{} : Value(std::move(text)); }
// Null for an empty text.
[[nodiscard]] inline Value text_or_null(std::string_view text) { return text.empty() ? Value{} : Value(text); }
// A quantity shown with fewer decimals, rounded half up.
[[nodiscard]] Value rounded(std::int64_t steps, int decimals, int shown);

// A number without trailing zeros behind the point.
[[nodiscard]] Value trimmed_number(Number number);

// One line for people: "-" for null, lists joined with ", ", objects as "first (second; third)". Not escaped.
// Numbers keep their decimals ("88.40"). `language`: null = English.
void append_plain(std::string& out, const Value& value, const Catalogue* language = nullptr);
// The same as a text.
[[nodiscard]] Text text_of(const Value& value);

}  // namespace migplan

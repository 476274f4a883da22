#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/base/result.hpp"

namespace migplan {

enum class Comparison : std::uint8_t { Equal, NotEqual, Less, AtMost, Greater, AtLeast, Contains };

// What a condition looks at: null, a truth value, a number or a text.
using ConditionValue = std::variant<std::monostate, bool, Number, std::string_view>;

// Numbers before truth values before texts, each by value; texts by bytes. Null is equal to null and behind all.
[[nodiscard]] std::weak_ordering compare(const ConditionValue& a, const ConditionValue& b);

// A name that a condition may test.
struct ConditionName {
  std::string_view name;
  bool is_numeric = false;  // its literals are numbers, besides those of "~"
};

struct ConditionTest {
  std::size_t name = 0;  // among the names that the condition was parsed with
  Comparison comparison = Comparison::Equal;
  std::variant<std::monostate, bool, Number, std::string> literal;
  std::string text{};  // of the literal

  // Null is only equal to null; every other comparison with null is false. "~" asks whether the value's text holds the
  // literal's: of a truth value "yes" or "no", of a number all of its decimals.
  [[nodiscard]] bool holds(const ConditionValue& value) const;
};

// A condition over named values, such as: domain==risk && (score>=65 || tier!=B)
//   or   := and  { "||" and }
//   and  := not  { "&&" not }
//   not  := "!" not | "(" or ")" | test
//   test := name ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" ) literal
// A literal is a number, null, a word of letters, digits and . _ -, or a text in quotes.
class Condition {
 public:
  // `thing`: what messages call a name, "column". An issue has no file; its place is line 1 and the byte of the
  // expression, counted from 1.
  [[nodiscard]] static Result<Condition> parse(std::string_view expression, std::span<const ConditionName> names,
                                               std::string_view thing);

  using TestHolds = std::function<bool(const ConditionTest&)>;
  [[nodiscard]] bool holds(const TestHolds& test) const { return holds(root_, test); }
  // What of the expression made it true, as it is written: of alternatives the first that holds. Empty = it is false.
  [[nodiscard]] std::string because(const TestHolds& test) const;
  [[nodiscard]] std::span<const ConditionTest> tests() const noexcept { return tests_; }  // in the order of the text
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  friend class ConditionParser;
  enum class Kind : std::uint8_t { Or, And, Not, Test };
  struct Node {
    Kind kind = Kind::Test;
    std::vector<std::uint32_t> inner{};  // nodes; of a test the one number of it among the tests
    std::size_t from = 0, to = 0;        // its part of the text
  };
  [[nodiscard]] bool holds(std::uint32_t node, const TestHolds& test) const;
  void add_reasons(std::uint32_t node, const TestHolds& test, std::string& out) const;

  std::string text_;
  std::vector<Node> nodes_;
  std::vector<ConditionTest> tests_;
  std::uint32_t root_ = 0;
};

}  // namespace migplan

#include "migplan/report/filter.hpp"

#include <fmt/format.h>

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/report/table.hpp"

namespace migplan {

enum class Comparison { Equal, NotEqual, Less, AtMost, Greater, AtLeast, Contains };

struct Filter::Node {
  enum class Type { Or, And, Not, Test } type = Type::Test;
  std::shared_ptr<const Node> left, right;
  const Column* column = nullptr;
  Comparison comparison = Comparison::Equal;
  Value literal;
  std::string text{};  // of the literal

  [[nodiscard]] bool accepts(std::size_t row) const;
  [[nodiscard]] bool test(std::size_t row) const;
};

namespace {

using NodePointer = std::shared_ptr<const Filter::Node>;

constexpr bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '-' || byte >= 0x80;
}

struct ParseError {
  std::size_t at;
  std::string what;
  std::string hint{};
};

class Parser {
 public:
  Parser(std::string_view text, const Table& table) : text_(text), table_(table) {}

  NodePointer run() {
    NodePointer root = parse_or();
    skip_space();
    if (at_ != text_.size())
      throw ParseError{at_, fmt::format("found {}, expected && or || or the end", in_quotes(text_.substr(at_)))};
    return root;
  }

 private:
  static constexpr int kDeepest = 100;

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool take(std::string_view token) {
    skip_space();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  NodePointer joined(Filter::Node::Type type, NodePointer left, NodePointer right) {
    Filter::Node node;
    node.type = type;
    node.left = std::move(left);
    node.right = std::move(right);
    return std::make_shared<const Filter::Node>(std::move(node));
  }

  NodePointer parse_or() {
    if (++depth_ > kDeepest) throw ParseError{at_, "too deeply nested"};
    NodePointer left = parse_and();
    while (take("||")) left = joined(Filter::Node::Type::Or, left, parse_and());
    --depth_;
    return left;
  }
  NodePointer parse_and() {
    NodePointer left = parse_not();
    while (take("&&")) left = joined(Filter::Node::Type::And, left, parse_not());
    return left;
  }
  NodePointer parse_not() {
    if (take("!")) {
      if (++depth_ > kDeepest) throw ParseError{at_, "too deeply nested"};
      NodePointer inner = joined(Filter::Node::Type::Not, parse_not(), nullptr);
      --depth_;
      return inner;
    }
    if (take("(")) {
      NodePointer inner = parse_or();
      if (!take(")")) throw ParseError{at_, "expected )"};
      return inner;
    }
    return parse_test();
  }

  std::string_view word() {
    skip_space();
    const std::size_t from = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }

  NodePointer parse_test() {
    skip_space();
    const std::size_t from = at_;
    const std::string_view name = word();
    if (name.empty()) throw ParseError{from, "expected a column"};
    const std::size_t column = table_.find_column(name);
    if (column == table_.columns().size()) throw unknown_column(from, name);
    Filter::Node node;
    node.column = &table_.columns()[column];
    node.comparison = parse_comparison();
    parse_literal(node);
    return std::make_shared<const Filter::Node>(std::move(node));
  }

  ParseError unknown_column(std::size_t at, std::string_view name) const {
    std::vector<std::string_view> known;
    for (const Column& column : table_.columns()) known.push_back(column.key);
    const std::string_view near = nearest_name(name, known);
    return {at, fmt::format("unknown column {}", in_quotes(name)),
            near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near)};
  }

  Comparison parse_comparison() {
    static constexpr std::array<std::pair<std::string_view, Comparison>, 7> kSigns{{{"==", Comparison::Equal},
                                                                                    {"!=", Comparison::NotEqual},
                                                                                    {"<=", Comparison::AtMost},
                                                                                    {">=", Comparison::AtLeast},
                                                                                    {"<", Comparison::Less},
                                                                                    {">", Comparison::Greater},
                                                                                    {"~", Comparison::Contains}}};
    for (const auto& [sign, comparison] : kSigns) {
      if (take(sign)) return comparison;
    }
    throw ParseError{at_, "expected one of == != < <= > >= ~"};
  }

  void parse_literal(Filter::Node& node) {
    skip_space();
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      const std::size_t end = text_.find(text_[at_], at_ + 1);
      if (end == std::string_view::npos) throw ParseError{at_, "this quote is not closed"};
      node.text = text_.substr(at_ + 1, end - at_ - 1);
      node.literal = Value(node.text);
      at_ = end + 1;
      return;
    }
    const std::size_t from = at_;
    node.text = word();
    if (node.text.empty()) throw ParseError{from, "expected a number, a word or a text in quotes"};
    if (node.text == "null") return;
    node.literal = Value(node.text);
    if (node.text == "true" || node.text == "false") node.literal = Value(node.text == "true");
    if (node.column->is_numeric && node.comparison != Comparison::Contains)
      node.literal = number_literal(from, node.text);
  }

  static Value number_literal(std::size_t at, const std::string& text) {
    for (const int decimals : {9, 6, 3, 0}) {
      const Decimal number = parse_decimal(text, decimals);
      const bool is_held = number.status == DecimalStatus::Ok || number.status == DecimalStatus::TooFine;
      if (is_held) return Number{number.steps, decimals};
      if (number.status == DecimalStatus::NotANumber) break;
      if (decimals == 0) return Number{text.starts_with('-') ? INT64_MIN : INT64_MAX, 0};
    }
    throw ParseError{at, fmt::format("found {}, expected a number or null", in_quotes(text))};
  }

  std::string_view text_;
  const Table& table_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

bool holds(Comparison comparison, std::weak_ordering order) {
  switch (comparison) {
    case Comparison::Equal: return order == 0;
    case Comparison::NotEqual: return order != 0;
    case Comparison::Less: return order < 0;
    case Comparison::AtMost: return order <= 0;
    case Comparison::Greater: return order > 0;
    case Comparison::AtLeast: return order >= 0;
    case Comparison::Contains: return false;
  }
  return false;
}

}  // namespace

bool Filter::Node::test(std::size_t row) const {
  const Value value = column->cell(row);
  if (value.is_null() || literal.is_null()) {
    const bool both = value.is_null() && literal.is_null();
    return comparison == Comparison::Equal ? both : comparison == Comparison::NotEqual && !both;
  }
  if (comparison == Comparison::Contains) {
    std::string plain;
    append_plain(plain, value);
    return plain.find(text) != std::string::npos;
  }
  return holds(comparison, compare(value, literal));
}

bool Filter::Node::accepts(std::size_t row) const {
  switch (type) {
    case Type::Or: return left->accepts(row) || right->accepts(row);
    case Type::And: return left->accepts(row) && right->accepts(row);
    case Type::Not: return !left->accepts(row);
    case Type::Test: return test(row);
  }
  return false;
}

Result<Filter> Filter::parse(std::string_view expression, const Table& table) {
  try {
    return Filter(Parser(expression, table).run());
  } catch (const ParseError& error) {
    return Issue{Severity::Error, "--filter", {1, static_cast<std::uint32_t>(error.at) + 1}, "",
                 error.what,      error.hint};
  }
}

bool Filter::accepts(std::size_t row) const { return root_->accepts(row); }

}  // namespace migplan

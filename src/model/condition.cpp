#include "migplan/model/condition.hpp"
#include "migplan/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

constexpr bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return is_alphanumeric(c) || c == '_' || c == '.' || c == '-' || byte >= 0x80;
}

struct ParseError {
  std::size_t at;
  std::string what;
  std::string hint{};
};

Number number_literal(std::size_t at, const std::string& text) {
  for (const int decimals : {9, 6, 3, 0}) {
    const Decimal number = parse_decimal(text, decimals);
    const bool is_held = number.status == DecimalStatus::Ok || number.status == DecimalStatus::TooFine;
    if (is_held) return Number{number.steps, decimals};
    if (number.status == DecimalStatus::NotANumber) break;
    if (decimals == 0) return Number{text.starts_with('-') ? INT64_MIN : INT64_MAX, 0};
  }
  throw ParseError{at, fmt::format("found {}, expected a number or null", in_quotes(text))};
}

std::weak_ordering compare_numbers(Number a, Number b) {
  Int128 left = a.steps, right = b.steps;
  for (int i = a.decimals; i < b.decimals; ++i) left *= 10;
  for (int i = b.decimals; i < a.decimals; ++i) right *= 10;
  if (left == right) return std::weak_ordering::equivalent;
  return left < right ? std::weak_ordering::less : std::weak_ordering::greater;
}

bool is_kept(Comparison comparison, std::weak_ordering order) {
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

std::string plain(const ConditionValue& value) {
  if (const auto* const text = std::get_if<std::string_view>(&value)) return std::string(*text);
  if (const auto* const number = std::get_if<Number>(&value)) return fixed(number->steps, number->decimals);
  return std::get<bool>(value) ? "yes" : "no";
}

}  // namespace

std::weak_ordering compare(const ConditionValue& a, const ConditionValue& b) {
  constexpr std::array kRank{3, 1, 0, 2};  // by the index of the alternative
  if (a.index() != b.index()) return kRank[a.index()] <=> kRank[b.index()];
  if (const auto* const number = std::get_if<Number>(&a)) return compare_numbers(*number, std::get<Number>(b));
  if (const auto* const flag = std::get_if<bool>(&a)) return *flag <=> std::get<bool>(b);
  if (const auto* const text = std::get_if<std::string_view>(&a)) return *text <=> std::get<std::string_view>(b);
  return std::weak_ordering::equivalent;
}

bool ConditionTest::holds(const ConditionValue& value) const {
  const bool is_null = std::holds_alternative<std::monostate>(value);
  const bool is_null_literal = std::holds_alternative<std::monostate>(literal);
  if (is_null || is_null_literal) {
    const bool both = is_null && is_null_literal;
    return comparison == Comparison::Equal ? both : comparison == Comparison::NotEqual && !both;
  }
  if (comparison == Comparison::Contains) return plain(value).find(text) != std::string::npos;
  ConditionValue other;
  if (const auto* const word = std::get_if<std::string>(&literal)) other = std::string_view(*word);
  if (const auto* const number = std::get_if<Number>(&literal)) other = *number;
  if (const auto* const flag = std::get_if<bool>(&literal)) other = *flag;
  return is_kept(comparison, compare(value, other));
}

class ConditionParser {
 public:
  ConditionParser(std::string_view text, std::span<const ConditionName> names, std::string_view thing)
      : text_(text), names_(names), thing_(thing) {}

  Condition run() {
    made_.root_ = parse_or();
    skip_space();
    if (at_ != text_.size())
      throw ParseError{at_, fmt::format("found {}, expected && or || or the end", in_quotes(text_.substr(at_)))};
    made_.text_ = text_;
    return std::move(made_);
  }

 private:
  using Kind = Condition::Kind;
  using NodeIndex = std::uint32_t;
  static constexpr int kDeepest = 100;

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool take(std::string_view token) {
    skip_space();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  NodeIndex added(Kind kind, std::vector<NodeIndex> inner, std::size_t from) {
    made_.nodes_.push_back({kind, std::move(inner), from, at_});
    return static_cast<NodeIndex>(made_.nodes_.size() - 1);
  }
  std::size_t next() {
    skip_space();
    return at_;
  }

  NodeIndex parse_or() {
    if (++depth_ > kDeepest) throw ParseError{at_, "too deeply nested"};
    const std::size_t from = next();
    std::vector<NodeIndex> inner{parse_and()};
    while (take("||")) inner.push_back(parse_and());
    --depth_;
    return inner.size() == 1 ? inner.front() : added(Kind::Or, std::move(inner), from);
  }
  NodeIndex parse_and() {
    const std::size_t from = next();
    std::vector<NodeIndex> inner{parse_not()};
    while (take("&&")) inner.push_back(parse_not());
    return inner.size() == 1 ? inner.front() : added(Kind::And, std::move(inner), from);
  }
  NodeIndex parse_not() {
    const std::size_t from = next();
    if (take("!")) {
      if (++depth_ > kDeepest) throw ParseError{at_, "too deeply nested"};
      const NodeIndex inner = parse_not();
      --depth_;
      return added(Kind::Not, {inner}, from);
    }
    if (take("(")) {
      const NodeIndex inner = parse_or();
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

  NodeIndex parse_test() {
    const std::size_t from = next();
    const std::string_view name = word();
    if (name.empty()) throw ParseError{from, fmt::format("expected a {}", thing_)};
    const auto found =
        std::find_if(names_.begin(), names_.end(), [name](const ConditionName& known) { return known.name == name; });
    if (found == names_.end()) throw unknown_name(from, name);
    ConditionTest test;
    test.name = static_cast<std::size_t>(found - names_.begin());
    test.comparison = parse_comparison();
    parse_literal(test, found->is_numeric);
    made_.tests_.push_back(std::move(test));
    return added(Kind::Test, {static_cast<NodeIndex>(made_.tests_.size() - 1)}, from);
  }

  ParseError unknown_name(std::size_t at, std::string_view name) const {
    std::vector<std::string_view> known;
    for (const ConditionName& one : names_) known.push_back(one.name);
    const std::string_view near = nearest_name(name, known);
    return {at, fmt::format("unknown {} {}", thing_, in_quotes(name)),
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

  void parse_literal(ConditionTest& test, bool is_numeric) {
    skip_space();
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      const std::size_t end = text_.find(text_[at_], at_ + 1);
      if (end == std::string_view::npos) throw ParseError{at_, "this quote is not closed"};
      test.text = text_.substr(at_ + 1, end - at_ - 1);
      test.literal = test.text;
      at_ = end + 1;
      return;
    }
    const std::size_t from = at_;
    test.text = word();
    if (test.text.empty()) throw ParseError{from, "expected a number, a word or a text in quotes"};
    if (test.text == "null") return;
    test.literal = test.text;
    if (test.text == "true" || test.text == "false") test.literal = test.text == "true";
    if (is_numeric && test.comparison != Comparison::Contains) test.literal = number_literal(from, test.text);
  }

  std::string_view text_;
  std::span<const ConditionName> names_;
  std::string_view thing_;
  Condition made_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

Result<Condition> Condition::parse(std::string_view expression, std::span<const ConditionName> names,
                                   std::string_view thing) {
  try {
    return ConditionParser(expression, names, thing).run();
  } catch (const ParseError& error) {
    return Issue{Severity::Error, "", {1, static_cast<std::uint32_t>(error.at) + 1}, "", error.what, error.hint};
  }
}

bool Condition::holds(std::uint32_t node, const TestHolds& test) const {
  const Node& at = nodes_[node];
  const auto is_true = [&](std::uint32_t inner) { return holds(inner, test); };
  switch (at.kind) {
    case Kind::Or: return std::any_of(at.inner.begin(), at.inner.end(), is_true);
    case Kind::And: return std::all_of(at.inner.begin(), at.inner.end(), is_true);
    case Kind::Not: return !holds(at.inner.front(), test);
    case Kind::Test: return test(tests_[at.inner.front()]);
  }
  return false;
}

std::string Condition::because(const TestHolds& test) const {
  std::string out;
  if (holds(test)) add_reasons(root_, test, out);
  return out;
}

void Condition::add_reasons(std::uint32_t node, const TestHolds& test, std::string& out) const {
  const Node& at = nodes_[node];
  if (at.kind == Kind::Or) {
    const auto first =
        std::find_if(at.inner.begin(), at.inner.end(), [&](std::uint32_t inner) { return holds(inner, test); });
    add_reasons(*first, test, out);
  } else if (at.kind == Kind::And) {
    for (const std::uint32_t inner : at.inner) add_reasons(inner, test, out);
  } else {
    if (!out.empty()) out += " && ";
    out += std::string_view(text_).substr(at.from, at.to - at.from);
  }
}

}  // namespace migplan

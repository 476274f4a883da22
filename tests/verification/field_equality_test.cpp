#include "field_equality.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

namespace {

using Kind = OutcomeField::Kind;
constexpr FieldComparison kEqual{};

OutcomeField number(std::string_view text) { return {Kind::Number, text}; }
OutcomeField text(std::string_view text) { return {Kind::Text, text}; }
OutcomeField cell(std::string_view text) { return {Kind::Cell, text}; }

bool is_same(const OutcomeField& a, const OutcomeField& b, const FieldComparison& comparison = kEqual) {
  const bool forwards = is_equal(a, b, comparison);
  CHECK(forwards == is_equal(b, a, comparison));
  return forwards;
}

FieldComparison within(std::int64_t steps) { return {FieldRule::Equal, RawValue::from_steps(steps)}; }

}  // namespace

TEST_CASE("field equality: numbers are compared by value, texts by letters", "[verification]") {
  CHECK(is_same(number("10.50"), number("10.5")));
  CHECK_FALSE(is_same(number("10.5"), number("10.51")));
  CHECK(is_same(text("PAID"), text("PAID")));
  CHECK_FALSE(is_same(text("PAID"), text("paid")));
  CHECK_FALSE(is_same(text("007"), text("7")));
  CHECK(is_same({Kind::Boolean, "true"}, {Kind::Boolean, "true"}));
  CHECK_FALSE(is_same({Kind::Boolean, "true"}, text("true")));
}

TEST_CASE("field equality: a text is a number only as that would be written", "[verification]") {
  CHECK(is_same(text("5"), number("5")));
  CHECK(is_same(text("5"), number("5.0")));
  CHECK_FALSE(is_same(text("5.0"), number("5")));
  CHECK_FALSE(is_same(text("007"), number("7")));
}

TEST_CASE("field equality: a CSV cell is what the other side is", "[verification]") {
  CHECK(is_same(cell("5.0"), number("5")));
  CHECK(is_same(cell("007"), text("007")));
  CHECK_FALSE(is_same(cell("007"), text("7")));
  CHECK(is_same(cell("true"), {Kind::Boolean, "true"}));
  CHECK(is_same(cell("x"), cell("x")));
  CHECK_FALSE(is_same(cell("5.0"), cell("5")));
}

TEST_CASE("field equality: within a tolerance, bounds included, text or number", "[verification]") {
  CHECK(is_same(text("10.50"), number("10.5"), within(0)));
  CHECK_FALSE(is_same(text("10.50"), number("10.500001"), within(0)));
  CHECK(is_same(number("10.5"), number("10.51"), within(10'000)));  // 0.01 of 0.01
  CHECK_FALSE(is_same(number("10.5"), number("10.510001"), within(10'000)));
  CHECK(is_same(number("0.1"), number("0.3"), within(200'000)));  // exactly 0.2, which binary floating point misses
  CHECK(is_same(text("n/a"), text("n/a"), within(10'000)));
  CHECK_FALSE(is_same(text("n/a"), number("0"), within(10'000)));
}

TEST_CASE("field equality: an absent field equals nothing", "[verification]") {
  CHECK_FALSE(is_same({}, number("0"), within(10'000)));
  CHECK_FALSE(is_same({}, text("")));
}

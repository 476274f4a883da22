// Tables for people on a terminal.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "hand_made.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

FormatOptions fitted(std::size_t width) {
  FormatOptions options;
  options.width = width;
  return options;
}

}  // namespace

TEST_CASE("text format: words stand to the left, numbers to the right, without spaces at the end") {
  CHECK(written(write_text, table({{"name"}, {"score", true}, {"tier"}},
                                  {{"cart", number(8840, 2), "S"}, {"stock-service", number(95, 1), "A"}})) ==
        "name           score  tier\n"
        "cart           88.40  S\n"
        "stock-service    9.5  A\n");
}

TEST_CASE("text format: wide characters take two columns") {
  CHECK(written(write_text, table({{"name"}, {"n", true}}, {{"购物车", number(1)}, {"cart", number(10)}})) ==
        "name     n\n"
        "购物车   1\n"
        "cart    10\n");
  CHECK(written(write_text, table({{"name"}, {"n"}}, {{"😀", "x"}, {"abcd", "y"}})) ==
        "name  n\n"
        "😀    x\n"
        "abcd  y\n");
}

TEST_CASE("text format: marks that join a letter take no column") {
  CHECK(written(write_text, table({{"name"}, {"n"}}, {{"e\xCC\x81t\xCC\x81", "x"}, {"abcd", "y"}})) ==
        "name  n\n"
        "e\xCC\x81t\xCC\x81    x\n"
        "abcd  y\n");
}

TEST_CASE("text format: null is a dash, a boolean a word, a list is joined, an object in brackets") {
  const Value list = List{Value("a"), Value("b")};
  const Value object = Object{{"x", Value("first")}, {"y", Value(number(2))}, {"z", Value(true)}};
  CHECK(written(write_text, table({{"v"}}, {{Value()}, {Value(false)}, {list}, {object}, {Value(List{})}})) ==
        "v\n-\nno\na, b\nfirst (2; yes)\n\n");
}

TEST_CASE("text format: without a width nothing is cut") {
  const std::string large(500, 'x');
  CHECK(written(write_text, table({{"name"}, {"n"}}, {{Value(large), "y"}})) ==
        "name" + std::string(498, ' ') + "n\n" + large + "  y\n");
}

TEST_CASE("text format: to fit a width the widest text is cut and marked") {
  CHECK(written(write_text, table({{"name"}, {"score", true}}, {{"a-very-long-service-name", number(8840, 2)}}),
                fitted(20)) ==
        "name           score\n"
        "a-very-long-…  88.40\n");
}

TEST_CASE("text format: a wide character is never cut in half") {
  const std::string found = written(write_text, table({{"name"}, {"n"}}, {{"购物车购物车购物车", "y"}}), fitted(14));
  CHECK(found ==
        "name         n\n"
        "购物车购物…  y\n");
}

TEST_CASE("text format: a number is never cut") {
  CHECK_THAT(written(write_text, table({{"a", true}, {"b", true}}, {{number(123456789012), number(123456789012)}}),
                     fitted(10)),
             Catch::Contains("123456789012  123456789012"));
}

TEST_CASE("text format: a text is left eight columns however narrow the terminal") {
  CHECK(written(write_text, table({{"name"}, {"domain"}}, {{"0123456789", "abcdefghij"}}), fitted(1)) ==
        "name      domain\n"
        "0123456…  abcdefg…\n");
}

TEST_CASE("text format: control characters are shown, not sent") {
  const std::string found = written(write_text, table({{"name"}, {"n"}}, {{"a\x1b[31m\nb\tc\x7f\xC2\x9B", "y"}}));
  CHECK(found ==
        "name                     n\n"
        "a\\x1b[31m\\nb\\tc\\x7f\\x9b  y\n");
}

TEST_CASE("text format: titles and notes are made safe too") {
  Report said = report(table({{"a"}}, {{"b"}}, "title\x1b[2J"));
  said.notes = {"note\x1b[2J"};
  CHECK(written(write_text, said) == "title\\x1b[2J\na\nb\n\nnote\\x1b[2J\n");
}

TEST_CASE("text format: colour stands around the text and not around its spaces") {
  FormatOptions options;
  options.has_colour = true;
  std::vector<Column> columns{{"tier", "tier", Shown::Always, false, [](std::size_t) { return Value("S"); },
                               [](std::size_t) { return Tone::Alert; }},
                              {"x", "x", Shown::Always, false, [](std::size_t) { return Value("y"); }}};
  const Report said = report(Table("rows", "", 1, columns));
  CHECK(written(write_text, said, options) == "\x1b[1mtier\x1b[0m  \x1b[1mx\x1b[0m\n\x1b[31mS\x1b[0m     y\n");
  CHECK(written(write_text, said) == "tier  x\nS     y\n");
}

TEST_CASE("text format: columns that are for data only are not shown") {
  CHECK(written(write_text, table({{"a"}, {"b", false, Shown::InData}, {"c", false, Shown::OnRequest}},
                                  {{"1", "2", "3"}})) == "a\n1\n");
}

TEST_CASE("text format: a table without rows shows its headings") {
  CHECK(written(write_text, table({{"a"}, {"b"}}, {})) == "a  b\n");
}

TEST_CASE("text format: tables stand apart by a line") {
  Report said = report(table({{"a"}}, {{"1"}}, "One"));
  said.tables.push_back(std::make_shared<const Table>(table({{"b"}}, {{"2"}}, "Two")));
  CHECK(written(write_text, said) == "One\na\n1\n\nTwo\nb\n2\n");
}

TEST_CASE("text format: a large table is written whole") {
  Rows rows(20'000, {Value("cart"), Value(number(1))});
  const std::string found = written(write_text, table({{"name"}, {"n", true}}, std::move(rows)));
  CHECK(std::count(found.begin(), found.end(), '\n') == 20'001);
}

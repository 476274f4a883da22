// CSV for spreadsheets and programs.

#include <catch2/catch.hpp>
#include <string>

#include "hand_made.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

std::string cell(Value value) {
  const std::string whole = written(write_csv, table({{"v"}}, {{std::move(value)}}));
  return whole.substr(3, whole.size() - 5);
}

}  // namespace

TEST_CASE("csv format: a header and rows, each ended by CRLF") {
  CHECK(written(write_csv, table({{"name"}, {"score", true}}, {{"cart", number(8840, 2)}, {Value(), Value()}})) ==
        "name,score\r\ncart,88.4\r\n,\r\n");
}

TEST_CASE("csv format: delimiters, quotes and newlines are quoted as RFC 4180 says") {
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("say \"x\"") == "\"say \"\"x\"\"\"");
  CHECK(cell("a\nb") == "\"a\nb\"");
  CHECK(cell("a\r\nb") == "\"a\r\nb\"");
  CHECK(cell("plain text") == "plain text");
  CHECK(cell("购物车") == "购物车");
}

TEST_CASE("csv format: spaces at the ends are kept by quotes") {
  CHECK(cell(" a") == "\" a\"");
  CHECK(cell("a ") == "\"a \"");
}

TEST_CASE("csv format: a text that a spreadsheet would run is made harmless") {
  CHECK(cell("=1+1") == "\"'=1+1\"");
  CHECK(cell("+1") == "\"'+1\"");
  CHECK(cell("-1") == "\"'-1\"");
  CHECK(cell("@x") == "\"'@x\"");
  CHECK(cell("\tx") == "\"'\tx\"");
  CHECK(cell("\rx") == "\"'\rx\"");
  CHECK(cell("=\"x\"") == "\"'=\"\"x\"\"\"");
  CHECK(cell("a=b") == "a=b");
}

TEST_CASE("csv format: a list that begins like a formula is made harmless") {
  CHECK(cell(List{Value("=x"), Value("y")}) == "\"'=x; y\"");
}

TEST_CASE("csv format: a heading that begins like a formula is made harmless") {
  CHECK(written(write_csv, table({{"=a"}}, {})) == "\"'=a\"\r\n");
}

TEST_CASE("csv format: numbers stay numbers, negative ones too") {
  CHECK(cell(number(-15, 1)) == "-1.5");
  CHECK(cell(number(1, 9)) == "0.000000001");
  CHECK(cell(number(100, 2)) == "1");
}

TEST_CASE("csv format: booleans, null, lists and objects") {
  CHECK(cell(true) == "true");
  CHECK(cell(Value()).empty());
  CHECK(cell(List{Value("java8"), Value("dubbo")}) == "java8; dubbo");
  CHECK(cell(Object{{"a", Value("x")}, {"b", Value("y, z")}}) == "\"x (y, z)\"");
}

TEST_CASE("csv format: a byte-order mark is written where it is asked for") {
  FormatOptions options;
  options.has_byte_order_mark = true;
  CHECK(written(write_csv, table({{"a"}}, {}), options) ==
        "\xEF\xBB\xBF"
        "a\r\n");
}

TEST_CASE("csv format: columns for data are in, columns on request are not") {
  CHECK(written(write_csv, table({{"a"}, {"b", false, Shown::InData}, {"c", false, Shown::OnRequest}},
                                 {{"1", "2", "3"}})) == "a,b\r\n1,2\r\n");
}

TEST_CASE("csv format: width and colour change nothing") {
  FormatOptions options;
  options.width = 5;
  options.has_colour = true;
  CHECK(written(write_csv, table({{"a"}}, {{"a-long-text"}}), options) == "a\r\na-long-text\r\n");
}

TEST_CASE("csv format: only the first table is written") {
  Report said = report(table({{"a"}}, {{"1"}}));
  said.tables.push_back(std::make_shared<const Table>(table({{"b"}}, {{"2"}})));
  CHECK(written(write_csv, said) == "a\r\n1\r\n");
  CHECK(written(write_csv, Report{}).empty());
}

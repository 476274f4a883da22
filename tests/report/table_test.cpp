// Sorting, choosing and cutting tables.

#include "migplan/report/table.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "hand_made.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

using Keys = std::vector<std::string>;

Table services() {
  return table({{"name"}, {"score", true}, {"tier"}, {"note", false, Shown::OnRequest}},
               {{"b", number(50), "A", "x"},
                {"a", number(505, 1), "S", "y"},
                {"d", Value(), "A", "z"},
                {"c", number(50), Value(), "w"}});
}

std::string names(const Table& rows) {
  std::string out;
  for (std::size_t row = 0; row < rows.row_count(); ++row) append_plain(out, rows.cell(row, rows.find_column("name")));
  return out;
}

std::string sorted(const Keys& keys) {
  Table rows = services();
  REQUIRE(rows.sort(keys).is_empty());
  return names(rows);
}

std::string complaint(const Issues& issues) {
  std::string lines;
  for (const Issue& issue : issues.kept()) lines += to_string(issue) + "\n";
  return lines;
}

}  // namespace

TEST_CASE("table: sorting compares numbers by value and texts by bytes") {
  CHECK(sorted({"name"}) == "abcd");
  CHECK(sorted({"score"}) == "bcad");
}

TEST_CASE("table: equal rows keep their order, rising and falling") {
  CHECK(sorted({"-score"}) == "abcd");
  CHECK(sorted({"tier"}) == "bdac");
}

TEST_CASE("table: null comes last, rising and falling") {
  CHECK(sorted({"score"}).back() == 'd');
  CHECK(sorted({"-score"}).back() == 'd');
  CHECK(sorted({"-tier"}) == "abdc");
}

TEST_CASE("table: several keys sort in turn") {
  CHECK(sorted({"score", "-name"}) == "cbad");
  CHECK(sorted({"tier", "-name"}) == "dbac");
}

TEST_CASE("table: a table may be sorted by a column that is not shown") { CHECK(sorted({"note"}) == "cbad"); }

TEST_CASE("table: an unknown key is rejected and changes nothing") {
  Table rows = services();
  CHECK(complaint(rows.sort(Keys{"-scor"})) == "error: --sort: unknown column \"scor\" (did you mean score?)\n");
  CHECK(complaint(rows.choose_columns(Keys{"name", "foo"})) ==
        "error: --columns: unknown column \"foo\" (known: name, score, tier, note)\n");
  CHECK(names(rows) == "badc");
  CHECK(rows.columns().size() == 4);
}

TEST_CASE("table: chosen columns stand in the order asked for, all of them shown") {
  Table rows = services();
  REQUIRE(rows.choose_columns(Keys{"note", "name"}).is_empty());
  CHECK(written(write_csv, rows) == "note,name\r\nx,b\r\ny,a\r\nz,d\r\nw,c\r\n");
}

TEST_CASE("table: a column is chosen once, so that no JSON object has a key twice") {
  Table rows = services();
  const Issues issues = rows.choose_columns(Keys{"name", "name"});
  CHECK((issues.has_errors() || rows.columns().size() == 1));
}

TEST_CASE("table: the first rows are kept") {
  Table rows = services();
  rows.keep_first(10);
  CHECK(names(rows) == "badc");
  rows.keep_first(2);
  CHECK(names(rows) == "ba");
  rows.keep_first(0);
  CHECK(rows.row_count() == 0);
}

TEST_CASE("table: a filter works on what was selected, sorting after it") {
  Table rows = services();
  rows.select({3, 0, 1});
  CHECK(names(rows) == "cba");
  REQUIRE(rows.filter("score==50").is_empty());
  CHECK(names(rows) == "cb");
  REQUIRE(rows.sort(Keys{"name"}).is_empty());
  CHECK(names(rows) == "bc");
}

TEST_CASE("table: a bad filter changes nothing") {
  Table rows = services();
  CHECK(rows.filter("score=50").has_errors());
  CHECK(rows.row_count() == 4);
}

TEST_CASE("table: numbers of different decimals compare by value") {
  CHECK((compare(number(15, 1), number(1500, 3)) == 0));
  CHECK((compare(number(-1, 9), number(0)) < 0));
  CHECK((compare(number(9'000'000'000'000'000'000), number(1, 9)) > 0));
}

TEST_CASE("table: values of different sorts have an order") {
  CHECK((compare(Value(), Value()) == 0));
  CHECK((compare(Value("x"), Value()) < 0));
  CHECK((compare(number(5), Value("1")) < 0));
  CHECK((compare(Value(List{Value("a")}), Value(List{Value("b")})) < 0));
  CHECK((compare(Value(false), Value(true)) < 0));
}

TEST_CASE("table: a number is rounded half up for people") {
  CHECK((compare(rounded(12345, 3, 2), number(1235, 2)) == 0));
  CHECK((compare(rounded(-12345, 3, 2), number(-1234, 2)) == 0));
  CHECK(rounded(999, 2, 1).number()->steps == 100);
}

// Conditions on the rows of a table.

#include "migplan/report/filter.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "hand_made.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

Table services() {
  return table({{"name"}, {"domain"}, {"score", true}, {"tier"}, {"is_core"}, {"tags"}},
               {{"a", "risk", number(8850, 2), "S", true, List{Value("java8"), Value("dubbo")}},
                {"b", "trade-fulfilment", number(65), "A", false, List{}},
                {"c", "risk", Value(), Value(), Value(), Value()},
                {"d", "O'Neil \"x\"", number(-5, 1), "B", false, List{Value("java17")}}});
}

// The names of the rows that pass, or the complaint.
std::string passed(std::string_view expression) {
  const Table rows = services();
  const Result<Filter> filter = Filter::parse(expression, rows);
  if (!filter.is_ok()) return to_string(filter.issues().kept().front());
  std::string names;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    if (filter.value().accepts(row)) append_plain(names, rows.cell(row, 0));
  }
  return names;
}

}  // namespace

TEST_CASE("filter: texts are equal, unequal or ordered by bytes") {
  CHECK(passed("domain==risk") == "ac");
  CHECK(passed("domain != risk") == "bd");
  CHECK(passed("name<c") == "ab");
  CHECK(passed("name >= c") == "cd");
}

TEST_CASE("filter: numbers compare by value") {
  CHECK(passed("score==88.5") == "a");
  CHECK(passed("score==88.500") == "a");
  CHECK(passed("score>=65") == "ab");
  CHECK(passed("score<0") == "d");
  CHECK(passed("score<=-0.5") == "d");
  CHECK(passed("score>-5e-1") == "ab");
}

TEST_CASE("filter: numbers beyond 64 bits still compare by value") {
  CHECK(passed("score<99999999999999999999") == "abd");
  CHECK(passed("score>-99999999999999999999") == "abd");
  CHECK(passed("score<-99999999999999999999").empty());
}

TEST_CASE("filter: && binds before ||, ! before both, brackets before all") {
  CHECK(passed("name==a || name==b && tier==B") == "a");
  CHECK(passed("(name==a || name==b) && tier==A") == "b");
  CHECK(passed("!name==a && !name==b") == "cd");
  CHECK(passed("!(name==a || name==b)") == "cd");
  CHECK(passed("!!name==a") == "a");
}

TEST_CASE("filter: null is only equal to null") {
  CHECK(passed("tier==null") == "c");
  CHECK(passed("tier!=null") == "abd");
  CHECK(passed("score<100") == "abd");
  CHECK(passed("score>null").empty());
  CHECK(passed("tier~S") == "a");
  CHECK(passed("tier!=S") == "bcd");
}

TEST_CASE("filter: null in quotes is the word") { CHECK(passed("tier==\"null\"").empty()); }

TEST_CASE("filter: booleans are true and false") {
  CHECK(passed("is_core==true") == "a");
  CHECK(passed("is_core==false") == "bd");
  CHECK(passed("is_core!=true") == "bcd");
}

TEST_CASE("filter: ~ looks for a text within") {
  CHECK(passed("domain~fulfil") == "b");
  CHECK(passed("tags~java") == "ad");
  CHECK(passed("domain~\"\"") == "abcd");
  CHECK(passed("score~8") == "a");
}

TEST_CASE("filter: texts stand in quotes of either kind") {
  CHECK(passed("domain==\"risk\"") == "ac");
  CHECK(passed("domain=='O''Neil'") == "--filter:1:12: error: found \"'Neil'\", expected && or || or the end");
  CHECK(passed("domain~'\"x\"'") == "d");
  CHECK(passed("domain~\"O'N\"") == "d");
}

TEST_CASE("filter: spaces stand where they like") { CHECK(passed("  ( name == a )||name==b  ") == "ab"); }

TEST_CASE("filter: a column that is not shown may be named") { CHECK(passed("tags==\"\"") == "b"); }

TEST_CASE("filter: mistakes are told with their place") {
  CHECK(passed("") == "--filter:1:1: error: expected a column");
  CHECK(passed("scroe>5") == "--filter:1:1: error: unknown column \"scroe\" (did you mean score?)");
  CHECK(passed("name==a && zzzzz==5") ==
        "--filter:1:12: error: unknown column \"zzzzz\" (known: name, domain, score, tier, is_core, tags)");
  CHECK(passed("name") == "--filter:1:5: error: expected one of == != < <= > >= ~");
  CHECK(passed("name=a") == "--filter:1:5: error: expected one of == != < <= > >= ~");
  CHECK(passed("name==") == "--filter:1:7: error: expected a number, a word or a text in quotes");
  CHECK(passed("name==\"a") == "--filter:1:7: error: this quote is not closed");
  CHECK(passed("(name==a") == "--filter:1:9: error: expected )");
  CHECK(passed("name==a)") == "--filter:1:8: error: found \")\", expected && or || or the end");
  CHECK(passed("name==a b") == "--filter:1:9: error: found \"b\", expected && or || or the end");
  CHECK(passed("name==a &&") == "--filter:1:11: error: expected a column");
  CHECK(passed("name==a & name==b") == "--filter:1:9: error: found \"& name==b\", expected && or || or the end");
}

TEST_CASE("filter: a word compared with a column of numbers is a mistake") {
  CHECK(passed("score>=high") == "--filter:1:8: error: found \"high\", expected a number or null");
}

TEST_CASE("filter: control characters in a mistake are shown, not sent") {
  CHECK(passed("name==a \x1b[31m") == "--filter:1:9: error: found \"\\x1b[31m\", expected && or || or the end");
}

TEST_CASE("filter: nesting is limited, not followed") {
  CHECK(passed(std::string(50, '(') + "name==a" + std::string(50, ')')) == "a");
  CHECK_THAT(passed(std::string(100'000, '(') + "name==a"), Catch::Contains("too deeply nested"));
  CHECK_THAT(passed(std::string(100'000, '!') + "name==a"), Catch::Contains("too deeply nested"));
  std::string mixed;
  for (int i = 0; i < 50'000; ++i) mixed += "!(";
  CHECK_THAT(passed(mixed), Catch::Contains("too deeply nested"));
}

TEST_CASE("filter: as many conditions as a command line holds may be joined") {
  std::string all = "name==a";
  for (int i = 0; i < 12'000; ++i) all += "||name==b";
  CHECK(passed(all) == "ab");
}

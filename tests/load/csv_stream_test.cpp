#include "csv_stream.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace migplan {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, char delimiter = ',') {
  TextSource source(text);
  CsvStream stream(source, delimiter);
  Rows rows;
  while (stream.next()) {
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < stream.size(); ++i) row.push_back(stream[i]);
  }
  CHECK(stream.fault().empty());
  return rows;
}

}  // namespace

TEST_CASE("csv stream: cells by any delimiter, with quotes, over several lines", "[load]") {
  CHECK(rows_of("a,b\nc,d") == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(rows_of("a;b,c\r\n") == Rows{{"a;b", "c"}});
  CHECK(rows_of("a;b,c\r\n", ';') == Rows{{"a", "b,c"}});
  CHECK(rows_of("\"say \"\"no\"\"\",\"x\n\ny\",\n") == Rows{{"say \"no\"", "x\n\ny", ""}});
  CHECK(rows_of("a\n\n\r\nb\n") == Rows{{"a"}, {"b"}});
  CHECK(rows_of("").empty());
}

TEST_CASE("csv stream: a cell's place is found behind quotes and lines", "[load]") {
  TextSource source("head,er\n\n\"x,\"\"\n\n,y\",second,third\n");
  CsvStream stream(source, ',');
  REQUIRE(stream.next());
  CHECK(stream.at(1).line == 1);
  CHECK(stream.at(1).column == 6);
  REQUIRE(stream.next());
  REQUIRE(stream.size() == 3);
  const auto place = [&](std::size_t cell) { return std::pair(stream.at(cell).line, stream.at(cell).column); };
  CHECK(place(0) == std::pair(3U, 1U));
  CHECK(place(1) == std::pair(5U, 5U));  // behind: ,y",
  CHECK(place(2) == std::pair(5U, 12U));
  CHECK(place(3) == std::pair(5U, 17U));  // the end of the row
}

TEST_CASE("csv stream: what is not CSV is a fault with its place", "[load]") {
  const auto fault = [](std::string_view text) {
    TextSource source(text);
    CsvStream stream(source, ',');
    while (stream.next()) {
    }
    return std::to_string(stream.fault_position().line) + ": " + stream.fault();
  };
  CHECK(fault("a,b\nc,\"d\ne\n") == "2: not CSV: a quoted cell has no closing quote");
  CHECK(fault("a,b\nc,d\ne\"f,g\n").substr(0, 12) == "3: not CSV: ");
}

TEST_CASE("csv stream: a row that the source ends within is unfinished", "[load]") {
  TextSource source("a,b\nc");
  CsvStream stream(source, ',');
  REQUIRE(stream.next());
  CHECK_FALSE(stream.is_unfinished());
  REQUIRE(stream.next());
  CHECK(stream.is_unfinished());
  CHECK(stream.size() == 1);
}

}  // namespace migplan

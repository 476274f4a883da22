#include <catch2/catch.hpp>

#include "report_reading.hpp"

using namespace migplan;
using namespace migplan::reports;

namespace {
const std::string kHeader =
    "Record Type 1,Application Name,Description,Comments,Business Service,Dependency,Dependency Direction,Tag Category "
    "1,Tag 1,Tag Category 2,Tag 2\n";
}

TEST_CASE("konveyor: applications with their business service and what they are built with") {
  const auto result =
      read(kHeader + "1,cart,the cart,,Trade,,,Language,java,Data Center,Boston\n1,stock,,,,,,Runtime,Spring Boot\n");
  CHECK(issue_rows(result) == Lines{});
  CHECK(facts(result.value()) == Lines{"cart domain Trade", "cart stack java", "stock stack Spring Boot"});
  CHECK(result.value().subjects == Lines{"cart", "stock"});
  CHECK_FALSE(result.value().has_all_calls);
  REQUIRE(result.value().notes.kept().size() == 2);
  CHECK(result.value().notes.kept()[0].message == "tags of these categories are no facts, passed over: Data Center");
}

TEST_CASE("konveyor: a southbound dependency is called, a northbound one calls") {
  const auto result =
      read(kHeader + "1,cart\n1,stock\n1,shop\n2,cart,,,,stock,SOUTHBOUND\n2,cart,,,,shop,northbound\n");
  CHECK(calls(result.value()) == Lines{"cart -> stock", "shop -> cart"});
  CHECK(result.value().has_all_calls);
}

TEST_CASE("konveyor: bad rows are errors that name the row") {
  CHECK(issue_rows(read(kHeader + "3,cart\n1,\n2,cart,,,,,SOUTHBOUND\n2,cart,,,,stock,up\n1,cart\n1,cart\n")) ==
        Lines{"in:2:1: error: row 1: found the record type \"3\", expected 1 (application) or 2 (dependency)",
              "in:3:3: error: row 2: found no application name", "in:4:11: error: row 3: found no dependency",
              "in:5:17: error: row 4: found the direction \"up\", expected NORTHBOUND (the other one calls cart) or "
              "SOUTHBOUND "
              "(cart calls the other one)",
              "in:7:3: error: row 6: the application \"cart\" stands in a row before"});
  CHECK(issue_rows(read("Record Type 1,Name\n1,cart\n")) ==
        Lines{"in:1:1: error: found no column \"application name\""});
}

TEST_CASE("konveyor: a category of tags, or a column, is the fact that the user says") {
  const auto result = read(kHeader + "1,cart,,Team A,,,,Team,payments\n",
                           {.format = "konveyor", .service = {}, .map = {{"Team", "team"}, {"Comments", "owner"}}});
  CHECK(facts(result.value()) == Lines{"cart team payments", "cart owner Team A"});
}

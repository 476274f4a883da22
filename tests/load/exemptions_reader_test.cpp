#include "migplan/load/exemptions_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

Result<Exemptions> read(std::string_view text) {
  TextSource source(text);
  return read_exemptions(source, "e.yaml");
}

}  // namespace

TEST_CASE("exemptions reader: all fields are read") {
  const auto all = accepted(read(
      "schema: migplan/exemptions/v1\nexemptions:\n  - check: tier-moved\n    service: cart\n    reason: agreed on\n"
      "    owner: lee\n    expires: 2024-03-31\n"));
  REQUIRE(all.list().size() == 1);
  const Exemption& one = all.list()[0];
  CHECK(one.check == "tier-moved");
  CHECK(one.service == "cart");
  CHECK(one.reason == "agreed on");
  CHECK(one.owner == "lee");
  CHECK(one.expires.to_string() == "2024-03-31");
  CHECK(one.at.line == 3);
  CHECK(all.file() == "e.yaml");
}

TEST_CASE("exemptions reader: an empty list is fine") { CHECK(accepted(read("exemptions: []\n")).list().empty()); }

TEST_CASE("exemptions reader: every field is required") {
  CHECK(complaints(read("exemptions:\n  - {check: tier-moved, service: cart, reason: r, owner: o}\n")) ==
        "e.yaml:2:5: error: exemptions[0]: exemption has no expires, expected a date such as 2024-07-01");
  CHECK(read("exemptions: [{}]\n").issues().errors() == 5);
  CHECK(complaints(read("schema: migplan/exemptions/v1\n")) ==
        "e.yaml:1:1: error: exemptions has no exemptions, expected a list");
}

TEST_CASE("exemptions reader: a date that is none is refused") {
  CHECK(
      complaints(read("exemptions:\n  - {check: tier-moved, service: cart, reason: r, owner: o, expires: never}\n")) ==
      "e.yaml:2:70: error: exemptions[0].expires: found \"never\", expected a date such as 2024-07-01");
}

#include "migplan/load/indicators_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

namespace {

Result<std::vector<Indicator>> read(std::string_view text) {
  TextSource source(text);
  return read_indicators(source, "b.yaml");
}

std::string complaints(std::string_view text) {
  const auto result = read(text);
  std::string lines;
  for (const Issue& issue : result.issues().kept()) lines += to_string(issue) + "\n";
  return lines;
}

}  // namespace

TEST_CASE("indicators: name, unit, direction and value are read") {
  const auto all = read(
      "indicators:\n  - {name: recovery, unit: min, better: lower, value: 28.7}\n"
      "  - {name: releases, better: higher, value: 4}\n");
  REQUIRE(all.is_ok());
  REQUIRE(all.value().size() == 2);
  CHECK(all.value()[0].value == RawValue::from_steps(28'700'000));
  CHECK(all.value()[0].better == Better::Lower);
  CHECK(to_string(all.value()[0].place) == "b.yaml:2 indicators[0]");
  CHECK(all.value()[1].unit.empty());
  CHECK(all.value()[1].better == Better::Higher);
  CHECK(read(R"({"indicators": [{"name": "a", "unit": "s", "better": "lower", "value": 1}]})").is_ok());
}

TEST_CASE("indicators: every slip is told with its place") {
  CHECK(complaints("indicators: []\n").find("indicators: found none, expected one or more") != std::string::npos);
  CHECK(complaints("indicators:\n  - {name: a, better: smaller, value: many}\n") ==
        "b.yaml:2:23: error: indicators[0].better: found \"smaller\", expected one of lower, higher\n"
        "b.yaml:2:39: error: indicators[0].value: found \"many\", expected a number, 0 to 1000000000000\n");
  CHECK(complaints("indicators: [{name: '', better: lower, value: 1}]\n") ==
        "b.yaml:1:14: error: indicators[0].name: found an empty text\n");
  CHECK(complaints("indicator: []\n").find("did you mean indicators?") != std::string::npos);
}

#include "migplan/load/measured_levels_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

namespace {

std::vector<MeasuredLevels> accepted(std::string_view text) {
  TextSource source(text);
  auto read = read_measured_levels(source, "c.yaml");
  for (const Issue& issue : read.issues().kept()) UNSCOPED_INFO(to_string(issue));
  REQUIRE(read.is_ok());
  return std::move(read).value();
}

std::string complaints(std::string_view text) {
  TextSource source(text);
  const auto result = read_measured_levels(source, "c.yaml");
  std::string lines;
  for (const Issue& issue : result.issues().kept()) lines += to_string(issue) + "\n";
  return lines;
}

}  // namespace

TEST_CASE("slo counts: one map, a list of them, and counts: say the same") {
  const std::string one = "{service: cart, total: 10, failed: 1}";
  for (const std::string& text :
       {one, "- " + one + "\n", "counts: [" + one + "]\n",
        std::string("[{\"service\": \"cart\", \"total\": 10, \"failed\": 1}]"),
        std::string("{\"counts\": [{\"service\": \"cart\", \"total\": 10, \"failed\": 1}]}")}) {
    INFO(text);
    const auto all = accepted(text);
    REQUIRE(all.size() == 1);
    CHECK(all[0].service == "cart");
    CHECK(all[0].total == 10);
    CHECK(all[0].failed == 1);
    CHECK(all[0].place.at.line == 1);
  }
}

TEST_CASE("slo counts: every field is read") {
  const auto all = accepted(
      "service: cart\nobjective: errors\nwindow_days: 30\nelapsed_days: 12.5\ntotal: 1000000000000000\nfailed: 0\n"
      "latency_p95_ms: 287.125\ncoverage: 0.825\n");
  CHECK(all[0].objective == "errors");
  CHECK(all[0].window == WindowDays::whole(30));
  CHECK(all[0].elapsed == WindowDays::from_steps(12'500));
  // 12.5 days.
  CHECK(seconds_of(*all[0].elapsed) == Seconds::whole(1'080'000));
  CHECK(all[0].total == 1'000'000'000'000'000);
  CHECK(all[0].latency_p95 == Milliseconds::from_steps(287'125));
  CHECK(all[0].coverage == Percent::from_steps(82'500'000));
  CHECK(accepted("coverage: 82.5\n")[0].coverage == Percent::from_steps(82'500'000));
  CHECK(accepted("coverage: 82.5%\n")[0].coverage == Percent::from_steps(82'500'000));
}

TEST_CASE("slo counts: every slip is told with its place") {
  CHECK(complaints("- {service: cart, total: 10}\n- {total: 5, failed: 6}\n") ==
        "c.yaml:1:3: error: counts[0]: counts have total without failed (how many of them failed? 0 is a number, too)\n"
        "c.yaml:2:14: error: counts[1].failed: found 6, expected no more than the 5 of total\n");
  CHECK(complaints("window_days: 7\nelapsed_days: 8\ntotal: 1\nfailed: 0\n") ==
        "c.yaml:2:1: error: elapsed_days: found 8, expected no more than the 7 days of the window\n");
  CHECK(complaints("window_days: 0\ncoverage: 1\n") ==
        "c.yaml:2:11: error: coverage: found 1, expected a percentage such as 1% or 100%: 1 might be either\n"
        "c.yaml:1:1: error: window_days: found 0, expected more\n");
  CHECK(complaints("service: cart\n").find("counts hold nothing that was measured") != std::string::npos);
  CHECK(complaints("totl: 5\n").find("did you mean total?") != std::string::npos);
  CHECK(complaints("counts: []\n").find("found none, expected one or more") != std::string::npos);
  CHECK(complaints("coverage: 101%\n").find("expected a percentage") == std::string::npos);
  CHECK(complaints("total: -1\nfailed: 0\n").find("total: found -1") != std::string::npos);
}

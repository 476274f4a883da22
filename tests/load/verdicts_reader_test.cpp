#include "migplan/load/verdicts_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

Result<VerdictFile> read(std::string_view text) {
  TextSource source(text);
  return read_verdicts(source, "checks.json");
}

std::string checks(std::string_view row) {
  return R"({"schema": "migplan/gate/v1", "checks": [)" + std::string(row) + "]}";
}

}  // namespace

TEST_CASE("verdicts: rows of a checking command are read, numbers exactly") {
  const VerdictFile file = accepted(read(checks(
      R"({"service": "cart", "check": "memory-drop", "verdict": "fail", "observed": 31.25, "limit": 45, "unit": "%",
          "samples": null, "low": -0.5, "source": "gc.log:3", "message": "less", "severity": "error"})")));
  CHECK(file.command == "gate");
  CHECK(file.file == "checks.json");
  REQUIRE(file.verdicts.size() == 1);
  const StatedVerdict& verdict = file.verdicts[0];
  CHECK(verdict.service == "cart");
  CHECK(verdict.check == "memory-drop");
  CHECK(verdict.verdict == Verdict::Fail);
  CHECK(trimmed(verdict.observed->steps, verdict.observed->decimals) == "31.25");
  CHECK(trimmed(verdict.limit->steps, verdict.limit->decimals) == "45");
  CHECK(trimmed(verdict.low->steps, verdict.low->decimals) == "-0.5");
  CHECK_FALSE(verdict.samples);
  CHECK_FALSE(verdict.high);
}

TEST_CASE("verdicts: large numbers keep what their decimals leave") {
  const VerdictFile file =
      accepted(read(checks(R"({"check": "x", "verdict": "pass", "observed": 9000000000000000000, "limit": 1e10})")));
  CHECK(trimmed(file.verdicts[0].observed->steps, file.verdicts[0].observed->decimals) == "9000000000000000000");
  CHECK(trimmed(file.verdicts[0].limit->steps, file.verdicts[0].limit->decimals) == "10000000000");
}

TEST_CASE("verdicts: what is no check is refused with its place") {
  CHECK(complaints(read(checks(R"({"check": "x", "verdict": "maybe"})"))).find("checks[0].verdict") !=
        std::string::npos);
  CHECK(
      complaints(read(checks(R"({"check": "x", "verdict": "pass", "observed": "much"})"))).find("checks[0].observed") !=
      std::string::npos);
  CHECK(complaints(read(checks(R"({"verdict": "pass"})"))).find("check") != std::string::npos);
  CHECK_FALSE(read(R"({"schema": "migplan/gate/v1"})").is_ok());
}

TEST_CASE("verdicts: another document is refused by its schema") {
  const std::string score = complaints(read(R"({"schema": "migplan/score/v1", "services": []})"));
  CHECK(score.find("migplan/score/v1") != std::string::npos);
  CHECK_FALSE(read(R"({"checks": []})").is_ok());
  CHECK_FALSE(read("").is_ok());
  CHECK_FALSE(read(R"({"schema": "migplan/gate/v2", "checks": []})").is_ok());
}

TEST_CASE("verdicts: a source that fails is an access error") {
  FailingSource source(checks(R"({"check": "x", "verdict": "pass"})"));
  CHECK(read_verdicts(source, "checks.json").issues().has_access_errors());
}

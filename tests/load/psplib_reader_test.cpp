#include "migplan/load/psplib_reader.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace migplan {
namespace {

const std::string kStars = std::string(72, '*') + "\n";

// Jobs 2 (3 days, two of R 1) and 3 (2 days, one of each) between the two events; 3 follows 2.
const std::string kSmall = kStars + "file with basedata            : tiny.bas\n" +
                           "initial value random generator: 1\n" + kStars +
                           "projects                      :  1\n"
                           "jobs (incl. supersource/sink ):  4\n"
                           "horizon                       :  5\n"
                           "RESOURCES\n"
                           "  - renewable                 :  2   R\n"
                           "  - nonrenewable              :  0   N\n"
                           "  - doubly constrained        :  0   D\n" +
                           kStars +
                           "PROJECT INFORMATION:\n"
                           "pronr.  #jobs rel.date duedate tardcost  MPM-Time\n"
                           "    1      2      0       5        0        5\n" +
                           kStars +
                           "PRECEDENCE RELATIONS:\n"
                           "jobnr.    #modes  #successors   successors\n"
                           "   1        1          2           2   3\n"
                           "   2        1          1           3\n"
                           "   3        1          1           4\n"
                           "   4        1          0        \n" +
                           kStars +
                           "REQUESTS/DURATIONS:\n"
                           "jobnr. mode duration  R 1  R 2\n" +
                           std::string(72, '-') +
                           "\n"
                           "  1      1     0       0    0\n"
                           "  2      1     3       2    0\n"
                           "  3      1     2       1    1\n"
                           "  4      1     0       0    0\n" +
                           kStars +
                           "RESOURCEAVAILABILITIES:\n"
                           "  R 1  R 2\n"
                           "    2    1\n" +
                           kStars;

Result<PsplibInstance> read(const std::string& text) {
  TextSource source(text);
  return read_psplib(source, "sets/tiny_1.sm");
}

std::string with(const std::string& found, const std::string& replacement) {
  std::string text = kSmall;
  return text.replace(text.find(found), found.size(), replacement);
}

std::string first_issue(const std::string& text) {
  const Result<PsplibInstance> result = read(text);
  return result.is_ok() ? "" : to_string(result.issues().kept().front());
}

TEST_CASE("psplib: a file becomes a project") {
  const PsplibInstance instance = read(kSmall).value();
  CHECK(instance.name == "tiny_1");
  CHECK(instance.horizon == 5);
  CHECK(instance.mpm_time == 5);
  const Project& project = instance.project;
  CHECK(project.size() == 4);
  CHECK(project.resource_count() == 2);
  CHECK(project.timeline().days() == 5);
  CHECK(project[1].duration == 3);
  CHECK(project.demands(1).size() == 1);
  CHECK(project.demands(2)[1].amount == 1);
  CHECK(project.capacity(0)[4] == 2);
  CHECK(project.predecessors(2).size() == 2);
}

TEST_CASE("psplib: ends of line and lines left empty at the end do not matter") {
  std::string text = kSmall + "\n\n";
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.replace(at, 1, "\r\n");
  CHECK(first_issue(text).empty());
  CHECK(first_issue(kSmall.substr(0, kSmall.size() - 1)).empty());
}

TEST_CASE("psplib: is known by its line of jobs") {
  CHECK(is_psplib(kSmall));
  CHECK(is_psplib("jobs (incl. supersource/sink ):  4"));
  CHECK_FALSE(is_psplib("services: []"));
  CHECK_FALSE(is_psplib("no jobs (incl. supersource/sink )"));
}

TEST_CASE("psplib: every cut of a file is an error that tells where it ends") {
  for (std::size_t size = 0; size + 72 < kSmall.size(); ++size) {
    const Result<PsplibInstance> result = read(kSmall.substr(0, size));
    INFO(kSmall.substr(0, size));
    REQUIRE_FALSE(result.is_ok());
    CHECK(result.issues().kept().front().at.line > 0);
  }
  CHECK(first_issue(kSmall.substr(0, kSmall.find("PRECEDENCE"))) ==
        "sets/tiny_1.sm:17:1: error: the text ends, expected \"PRECEDENCE RELATIONS:\" "
        "(the file may have been cut short)");
}

TEST_CASE("psplib: what is wrong is named with its place") {
  const auto message = [](const std::string& found, const std::string& replacement) {
    return first_issue(with(found, replacement)).substr(std::string("sets/tiny_1.sm:").size());
  };
  CHECK(message("   2        1          1 ", "   2        2          1 ") ==
        "20:13: error: found 2 modes, expected one mode a job");
  CHECK(message("nonrenewable              :  0", "nonrenewable              :  2") ==
        "10:1: error: found 2 resources that are used up, expected none (only renewable resources are planned with)");
  CHECK(message("2   3\n", "2   9\n") == "19:40: error: a successor: found \"9\", expected a whole number from 1 to 4");
  CHECK(message("2   3\n", "2   2\n") == "19:40: error: successor 2 stands here twice");
  CHECK(message("2   3\n", "2 1\n") == "19:38: error: the job is its own successor");
  CHECK(message("2   3\n", "2\n") == "19:37: error: the job's row has 4 numbers, expected 5");
  CHECK(message("2   3\n", "2 3 4\n") == "19:40: error: the job's row has 6 numbers, expected 5");
  CHECK(message("   3        1          1           4", "   2        1          1           4") ==
        "21:4: error: found a row of job 2, expected job 3");
  CHECK(message("  2      1     3", "  2      1    -3") ==
        "28:15: error: duration: found \"-3\", expected a whole number from 0 to 100000");
  CHECK(message("  2      1     3       2", "  2      1     3       x") ==
        "28:24: error: R 1: found \"x\", expected a whole number from 0 to 30000");
  CHECK(message("  2      1     3       2", "  2      1     3       3") ==
        "28:1: error: job 2 requests 3 of R 1, which has 2");
  CHECK(message("    1      2 ", "    1      3 ") ==
        "15:12: error: found 3 jobs, expected 2: the first and the last do not count");
  CHECK(message("   4        1          0        ", "   4        1          1           2") ==
        "17:1: error: 3 activities stand in or behind a circle of precedences");
  CHECK(message(":  4\n", ":  99999999999\n") ==
        "6:34: error: the number of jobs: found \"99999999999\", expected a whole number from 2 to 100000");
  CHECK(first_issue(kSmall + "more\n") == "sets/tiny_1.sm:36:1: error: found \"more\", expected the end");
}

}  // namespace
}  // namespace migplan

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "hand_made_plan.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

constexpr std::string_view kHead =
    "ID,WBS,Name,Duration,Start,Finish,Predecessors,Resource Names,Outline Level,Milestone,Text1,Text2\r\n";

}  // namespace

TEST_CASE("msproject format: a summary row a service, its phases below it, tied by IDs") {
  // auth: Mon 15 to Mon 29 without the 17th, with Sat the 20th: 11 working days. cart: 15 to 24: 8.
  CHECK(written(write_msproject, two_services()) ==
        std::string(kHead) +
            "1,1,auth,11 days,2024-01-15,2024-01-29,,,1,No,auth,\r\n"
            "2,1.1,build,3 days,2024-01-15,2024-01-18,,squads,2,No,auth,build\r\n"
            "3,1.2,cutover,1 days,2024-01-19,2024-01-19,2FS,crew,2,Yes,auth,cutover\r\n"
            "4,1.3,retire,10 edays,2024-01-20,2024-01-29,3FS,,2,No,auth,retire\r\n"
            "5,2,cart,8 days,2024-01-15,2024-01-24,,,1,No,cart,\r\n"
            "6,2.1,build,2 days,2024-01-15,2024-01-16,,squads,2,No,cart,build\r\n"
            "7,2.2,cutover,1 days,2024-01-24,2024-01-24,\"3FS,6FS\",crew,2,Yes,cart,cutover\r\n");
}

TEST_CASE("msproject format: several units of a resource are a share of it, and no name breaks the list") {
  Timetable plan = two_services();
  plan.resources[0].name = "=squads, of [A]; B";
  plan.tasks[0].amount = 2;
  const std::string text = written(write_msproject, std::move(plan));
  CHECK(has(text, ",\"'=squads  of  A   B[200%]\",2,No,auth,build\r\n"));
  CHECK(has(text, ",\"'=squads  of  A   B\",2,No,cart,build\r\n"));
}

TEST_CASE("msproject format: a service of which nothing is dated has no rows and takes no ID") {
  Timetable plan = two_services();
  plan.services.emplace_back();
  std::rotate(plan.services.begin(), plan.services.end() - 1, plan.services.end());
  CHECK(has(written(write_msproject, std::move(plan)), "\r\n1,1,auth,"));
}

TEST_CASE("msproject format: an empty plan is the header") {
  Timetable plan = two_services();
  plan.services.clear();
  plan.tasks.clear();
  CHECK(written(write_msproject, plan) == kHead);
  FormatOptions options;
  options.has_byte_order_mark = true;
  CHECK(written(write_msproject, plan, options) == "\xEF\xBB\xBF" + std::string(kHead));
}

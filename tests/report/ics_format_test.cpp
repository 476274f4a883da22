#include <catch2/catch.hpp>
#include <string>

#include "hand_made_plan.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

// Folded lines put together again.
std::string unfolded(std::string text) {
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
  return text;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace

TEST_CASE("ics format: the cutovers, the freezes and the end are events of whole days") {
  const std::string text = unfolded(written(write_ics, two_services()));
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//migplan//schedule//EN\r\n"));
  CHECK(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
  CHECK(count(text, "BEGIN:VEVENT\r\n") == 4);
  CHECK(has(text,
            "UID:freeze.2024-01-22.2024-01-23.cutover@migplan\r\nDTSTAMP:20240115T000000Z\r\n"
            "DTSTART;VALUE=DATE:20240122\r\nDTEND;VALUE=DATE:20240124\r\nSUMMARY:Freeze: stock-taking\r\n"));
  CHECK(has(text,
            "UID:auth.cutover@migplan\r\nDTSTAMP:20240115T000000Z\r\nDTSTART;VALUE=DATE:20240119\r\n"
            "DTEND;VALUE=DATE:20240120\r\nSUMMARY:auth: cutover\r\n"
            "DESCRIPTION:Tier S\\, route direct\\nbuild: 2024-01-15 to 2024-01-18\\ncutover: 2024-01-19\\n"
            "retire: 2024-01-20 to 2024-01-29\r\n"
            "CATEGORIES:cutover\r\nCATEGORIES:Tier S\r\nPRIORITY:1\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"));
}

TEST_CASE("ics format: with phases asked for, each is an event") {
  Timetable plan = two_services();
  plan.is_by_phase = true;
  const std::string text = unfolded(written(write_ics, std::move(plan)));
  CHECK(count(text, "BEGIN:VEVENT\r\n") == 7);
  CHECK(has(text, "UID:auth.retire@migplan\r\n"));
  CHECK(has(text, "DTSTART;VALUE=DATE:20240120\r\nDTEND;VALUE=DATE:20240130\r\n"));
}

TEST_CASE("ics format: lines end in CR LF, hold 75 bytes at most, and no character is cut") {
  Timetable plan = two_services();
  std::string long_name;
  for (int i = 0; i < 40; ++i) long_name += "购物车😀a";
  plan.services[0].display_name = long_name;
  const std::string text = written(write_ics, std::move(plan));
  std::size_t begin = 0;
  for (std::size_t end = text.find("\r\n"); end != std::string::npos; begin = end + 2, end = text.find("\r\n", begin)) {
    const std::string line = text.substr(begin, end - begin);
    CHECK(line.size() <= 75);
    CHECK(line.find('\n') == std::string::npos);
    const auto first = static_cast<unsigned char>(line.starts_with(' ') && line.size() > 1 ? line[1] : line[0]);
    CHECK((first & 0xC0) != 0x80);  // not inside a character
  }
  CHECK(begin == text.size());
  CHECK(has(unfolded(text), "DESCRIPTION:" + long_name + "\\nTier S"));
}

TEST_CASE("ics format: separators, line ends and control characters of names are escaped") {
  Timetable plan = two_services();
  plan.services[0].display_name = "a;b,c\\d\r\nEND:VEVENT\x1b";
  plan.tiers[0] = "S, x;y";
  const std::string text = unfolded(written(write_ics, std::move(plan)));
  CHECK(has(text, "DESCRIPTION:a\\;b\\,c\\\\d\\\\x0d\\nEND:VEVENT\\\\x1b\\nTier S\\, x\\;y"));
  CHECK(has(text, "CATEGORIES:Tier S  x y\r\n"));
  CHECK(count(text, "\r\nEND:VEVENT\r\n") == 4);
}

TEST_CASE("ics format: a freeze that is listed twice or lies outside the plan is one event or none") {
  WorkCalendar calendar = january();
  calendar.freezes.push_back(calendar.freezes.front());
  calendar.freezes.push_back({"long ago", day("2020-01-01"), day("2020-01-02"), {"cutover"}});
  Timetable plan = two_services();
  plan.calendar = &calendar;
  CHECK(count(written(write_ics, plan), "SUMMARY:Freeze") == 1);
}

TEST_CASE("ics format: the stamp is the day that the plan was made for") {
  Timetable plan = two_services();
  plan.made_for = day("2024-01-18");
  const std::string text = written(write_ics, std::move(plan));
  CHECK(count(text, "DTSTAMP:20240118T000000Z\r\n") == 4);
}

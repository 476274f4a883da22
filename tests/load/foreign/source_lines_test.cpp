#include "foreign/source_lines.hpp"
#include "evidence_reading.hpp"
#include "foreign/byte_size.hpp"

namespace migplan {
namespace {

using namespace evidence;

std::int64_t bytes_in(std::string_view text) {
  const auto size = take_size(text);
  return size && text.empty() ? size->steps() : -1;
}

TEST_CASE("byte size: units of 1024, fractions rounded half up") {
  CHECK(bytes_in("0") == 0);
  CHECK(bytes_in("12B") == 12);
  CHECK(bytes_in("51389K") == std::int64_t{51389} * 1024);
  CHECK(bytes_in("99208 kB") == std::int64_t{99208} * 1024);
  CHECK(bytes_in("3M") == std::int64_t{3} * 1048576);
  CHECK(bytes_in("2GB") == 2147483648);
  CHECK(bytes_in("22.7G") == 24373939405);  // 22.7 * 2^30 = 24373939404.8
  CHECK(bytes_in("0,5K") == 512);
  CHECK(bytes_in("0.0005K") == 1);  // 0.512
}

TEST_CASE("byte size: what is no size, or is out of range") {
  for (const std::string text :
       {"", "K", "-1K", "12Kelvin", "1.", "12Q", "1234567890123456789G", "999999999999999999K"}) {
    INFO(text);
    CHECK(bytes_in(text) == -1);
  }
}

TEST_CASE("source lines: the last one may have no end, and numbers beyond what a place holds stay at its greatest") {
  TextSource source("a\r\n\nlast");
  SourceLines lines(source, "in");
  REQUIRE(lines.next());
  CHECK(lines.line() == "a");
  CHECK(lines.is_whole());
  REQUIRE(lines.next());
  CHECK(lines.line().empty());
  REQUIRE(lines.next());
  CHECK(lines.line() == "last");
  CHECK_FALSE(lines.is_whole());
  CHECK(lines.at(2).line == 3);
  CHECK(lines.at(2).column == 3);
  CHECK_FALSE(lines.next());
  CHECK(LineChunk::line_for_people((std::uint64_t{1} << 32U) + 5) == std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("evidence: an empty text and one of no known tool are refused") {
  CHECK(complaints("") == "in: error: found nothing, expected the output of a tool");
  CHECK(complaints("hello, world\n").starts_with("in: error: not the output of a known tool (known: "));
}

}  // namespace
}  // namespace migplan

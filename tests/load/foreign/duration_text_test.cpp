#include "foreign/duration_text.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

namespace {

constexpr std::int64_t kDay = 86'400'000;

std::int64_t prometheus(std::string_view text) {
  const auto length = prometheus_duration(text);
  return length ? length->steps() : -1;
}

std::string openslo(std::string_view text) {
  const auto window = openslo_duration(text);
  return window ? to_string(*window) : "-";
}

}  // namespace

TEST_CASE("durations: Prometheus writes units in falling order") {
  CHECK(prometheus("4w") == 28 * kDay);
  CHECK(prometheus("30d") == 30 * kDay);
  CHECK(prometheus("1y") == 365 * kDay);
  CHECK(prometheus("1d12h") == 36 * kDay / 24);
  CHECK(prometheus("200ms") == 200);
  CHECK(prometheus("1m30s") == 90'000);
  CHECK(prometheus("0") == 0);
  for (const char* const wrong : {"", "4", "w", "4x", "12h1d", "1d1d", "-1d", "1.5d", "99999999999999d", "4 w", "1M"}) {
    INFO(wrong);
    CHECK(prometheus(wrong) == -1);
  }
}

TEST_CASE("durations: months, quarters and years of OpenSLO have no one length") {
  CHECK(openslo("2w") == "14 days");
  CHECK(openslo("1d") == "1 day");
  CHECK(openslo("90m") == "90 minutes");
  CHECK(openslo("1M") == "28 to 31 days");
  CHECK(openslo("1Q") == "90 to 92 days");
  CHECK(openslo("1Y") == "365 to 366 days");
  for (const char* const wrong : {"", "2", "w", "2W", "2w1d", "-2w", "100Y", "1Mo"}) {
    INFO(wrong);
    CHECK(openslo(wrong) == "-");
  }
  CHECK(to_string(*openslo_duration("30", "Day")) == "30 days");
  CHECK_FALSE(openslo_duration("30", "day").has_value());
}

TEST_CASE("durations: a window is whole seconds and 10,000 days at most") {
  CHECK(window_of(Seconds::whole(90)).has_value());
  CHECK_FALSE(window_of(Seconds::from_steps(1)).has_value());
  CHECK_FALSE(window_of(Seconds::whole(10'001 * 86'400LL)).has_value());
}

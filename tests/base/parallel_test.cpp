#include "migplan/base/parallel.hpp"

#include <catch2/catch.hpp>
#include <vector>

namespace migplan {
namespace {

TEST_CASE("for_each_range: every index is visited once for any count and number of threads", "[base]") {
  for (const std::size_t count : {0U, 1U, 4'095U, 8'191U, 8'192U, 20'001U}) {
    for (const unsigned threads : {0U, 1U, 2U, 3U, 16U}) {
      std::vector<int> visits(count, 0);
      for_each_range(count, threads, [&visits](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      CAPTURE(count, threads);
      REQUIRE(visits == std::vector<int>(count, 1));
    }
  }
}

}  // namespace
}  // namespace migplan

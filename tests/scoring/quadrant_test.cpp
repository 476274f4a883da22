#include "migplan/scoring/quadrant.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::Known;
using testing::of;
using testing::Random;
using testing::reference_rules;

// A place's disposition is a text of the policy, so that has to stay.
const QuadrantPolicy& reference() {
  static const QuadrantPolicy kRules = reference_rules().quadrant;
  return kRules;
}

QuadrantPlace place(const Coupling& coupling, const Platform& platform, const QuadrantPolicy& rules = reference()) {
  Service service;
  ServiceProfile profile;
  profile.coupling = coupling;
  profile.platform = platform;
  service.profile = &profile;
  return quadrant_place(service, rules);
}

Coupling coupling(std::string_view core_flow_calls, std::string_view data_interfaces) {
  Coupling made;
  made.core_flow_calls = Known{core_flow_calls};
  made.data_dependency_interfaces = Known{data_interfaces};
  return made;
}

// Obsolescence 1 - coverage, by this one fact.
Platform covered(std::string_view coverage) {
  Platform made;
  made.automated_test_coverage = Known{coverage};
  return made;
}

std::string grade(const GradeOf& found) { return found.grade ? fixed(found.grade->steps(), 4) : "unknown"; }

std::string obsolescence(const Platform& platform) { return grade(place({}, platform).obsolescence); }

TEST_CASE("quadrant: coupling 0.7 and obsolescence 0.2 have priority 4", "[scoring]") {
  // (12/12 + 8/20) / 2 = 0.7; 0.4 x 0.7 + 0.6 x 0.2 = 0.4, which binary floating point takes for less
  const QuadrantPlace found = place(coupling("12", "8"), covered("0.8"));
  CHECK(grade(found.coupling) == "0.7000");
  CHECK(grade(found.obsolescence) == "0.2000");
  CHECK(found.priority == 4);
  CHECK(found.coupling_band == Band::High);
  CHECK(found.obsolescence_band == Band::Low);
  CHECK(found.disposition == "incremental upgrade");
}

TEST_CASE("quadrant: priorities are kept within 1 and 10", "[scoring]") {
  CHECK(place(coupling("0", "0"), covered("1")).priority == 1);
  CHECK(place(coupling("12", "20"), covered("0")).priority == 10);
  CHECK(place(coupling("0", "0"), covered("0.67")).priority == 1);   // 0.6 x 0.33 = 0.198
  CHECK(place(coupling("12", "20"), covered("0.1")).priority == 9);  // 0.4 + 0.6 x 0.9 = 0.94
}

TEST_CASE("quadrant: the bands end at 0.3 and begin at 0.7", "[scoring]") {
  const auto band = [](std::string_view coverage) {
    return place(coupling("0", "0"), covered(coverage)).obsolescence_band;
  };
  CHECK(band("0.7") == Band::Low);
  CHECK(band("0.6999") == Band::Middle);
  CHECK(band("0.3001") == Band::Middle);
  CHECK(band("0.3") == Band::High);
  // rounded to 1/10000 first: 0.30004 is 0.3000
  CHECK(band("0.69996") == Band::Low);
  CHECK(band("0.69995") == Band::Middle);  // 0.30005, half up
}

TEST_CASE("quadrant: each pair of bands has its disposition", "[scoring]") {
  const auto disposition = [](std::string_view calls, std::string_view coverage) {
    return place(coupling(calls, "10"), covered(coverage)).disposition;
  };
  // (0/12 + 10/20) / 2 = 0.25, (6/12 + 1/2) / 2 = 0.5, (12/12 + 1/2) / 2 = 0.75
  CHECK(disposition("0", "0.9") == "watch");
  CHECK(disposition("0", "0.5") == "planned refactor");
  CHECK(disposition("0", "0.1") == "urgent isolation");
  CHECK(disposition("6", "0.9") == "watch");
  CHECK(disposition("6", "0.5") == "planned refactor");
  CHECK(disposition("6", "0.1") == "refactor now");
  CHECK(disposition("12", "0.9") == "incremental upgrade");
  CHECK(disposition("12", "0.5") == "refactor now");
  CHECK(disposition("12", "0.1") == "circuit-break and replace");
}

TEST_CASE("quadrant: without any fact of a side the place is unknown", "[scoring]") {
  const QuadrantPlace uncoupled = place({}, covered("0.5"));
  CHECK(grade(uncoupled.coupling) == "unknown");
  CHECK(uncoupled.coupling.facts == 0);
  CHECK(grade(uncoupled.obsolescence) == "0.5000");
  CHECK_FALSE(uncoupled.priority);
  CHECK_FALSE(uncoupled.coupling_band);
  CHECK_FALSE(uncoupled.obsolescence_band);
  CHECK(uncoupled.disposition.empty());
  const QuadrantPlace ageless = place(coupling("1", "1"), {});
  CHECK(grade(ageless.obsolescence) == "unknown");
  CHECK_FALSE(ageless.priority);
}

TEST_CASE("quadrant: a name of a framework is no fact of its age", "[scoring]") {
  Platform named;
  named.framework = "Spring Boot 1.5";
  CHECK(obsolescence(named) == "unknown");
}

TEST_CASE("quadrant: fewer facts make a mean of fewer and are counted", "[scoring]") {
  Coupling half;
  half.core_flow_calls = Known{"3"};
  const QuadrantPlace found = place(half, covered("0.5"));
  CHECK(grade(found.coupling) == "0.2500");
  CHECK(found.coupling.facts == 1);
  CHECK(found.obsolescence.facts == 1);
  CHECK(place(coupling("3", "0"), covered("0.5")).coupling.facts == kCouplingFacts);
  CHECK(grade(place(coupling("3", "0"), covered("0.5")).coupling) == "0.1250");
}

TEST_CASE("quadrant: obsolescence is the mean of six facts", "[scoring]") {
  Platform old;
  old.jdk = Known{"17"};                        // one of two releases behind: 0.5
  old.is_framework_end_of_life = true;          // 1
  old.automated_test_coverage = Known{"0.35"};  // 0.65
  old.cve_count = Known{"12"};                  // 12 of 30: 0.4
  old.missing_documentation = Known{"0.45"};    // 0.45
  old.community_activity = Known{"0.1"};        // 0.9
  const QuadrantPlace found = place({}, old);
  CHECK(found.obsolescence.facts == kObsolescenceFacts);
  CHECK(grade(found.obsolescence) == "0.6500");  // 3.9 / 6
}

TEST_CASE("quadrant: a framework that is alive counts as not old", "[scoring]") {
  Platform alive;
  alive.is_framework_end_of_life = false;
  CHECK(obsolescence(alive) == "0.0000");
  alive.is_framework_end_of_life = true;
  CHECK(obsolescence(alive) == "1.0000");
}

TEST_CASE("quadrant: a JDK is as old as the long-term releases after it", "[scoring]") {
  const auto age = [](std::string_view jdk) {
    Platform platform;
    platform.jdk = Known{jdk};
    return obsolescence(platform);
  };
  CHECK(age("21") == "0.0000");
  CHECK(age("17") == "0.5000");
  CHECK(age("11") == "1.0000");
  CHECK(age("8") == "1.0000");   // three behind, capped at two
  CHECK(age("22") == "0.0000");  // newer than the newest
  CHECK(age("18") == "0.5000");  // between two counts as the older one
  CHECK(age("6") == "1.0000");
}

TEST_CASE("quadrant: each fact is capped at its full scale", "[scoring]") {
  CHECK(grade(place(coupling("500", "0"), {}).coupling) == "0.5000");
  CHECK(grade(place(coupling("1000000000", "1000000000"), {}).coupling) == "1.0000");
  Platform leaky;
  leaky.cve_count = Known{"31"};
  CHECK(obsolescence(leaky) == "1.0000");
}

TEST_CASE("quadrant: grades are rounded half up to a ten thousandth", "[scoring]") {
  CHECK(grade(place(coupling("1", "0"), {}).coupling) == "0.0417");  // 1/24 = 0.041666…
  CHECK(grade(place(coupling("4", "0"), {}).coupling) == "0.1667");  // 1/6
  CHECK(obsolescence(covered("0.99995")) == "0.0001");               // 0.00005
  CHECK(obsolescence(covered("0.999951")) == "0.0000");
  Platform leaky;
  leaky.cve_count = Known{"1"};
  CHECK(obsolescence(leaky) == "0.0333");  // 1/30
}

TEST_CASE("quadrant: weights count by their proportion", "[scoring]") {
  QuadrantPolicy rules = reference();
  rules.coupling_weight = Weight::whole(2);
  rules.obsolescence_weight = Weight::whole(3);
  CHECK(place(coupling("12", "8"), covered("0.8"), rules).priority == 4);
  rules.obsolescence_weight = Weight{};
  CHECK(place(coupling("12", "8"), covered("0.8"), rules).priority == 7);
}

TEST_CASE("quadrant: the priority is the whole part of ten times the weighted grades", "[scoring][property]") {
  QuadrantPolicy rules = reference();
  rules.full_core_flow_calls = Count::whole(10'000);
  Random random(15);
  for (int round = 0; round < 20'000; ++round) {
    const std::int64_t c = random.between(0, 10'000), o = random.between(0, 10'000);
    Coupling coupled;
    coupled.core_flow_calls = Known{std::to_string(c)};
    const std::string coverage = fixed(10'000 - o, 4);
    const QuadrantPlace found = place(coupled, covered(coverage), rules);
    CAPTURE(c, o);
    // 10 x (0.4 c + 0.6 o) / 10000 = (4 c + 6 o) / 10000
    REQUIRE(found.priority == static_cast<int>(std::clamp<std::int64_t>((4 * c + 6 * o) / 10'000, 1, 10)));
    REQUIRE(found.coupling_band == (c <= 3'000 ? Band::Low : c < 7'000 ? Band::Middle : Band::High));
    REQUIRE(found.obsolescence_band == (o <= 3'000 ? Band::Low : o < 7'000 ? Band::Middle : Band::High));
  }
}

}  // namespace
}  // namespace migplan

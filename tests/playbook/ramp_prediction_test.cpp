// How long the grey release of a service takes.

#include "migplan/playbook/ramp_prediction.hpp"

#include <catch2/catch.hpp>

#include "builders.hpp"

using namespace migplan;
using namespace migplan::testing;

namespace {

RampPrediction prediction(const char* requests_per_second, const PolicyValues& rules = reference_rules()) {
  return ramp_prediction(policy(rules), of<RequestsPerSecond>(requests_per_second));
}

}  // namespace

TEST_CASE("ramp prediction: each share needs the pairs of the limit, and the service's traffic to give them") {
  // 299,572 pairs show 0.001 %; at 1, 5, 20, 50 and 100 % that is 100 + 20 + 5 + 2 + 1 = 128 times as many requests.
  const RampPrediction made = prediction("100");
  CHECK(made.pairs == 299'572);
  CHECK(made.requests == 38'345'216);
  CHECK(made.time == Hours::from_steps(107));  // 38,345,216 / 100 / 3600 = 106.5
}

TEST_CASE("ramp prediction: it fits the phase canary, or it does not") {
  // 10 working days of a week with 5 are 14 days, 336 hours: 38,345,216 / (336 x 3600) = 31.7 requests a second.
  CHECK(prediction("31.7").slot == CalendarDays::from_steps(14));
  CHECK(prediction("31.8").fits == true);
  CHECK(prediction("31.6").fits == false);
  CHECK(prediction("0").fits == false);
  CHECK_FALSE(prediction("0").time);
  CHECK_FALSE(ramp_prediction(policy(), std::nullopt).fits);
  CHECK_FALSE(ramp_prediction(policy(), std::nullopt).time);
}

TEST_CASE("ramp prediction: the policy's limits, shares and days decide") {
  PolicyValues rules = reference_rules();
  rules.canary.difference = of<Percent>("1");  // 299 pairs
  rules.canary.ramp = {of<Percent>("30"), of<Percent>("100")};
  rules.schedule.phases.at("canary") = rules.schedule.phases.at("retire");  // 10 calendar days
  const RampPrediction made = prediction("1", rules);
  CHECK(made.requests == 997 + 299);  // 299 / 0.3 = 996.7
  CHECK(made.time == Hours::from_steps(1));
  CHECK(made.slot == CalendarDays::from_steps(10));
  rules.schedule.phases.at("canary") = rules.schedule.phases.at("refactor");  // as long as the service's effort
  CHECK_FALSE(prediction("1", rules).slot);
  CHECK_FALSE(prediction("1", rules).fits);
}

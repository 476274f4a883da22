#include "migplan/verification/indicator.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

namespace {

Indicator indicator(std::string name, std::int64_t thousandths, std::string unit, Better better = Better::Lower) {
  Indicator one;
  one.name = std::move(name);
  one.unit = std::move(unit);
  one.better = better;
  one.value = RawValue::from_steps(thousandths * 1000);
  one.place = {"a.yaml", {7, 5}, "indicators[0]"};
  return one;
}

std::vector<IndicatorChange> changes(std::vector<Indicator> before, std::vector<Indicator> after) {
  auto result = indicator_changes(std::move(before), std::move(after));
  REQUIRE(result.is_ok());
  return std::move(result).value();
}

IndicatorChange change(const Indicator& before, const Indicator& after) { return changes({before}, {after}).front(); }

std::string percent(const IndicatorChange& one) {
  return one.percent ? fixed(one.percent->steps, one.percent->decimals) : "-";
}

std::string complaint(const Indicator& before, const Indicator& after) {
  const auto result = indicator_changes({before}, {after});
  REQUIRE_FALSE(result.is_ok());
  return to_string(result.issues().kept().front());
}

}  // namespace

TEST_CASE("outcome: the source's figures, by arithmetic", "[verification]") {
  // 42 min = 2520 s; (92 - 2520) / 2520 = -96.349 %. The source prints 96.4.
  CHECK(percent(change(indicator("t", 42'000, "min"), indicator("t", 92'000, "s"))) == "-96.3");
  // (3.2 - 28.7) / 28.7 = -88.8502 %. The source prints 88.8.
  CHECK(percent(change(indicator("t", 28'700, "min"), indicator("t", 3'200, "min"))) == "-88.9");
  // (51 - 89) / 89 = -42.697 %.
  CHECK(percent(change(indicator("t", 89'000, "%"), indicator("t", 51'000, "%"))) == "-42.7");
  CHECK(percent(change(indicator("t", 17'000, "a month"), indicator("t", 0, "a month"))) == "-100.0");
  // (2.1 - 14.3) / 14.3 = -85.315 %.
  CHECK(percent(change(indicator("t", 14'300, "d"), indicator("t", 2'100, "d"))) == "-85.3");
}

TEST_CASE("outcome: half a tenth is rounded up", "[verification]") {
  // 2000 to 2001 is 0.05 %, to 1999 -0.05 %.
  CHECK(percent(change(indicator("t", 2'000'000, ""), indicator("t", 2'001'000, ""))) == "0.1");
  CHECK(percent(change(indicator("t", 2'000'000, ""), indicator("t", 1'999'000, ""))) == "0.0");
  CHECK(percent(change(indicator("t", 2'000'000, ""), indicator("t", 1'998'999, ""))) == "-0.1");
}

TEST_CASE("outcome: units of one kind are converted", "[verification]") {
  const IndicatorChange hours = change(indicator("t", 1'500, "ms"), indicator("t", 2'000, "h"));
  CHECK(hours.unit == "ms");
  CHECK(hours.before_in_unit->steps == 1'500'000);
  CHECK(hours.after_in_unit->steps == 7'200'000'000'000);
  // Neither is a multiple of the other: 2 kB are 2000 bytes, 2 KiB 2048.
  const IndicatorChange bytes = change(indicator("t", 2'000, "kB"), indicator("t", 2'000, "KiB"));
  CHECK(bytes.unit == "B");
  CHECK(percent(bytes) == "2.4");
  CHECK(percent(change(indicator("t", 2'000, "%"), indicator("t", 5'000, "permille"))) == "-75.0");
  CHECK(percent(change(indicator("t", 3'000, "分钟"), indicator("t", 90'000, "秒"))) == "-50.0");
  CHECK(complaint(indicator("t", 1, "min"), indicator("t", 1, "MiB")) ==
        "a.yaml:7:5: error: indicators[0]: \"t\" is in \"MiB\" here, and in \"min\" at a.yaml:7 indicators[0]");
  CHECK(complaint(indicator("t", 1, "a day"), indicator("t", 1, "a month")).find("in \"a month\" here") !=
        std::string::npos);
}

TEST_CASE("outcome: an indicator is judged by its direction", "[verification]") {
  const auto verdict = [](std::int64_t before, std::int64_t after, Better better) {
    const auto all = changes({indicator("t", before, "s", better)}, {indicator("t", after, "s", better)});
    return outcome_checks(all, "cart").front().verdict;
  };
  CHECK(verdict(2, 1, Better::Lower) == Verdict::Pass);
  CHECK(verdict(1, 2, Better::Lower) == Verdict::Fail);
  CHECK(verdict(1, 2, Better::Higher) == Verdict::Pass);
  CHECK(verdict(2, 1, Better::Higher) == Verdict::Fail);
  CHECK(verdict(2, 2, Better::Higher) == Verdict::Pass);
  CHECK(verdict(0, 0, Better::Lower) == Verdict::Pass);
  CHECK(complaint(indicator("t", 1, "", Better::Lower), indicator("t", 1, "", Better::Higher)) ==
        "a.yaml:7:5: error: indicators[0]: of \"t\" higher is better here, and lower at a.yaml:7 indicators[0]");
}

TEST_CASE("outcome: of 0 there is no per cent", "[verification]") {
  const auto all = changes({indicator("t", 0, "s")}, {indicator("t", 5'000, "s")});
  CHECK(percent(all.front()) == "-");
  const Check check = outcome_checks(all, "").front();
  CHECK(check.verdict == Verdict::Fail);
  CHECK(check.message == "t: 0 s before, 5 s after, no per cent of 0; lower is better");
}

TEST_CASE("outcome: what one side does not have is open", "[verification]") {
  const auto all = changes({indicator("gone", 1'000, "s"), indicator("kept", 1'000, "s")},
                           {indicator("new", 1'000, "s"), indicator("kept", 1'000, "s")});
  const auto checks = outcome_checks(all, "cart");
  REQUIRE(checks.size() == 3);
  CHECK(checks[0].message == "gone: nothing says what it is after");
  CHECK(checks[0].verdict == Verdict::Inconclusive);
  CHECK(checks[1].message == "kept: 1 s before, 1 s after, 0.0 %: unchanged");
  CHECK(checks[2].message == "new: nothing says what it was before");
  CHECK_FALSE(indicator_changes({indicator("t", 1, ""), indicator("t", 1, "")}, {}).is_ok());
}

TEST_CASE("outcome: the greatest values do not overflow", "[verification]") {
  Indicator most = indicator("t", 0, "d"), least = indicator("t", 0, "ns");
  most.value = RawValue::max();
  least.value = RawValue::from_steps(1);
  const auto grown = changes({least}, {most});
  CHECK(percent(grown.front()) == "-");
  CHECK_FALSE(grown.front().after_in_unit.has_value());
  CHECK(outcome_checks(grown, "").front().message ==
        "t: 0.000001 ns before, 1000000000000 d after, a change beyond all per cent; lower is better");
  CHECK(percent(changes({most}, {least}).front()) == "-100.0");
}

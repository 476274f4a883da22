#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "evidence_reading.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/load/objectives_reader.hpp"

using namespace migplan;
using evidence::complaints;
using evidence::fixture;

namespace {

Result<std::vector<ServiceObjective>> read(std::string_view text) {
  TextSource source(text);
  return read_objectives(source, "slo.yaml");
}

std::string shown(const ServiceObjective& one) {
  std::string text = one.service + "/" + one.name + " " + std::string(name_of(one.kind)) + " " + trimmed(one.target);
  if (one.stated_budget) text += " budget " + trimmed(*one.stated_budget);
  if (one.latency_limit) text += " within " + trimmed(*one.latency_limit) + " ms";
  if (one.window) text += " in " + to_string(*one.window);
  if (one.is_rolling) text += *one.is_rolling ? " rolling" : " calendar";
  if (one.budget_of == BudgetOf::TimeSlices) text += " slices";
  return text;
}

using Lines = std::vector<std::string>;

Lines objectives_in(std::string_view text) {
  const auto result = read(text);
  INFO(complaints(result.issues()));
  REQUIRE(result.is_ok());
  Lines lines;
  for (const ServiceObjective& one : result.value()) lines.push_back(shown(one));
  return lines;
}

std::string refusal(std::string_view text) {
  const auto result = read(text);
  CHECK_FALSE(result.is_ok());
  return complaints(result.issues());
}

const std::string kRatio =
    "  indicator:\n    spec:\n      ratioMetric: {total: {metricSource: {}}, bad: {metricSource: {}}}\n";

std::string openslo(const std::string& objectives, const std::string& more = "  budgetingMethod: Occurrences\n") {
  return "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: errors}\nspec:\n  service: cart\n" + kRatio + more +
         "  objectives:\n" + objectives;
}

std::string sloth(const std::string& slo) { return "version: prometheus/v1\nservice: cart\nslos:\n" + slo; }
const std::string kEvents = "    sli: {events: {error_query: 'a[{{.window}}]', total_query: 'b[{{ .window }}]'}}\n";

std::string pyrra(const std::string& spec) {
  return "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: cart-errors}\nspec:\n" + spec;
}
const std::string kPyrraRatio = "  indicator: {ratio: {errors: {metric: a}, total: {metric: b}}}\n";

}  // namespace

TEST_CASE("objectives: the source's own file, whatever way its percentages are written") {
  const Lines expected{"/availability availability 99.95 budget 0.5 in 28 to 31 days",
                       "/latency-p95 latency 95 within 320 ms"};
  CHECK(objectives_in("error_budget_monthly: 0.5%\nlatency_p95_target_ms: 320\navailability_slo: \"99.95%\"\n") ==
        expected);
  CHECK(objectives_in("availability_slo: 99.95\nerror_budget_monthly: 0.5\nlatency_p95_target_ms: 320\n") == expected);
  CHECK(
      objectives_in(R"({"availability_slo": 0.9995, "error_budget_monthly": "0.5%", "latency_p95_target_ms": 320})") ==
      expected);
  CHECK(objectives_in("service: cart\nerror_budget_monthly: 0.1%\n") ==
        Lines{"cart/availability availability 99.9 in 28 to 31 days"});
}

TEST_CASE("objectives: the source's own file is read strictly") {
  CHECK(refusal("availability_slo: 99.95\nlatency_p95_ms: 320\n") ==
        "slo.yaml:2:1: error: unknown key \"latency_p95_ms\" in objectives (known: schema, service, "
        "error_budget_monthly, latency_p95_target_ms, availability_slo)");
  CHECK(refusal("availability_slo: 101%\n").starts_with("slo.yaml:1:19: error: availability_slo: found \"101%\""));
  CHECK(refusal("availability_slo: 1\n").find("1 might be either") != std::string::npos);
  CHECK(refusal("availability_slo: 99.99999999\n") ==
        "slo.yaml:1:19: error: availability_slo: found 99.99999999, expected no more than millionths of a percent");
  CHECK(refusal("availability_slo:\n").find("no objective stands in this file") != std::string::npos);
}

TEST_CASE("openslo: fractions and percentages are exact") {
  CHECK(objectives_in(openslo("    - target: 0.999\n")) == Lines{"cart/errors availability 99.9"});
  CHECK(objectives_in(openslo("    - targetPercent: 99.95\n")) == Lines{"cart/errors availability 99.95"});
  CHECK(objectives_in(openslo("    - {displayName: fair, target: 0.98}\n    - target: 0.9999\n")) ==
        Lines{"cart/errors/fair availability 98", "cart/errors/2 availability 99.99"});
  CHECK(refusal(openslo("    - target: 99.9\n")) ==
        "slo.yaml:11:15: error: spec.objectives[0].target: found 99.9, expected a number, 0 to 1 (a percentage stands "
        "under targetPercent: 99.9)");
  CHECK(refusal(openslo("    - {target: 0.9, targetPercent: 90}\n")).find("side by side") != std::string::npos);
  CHECK(refusal(openslo("    - {}\n")).find("spec.objectives[0].target: missing") != std::string::npos);
}

TEST_CASE("openslo: windows, rolling and by the calendar") {
  const auto window = [](const std::string& text) {
    return objectives_in(openslo("    - target: 0.9\n", "  budgetingMethod: Occurrences\n" + text)).front();
  };
  CHECK(window("  timeWindow: [{duration: 4w, isRolling: true}]\n") ==
        "cart/errors availability 90 in 28 days rolling");
  CHECK(window("  timeWindow: [{duration: 1M, calendar: {timeZone: UTC}}]\n") ==
        "cart/errors availability 90 in 28 to 31 days calendar");
  CHECK(window("  timeWindows: [{count: 30, unit: Day}]\n") == "cart/errors availability 90 in 30 days");
  const auto wrong = [](const std::string& text) { return refusal(openslo("    - target: 0.9\n", text)); };
  CHECK(wrong("  timeWindow: [{duration: 4 weeks}]\n").find("spec.timeWindow[0].duration: found \"4 weeks\"") !=
        std::string::npos);
  CHECK(wrong("  timeWindow: [{duration: 4w}, {duration: 1w}]\n").find("found 2 windows, expected one") !=
        std::string::npos);
}

TEST_CASE("openslo: budgets of time slices, thresholds and indicators that stand elsewhere") {
  CHECK(objectives_in(openslo("    - {target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 1m}\n",
                              "  budgetingMethod: Timeslices\n")) == Lines{"cart/errors availability 99 slices"});
  CHECK(
      refusal(openslo("    - {target: 0.99}\n", "  budgetingMethod: Timeslices\n")) ==
      "slo.yaml:11:7: error: spec.objectives[0].timeSliceWindow: missing, expected the length of a slice, such as 1m\n"
      "slo.yaml:11:7: error: spec.objectives[0].timeSliceTarget: missing, expected a fraction above 0, up to 1");
  const std::string slo =
      "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: speed}\nspec:\n  service: cart\n  indicatorRef: latency\n"
      "  budgetingMethod: Occurrences\n  objectives: [{op: lt, value: 500, target: 0.99}]\n";
  const auto unknown = read(slo);
  REQUIRE(unknown.is_ok());
  CHECK(unknown.value()[0].kind == ObjectiveKind::Unknown);
  CHECK(unknown.value()[0].notes == Lines{"its indicator \"latency\" is not in this file"});
  const auto known = read(slo +
                          "---\napiVersion: openslo/v1\nkind: SLI\nmetadata: {name: latency}\n"
                          "spec: {thresholdMetric: {metricSource: {}}}\n");
  REQUIRE(known.is_ok());
  REQUIRE(known.value().size() == 1);
  CHECK(known.value()[0].kind == ObjectiveKind::Threshold);
  CHECK(known.value()[0].notes == Lines{"values are to be less than 500, whose unit stands in the query"});
}

TEST_CASE("openslo: other documents beside an objective are passed over, other versions are not") {
  CHECK(objectives_in("apiVersion: openslo/v1\nkind: Service\nmetadata: {name: cart}\n---\n" +
                      openslo("    - target: 0.9\n") + "---\napiVersion: openslo/v1\nkind: AlertPolicy\n")
            .size() == 1);
  CHECK(refusal("apiVersion: openslo/v1\nkind: DataSource\n") == "slo.yaml: error: no objective stands in this file");
  CHECK(refusal("apiVersion: openslo.com/v2alpha\nkind: SLO\n") ==
        "slo.yaml:1:13: error: apiVersion: found \"openslo.com/v2alpha\", expected one of openslo/v1, openslo/v1alpha");
}

TEST_CASE("sloth: objectives are percentages, in a file and in a resource") {
  CHECK(objectives_in(sloth("  - name: errors\n    objective: 99.9\n" + kEvents)) ==
        Lines{"cart/errors availability 99.9 rolling"});
  CHECK(objectives_in("apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nspec:\n  service: cart\n  slos:\n"
                      "    - {name: a, objective: 99.99, sli: {raw: {errorRatioQuery: 'a[{{.window}}]'}}}\n"
                      "    - {name: b, objective: 99, sli: {plugin: {id: p}}}\n") ==
        Lines{"cart/a availability 99.99 rolling", "cart/b availability 99 rolling"});
  const auto quoted = read(sloth("  - name: errors\n    objective: '99.9'\n" + kEvents));
  CHECK(quoted.is_ok());
  CHECK(quoted.issues().warnings() == 1);
}

TEST_CASE("sloth: what Sloth itself refuses is refused") {
  const auto wrong = [](const std::string& slo) { return refusal(sloth(slo)); };
  CHECK(wrong("  - name: a\n    objective: 101\n" + kEvents) ==
        "slo.yaml:5:16: error: slos[0].objective: found 101, expected a number, 0 to 100");
  CHECK(wrong("  - name: a\n    objective: 0\n" + kEvents).find("above 0") != std::string::npos);
  CHECK(wrong("  - name: a\n    objective: 99.9%\n" + kEvents).find("without the sign") != std::string::npos);
  CHECK(wrong("  - name: a\n    objective: 99.9\n").find("slos[0].sli: missing") != std::string::npos);
  CHECK(wrong("  - name: a\n    objective: 99.9\n    sli: {raw: {error_ratio_query: 'a[5m]'}}\n")
            .find("expected a query over [{{.window}}]") != std::string::npos);
  CHECK(wrong("  - name: a\n    objective: 99.9\n    sli: {raw: {}, plugin: {}}\n").find("found 2 of events") !=
        std::string::npos);
  CHECK(refusal("version: prometheus/v999\nservice: a\nslos: []\n") ==
        "slo.yaml:1:10: error: version: found \"prometheus/v999\", expected prometheus/v1");
}

TEST_CASE("objectives: rules that Sloth generated are no objectives") {
  CHECK(refusal("groups:\n- name: g\n  rules:\n  - record: r\n    labels: {sloth_service: cart}\n") ==
        "slo.yaml:1:1: error: these are rules of Prometheus, not service level objectives (name the file of cart that "
        "Sloth generated them from)");
  CHECK(refusal("a: 1\n").find("no service level objectives in a format that is known (known: ") != std::string::npos);
  CHECK(refusal("").find("no service level objectives") != std::string::npos);
}

TEST_CASE("pyrra: ratios, latencies and windows") {
  CHECK(objectives_in(pyrra("  target: '99.5'\n  window: 7d\n" + kPyrraRatio)) ==
        Lines{"cart-errors/cart-errors availability 99.5 in 7 days rolling"});
  CHECK(objectives_in(pyrra("  target: '90'\n  window: 4w\n  indicator:\n    latency:\n"
                            "      success: {metric: 'http_duration_seconds_bucket{handle=\"a\", le=\"0.05\"}'}\n"
                            "      total: {metric: http_duration_seconds_count}\n")) ==
        Lines{"cart-errors/cart-errors latency 90 within 50 ms in 28 days rolling"});
  CHECK(objectives_in(pyrra("  target: '99'\n  window: 2w\n  indicator:\n"
                            "    latencyNative: {latency: 200ms, total: {metric: a}}\n")) ==
        Lines{"cart-errors/cart-errors latency 99 within 200 ms in 14 days rolling"});
  CHECK(objectives_in(pyrra("  target: '99'\n  window: 2w\n  indicator: {bool_gauge: {metric: up}}\n")).size() == 1);
  // The unit of a histogram is in its name, or nowhere.
  const auto unit =
      read(pyrra("  target: '90'\n  window: 4w\n  indicator:\n    latency:\n"
                 "      success: {metric: 'x_bucket{le=\"50\"}'}\n      total: {metric: x_count}\n"));
  REQUIRE(unit.is_ok());
  CHECK_FALSE(unit.value()[0].latency_limit.has_value());
}

TEST_CASE("pyrra: what it refuses is refused, and a number where it wants a text is told") {
  CHECK(refusal(pyrra("  target: '101'\n  window: 7d\n" + kPyrraRatio)) ==
        "slo.yaml:5:11: error: spec.target: found \"101\", expected a number, 0 to 100");
  CHECK(refusal(pyrra("  window: 7\n  indicator: {}\n")) ==
        "slo.yaml:5:11: error: spec.window: found 7, expected a duration such as 4w (put it in quotes)\n"
        "slo.yaml:6:14: error: spec.indicator: found 0 indicators, expected one of ratio, latency, latencyNative, "
        "bool_gauge\n"
        "slo.yaml:5:3: error: spec.target: missing, expected a percentage in quotes, such as '99.5'");
  const auto number = read(pyrra("  target: 99.5\n  window: 7d\n" + kPyrraRatio));
  CHECK(number.is_ok());
  CHECK(number.issues().warnings() == 1);
}

TEST_CASE("objectives: files of a folder are told by their keys") {
  CHECK(has_objectives("# ours\navailability_slo: 99.9\n"));
  CHECK(has_objectives("apiVersion: openslo/v1\n"));
  CHECK(has_objectives("{\"apiVersion\": \"pyrra.dev/v1alpha1\"}"));
  CHECK(has_objectives("---\nversion: \"prometheus/v1\"\n"));
  CHECK(has_objectives("- apiVersion: 'openslo/v1alpha'\n"));
  CHECK_FALSE(has_objectives("    sloth_spec: prometheus/v1\n"));
  CHECK_FALSE(has_objectives("apiVersion: v1\nversion: 5\n"));
  CHECK_FALSE(has_objectives(""));
}

TEST_CASE("objectives: files of the tools are read as they say", "[fixtures]") {
  const std::vector<std::pair<std::string, Lines>> files{
      {"sloth-getting-started.yml", {"myservice/requests-availability availability 99.9 rolling"}},
      {"sloth-kubernetes-apiserver.yml",
       {"k8s-apiserver/requests-availability availability 99.9 rolling",
        "k8s-apiserver/requests-latency availability 99 rolling"}},
      {"sloth-multifile.yml",
       {"myservice/requests-availability availability 99.9 rolling",
        "myservice2/requests-availability availability 99.99 rolling"}},
      {"sloth-no-alerts.yml", {"myapp/http-availability availability 99.99 rolling"}},
      {"sloth-openslo-getting-started.yml", {"my-service/sloth-slo-my-service availability 99.9 in 30 days"}},
      {"sloth-openslo-kubernetes-apiserver.yml",
       {"k8s-apiserver/requests-availability-openslo availability 99.9 in 30 days",
        "k8s-apiserver/requests-latency-openslo/1 availability 99 in 30 days",
        "k8s-apiserver/requests-latency-openslo/2 availability 99.9 in 30 days"}},
      {"sloth-test-in-openslo.yaml", {"svc01/slo1 availability 99.9 in 30 days"}},
      {"openslo-budgeting-method_occurences-slo.yaml", {"web-shop/search-slo threshold 99 in 14 days rolling"}},
      {"openslo-budgeting-method_ratio-timeslices.yaml",
       {"web-shop/main-page availability 99 in 14 days rolling slices"}},
      {"openslo-treat-low-traffic-as-equally-important_timeslices-slo.yaml",
       {"web-availability/service-availability availability 99.95 in 7 days calendar slices"}},
      {"pyrra-caddy-response-latency.yaml",
       {"caddy-response-latency/caddy-response-latency latency 90 within 50 ms in 28 days rolling"}},
      {"pyrra-nginx.yaml",
       {"nginx-api-errors/nginx-api-errors availability 99.9 in 28 days rolling",
        "nginx-api-latency/nginx-api-latency latency 90 within 1000 ms in 28 days rolling"}},
      {"pyrra-parca-grpc-queryrange-errors.yaml",
       {"parca-grpc-queryrange-errors/parca-grpc-queryrange-errors availability 99 in 14 days rolling"}},
      {"pyrra-prometheus-http.yaml", {"prometheus-api-query/prometheus-api-query availability 99 in 7 days rolling"}},
      {"pyrra-pyrra-connect-latency.yaml",
       {"pyrra-connect-latency/pyrra-connect-latency latency 99 within 200 ms in 14 days rolling"}},
  };
  for (const auto& [name, lines] : files) {
    const auto text = fixture("slo/" + name);
    if (!text) return;
    INFO(name);
    CHECK(objectives_in(*text) == lines);
    CHECK(has_objectives(*text));
  }
}

TEST_CASE("objectives: files that Sloth refuses or generates are refused", "[fixtures]") {
  for (const char* const name : {"aa", "ab", "ba"}) {
    const auto text = fixture("slo/sloth-test-bad-" + std::string(name) + ".yaml");
    if (!text) return;
    INFO(name);
    CHECK(refusal(*text) == "slo.yaml:28:16: error: slos[1].objective: found 101, expected a number, 0 to 100");
  }
  CHECK(refusal(*fixture("slo/sloth-test-in-invalid-version.yaml")).find("expected prometheus/v1") !=
        std::string::npos);
  for (const char* const name : {"getting-started", "home-wifi", "kubernetes-apiserver", "multifile", "no-alerts",
                                 "openslo-getting-started", "openslo-kubernetes-apiserver"}) {
    const auto text = fixture("slo/sloth-gen-" + std::string(name) + ".yml");
    if (!text) return;
    INFO(name);
    CHECK(refusal(*text).find("these are rules of Prometheus, not service level objectives (name the file of") !=
          std::string::npos);
    CHECK_FALSE(has_objectives(*text));
  }
}

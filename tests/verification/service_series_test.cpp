#include "migplan/verification/service_series.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>
#include <utility>

using namespace migplan;

namespace {

using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// A series of one point.
void add(MetricSamples& samples, Labels labels, double value) {
  samples.add_series("calls", MetricType::Counter, {});
  for (const auto& [name, label] : labels) samples.add_label(name, label);
  samples.add_point({0, value});
}

double sum(const MetricSamples& samples) {
  double result = 0;
  for (const auto& series : samples.series()) result += samples.points(series)[0].value;
  return result;
}

constexpr std::array<std::string_view, 1> kCart{"cart"};

}  // namespace

TEST_CASE("service_series: a file that names nobody is all of the service's", "[verification]") {
  MetricSamples all;
  add(all, {{"code", "OK"}}, 1);
  add(all, {{"job", "whatever"}}, 2);
  const ServiceSeries found = series_of(all, kCart);
  CHECK(sum(found.samples) == 3);
  CHECK(found.others.empty());
  CHECK_FALSE(found.is_foreign);
}

TEST_CASE("service_series: of a file of many services only the service's own series are taken", "[verification]") {
  MetricSamples all;
  add(all, {{"service", "cart"}}, 1);
  add(all, {{"service", "search"}}, 10);
  add(all, {{"code", "OK"}}, 100);  // of whom?
  add(all, {{"app", "Cart"}}, 1000);
  add(all, {{"service.name", "shop/cart"}, {"app", "platform"}}, 10'000);
  const ServiceSeries found = series_of(all, kCart);
  CHECK(sum(found.samples) == 11'001);
  CHECK(found.others == std::vector<std::string>{"search"});
}

TEST_CASE("service_series: series without a name go with those that have the service's", "[verification]") {
  MetricSamples all;
  add(all, {{"service", "cart"}}, 1);
  add(all, {}, 10);
  CHECK(sum(series_of(all, kCart).samples) == 11);
}

TEST_CASE("service_series: a file of other services alone is foreign, unless one is an alias", "[verification]") {
  MetricSamples all;
  add(all, {{"service", "search"}}, 1);
  add(all, {{"app", "basket"}}, 2);
  add(all, {{"app", "basket"}}, 3);
  const ServiceSeries found = series_of(all, kCart);
  CHECK(found.is_foreign);
  CHECK(found.samples.series().empty());
  CHECK(found.others == std::vector<std::string>{"basket", "search"});
  const std::array<std::string_view, 2> names{"cart", "basket"};
  CHECK(sum(series_of(all, names).samples) == 5);
}

TEST_CASE("service_series: containers and pods choose where no series has a service's label", "[verification]") {
  MetricSamples all;
  add(all, {{"pod", "cart-5d8f7c6b9-x2x7z"}, {"container", "main"}}, 1);
  add(all, {{"pod", "cart-cache-5d8f7c6b9-x2x7z"}, {"container", "main"}}, 10);
  add(all, {{"pod", "p"}, {"container", "cart"}}, 100);
  CHECK(sum(series_of(all, kCart).samples) == 101);
  const std::array<std::string_view, 1> other{"search"};
  CHECK(sum(series_of(all, other).samples) == 111);  // nothing can be said
}

TEST_CASE("service_series: pods are told from those of longer names", "[verification]") {
  CHECK(is_pod_of("cart-5d8f7c6b9-x2x7z", "cart"));
  CHECK(is_pod_of("cart-0", "cart"));
  CHECK(is_pod_of("cart-12", "cart"));
  CHECK(is_pod_of("cart-x2x7z", "cart"));
  CHECK_FALSE(is_pod_of("cart", "cart"));
  CHECK_FALSE(is_pod_of("cart-", "cart"));
  CHECK_FALSE(is_pod_of("cartridge-0", "cart"));
  CHECK_FALSE(is_pod_of("cart-cache-0", "cart"));
  CHECK_FALSE(is_pod_of("cart-cache-x2x7z", "cart"));
  CHECK_FALSE(is_pod_of("cart-5d8f7c6b9-x2x7z", "cart-5d8f7c6b9-x2x7z"));
}

TEST_CASE("service_series: labels, points and places are kept", "[verification]") {
  MetricSamples all;
  all.file = "dump.prom";
  all.add_series("total", MetricType::Counter, {7, 1}).is_delta = true;
  all.add_label("service", "cart");
  all.add_label("code", "OK");
  all.add_point({1000, 1});
  all.add_point({2000, 5});
  const ServiceSeries found = series_of(all, kCart);
  REQUIRE(found.samples.series().size() == 1);
  const auto& series = found.samples.series()[0];
  CHECK(found.samples.file == "dump.prom");
  CHECK(series.name == "total");
  CHECK(series.is_delta);
  CHECK(series.at.line == 7);
  CHECK(found.samples.label(series, "code") == "OK");
  CHECK(found.samples.points(series)[1].value == 5);
}

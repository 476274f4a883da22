#include "migplan/verification/metric_facts.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "samples_builder.hpp"

namespace migplan {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kMinute = 60'000;

using Notes = std::vector<std::string>;

TEST_CASE("grpc calls: a single dump counts since the process began") {
  SamplesBuilder made;
  made.once("grpc_server_handled_total", {{"grpc_code", "OK"}, {"grpc_method", "Get"}}, 990)
      .once("grpc_server_handled_total", {{"grpc_code", "OK"}, {"grpc_method", "Put"}}, 5)
      .once("grpc_server_handled_total", {{"grpc_code", "Unavailable"}, {"grpc_method", "Get"}}, 3)
      .once("grpc_server_handled_total", {{"grpc_code", "DeadlineExceeded"}, {"grpc_method", "Get"}}, 2)
      .once("process_start_time_seconds", {}, 1709258400.25);
  const auto calls = grpc_calls(made.made());
  REQUIRE(calls);
  CHECK(calls->calls == 1000);
  CHECK(calls->count(GrpcStatus::Ok) == 995);
  CHECK(calls->count(GrpcStatus::Unavailable) == 3);
  CHECK(calls->count(GrpcStatus::DeadlineExceeded) == 2);
  CHECK(calls->began_ms == 1709258400250);
  CHECK_FALSE(calls->ended_ms);
  CHECK(calls->notes == Notes{"counted since the process began"});
  CHECK(to_string(calls->place) == "m:1 grpc_server_handled_total");
}

TEST_CASE("grpc calls: of several points counts what was added, and what a new process counted anew") {
  SamplesBuilder made;
  // 100 to 150: 50; begins anew, to 20: 20; to 30: 10. Together 80.
  made.series("grpc_server_handled_total", {{"grpc_code", "OK"}, {"instance", "a"}},
              {{0, 100}, {1, 150}, {2, 20}, {3, 30}})
      .series("grpc_server_handled_total", {{"grpc_code", "OK"}, {"instance", "b"}}, {{0, 1000}, {3, 1007}});
  const auto calls = grpc_calls(made.made());
  REQUIRE(calls);
  CHECK(calls->calls == 87);
  CHECK(calls->began_ms == 0);
  CHECK(calls->ended_ms == 3 * kMinute);
  CHECK(calls->notes == Notes{"1 times a counter began anew; what it counted since was added"});
}

TEST_CASE("grpc calls: a counter that its process did not have at first counts from 0, those of a new process do not") {
  SamplesBuilder made;
  made.series("grpc_server_handled_total", {{"grpc_code", "OK"}, {"instance", "a"}}, {{0, 100}, {1, 150}, {2, 190}})
      // The first UNAVAILABLE came between minutes 0 and 1: 3 at once, then one more.
      .series("grpc_server_handled_total", {{"grpc_code", "UNAVAILABLE"}, {"instance", "a"}}, {{1, 3}, {2, 4}})
      // A single point at the end counts, too.
      .series("grpc_server_handled_total", {{"grpc_code", "INTERNAL"}, {"instance", "a"}}, {{2, 5}})
      // Nothing tells since when b counts: 10 of its calls are known.
      .series("grpc_server_handled_total", {{"grpc_code", "OK"}, {"instance", "b"}}, {{1, 500}, {2, 510}});
  const auto calls = grpc_calls(made.made());
  REQUIRE(calls);
  CHECK(calls->count(GrpcStatus::Unavailable) == 4);
  CHECK(calls->count(GrpcStatus::Internal) == 5);
  CHECK(calls->count(GrpcStatus::Ok) == 90 + 10);
  CHECK(calls->notes == Notes{"2 counters came up meanwhile and count from 0"});
}

TEST_CASE("grpc calls: codes as Go, Java, Spring and OpenTelemetry write them") {
  const auto unavailable = [](std::string_view name, const Labels& labels) {
    SamplesBuilder made;
    const auto calls = grpc_calls(made.once(name, labels, 7).made());
    return calls && calls->calls == 7 && calls->count(GrpcStatus::Unavailable) == 7;
  };
  CHECK(unavailable("grpc_server_handled_total", {{"grpc_code", "Unavailable"}}));
  CHECK(unavailable("grpc_server_handled_total", {{"code", "UNAVAILABLE"}, {"grpc_code", "UNAVAILABLE"}}));
  CHECK(unavailable("grpc_server_processing_duration_seconds_count", {{"statusCode", "UNAVAILABLE"}}));
  CHECK(unavailable("rpc.server.duration_count", {{"rpc.grpc.status_code", "14"}, {"rpc.system", "grpc"}}));
  CHECK(unavailable("rpc_server_duration_milliseconds_count", {{"rpc_grpc_status_code", "14"}}));
  CHECK(unavailable("rpc_server_call_duration_seconds_count", {{"rpc_response_status_code", "UNAVAILABLE"}}));
  CHECK(unavailable("grpc_server_call_duration_seconds_count", {{"grpc_status", "UNAVAILABLE"}}));
}

TEST_CASE("grpc calls: what servers count goes before what clients count, and neither is added") {
  SamplesBuilder made;
  made.once("grpc_client_handled_total", {{"grpc_code", "OK"}}, 400)
      .once("grpc_server_handled_total", {{"grpc_code", "OK"}}, 300)
      .once("rpc.server.duration_count", {{"rpc.grpc.status_code", "0"}}, 200);
  const auto calls = grpc_calls(made.made());
  REQUIRE(calls);
  CHECK(calls->calls == 300);
  CHECK(calls->notes == Notes{"counted since the process began",
                              "rpc.server.duration_count counts calls, too, and was not added",
                              "grpc_client_handled_total counts calls, too, and was not added"});
  SamplesBuilder clients;
  CHECK(grpc_calls(clients.once("grpc_client_handled_total", {{"grpc_code", "OK"}}, 400).made())->notes ==
        Notes{"counted by clients", "counted since the process began"});
}

TEST_CASE("grpc calls: codes that are not known are counted and told") {
  SamplesBuilder made;
  made.once("grpc_server_handled_total", {{"grpc_code", "Tired"}}, 4).once("grpc_server_handled_total", {}, 6);
  const auto calls = grpc_calls(made.made());
  REQUIRE(calls);
  CHECK(calls->calls == 10);
  CHECK(calls->notes ==
        Notes{"counted since the process began", "6 calls without a code", "4 calls with the unknown code \"Tired\""});
}

TEST_CASE("grpc calls: points that are no counts are left out, increments are added up") {
  SamplesBuilder made;
  made.series("grpc_server_handled_total", {{"grpc_code", "OK"}},
              {{0, 10}, {1, std::nan("")}, {2, kInfinity}, {3, -1}, {4, 15}});
  const auto calls = grpc_calls(made.made());
  REQUIRE(calls);
  CHECK(calls->calls == 5);
  CHECK(calls->notes == Notes{"3 points that are no counts were left out"});
  SamplesBuilder delta;
  CHECK(grpc_calls(
            delta.delta("rpc.server.duration_count", {{"rpc.grpc.status_code", "0"}}, {{0, 10}, {1, 3}, {2, 4}}).made())
            ->calls == 17);
}

TEST_CASE("grpc calls: counts beyond what a double tells apart are no counts, and sums stay in their range") {
  SamplesBuilder made;
  made.once("grpc_server_handled_total", {{"grpc_code", "OK"}}, 9.1e15);
  CHECK(grpc_calls(made.made())->calls == 0);
  SamplesBuilder resets;
  std::vector<std::pair<int, double>> points;
  for (int i = 0; i < 3000; ++i) points.emplace_back(i, i % 2 == 0 ? 0 : 9e15);
  resets.series("grpc_server_handled_total", {{"grpc_code", "OK"}}, points);
  CHECK(grpc_calls(resets.made())->calls == 9'000'000'000'000'000);
}

TEST_CASE("grpc calls: other systems of remote calls and results without a name tell nothing") {
  SamplesBuilder made;
  made.once("rpc.server.duration_count", {{"rpc.system", "apache_dubbo"}}, 4).once("", {{"grpc_code", "OK"}}, 6);
  CHECK_FALSE(grpc_calls(made.made()));
  CHECK_FALSE(grpc_calls(MetricSamples()));
}

TEST_CASE("resident memory: the greatest over time of a single container") {
  SamplesBuilder made;
  made.series("container_memory_working_set_bytes", {{"pod", "cart-1"}, {"container", "cart"}}, {{0, 100}, {1, 300}})
      .series("container_memory_working_set_bytes", {{"pod", "cart-2"}, {"container", "cart"}},
              {{0, 100}, {1, 400}, {2, 200}})
      // Of the whole pod, of its pause container and of the machine.
      .series("container_memory_working_set_bytes", {{"pod", "cart-2"}, {"container", ""}, {"id", "/kubepods/1"}},
              {{0, 900}, {1, 900}})
      .series("container_memory_working_set_bytes", {{"pod", "cart-2"}, {"container", "POD"}}, {{0, 901}, {1, 901}})
      .series("container_memory_working_set_bytes", {{"id", "/"}}, {{0, 999}, {1, 999}})
      .series("process_resident_memory_bytes", {{"pod", "cart-2"}}, {{0, 5000}, {1, 5000}});
  const auto reading = resident_memory(made.made());
  REQUIRE(reading);
  CHECK(reading->kind == MemoryKind::ResidentPeak);
  CHECK(reading->size == Bytes::from_steps(400));
  CHECK(reading->samples == 3);
  CHECK(reading->began_ms == 0);
  CHECK(reading->ended_ms == 2 * kMinute);
  CHECK(
      reading->note ==
      "greatest of the samples; peaks between them are not seen; the greatest of 2 series: container=cart, pod=cart-2");
  CHECK(to_string(reading->place) == "m:2 container_memory_working_set_bytes");
}

TEST_CASE("resident memory: one instant is no peak") {
  SamplesBuilder made;
  const auto reading = resident_memory(made.once("process_resident_memory_bytes", {}, 5.7085952e+07).made());
  REQUIRE(reading);
  CHECK(reading->kind == MemoryKind::ResidentNow);
  CHECK(reading->size == Bytes::from_steps(57085952));
  CHECK(reading->note == "one instant, no peak");
  CHECK_FALSE(reading->began_ms);
}

TEST_CASE("resident memory: NaN, infinities and results without a name tell nothing") {
  SamplesBuilder made;
  made.series("process_resident_memory_bytes", {}, {{0, std::nan("")}, {1, kInfinity}, {2, -5}}).once("", {}, 63000576);
  CHECK_FALSE(resident_memory(made.made()));
}

TEST_CASE("heap memory: the pools of a Java machine are added up for each time that has them all") {
  const auto pool = [](const std::string& id, const std::string& area) {
    return Labels{{"area", area}, {"id", id}, {"instance", "a"}};
  };
  SamplesBuilder made;
  made.series("jvm_memory_used_bytes", pool("Eden", "heap"), {{0, 10}, {1, 50}, {2, 5}, {3, 900}})
      .series("jvm_memory_used_bytes", pool("Old", "heap"), {{0, 100}, {1, 70}, {2, 105}})
      .series("jvm_memory_used_bytes", pool("Metaspace", "nonheap"), {{0, 7000}, {1, 7000}});
  const auto reading = heap_memory(made.made());
  REQUIRE(reading);
  // 110, 120, 110; minute 3 has one pool only.
  CHECK(reading->size == Bytes::from_steps(120));
  CHECK(reading->kind == MemoryKind::HeapPeak);
  CHECK(reading->samples == 3);
}

TEST_CASE("heap memory: names of OpenTelemetry and of Go") {
  SamplesBuilder otel;
  otel.once("jvm.memory.used", {{"jvm.memory.type", "heap"}, {"jvm.memory.pool.name", "Eden"}}, 40)
      .once("jvm.memory.used", {{"jvm.memory.type", "heap"}, {"jvm.memory.pool.name", "Old"}}, 2);
  CHECK(heap_memory(otel.made())->size == Bytes::from_steps(42));
  CHECK(heap_memory(otel.made())->kind == MemoryKind::HeapNow);
  SamplesBuilder go;
  go.series("go_memstats_heap_inuse_bytes", {}, {{0, 10}, {1, 20}});
  CHECK(heap_memory(go.made())->kind == MemoryKind::HeapPeak);
  CHECK(heap_memory(go.made())->size == Bytes::from_steps(20));
  CHECK_FALSE(heap_memory(MetricSamples()));
}

TEST_CASE("histogram buckets: series are added up, each bucket by what it counted in the time") {
  SamplesBuilder made;
  made.series("lat_bucket", {{"le", "0.1"}, {"instance", "a"}}, {{0, 10}, {1, 14}})
      .series("lat_bucket", {{"le", "+Inf"}, {"instance", "a"}}, {{0, 20}, {1, 30}})
      .series("lat_bucket", {{"le", "0.1"}, {"instance", "b"}}, {{0, 1}, {1, 2}})
      .series("lat_bucket", {{"le", "0.5"}, {"instance", "b"}}, {{0, 1}, {1, 4}})
      .series("lat_bucket", {{"le", "+Inf"}, {"instance", "b"}}, {{0, 1}, {1, 6}});
  const auto buckets = histogram_buckets(made.made(), "lat");
  // a: 4 up to 0.1 and, as it has no bound of 0.5, up to there; 10 in all. b: 1, 3, 5.
  REQUIRE(buckets.size() == 3);
  CHECK(buckets[0].upper == 0.1);
  CHECK(buckets[0].count == 5);
  CHECK(buckets[1].upper == 0.5);
  CHECK(buckets[1].count == 7);
  CHECK(buckets[2].upper == kInfinity);
  CHECK(buckets[2].count == 15);
  CHECK(histogram_buckets(made.made(), "other").empty());
}

TEST_CASE("histogram quantile: linear in its bucket, whose bounds are told") {
  const std::vector<CumulativeBucket> buckets{{0.1, 50}, {0.2, 90}, {0.5, 99}, {kInfinity, 100}};
  const auto at = [&buckets](double quantile) { return *histogram_quantile(quantile, buckets); };
  CHECK(at(0.5).value == Approx(0.1));                 // rank 50 is the end of the first bucket
  CHECK(at(0.25).value == Approx(0.05));               // 25 of 50 from 0
  CHECK(at(0.7).value == Approx(0.15));                // rank 70: 20 of the 40 in (0.1, 0.2]
  CHECK(at(0.95).value == Approx(0.2 + 0.3 * 5 / 9));  // rank 95: 5 of the 9 in (0.2, 0.5]
  CHECK(at(0.95).lower == 0.2);
  CHECK(at(0.95).upper == 0.5);
}

TEST_CASE("histogram quantile: above all finite bounds only the greatest of them is known") {
  const auto quantile = histogram_quantile(0.995, {{0.1, 50}, {0.5, 99}, {kInfinity, 100}});
  REQUIRE(quantile);
  CHECK(quantile->value == 0.5);
  CHECK(quantile->lower == 0.5);
  CHECK(quantile->upper == kInfinity);
}

TEST_CASE("histogram quantile: a first bucket that ends at or below 0 has no width") {
  CHECK(histogram_quantile(0.1, {{-1, 5}, {1, 10}, {kInfinity, 10}})->value == -1);
  // Rank 7.5: 2.5 of the 5 in (-1, 1].
  CHECK(histogram_quantile(0.75, {{-1, 5}, {1, 10}, {kInfinity, 10}})->value == Approx(0));
}

TEST_CASE("histogram quantile: nothing is known without observations or bounds") {
  CHECK_FALSE(histogram_quantile(0.5, {}));
  CHECK_FALSE(histogram_quantile(0.5, {{kInfinity, 10}}));
  CHECK_FALSE(histogram_quantile(0.5, {{0.1, 5}, {0.2, 10}}));
  CHECK_FALSE(histogram_quantile(0.5, {{0.1, 0}, {kInfinity, 0}}));
  CHECK_FALSE(histogram_quantile(0, {{0.1, 0}, {kInfinity, 5}}));
}

TEST_CASE("histogram quantile: all in the first bucket is as fine as that bucket, whatever was measured elsewhere") {
  // Prometheus' own answer of the recorded load: 0.95 * 0.1 s, where wrk measured a p99 of 8.33 ms.
  const auto quantile = histogram_quantile(0.95, {{0.1, 186276}, {0.2, 186276}, {kInfinity, 186276}});
  REQUIRE(quantile);
  CHECK(quantile->value == Approx(0.095));
  CHECK(quantile->upper - quantile->lower == Approx(0.1));
}

}  // namespace
}  // namespace migplan

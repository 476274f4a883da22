#include "migplan/load/gate_evidence.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

LoadTest load_test(std::string file) {
  LoadTest test;
  test.place.file = std::move(file);
  return test;
}

std::vector<MemoryReading> peak(std::string file, std::int64_t bytes) {
  MemoryReading reading;
  reading.place.file = std::move(file);
  reading.size = Bytes::whole(bytes);
  return {reading};
}

// Counters of gRPC calls that ended well and ones that ended UNAVAILABLE, and the resident memory of a process.
MetricSamples metrics(std::string_view service, double well, double unavailable, double resident) {
  MetricSamples samples;
  const auto add = [&](std::string_view name, MetricType type, std::string_view code, double value) {
    samples.add_series(name, type, {3, 1});
    if (!service.empty()) samples.add_label("service", service);
    if (!code.empty()) samples.add_label("grpc_code", code);
    samples.add_point({1000, value});
  };
  if (well + unavailable > 0) {
    add("grpc_server_handled_total", MetricType::Counter, "OK", well);
    add("grpc_server_handled_total", MetricType::Counter, "Unavailable", unavailable);
  }
  if (resident > 0) {
    add("process_resident_memory_bytes", MetricType::Gauge, "", resident);
    samples.add_point({2000, resident / 2});
  }
  return samples;
}

ServiceManifest cart() {
  ServiceManifest manifest;
  manifest.service = "cart";
  manifest.file = "e.yaml";
  return manifest;
}

EvidenceFile named(std::string path) { return {std::move(path), {4, 7}}; }

template <class... File>
EvidenceFiles files(File&&... file) {
  EvidenceFiles all;
  (all.insert_or_assign(std::string(file.first), Evidence(std::move(file.second))), ...);
  return all;
}

}  // namespace

TEST_CASE("gate evidence: what files hold goes where it belongs") {
  ServiceManifest manifest = cart();
  manifest.baseline.load_test = {named("a")};
  manifest.baseline.memory = {named("b")};
  manifest.candidate.any = {named("c"), named("d"), named("m")};
  const GateEvidence evidence = accepted(gate_evidence(
      manifest, files(std::pair("a", load_test("a")), std::pair("b", peak("b", 7)), std::pair("c", load_test("c")),
                      std::pair("d", peak("d", 9)), std::pair("m", metrics("", 90, 10, 5)))));
  CHECK(evidence.service == "cart");
  CHECK(evidence.baseline.load_tests.size() == 1);
  CHECK(evidence.baseline.memory.size() == 1);
  CHECK(evidence.candidate.load_tests.size() == 1);
  REQUIRE(evidence.candidate.memory.size() == 2);
  CHECK(evidence.candidate.memory[1].kind == MemoryKind::ResidentPeak);
  CHECK(evidence.candidate.memory[1].size == Bytes::whole(5));
  REQUIRE(evidence.candidate.grpc.size() == 1);
  CHECK(evidence.candidate.grpc[0].calls == 100);
  CHECK(evidence.candidate.grpc[0].count(GrpcStatus::Unavailable) == 10);
}

TEST_CASE("gate evidence: of metrics only what they were named for is taken") {
  ServiceManifest manifest = cart();
  manifest.candidate.memory = {named("m")};
  const auto read = files(std::pair("m", metrics("cart", 90, 10, 5)));
  CHECK(accepted(gate_evidence(manifest, read)).candidate.grpc.empty());
  std::swap(manifest.candidate.memory, manifest.candidate.grpc);
  const GateEvidence evidence = accepted(gate_evidence(manifest, read));
  CHECK(evidence.candidate.memory.empty());
  CHECK(evidence.candidate.grpc.size() == 1);
}

TEST_CASE("gate evidence: numbers of the manifest stand beside files") {
  ServiceManifest manifest = cart();
  manifest.candidate.stated.memory = peak("e.yaml", 3);
  manifest.candidate.memory = {named("d")};
  CHECK(accepted(gate_evidence(manifest, files(std::pair("d", peak("d", 9))))).candidate.memory.size() == 2);
}

TEST_CASE("gate evidence: a file of another kind is an error of the manifest") {
  ServiceManifest manifest = cart();
  manifest.baseline.load_test = {named("d"), named("m")};
  manifest.candidate.memory = {named("a")};
  manifest.candidate.grpc = {named("d"), named("a")};
  CHECK(complaints(gate_evidence(manifest, files(std::pair("a", load_test("a")), std::pair("d", peak("d", 9)),
                                                 std::pair("m", metrics("", 1, 1, 1))))) ==
        "e.yaml:4:7: error: baseline.load_test: \"d\" holds readings of memory, expected the output of a load "
        "generator\n"
        "e.yaml:4:7: error: baseline.load_test: \"m\" holds metrics, expected the output of a load generator\n"
        "e.yaml:4:7: error: candidate.memory: \"a\" holds a load test, expected a reading of memory, or metrics\n"
        "e.yaml:4:7: error: candidate.grpc: \"d\" holds readings of memory, expected metrics\n"
        "e.yaml:4:7: error: candidate.grpc: \"a\" holds a load test, expected metrics");
}

TEST_CASE("gate evidence: metrics of other services alone are an error, unless one is an alias") {
  ServiceManifest manifest = cart();
  manifest.candidate.grpc = {named("m")};
  const auto read = files(std::pair("m", metrics("basket", 90, 10, 0)));
  CHECK(complaints(gate_evidence(manifest, read)) ==
        "m: error: holds metrics of basket, none of cart (if that is another name of it, put it under aliases of an "
        "evidence manifest)");
  manifest.aliases = {"basket"};
  CHECK(accepted(gate_evidence(manifest, read)).candidate.grpc.size() == 1);
}

TEST_CASE("gate evidence: metrics that say nothing are warned of, and are no zero") {
  ServiceManifest manifest = cart();
  manifest.candidate.memory = {named("grpc")};
  manifest.candidate.grpc = {named("memory")};
  manifest.candidate.any = {named("none")};
  const auto result =
      gate_evidence(manifest, files(std::pair("grpc", metrics("", 1, 1, 0)), std::pair("memory", metrics("", 0, 0, 1)),
                                    std::pair("none", metrics("", 0, 0, 0))));
  CHECK(complaints(result) ==
        "grpc: warning: holds no metrics of memory that are known here\n"
        "memory: warning: holds no metrics of gRPC calls that a server handled that are known "
        "here\n"
        "none: warning: holds no samples: that is no evidence");
  const GateEvidence& evidence = accepted(result);
  CHECK(evidence.candidate.memory.empty());
  CHECK(evidence.candidate.grpc.empty());
}

TEST_CASE("gate evidence: the paths of a manifest are listed once each, in its order") {
  ServiceManifest manifest = cart();
  manifest.candidate.grpc = {named("m"), named("a")};
  manifest.candidate.memory = {named("m")};
  manifest.baseline.any = {named("z")};
  CHECK(evidence_paths(manifest) == std::vector<std::string>{"z", "m", "a"});
}

TEST_CASE("gate evidence: a file that no reader knows is refused, whatever the number of threads") {
  for (const unsigned threads : {1U, 4U}) {
    std::vector<EvidenceSource> sources;
    for (const char* name : {"a", "b", "c"}) {
      sources.push_back({name, std::make_unique<OwnedText>(std::string("what is ") + name + "?")});
    }
    const auto result = read_evidence_files(std::move(sources), threads);
    REQUIRE(result.issues().errors() == 3);
    CHECK(result.issues().kept()[0].file == "a");
    CHECK(result.issues().kept()[2].file == "c");
  }
  CHECK(accepted(read_evidence_files({}, 2)).empty());
}

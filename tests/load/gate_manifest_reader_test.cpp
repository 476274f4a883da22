#include "migplan/load/gate_manifest_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

using Manifests = std::vector<ServiceManifest>;

Result<Manifests> read(std::string_view text) {
  TextSource source(text);
  return read_gate_manifest(source, "e.yaml");
}

std::string paths(const std::vector<EvidenceFile>& files) {
  std::string text;
  for (const EvidenceFile& file : files) text += file.path + "@" + std::to_string(file.at.line) + " ";
  return text;
}

}  // namespace

TEST_CASE("gate manifest: each kind of evidence is a path, a list of paths, or numbers") {
  const Manifests all =
      accepted(read("schema: migplan/evidence/v1\n"
                    "service: cart\n"
                    "aliases: cart-svc\n"
                    "baseline:\n"
                    "  load_test: old.jtl\n"
                    "  memory:\n"
                    "    - gc.log\n"
                    "    - status\n"
                    "candidate:\n"
                    "  load_test: {tps: 1200, requests: 86000, failed: 43}\n"
                    "  memory: {resident_peak_bytes: 1000, live_heap_bytes: 300}\n"
                    "  grpc: {calls: 86000, unavailable: 12, deadline_exceeded: 3}\n"));
  REQUIRE(all.size() == 1);
  const ServiceManifest& cart = all[0];
  CHECK(cart.service == "cart");
  CHECK(cart.aliases == std::vector<std::string>{"cart-svc"});
  CHECK(cart.file == "e.yaml");
  CHECK(cart.at.line == 2);
  CHECK(paths(cart.baseline.load_test) == "old.jtl@5 ");
  CHECK(paths(cart.baseline.memory) == "gc.log@7 status@8 ");
  CHECK(cart.baseline.grpc.empty());
  CHECK(cart.candidate.load_test.empty());

  const GateSide& stated = cart.candidate.stated;
  REQUIRE(stated.load_tests.size() == 1);
  // 1200 (86000 - 43) / 86000 = 1199.4: what failed is no throughput.
  CHECK(stated.load_tests[0].succeeded_rate == RequestsPerSecond::from_steps(1'199'400'000));
  CHECK(stated.load_tests[0].rate == RequestsPerSecond::whole(1200));
  CHECK(stated.load_tests[0].failed == 43);
  CHECK(to_string(stated.load_tests[0].place) == "e.yaml:10 candidate.load_test");
  REQUIRE(stated.memory.size() == 2);
  CHECK(stated.memory[0].kind == MemoryKind::ResidentPeak);
  CHECK(stated.memory[0].size == Bytes::whole(1000));
  CHECK(stated.memory[1].kind == MemoryKind::LiveHeap);
  CHECK(to_string(stated.memory[1].place) == "e.yaml:11 candidate.memory.live_heap_bytes");
  REQUIRE(stated.grpc.size() == 1);
  CHECK(stated.grpc[0].calls == 86'000);
  CHECK(stated.grpc[0].count(GrpcStatus::Unavailable) == 12);
  CHECK(stated.grpc[0].count(GrpcStatus::DeadlineExceeded) == 3);
}

TEST_CASE("gate manifest: a rate alone is one of successful requests") {
  const Manifests all = accepted(read("service: cart\ncandidate: {load_test: {tps: 1200.5}}\n"));
  CHECK(all[0].candidate.stated.load_tests[0].succeeded_rate == RequestsPerSecond::from_steps(1'200'500'000));
  CHECK_FALSE(all[0].candidate.stated.load_tests[0].requests);
}

TEST_CASE("gate manifest: several services stand under services, in JSON as well") {
  const Manifests all = accepted(read(
      "{\"services\": [{\"service\": \"b\"},\n{\"service\": \"a\", \"baseline\": {\"load_test\": {\"tps\": 1}}}]}"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].service == "b");
  CHECK(all[1].service == "a");
  CHECK(to_string(all[1].baseline.stated.load_tests[0].place) == "e.yaml:2 services[1].baseline.load_test");
}

TEST_CASE("gate manifest: an empty list and nothing at all are no evidence") {
  const Manifests all = accepted(read("service: cart\nbaseline: {load_test: [], memory: null}\ncandidate:\n"));
  CHECK(all[0].baseline.load_test.empty());
  CHECK(all[0].baseline.stated.memory.empty());
}

TEST_CASE("gate manifest: a manifest names one service or several") {
  CHECK(complaints(read("baseline: {}\n")) == "e.yaml:1:1: error: evidence has neither service nor services");
  CHECK(complaints(read("service: cart\nservices: [{service: auth}]\n")) ==
        "e.yaml:1:1: error: service: stands beside services (put it into one of them)");
  CHECK(complaints(read("services: []\n")) == "e.yaml:1:1: error: services: found none, expected one or more");
  CHECK(complaints(read("services: [{baseline: {}}]\n")) ==
        "e.yaml:1:12: error: services[0]: service has no service, expected a label (a-z, 0-9 and '-', at most 63, a "
        "letter or digit at both ends)");
}

TEST_CASE("gate manifest: numbers must go together") {
  const auto of_load = [](std::string numbers) {
    return complaints(read("service: cart\nbaseline:\n  load_test: {" + numbers + "}\n"));
  };
  CHECK(of_load("requests: 5, failed: 1") ==
        "e.yaml:3:14: error: baseline.load_test: load test has no tps, expected a number (requests per second), 0 to "
        "1000000000");
  CHECK(of_load("tps: 5, requests: 5") ==
        "e.yaml:3:14: error: baseline.load_test: load test has requests without failed (how many of them failed? 0 is "
        "a number, too)");
  CHECK(of_load("tps: 5, failed: 5") ==
        "e.yaml:3:14: error: baseline.load_test: load test has failed without requests");
  CHECK(of_load("tps: 5, requests: 5, failed: 6") ==
        "e.yaml:3:36: error: baseline.load_test.failed: found 6, expected no more than the 5 requests");
  CHECK(of_load("tps: 5, requests: 0, failed: 0") ==
        "e.yaml:3:23: error: baseline.load_test.requests: found 0, expected more");
  CHECK(complaints(read("service: cart\nbaseline: {memory: {}}\n")) ==
        "e.yaml:2:20: error: baseline.memory: memory has no number (known: resident_peak_bytes, heap_peak_bytes, "
        "live_heap_bytes)");
  CHECK(complaints(read("service: cart\nbaseline: {memory: {heap_peak_bytes: 0}}\n")) ==
        "e.yaml:2:21: error: baseline.memory.heap_peak_bytes: found 0, expected more");
  CHECK(complaints(read("service: cart\ncandidate: {grpc: {calls: 9, unavailable: 5, deadline_exceeded: 5}}\n")) ==
        "e.yaml:2:20: error: candidate.grpc.calls: found 9, expected no fewer than the 10 that ended UNAVAILABLE or "
        "DEADLINE_EXCEEDED");
  CHECK(complaints(read("service: cart\ncandidate: {grpc: {calls: 9, unavailable: 5}}\n")) ==
        "e.yaml:2:19: error: candidate.grpc: grpc has no deadline_exceeded, expected a whole number, 0 to "
        "1000000000000000");
}

TEST_CASE("gate manifest: a path is a text that is not empty") {
  CHECK(complaints(read("service: cart\nbaseline: {memory: 5}\n")) ==
        "e.yaml:2:20: error: baseline.memory: found 5, expected text (put it in quotes)");
  CHECK(complaints(read("service: cart\nbaseline: {memory: ['']}\n")) ==
        "e.yaml:2:21: error: baseline.memory[0]: found an empty text, expected a path");
  CHECK(complaints(read("service: cart\nbaseline: {memory: [[a]]}\n")) ==
        "e.yaml:2:21: error: baseline.memory[0]: found a list, expected a single value");
  CHECK(complaints(read("service: cart\nbaseline: {memory: {resident_peak_byte: 5}}\n"))
            .find("did you mean resident_peak_bytes?") != std::string::npos);
}

TEST_CASE("gate manifest: a file of both sides is refused") {
  CHECK(
      complaints(read("service: cart\nbaseline:\n  load_test: run.jtl\ncandidate:\n  load_test: [a.jtl, run.jtl]\n")) ==
      "e.yaml:5:22: error: \"run.jtl\" is evidence of the baseline, too, at line 3");
  CHECK(read("service: cart\nbaseline: {memory: dump.prom}\ncandidate: {grpc: dump.prom}\n").is_ok());
}

TEST_CASE("gate manifest: a file that cannot be read is an error of access") {
  FailingSource source("service: cart\n");
  const auto result = read_gate_manifest(source, "e.yaml");
  CHECK_FALSE(result.is_ok());
  CHECK(result.issues().has_access_errors());
}

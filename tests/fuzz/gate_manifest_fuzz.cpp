#include "migplan/load/gate_manifest_reader.hpp"
#include "migplan/verification/gate.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

const GatePolicy kPolicy{.throughput_lift = Percent::whole(30),
                         .memory_drop = Percent::whole(45),
                         .grpc_unavailable = Percent::from_steps(100'000),
                         .grpc_deadline_exceeded = Percent::from_steps(50'000),
                         .confidence = Percent::whole(95)};

void check_side(const SideManifest& side) {
  for (const auto* files : {&side.load_test, &side.memory, &side.grpc}) {
    for (const EvidenceFile& file : *files) {
      fuzz::require(!file.path.empty() && file.at.line != 0, "a file has a path and a place", file.path);
    }
  }
  for (const LoadTest& test : side.stated.load_tests) {
    fuzz::require(*test.succeeded_rate <= *test.rate, "no more requests succeed than there are");
  }
  for (const MemoryReading& reading : side.stated.memory)
    fuzz::require(reading.size > Bytes{}, "memory is not nothing");
  for (const GrpcCalls& calls : side.stated.grpc) {
    fuzz::require(calls.count(GrpcStatus::Unavailable) + calls.count(GrpcStatus::DeadlineExceeded) <= calls.calls,
                  "no more calls end so than there are");
  }
}

// What is printed must say the same as the verdict.
void check_verdict(const Check& check) {
  fuzz::require(!check.message.empty(), "a check says why");
  if (!check.observed) {
    fuzz::require(check.verdict == Verdict::Inconclusive, "nothing observed is no verdict", check.message.english());
    return;
  }
  const bool is_share = check.rule.starts_with("gate-grpc");
  const std::int64_t observed = check.observed->steps, limit = check.limit->steps;
  const bool is_kept = is_share ? observed <= limit : observed >= limit;
  fuzz::require(check.verdict != (is_kept ? Verdict::Fail : Verdict::Pass), "the observed value agrees",
                check.message.english());
  if (!is_share) return;
  fuzz::require(check.low->steps <= observed && observed <= check.high->steps, "bounds lie about it",
                check.message.english());
  const bool is_open = check.verdict == Verdict::Inconclusive;
  const bool is_settled = is_kept ? check.high->steps <= limit : check.low->steps > limit;
  fuzz::require(is_open != is_settled, "the bound on its side decides", check.message.english());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TextSource source(fuzz::text_of(data, size));
  const auto manifests = read_gate_manifest(source, "input");
  fuzz::require(manifests.is_ok() != manifests.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(manifests.issues());
  if (!manifests.is_ok()) return 0;
  fuzz::require(!manifests.value().empty(), "a manifest is of some service");
  for (const ServiceManifest& manifest : manifests.value()) {
    check_side(manifest.baseline);
    check_side(manifest.candidate);
    const auto checks = gate_checks({manifest.service, manifest.baseline.stated, manifest.candidate.stated}, kPolicy);
    fuzz::require(checks.size() == kGateRules.size(), "every rule has a check");
    for (const Check& check : checks) check_verdict(check);
  }
  return 0;
}

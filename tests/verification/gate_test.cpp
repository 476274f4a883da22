#include "migplan/verification/gate.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "builders.hpp"

using namespace migplan;
using migplan::testing::of;

namespace {

// The limits of the built-in policy: 30 %, 45 %, 0.1 %, 0.05 % at 95 %.
const GatePolicy kPolicy{.throughput_lift = Percent::whole(30),
                         .memory_drop = Percent::whole(45),
                         .grpc_unavailable = Percent::from_steps(100'000),
                         .grpc_deadline_exceeded = Percent::from_steps(50'000),
                         .confidence = Percent::whole(95)};

EvidencePlace place(std::string file) { return {std::move(file), {}, {}}; }

LoadTest rate(std::string file, std::string_view succeeded) {
  LoadTest test;
  test.place = place(std::move(file));
  test.succeeded_rate = of<RequestsPerSecond>(succeeded);
  return test;
}

LoadTest counted(std::string file, std::vector<std::uint32_t> seconds) {
  LoadTest test = rate(std::move(file), "1");
  test.succeeded = std::move(seconds);
  return test;
}

LoadTest timed(std::string file, std::string_view succeeded, std::int64_t began_s, std::int64_t seconds) {
  LoadTest test = rate(std::move(file), succeeded);
  test.duration = Seconds::whole(seconds);
  test.began_ms = began_s * 1000;
  test.ended_ms = (began_s + seconds) * 1000;
  return test;
}

MemoryReading reading(MemoryKind kind, std::int64_t bytes, std::string file = "m") {
  MemoryReading result;
  result.place = place(std::move(file));
  result.kind = kind;
  result.size = Bytes::whole(bytes);
  return result;
}

GrpcCalls calls(std::uint64_t all, std::uint64_t unavailable, std::uint64_t exceeded) {
  GrpcCalls result;
  result.place = place("calls.prom");
  result.calls = all;
  result.ended[static_cast<std::size_t>(GrpcStatus::Unavailable)] = unavailable;
  result.ended[static_cast<std::size_t>(GrpcStatus::DeadlineExceeded)] = exceeded;
  return result;
}

Check throughput(std::vector<LoadTest> before, std::vector<LoadTest> after, const GatePolicy& policy = kPolicy) {
  return gate_checks({"cart", {std::move(before), {}, {}}, {std::move(after), {}, {}}}, policy)[0];
}
Check memory(std::vector<MemoryReading> before, std::vector<MemoryReading> after) {
  return gate_checks({"cart", {{}, std::move(before), {}}, {{}, std::move(after), {}}}, kPolicy)[1];
}
Check grpc(std::vector<GrpcCalls> candidate, std::size_t rule = 2) {
  return gate_checks({"cart", {}, {{}, {}, std::move(candidate)}}, kPolicy)[rule];
}

bool says(const Check& check, std::string_view words) {
  return check.message.english().find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("gate: without any evidence every check is inconclusive and says what is missing", "[verification]") {
  const auto checks = gate_checks({"cart", {}, {}}, kPolicy);
  REQUIRE(checks.size() == 4);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    CHECK(checks[i].rule == kGateRules[i]);
    CHECK(checks[i].service == "cart");
    CHECK(checks[i].verdict == Verdict::Inconclusive);
    CHECK(checks[i].limit);
  }
  CHECK(checks[0].message == "no load test of the baseline; no load test of the candidate");
  CHECK(checks[1].message == "no memory reading of the baseline; no memory reading of the candidate");
  CHECK(checks[2].message == "no gRPC calls of the candidate");
}

TEST_CASE("gate-throughput: a lift of exactly the limit passes, a millionth less fails", "[verification]") {
  const Check exact = throughput({rate("old", "1000")}, {rate("new", "1300")});
  CHECK(exact.verdict == Verdict::Pass);
  CHECK(exact.observed->steps == 30'000'000);
  CHECK(exact.message == "lift 30 %, 1000 to 1300 successful requests/s, no interval; limit 30 %");
  CHECK(exact.source.file == "new");
  CHECK_FALSE(exact.low);
  const Check less = throughput({rate("old", "1000")}, {rate("new", "1299.999999")});
  CHECK(less.verdict == Verdict::Fail);
  // 29.9999999 % rounded down, so that what is printed is below the limit as well.
  CHECK(less.observed->steps == 29'999'999);
  CHECK(says(less, "lift 29.99 %"));
  // 0.1 to 0.13 is no binary fraction.
  CHECK(throughput({rate("old", "0.1")}, {rate("new", "0.13")}).verdict == Verdict::Pass);
}

TEST_CASE("gate-throughput: only successes are throughput", "[verification]") {
  LoadTest broken = rate("new", "0");
  broken.rate = of<RequestsPerSecond>("9298.61");
  broken.requests = 186'259;
  broken.failed = 186'259;
  const Check failed = throughput({rate("old", "1000")}, {broken});
  CHECK(failed.verdict == Verdict::Fail);
  CHECK(failed.observed->steps == -100'000'000);
  CHECK(says(failed, "186259 of the candidate's 186259 requests failed"));

  LoadTest unknown = rate("new.txt", "0");
  unknown.succeeded_rate.reset();
  unknown.rate = of<RequestsPerSecond>("9298.61");
  const Check open = throughput({rate("old", "1000")}, {unknown});
  CHECK(open.verdict == Verdict::Inconclusive);
  CHECK(open.message == "new.txt does not say how many requests a second succeed");

  CHECK(throughput({rate("old", "0")}, {rate("new", "5")}).message == "no request of the baseline succeeded");
  LoadTest empty = rate("new", "0");
  empty.requests = 0;
  CHECK(throughput({rate("old", "1000")}, {empty}).message == "new made no request");
}

TEST_CASE("gate-throughput: seconds of both sides give bounds that decide", "[verification]") {
  const std::vector<std::uint32_t> steady(60, 1000), better(60, 1300);
  const Check pass = throughput({counted("old", steady)}, {counted("new", better)});
  CHECK(pass.verdict == Verdict::Pass);
  CHECK(pass.low->steps == 30'000'000);
  CHECK(pass.high->steps == 30'000'000);
  CHECK(pass.samples == 120);
  CHECK(pass.message == "lift 30 %, 1000 to 1300 successful requests/s, 30 % or more with 95 % confidence; limit 30 %");

  // A mean lift of 32 %, of seconds that vary by half of their mean: the bounds straddle the limit.
  std::vector<std::uint32_t> wild;
  for (int i = 0; i < 60; ++i) wild.push_back(i * 7 % 60 < 30 ? 700 : 1940);
  const Check open = throughput({counted("old", steady)}, {counted("new", wild)});
  CHECK(open.observed->steps == 32'000'000);
  CHECK(open.verdict == Verdict::Inconclusive);
  CHECK((open.low->steps < 30'000'000 && open.high->steps > 30'000'000));
  CHECK(says(open, ": measure for longer"));

  const Check fail = throughput({counted("old", steady)}, {counted("new", std::vector<std::uint32_t>(60, 1100))});
  CHECK(fail.verdict == Verdict::Fail);
  CHECK(says(fail, "10 % or less with 95 % confidence"));
  // The same whatever the limit's own confidence finds: 10 % is below 30 %.
  CHECK(fail.high->steps == 10'000'000);
}

TEST_CASE("gate-throughput: a few seconds are never a verdict", "[verification]") {
  const std::vector<std::uint32_t> steady(60, 1000);
  for (const std::uint32_t count : {100U, 5000U}) {
    const Check check = throughput({counted("old", steady)}, {counted("new", {count, count, count})});
    CHECK(check.verdict == Verdict::Inconclusive);
    CHECK(says(check, "60 and 3 seconds are too few"));
  }
}

TEST_CASE("gate-throughput: seconds of one side alone give no interval", "[verification]") {
  LoadTest old_run = counted("old", std::vector<std::uint32_t>(60, 1000));
  old_run.succeeded_rate = RequestsPerSecond::whole(1000);
  const Check check = throughput({old_run}, {rate("new", "1400")});
  CHECK(check.verdict == Verdict::Pass);
  CHECK(says(check, "no interval"));
}

TEST_CASE("gate-throughput: runs of one side are weighted by their time", "[verification]") {
  // 100 s at 1000/s and 300 s at 1400/s: 520000 successes in 400 s are 1300/s.
  const Check check = throughput({rate("old", "1000")}, {timed("a", "1000", 0, 100), timed("b", "1400", 100, 300)});
  CHECK(check.observed->steps == 30'000'000);
  // Without times the runs count alike: (1000 + 1400) / 2.
  CHECK(throughput({rate("old", "1000")}, {rate("a", "1000"), rate("b", "1400")}).observed->steps == 20'000'000);
}

TEST_CASE("gate-throughput: runs that overlap are not one side", "[verification]") {
  const Check check = throughput({rate("old", "1000")}, {timed("a", "1000", 0, 100), timed("b", "1400", 99, 100)});
  CHECK(check.verdict == Verdict::Inconclusive);
  CHECK(says(check, "a and b ran at the same time"));
}

TEST_CASE("gate-memory: a drop of exactly the limit passes, a byte less fails", "[verification]") {
  constexpr auto kPeak = MemoryKind::ResidentPeak;
  const Check exact = memory({reading(kPeak, 1'000'000'000)}, {reading(kPeak, 550'000'000, "new")});
  CHECK(exact.verdict == Verdict::Pass);
  CHECK(exact.observed->steps == 45'000'000);
  CHECK(exact.message == "peak resident memory falls by 45 %, 953.7 MiB to 524.5 MiB; limit 45 %");
  CHECK(exact.source.file == "new");
  const Check less = memory({reading(kPeak, 1'000'000'000)}, {reading(kPeak, 550'000'001)});
  CHECK(less.verdict == Verdict::Fail);
  CHECK(less.observed->steps == 44'999'999);
  const Check more = memory({reading(kPeak, 1000)}, {reading(kPeak, 1500)});
  CHECK(more.verdict == Verdict::Fail);
  CHECK(more.observed->steps == -50'000'000);
  CHECK(more.message == "peak resident memory grows by 50 %, 1000 bytes to 1500 bytes; limit 45 %");
}

TEST_CASE("gate-memory: kinds are compared only with their own, resident peaks first", "[verification]") {
  const auto resident = [](std::int64_t bytes) { return reading(MemoryKind::ResidentPeak, bytes); };
  const auto heap = [](std::int64_t bytes) { return reading(MemoryKind::HeapPeak, bytes); };
  const auto live = [](std::int64_t bytes) { return reading(MemoryKind::LiveHeap, bytes); };
  // 100 to 90 resident fails, though the heaps fall by half.
  CHECK(memory({heap(100), resident(100), live(100)}, {heap(50), live(50), resident(90)}).verdict == Verdict::Fail);
  const Check heaps = memory({heap(100), live(100), resident(100)}, {heap(50), live(99)});
  CHECK(heaps.verdict == Verdict::Pass);
  CHECK(says(heaps, "peak heap falls by 50 %"));
  CHECK(says(heaps, "the gate asks for resident peaks"));
  CHECK(says(memory({live(100)}, {live(50), resident(10)}), "live heap falls by 50 %"));

  const Check mixed = memory({heap(100), live(80)}, {resident(10)});
  CHECK(mixed.verdict == Verdict::Inconclusive);
  CHECK(mixed.message ==
        "only readings of one kind can be compared: the baseline has peak heap, live heap, the "
        "candidate peak resident memory");
  CHECK_FALSE(mixed.observed);
}

TEST_CASE("gate-memory: what is no peak is told, with what to take", "[verification]") {
  const Check instant =
      memory({reading(MemoryKind::ResidentNow, 100, "status")}, {reading(MemoryKind::HeapNow, 10, "info")});
  CHECK(instant.verdict == Verdict::Inconclusive);
  CHECK(says(instant, "status: resident memory of one instant is no peak, give VmHWM"));
  CHECK(says(instant, "info: heap of one instant is no peak, give a GC log"));
  const Check committed = memory({reading(MemoryKind::Committed, 100)}, {reading(MemoryKind::Committed, 10)});
  CHECK(committed.verdict == Verdict::Inconclusive);
  CHECK(says(committed, "committed memory is no peak"));
}

TEST_CASE("gate-memory: the greatest of several readings counts", "[verification]") {
  constexpr auto kPeak = MemoryKind::ResidentPeak;
  const Check check = memory({reading(kPeak, 70), reading(kPeak, 100)},
                             {reading(kPeak, 10), reading(kPeak, 60, "worst"), reading(kPeak, 20)});
  CHECK(check.observed->steps == 40'000'000);
  CHECK(check.source.file == "worst");
  CHECK(check.samples == 2);
}

TEST_CASE("gate-memory: a baseline of nothing is no baseline", "[verification]") {
  const Check check = memory({reading(MemoryKind::LiveHeap, 0, "old")}, {reading(MemoryKind::LiveHeap, 0)});
  CHECK(check.verdict == Verdict::Inconclusive);
  CHECK(check.message == "old is 0");
}

TEST_CASE("gate-memory: a peak of another time than the load is no evidence", "[verification]") {
  MemoryReading old_peak = reading(MemoryKind::ResidentPeak, 100, "old-rss"), new_peak = old_peak;
  new_peak.size = Bytes::whole(10);
  new_peak.place.file = "rss";
  new_peak.began_ms = 160'000;
  new_peak.ended_ms = 200'000;
  const auto judged = [&](std::int64_t load_began_s) {
    return gate_checks({"cart", {{}, {old_peak}, {}}, {{timed("load", "5", load_began_s, 100)}, {new_peak}, {}}},
                       kPolicy)[1];
  };
  CHECK(judged(100).verdict == Verdict::Pass);
  CHECK(judged(60).verdict == Verdict::Pass);
  const Check after = judged(50), before = judged(300);
  CHECK(after.verdict == Verdict::Inconclusive);
  CHECK(after.message == "rss is of another time than the load test load: it begins 10 s after that ends");
  CHECK(before.message == "rss is of another time than the load test load: it ends 100 s before that begins");
}

TEST_CASE("gate-grpc: shares are decided by exact bounds", "[verification]") {
  // 20 of 100000 are 0.02 %, bounded by 0.029 %; the limits are 0.1 % and 0.05 %.
  const Check pass = grpc({calls(100'000, 20, 0)});
  CHECK(pass.verdict == Verdict::Pass);
  CHECK(pass.observed->steps == 20'000);
  CHECK(pass.samples == 100'000);
  CHECK(says(pass, "20 of 100000 calls ended UNAVAILABLE, 0.02 %, 0.029"));
  const Check fail = grpc({calls(100'000, 200, 0)});
  CHECK(fail.verdict == Verdict::Fail);
  CHECK(fail.low->steps > 100'000);
  CHECK(says(fail, "% or more with 95 % confidence; limit 0.1 %"));
  CHECK(grpc({calls(100'000, 0, 80)}, 3).verdict == Verdict::Fail);
  CHECK(says(grpc({calls(100'000, 0, 80)}, 3), "DEADLINE_EXCEEDED"));
}

TEST_CASE("gate-grpc: too few calls are inconclusive, with the number that is needed", "[verification]") {
  // ln 0.05 / ln 0.999 = 2994.2: 2995 calls in all.
  const Check none = grpc({calls(500, 0, 0)});
  CHECK(none.verdict == Verdict::Inconclusive);
  CHECK(none.message.english().ends_with(": 2495 more calls without one would settle it"));
  CHECK(grpc({calls(2'994, 0, 0)}).message.english().ends_with(": 1 more call without one would settle it"));
  CHECK(grpc({calls(2'995, 0, 0)}).verdict == Verdict::Pass);
  CHECK(grpc({calls(5'989, 0, 0)}, 3).verdict == Verdict::Inconclusive);
  CHECK(grpc({calls(5'990, 0, 0)}, 3).verdict == Verdict::Pass);
  // 2 of 1000 lie above the limit, but may well lie below it.
  const Check above = grpc({calls(1000, 2, 0)});
  CHECK(above.verdict == Verdict::Inconclusive);
  CHECK(says(above, "more calls of the same share would settle it"));
  // Exactly the limit keeps it, but no sample can show that.
  CHECK(says(grpc({calls(1000, 1, 0)}), "no number of calls settles it"));
}

TEST_CASE("gate-grpc: files of the candidate are added up, the baseline is not judged", "[verification]") {
  CHECK(grpc({calls(1'500, 0, 0), calls(1'495, 0, 0)}).verdict == Verdict::Pass);
  const auto checks = gate_checks({"cart", {{}, {}, {calls(100'000, 0, 0)}}, {}}, kPolicy);
  CHECK(checks[2].verdict == Verdict::Inconclusive);
  CHECK(grpc({calls(0, 0, 0)}).message == "the candidate had no gRPC call");
}

TEST_CASE("gate-grpc: calls of another time than the load are told, and judged", "[verification]") {
  GrpcCalls counted = calls(100'000, 20, 0);
  counted.began_ms = 500'000;
  counted.ended_ms = 600'000;
  const auto judged = [&](std::int64_t load_began_s) {
    return gate_checks({"cart", {}, {{timed("load", "5", load_began_s, 100)}, {}, {counted}}}, kPolicy)[2];
  };
  CHECK(judged(100).verdict == Verdict::Pass);
  CHECK(says(judged(100), "; calls.prom is of another time than the load test load: it begins 300 s after that ends"));
  CHECK_FALSE(says(judged(450), "another time"));
}

TEST_CASE("gate: what evidence says of itself is told once, by its place", "[verification]") {
  LoadTest old_run = rate("old", "1");
  old_run.notes = {"no 95th percentile", "ranks assumed"};
  MemoryReading peak = reading(MemoryKind::HeapPeak, 10, "gc.log"), instant = reading(MemoryKind::HeapNow, 10, "info");
  peak.note = "before collections";
  instant.note = "one instant";
  GrpcCalls counted = calls(10, 0, 0);
  counted.notes = {"since the process began"};
  using Notes = std::vector<EvidenceNote>;
  CHECK(evidence_notes({"cart", {{old_run, old_run}, {instant}, {}}, {{}, {peak}, {counted}}}) ==
        Notes{{"old", "no 95th percentile"},
              {"old", "ranks assumed"},
              {"gc.log", "before collections"},
              {"calls.prom", "since the process began"}});
}

#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

TEST_CASE("java 8 gc log: the total of the heap stands behind those of its generations") {
  const auto readings = memory_in(
      "OpenJDK 64-Bit Server VM (25.342-b07) for linux-amd64 JRE (1.8.0_342-b07), built on Jul 16 2022\n"
      "CommandLine flags: -XX:InitialHeapSize=33554432 -XX:+PrintGC -XX:+PrintGCDetails -XX:+UseParallelGC\n"
      "2024-03-01T10:00:00.250+0800: 0.1: [GC (Allocation Failure) [PSYoungGen: 65536K->10720K(76288K)] "
      "65536K->10800K(251392K), 0.0109932 secs] [Times: user=0.02 sys=0.00, real=0.01 secs]\n"
      "2024-03-01T10:00:02.000+0800: 1.9: [Full GC (Ergonomics) [PSYoungGen: 10720K->0K(76288K)] [ParOldGen: "
      "900000K->10000K(999999K)] 70000K->10000K(251392K), [Metaspace: 3000000K->3000000K(4000000K)], 0.05 secs]\n");
  // 70000 * 1024 = 71680000 and 10000 * 1024 = 10240000.
  CHECK(texts_of(readings) == Texts{"heap_peak 71680000 of 2, line 4", "live_heap 10240000 of 1, line 4"});
  CHECK(readings[0].began_ms == 1709258400250);
  CHECK(readings[0].ended_ms == 1709258402000);
}

TEST_CASE("java 8 gc log: without details a line is a collection") {
  const auto readings = memory_in(
      "0.250: [GC (Allocation Failure)  65536K->10720K(251392K), 0.0110 secs]\n"
      "[Full GC 10720K->9000K(200000K), 0.05 secs]\n"
      "0.900: [GC pause (G1 Evacuation Pause) (young) 24M->13M(256M), 0.004 secs]\n"
      "0.950: [GC cleanup 41408K->41408K(128M), 0.0014223 secs]\n"
      "0.960: [GC concurrent-mark-start]\n");
  CHECK(texts_of(readings) == Texts{"heap_peak 67108864 of 4, line 1", "live_heap 9216000 of 1, line 2"});
}

TEST_CASE("java 8 gc log: G1 with details tells the heap lines behind, with a decimal point or comma") {
  const auto readings = memory_in(
      "0.163: [GC pause (G1 Evacuation Pause) (young), 0.0087570 secs]\n"
      "   [Parallel Time: 5.2 ms, GC Workers: 2]\n"
      "   [Eden: 7168.0K(7168.0K)->0.0B(4096.0K) Survivors: 0.0B->1024.0K Heap: 7168.5K(32.0M)->6664.5K(32.0M)]\n"
      " [Times: user=0.01 sys=0.00, real=0.01 secs]\n"
      "9.163: [Full GC (System.gc())  13M->10M(256M), 0.0512 secs]\n"
      "   [Eden: 3072,0K(24,0M)->0,0B(24,0M) Survivors: 0,0B->0,0B Heap: 13,5M(256,0M)->10,2M(256,0M)], [Metaspace: "
      "9000K->9000K(1056768K)]\n");
  // 13 MiB = 13631488 (the full one is told twice and counted once), 10 MiB = 10485760.
  CHECK(texts_of(readings) == Texts{"heap_peak 13631488 of 2, line 5", "live_heap 10485760 of 1, line 5"});
}

TEST_CASE("java 8 gc log: what belongs together may be spread over lines") {
  const auto readings = memory_in(
      "12.357: [Full GC (Allocation Failure) 12.357: [CMS\n"
      "Desired survivor size 134217728 bytes, new threshold 1 (max 1)\n"
      ": 900000K->25255K(1310720K), 0.1302057 secs] 830688K->36167K(4980736K), [Metaspace: 9K->9K(9K)], 0.13 secs]\n");
  CHECK(texts_of(readings) == Texts{"heap_peak 850624512 of 1, line 3", "live_heap 37035008 of 1, line 3"});
}

TEST_CASE("java 8 gc log: a log without a collection is refused") {
  CHECK(complaints("CommandLine flags: -XX:+PrintGC -XX:+UseG1GC\n") ==
        "in: error: no collection in 1 lines of log (log with -verbose:gc or -XX:+PrintGCDetails, and long enough that "
        "the heap is collected)");
}

}  // namespace
}  // namespace migplan

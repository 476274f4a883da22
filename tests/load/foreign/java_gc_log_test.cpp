#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

constexpr std::int64_t kMiB = std::int64_t{1024} * 1024;

TEST_CASE("java gc log: the peak is the greatest before a collection, live heap what the last full one left") {
  const auto readings = memory_in(
      "[0.010s][info][gc] Using G1\n"
      "[0.100s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->10M(256M) 1.500ms\n"
      "[0.200s][info][gc] GC(1) Pause Full (System.gc()) 90M->33M(256M) 20.000ms\n"
      "[0.300s][info][gc] GC(2) Pause Young (Normal) (G1 Evacuation Pause) 101M->99M(256M) 1.500ms\n"
      "[0.400s][info][gc] GC(3) Pause Full (System.gc()) 99M->31M(256M) 20.000ms\n");
  // 101 * 1048576 = 105906176 at line 4, of 4 collections; 31 * 1048576 = 32505856 at line 5, of 2 full ones.
  CHECK(texts_of(readings) == Texts{"heap_peak 105906176 of 4, line 4", "live_heap 32505856 of 2, line 5"});
  CHECK(readings[1].note == "left by the last collection of the whole heap");
  CHECK_FALSE(readings[0].began_ms);
}

TEST_CASE("java gc log: without a collection of the whole heap it is not known what is live") {
  const auto readings = memory_in("[0.1s][info][gc] GC(0) Pause Young (Allocation Failure) 25M->23M(92M) 11.421ms\n");
  CHECK(texts_of(readings) == Texts{"heap_peak 26214400 of 1, line 1"});
}

TEST_CASE("java gc log: decorations may be any, or none") {
  const std::string message = "GC(7) Pause Full (Ergonomics) 62M->61M(123M) 13,765ms";
  for (const std::string decorations : {"", "[gc] ", "[2,048s][info][gc            ] ", "[info ][gc,start] ",
                                        "[1354ms][4711][140][host-1][debug][gc] "}) {
    INFO(decorations);
    CHECK(texts_of(memory_in(decorations + message + "\r\n")) ==
          Texts{"heap_peak 65011712 of 1, line 1", "live_heap 63963136 of 1, line 1"});
  }
}

TEST_CASE("java gc log: times of day are kept") {
  const auto readings = memory_in(
      "[2024-03-01T10:00:00.250+0800][0.1s][info][gc] GC(0) Pause Young (Allocation Failure) 25M->23M(92M) 1ms\n"
      "[2024-03-01T10:00:02.000+0800][1.9s][info][gc] GC(1) Pause Young (Allocation Failure) 30M->23M(92M) 1ms\n");
  // 2024-03-01T02:00:00Z is day 19783 of the epoch: 19783 * 86400 + 7200 = 1709258400 s.
  CHECK(readings[0].began_ms == 1709258400250);
  CHECK(readings[0].ended_ms == 1709258402000);
}

TEST_CASE("java gc log: lines of generations, regions and metaspace are about something else") {
  const auto readings = memory_in(
      "[0.3s][info][gc,heap     ] GC(0) PSYoungGen: 900M(990M)->6M(990M) Eden: 900M(990M)->0K(990M)\n"
      "[0.3s][info][gc,heap     ] GC(0) Eden regions: 912->0(10)\n"
      "[0.3s][info][gc,metaspace] GC(0) Metaspace: 913M->913M(914M)\n"
      "[0.3s][info][gc          ] Soft Max Heap Size: 3953M -> 3952M\n"
      "[0.3s][info][gc          ] GC(0) Pause Young (Allocation Failure) 512K->6K(245M) 10.584ms\n"
      "[0.4s][info][gc          ] GC(1) Y: Young Generation 999M(99%)->1M(0%) 0.1s\n");
  CHECK(texts_of(readings) == Texts{"heap_peak 524288 of 1, line 5"});
}

TEST_CASE("java gc log: ZGC states shares in place of a capacity") {
  const auto readings = memory_in(
      "[0.9s][info][gc] Using The Z Garbage Collector\n"
      "[1.2s][info][gc] GC(0) Garbage Collection (Metadata GC Threshold) 106M(1%)->88M(0%)\n"
      "[2,0s][info][gc] GC(1) Major Collection (Proactive) 2G(20%)->164M(16%) 0,105s\n"
      "[2.1s][info][gc] GC(2) Minor Collection (Allocation Rate) 200M(20%)->190M(16%) 0.105s\n");
  // 2 GiB = 2147483648; behind the last of the two of the whole heap 164 MiB = 171966464; the minor one is of a part.
  CHECK(texts_of(readings) == Texts{"heap_peak 2147483648 of 3, line 3", "live_heap 171966464 of 2, line 3"});
  CHECK(readings[1].note == "left by the last collection of the whole heap, with what was allocated meanwhile");
}

TEST_CASE("java gc log: Shenandoah tells what it left at the end of a cycle") {
  const auto readings = memory_in(
      "[0.0s][info][gc] Using Shenandoah\n"
      "[1.3s][info][gc] GC(0) Concurrent cleanup 504M->189M(506M) 0.211ms\n"
      "[1.3s][info][gc] GC(0) Concurrent evacuation 2.000ms\n"
      "[1.4s][info][gc] GC(0) Concurrent cleanup 196M->29M(511M) 0.187ms\n"
      "[2.3s][info][gc] GC(1) Concurrent cleanup 300M->250M(506M) 0.211ms\n"
      "[2.4s][info][gc] GC(1) Pause Degenerated GC (Outside of Cycle) 260M->40M(511M) 11.373ms\n"
      "[3.3s][info][gc] GC(2) Concurrent cleanup (Young) 400M->390M(506M) 0.211ms\n");
  // The first line of cycle 0 and that of cycle 1 are not its last; the young one is of a part: 29, then 40 MiB.
  CHECK(texts_of(readings) == Texts{"heap_peak 528482304 of 5, line 2", "live_heap 41943040 of 2, line 6"});
}

TEST_CASE("java gc log: a last line that was cut is passed over unless its sizes are whole") {
  const std::string whole = "[0.1s][info][gc] GC(0) Pause Young (Allocation Failure) 25M->23M(92M) 1.0ms\n";
  CHECK(memory_in(whole + "[0.4s][info][gc] GC(1) Pause Young (Allocation Failure) 63M->63M(12")[0].samples == 1);
  CHECK(memory_in(whole + "[0.4s][info][gc] GC(1) Pause Young (Allocation Failure) 63M->63M(123M) 6.0")[0].size ==
        Bytes::from_steps(63 * kMiB));
}

TEST_CASE("java gc log: a log without a collection is refused") {
  CHECK(complaints("[0.018s][info][gc] Using G1\n[0.02s][info][gc,init] Version: 17\n") ==
        "in: error: no collection in 2 lines of log (log with -Xlog:gc, and long enough that the heap is collected)");
}

TEST_CASE("java gc log: real logs give what their tools say") {
  check_readings({
      {"gclog/sample-ujl-g1-gc-defaults.txt",
       {"heap_peak 134217728 of 10, line 10", "live_heap 8388608 of 1, line 13"}},
      {"gclog/sample-ujl-serial-gc-defaults.txt",
       {"heap_peak 91226112 of 11, line 8", "live_heap 9437184 of 3, line 11"}},
      {"gclog/sample-ujl-parallel-gc-defaults.txt",
       {"heap_peak 99614720 of 11, line 8", "live_heap 32505856 of 6, line 11"}},
      {"gclog/sample-ujl-cms-gc-defaults.txt",
       {"heap_peak 131072000 of 6, line 17", "live_heap 32505856 of 1, line 17"}},
      {"gclog/Sample-ujl-shenandoah-jdk11.txt",
       {"heap_peak 528482304 of 2, line 41", "live_heap 30408704 of 1, line 56"}},
      // 125 and 188 MiB.
      {"jvm/gc-jdk17-G1.log", {"heap_peak 131072000 of 6, line 33", "live_heap 41943040 of 1, line 108"}},
      {"jvm/gc-jdk17-Z.log", {"heap_peak 197132288 of 7, line 172", "live_heap 44040192 of 7, line 283"}},
  });
}

}  // namespace
}  // namespace migplan

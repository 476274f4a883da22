#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

TEST_CASE("jcmd heap info: what is used is told by one line, or by one a generation") {
  // 51389 * 1024, (57337 + 24710) * 1024, (25096 + 31708) * 1024, 44 * 2^20, 35234 * 1024.
  CHECK(texts_of(memory_in("1134:\n"
                           " garbage-first heap   total 262144K, used 51389K [0x00f0, 0x0100)\n"
                           "  region size 1024K, 3 young (3072K), 2 survivors (2048K)\n"
                           " Metaspace       used 84K, committed 320K, reserved 1114112K\n")) ==
        Texts{"heap_now 52622336 of 1, line 2"});
  CHECK(texts_of(memory_in("1376:\n PSYoungGen      total 70144K, used 57337K [0xfa, 0xff)\n"
                           "  eden space 59392K, 78% used [0xfa,0xfd,0xfe)\n"
                           " ParOldGen       total 175104K, used 24710K [0xf0, 0xfa)\n")) ==
        Texts{"heap_now 84016128 of 1, line 2"});
  CHECK(texts_of(
            memory_in("DefNew     total 78656K, used 25096K [0x1)\nTenured    total 174784K, used 31708K [0x1)\n")) ==
        Texts{"heap_now 58167296 of 1, line 1"});
  CHECK(texts_of(memory_in("1748:\nZHeap            used 44M, capacity 256M, max capacity 256M\n")) ==
        Texts{"heap_now 46137344 of 1, line 2"});
  CHECK(texts_of(memory_in("9:\nShenandoah Heap\n 248M max, 248M soft max, 248M committed, 35234K used\n")) ==
        Texts{"heap_now 36079616 of 1, line 2"});
  CHECK(
      texts_of(memory_in("7:\ngarbage-first heap   total reserved 262144K, committed 262144K, used 125121K [0x1)\n")) ==
      Texts{"heap_now 128123904 of 1, line 2"});
}

TEST_CASE("jcmd heap info: a heap of which a part is missing, or that stands there twice, is refused") {
  CHECK(complaints("1:\n PSYoungGen      total 70144K, used 57337K [0xfa, 0xff)\n") ==
        "in: error: found \"PSYoungGen\", expected \"ParOldGen\" too (the text may have been cut short)");
  CHECK(complaints("1:\n ZHeap  used 44M, capacity 1M\n2:\n ZHeap  used 45M, capacity 1M\n") ==
        "in:4:1: error: a second \"ZHeap\" stands here (give the output of one call)");
  CHECK(complaints("1:\n ZHeap  unused, capacity 1M\n") == "in:2:1: error: expected how much of \"ZHeap\" is used");
}

TEST_CASE("jcmd native memory: the committed total, in any scale") {
  const std::string head = "1134:\n\nNative Memory Tracking:\n\n";
  CHECK(texts_of(memory_in(head + "Total: reserved=1710336KB, committed=332436KB\n       malloc: 6952KB #5382\n")) ==
        Texts{"committed 340414464 of 1, line 5"});
  CHECK(texts_of(memory_in(head + "Total: reserved=1671MB, committed=2GB\n")) ==
        Texts{"committed 2147483648 of 1, line 5"});
  CHECK(texts_of(memory_in(head + "Total: reserved=17, committed=12345\n")) == Texts{"committed 12345 of 1, line 5"});
  CHECK(texts_of(memory_in(head + "Total: reserved=17KB +1KB, committed=12KB +3KB\n")) ==
        Texts{"committed 12288 of 1, line 5"});
}

TEST_CASE("jcmd native memory: a text without a total is refused") {
  CHECK(complaints("1:\nNative Memory Tracking:\n\n") ==
        "in: error: the text ends, expected the line of totals (the text may have been cut short)");
  CHECK(complaints("1:\nNative Memory Tracking:\nTotal: reserved=1KB\n") ==
        "in:3:1: error: found no committed=… in the line of totals");
  CHECK(complaints("1:\nNative memory tracking is not enabled\n") ==
        "in:2:1: error: native memory tracking is not enabled (start java with -XX:NativeMemoryTracking=summary)");
}

const std::string kHistogram =
    "1134:\n num     #instances         #bytes  class name (module)\n"
    "-------------------------------------------------------\n"
    "   1:           400       40006400  [B (java.base@17.0.15)\n"
    "   2:             7           1600  java.lang.String (java.base@17.0.15)\n";

TEST_CASE("jcmd class histogram: the total is what is live, and the sum of the rows") {
  // 40006400 + 1600 = 40008000
  CHECK(texts_of(memory_in(kHistogram + "Total           407       40008000\n")) ==
        Texts{"live_heap 40008000 of 1, line 6"});
  CHECK(complaints(kHistogram + "Total           407       40008001\n") ==
        "in:6:1: error: found a total of 40008001 bytes, expected the sum of the rows above (give the histogram as a "
        "whole)");
  CHECK(complaints(kHistogram) ==
        "in: error: the text ends, expected the line of totals (the text may have been cut short)");
}

TEST_CASE("jcmd class histogram: a heap dump is refused with what to give in its place") {
  CHECK(complaints(std::string("JAVA PROFILE 1.0.2\0\0\0\0\x08", 23)) ==
        "in: error: a heap dump, which holds every object (give the output of jcmd PID GC.class_histogram)");
}

TEST_CASE("jcmd: real outputs give what is in them") {
  check_readings({
      {"jvm/jcmd-heap_info-jdk17-G1.txt", {"heap_now 52622336 of 1, line 2"}},
      {"jvm/jcmd-heap_info-jdk17-Parallel.txt", {"heap_now 84016128 of 1, line 2"}},
      {"jvm/jcmd-heap_info-jdk17-Serial.txt", {"heap_now 58167296 of 1, line 2"}},
      {"jvm/jcmd-heap_info-jdk17-Z.txt", {"heap_now 46137344 of 1, line 2"}},
      {"jvm/jcmd-heap_info-jdk25-G1.txt", {"heap_now 128123904 of 1, line 2"}},
      {"jvm/jcmd-heap_info-jdk25-Serial.txt", {"heap_now 61344768 of 1, line 2"}},
      {"jvm/jcmd-heap_info-jdk25-Z.txt", {"heap_now 50331648 of 1, line 2"}},
      {"jvm/jcmd-nmt-summary-jdk17.txt", {"committed 340414464 of 1, line 7"}},
      {"jvm/jcmd-class_histogram-jdk17.txt", {"live_heap 41071896 of 1, line 199"}},
      {"jvm/jcmd-class_histogram-jdk25.txt", {"live_heap 43123520 of 1, line 213"}},
  });
}

}  // namespace
}  // namespace migplan

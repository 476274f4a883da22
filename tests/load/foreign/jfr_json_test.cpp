#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

const std::string kHow =
    "jfr print --json --events jdk.ResidentSetSize,jdk.GCHeapSummary,jdk.GarbageCollection RECORDING";

std::string recording(const std::string& events) { return "{\"recording\":{\"events\":[\n" + events + "]}}"; }

std::string heap(int id, const std::string& when, long used) {
  return R"({"type":"jdk.GCHeapSummary","values":{"startTime":"2024-03-01T02:00:0)" + std::to_string(id) +
         R"(.250123456Z","gcId":)" + std::to_string(id) + R"(,"when":")" + when + R"(","heapUsed":)" +
         std::to_string(used) + "}}";
}
std::string collection(int id, const std::string& name) {
  return R"({"type":"jdk.GarbageCollection","values":{"gcId":)" + std::to_string(id) + R"(,"name":")" + name + "\"}}";
}

TEST_CASE("jfr: peaks are the greatest of their events, live heap what collections of the whole heap left") {
  const auto readings = memory_in(recording(
      heap(1, "Before GC", 500) + ",\n" + heap(1, "After GC", 450) + ",\n" + heap(2, "Before GC", 700) + ",\n" +
      heap(2, "After GC", 200) + ",\n" + collection(1, "G1New") + "," + collection(2, "G1Full") + ",\n" +
      R"({"type":"jdk.ResidentSetSize","values":{"startTime":"2024-03-01T02:00:03Z","size":900,"peak":1000}})"));
  CHECK(texts_of(readings) ==
        Texts{"resident_peak 1000 of 1, line 7", "heap_peak 700 of 2, line 4", "live_heap 200 of 1, line 5"});
  CHECK(readings[1].place.field == "recording.events[2].values.heapUsed");
  CHECK(readings[1].began_ms == 1709258401250);  // see the test of the log of collections
  CHECK(readings[1].ended_ms == 1709258403000);
}

TEST_CASE("jfr: without the collections by name there is no live heap, and a warning") {
  auto result = read(recording(heap(1, "Before GC", 500) + "," + heap(1, "After GC", 450)));
  CHECK(complaints(result.issues()) ==
        "in: warning: recording.events: without jdk.GarbageCollection it is not known what was collected: no live heap "
        "(" +
            kHow + ")");
  CHECK(texts_of(accepted<std::vector<MemoryReading>>(std::move(result))) == Texts{"heap_peak 500 of 1, line 2"});
}

TEST_CASE("jfr: what measures no memory is refused with how to print it") {
  CHECK(complaints(recording("")) == "in:1:24: error: recording.events: no event of memory among 0 (" + kHow + ")");
  CHECK(complaints(std::string("FLR\0\0\x02\0\x01", 8)) == "in: error: a recording as it is (" + kHow + ")");
  CHECK(complaints("jdk.GCHeapSummary {\n  startTime = 10:00\n  heapUsed = 12.5 MB\n}\n") ==
        "in: error: a recording printed as text (" + kHow + ")");
  CHECK(complaints("\n Version: 2.1\n Chunks: 1\n\n Event Type          Count  Size (bytes) \n=====\n") ==
        "in: error: a summary, which counts events and measures nothing (" + kHow + ")");
}

TEST_CASE("jfr: values of another shape are told with their place") {
  CHECK(complaints(recording(R"({"type":"jdk.ResidentSetSize","values":{"peak":"12"}})")) ==
        "in:2:48: error: recording.events[0].values.peak: found \"12\", expected a whole number, 0 to "
        "1000000000000000000");
  CHECK(complaints(recording(R"({"type":"jdk.ResidentSetSize","values":{}})")) ==
        "in:2:40: error: recording.events[0].values: key \"peak\" is missing");
  CHECK(complaints(R"({"recording":{"events":[)") == "in:1:25: error: not JSON: the text ends, expected a value or ]");
  CHECK(complaints(R"({"recording":1,"recording":2})") ==
        "in:1:28: error: recording: key \"recording\" stands here twice, first at line 1");
}

TEST_CASE("jfr: a real recording has more resident than on its heap") {
  const auto text = fixture("jvm/jfr-rss-heap-jdk25.json");
  if (!text) return;
  CHECK(texts_of(memory_in(*text)) ==
        Texts{"resident_peak 283774976 of 5, line 368", "heap_peak 215458160 of 12, line 286"});
}

}  // namespace
}  // namespace migplan

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence_formats.hpp"
#include "java_time.hpp"
#include "json_front.hpp"
#include "json_tree.hpp"
#include "seen_size.hpp"
#include "source_lines.hpp"

// jfr print --json: {"recording": {"events": [{"type": "jdk.GCHeapSummary", "values": {…}}]}}.
namespace migplan {
namespace {

constexpr std::string_view kHowToPrint =
    "jfr print --json --events jdk.ResidentSetSize,jdk.GCHeapSummary,jdk.GarbageCollection RECORDING";

constexpr std::string_view kBinary{"FLR\0", 4};
constexpr std::string_view kTopKey = "recording";
constexpr std::size_t kBeginning = 4096;  // of a text, where its first key stands

// Collections of the whole heap, by the names of HotSpot (gcName.hpp); behind others some garbage is left.
bool is_of_whole_heap(std::string_view collection) noexcept {
  constexpr std::array<std::string_view, 7> kWhole{"G1Full", "SerialOld", "ParallelOld", "PSMarkSweep",
                                                   "Z",      "ZGC Major", "Shenandoah"};
  return std::find(kWhole.begin(), kWhole.end(), collection) != kWhole.end();
}

class JfrReader {
 public:
  JfrReader(std::string text, std::string_view file) : tree_(std::move(text), file) {}

  Result<Evidence> read() {
    if (tree_.issues().has_errors()) return Issues(tree_.issues());
    const auto events = tree_.root().find_in({"recording", "events"});
    if (!events || !events->is_list()) return tree_.root().issue("expected recording.events, a list");
    for (const JsonValue event : *events) find_collection(event);
    std::size_t count = 0;
    for (const JsonValue event : *events) {
      add_event(event);
      ++count;
    }
    if (issues_.has_errors()) return std::move(issues_);
    auto readings = finished();
    if (readings.empty()) {
      return events->issue(fmt::format("no event of memory among {}", count), std::string(kHowToPrint));
    }
    return {Evidence(std::move(readings)), std::move(issues_)};
  }

 private:
  static std::string_view text_at(const JsonValue& values, std::string_view key) noexcept {
    const auto found = values.find(key);
    return found && found->is_text() ? found->text() : std::string_view();
  }

  void find_collection(const JsonValue& event) {
    const auto values = event.find("values");
    if (!values || text_at(event, "type") != "jdk.GarbageCollection") return;
    const auto id = values->find("gcId");
    if (id && is_of_whole_heap(text_at(*values, "name"))) whole_.insert(id->text());
    knows_collections_ = true;
  }

  void add_event(const JsonValue& event) {
    const std::string_view type = text_at(event, "type");
    const auto values = event.find("values");
    if (!values) return;
    const auto greatest = [this](SeenSize& seen) {
      return [this, &seen](Bytes size, const JsonValue& at) { seen.keep_greatest(size, [&] { return place_of(at); }); };
    };
    if (type == "jdk.ResidentSetSize") {
      add(*values, "peak", greatest(resident_));
    } else if (type == "jdk.GCHeapSummary") {
      const std::string_view when = text_at(*values, "when");
      const auto id = values->find("gcId");
      if (when == "Before GC") add(*values, "heapUsed", greatest(heap_));
      if (when == "After GC" && id && whole_.contains(id->text())) {
        add(*values, "heapUsed", [this](Bytes size, const JsonValue& at) {
          live_.keep_latest(size, [] { return EvidencePlace{}; });
          live_at_ = at;
        });
      }
    }
  }

  template <class Keep>
  void add(const JsonValue& values, std::string_view key, const Keep& keep) {
    const auto found = values.find(key);
    const auto size = found ? read_quantity<Bytes>(*found, issues_) : std::nullopt;
    if (!found) issues_.add(values.issue(fmt::format("key {} is missing", in_quotes(key))));
    if (!size) return;
    keep(*size, *found);
    times_.add(parse_java_time(text_at(values, "startTime")));
  }

  [[nodiscard]] EvidencePlace place_of(const JsonValue& value) const {
    return {tree_.file(), value.at(), value.path()};
  }

  std::vector<MemoryReading> finished() {
    std::vector<MemoryReading> readings;
    resident_.append_to(readings, MemoryKind::ResidentPeak);
    heap_.append_to(readings, MemoryKind::HeapPeak, "greatest before a collection");
    live_.append_to(readings, MemoryKind::LiveHeap, "left by the last collection of the whole heap");
    if (live_at_) readings.back().place = place_of(*live_at_);
    times_.date(readings);
    if (heap_.samples() != 0 && !knows_collections_) {
      issues_.add({Severity::Warning,
                   tree_.file(),
                   {},
                   "recording.events",
                   "without jdk.GarbageCollection it is not known what was collected: no live heap",
                   std::string(kHowToPrint)});
    }
    return readings;
  }

  JsonTree tree_;
  Issues issues_;
  std::set<std::string_view> whole_;  // gcIds
  bool knows_collections_ = false;
  SeenSize resident_, heap_, live_;
  std::optional<JsonValue> live_at_;  // a path is long to find, and only the last one is needed
  TimeRange times_;
};

bool is_summary(std::string_view beginning) {
  return has_line(beginning, [](std::string_view line) {
    return line.find("Event Type") != std::string_view::npos && line.find("Size (bytes)") != std::string_view::npos;
  });
}

bool is_text(std::string_view beginning) {
  bool is_it = false;
  visit_lines(beginning, [&is_it](std::string_view line) {
    is_it = line.starts_with("jdk.") && line.ends_with(" {");
    return line.empty();
  });
  return is_it;
}

Result<Evidence> read_recording(ByteSource& source, std::string_view file) {
  std::string text = read_all(source);
  if (text.starts_with(kBinary)) return refusal(file, "a recording as it is", std::string(kHowToPrint));
  if (!JsonFront(std::string_view(text).substr(0, kBeginning)).has(kTopKey)) {
    return refusal(
        file, is_text(text) ? "a recording printed as text" : "a summary, which counts events and measures nothing",
        std::string(kHowToPrint));
  }
  return JfrReader(std::move(text), file).read();
}

bool is_recording(std::string_view beginning) {
  return beginning.starts_with(kBinary) || JsonFront(beginning).has(kTopKey) || is_summary(beginning) ||
         is_text(beginning);
}

}  // namespace

const EvidenceFormat kJfrJson{"jfr-json", "flight recording of Java, by jfr print --json", is_recording,
                              read_recording};

}  // namespace migplan

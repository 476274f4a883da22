#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_size.hpp"
#include "evidence_formats.hpp"
#include "java_time.hpp"
#include "seen_size.hpp"
#include "source_lines.hpp"

// The log of -verbose:gc and -XX:+PrintGCDetails before Java 9. There is no grammar of it, and what it tells of one
// collection may be spread over lines or broken by lines of others. What holds for all collectors: BEFORE->AFTER(TOTAL)
// behind a colon is about the generation or region that is named there, anywhere else about the whole heap.
namespace migplan {
namespace {

constexpr std::string_view kArrow = "->";
constexpr std::string_view kHeapOfG1 = "Heap: ";

constexpr std::array<std::string_view, 2> kBeginningsOfFull{"[Full GC", "[Pause Full"};
constexpr std::array<std::string_view, 3> kBeginningsOfOthers{"[GC ", "[Concurrent ", "[Pause "};

bool begins_here(std::string_view line, std::size_t at, std::span<const std::string_view> words) noexcept {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return line.substr(at).starts_with(word); });
}

// Where the size in front of the arrow begins.
std::size_t beginning_of_size(std::string_view line, std::size_t arrow) noexcept {
  const std::size_t other = line.find_last_not_of("0123456789.,BKMG()", arrow - 1);
  return other == std::string_view::npos ? 0 : other + 1;
}

bool is_named(std::string_view line, std::size_t size_at) noexcept {
  const std::string_view before = trimmed_text(line.substr(0, size_at));
  return before.ends_with(':') && !line.substr(0, size_at).ends_with(kHeapOfG1);
}

class Java8GcLogReader {
 public:
  Java8GcLogReader(ByteSource& source, std::string_view file) : lines_(source, file) {}

  Result<Evidence> read() {
    while (lines_.next()) add_line();
    std::vector<MemoryReading> readings;
    peak_.append_to(readings, MemoryKind::HeapPeak, "greatest before a collection");
    live_.append_to(readings, MemoryKind::LiveHeap, "left by the last full collection");
    if (readings.empty()) {
      return refusal(lines_.file(), fmt::format("no collection in {} lines of log", lines_.number()),
                     "log with -verbose:gc or -XX:+PrintGCDetails, and long enough that the heap is collected");
    }
    times_.date(readings);
    return Evidence(std::move(readings));
  }

 private:
  void add_line() {
    const std::string_view line = lines_.line();
    for (std::size_t at = line.find_first_of("[-"); at != std::string_view::npos;
         at = line.find_first_of("[-", at + 1)) {
      if (line[at] == '[') {
        note_beginning(line, at);
      } else if (at != 0 && line.substr(at).starts_with(kArrow)) {
        add_change(line, at);
      }
    }
  }

  void note_beginning(std::string_view line, std::size_t at) {
    const bool is_full = begins_here(line, at, kBeginningsOfFull);
    if (!is_full && !begins_here(line, at, kBeginningsOfOthers)) return;
    is_full_ = is_full;
    has_change_ = false;
    times_.add(parse_java_time(line.substr(0, line.find(": "))));
  }

  void add_change(std::string_view line, std::size_t arrow) {
    const std::size_t begin = beginning_of_size(line, arrow);
    std::string_view text = line.substr(begin);
    const auto change = take_size_change(text);
    if (!change || is_named(line, begin)) return;
    // G1 tells a full collection twice when details are asked for.
    if (has_change_ && line.substr(0, begin).ends_with(kHeapOfG1)) return;
    has_change_ = true;
    const auto place = [this] { return lines_.place(); };
    peak_.keep_greatest(change->before, place);
    if (is_full_) live_.keep_latest(change->after, place);
  }

  SourceLines lines_;
  SeenSize peak_, live_;
  TimeRange times_;
  bool is_full_ = false;     // the collection that began last
  bool has_change_ = false;  // of the heap, in it
};

// Collections have a cause in parentheses since Java 7; before, only what a line tells of sizes is a sign.
bool is_java8_gc_log(std::string_view beginning) {
  constexpr std::array<std::string_view, 3> kSigns{"[GC (", "[GC pause ", "[Full GC"};
  return has_line(beginning, [&kSigns](std::string_view line) {
    if (line.starts_with("CommandLine flags: -XX:")) return true;
    const auto has = [line](std::string_view word) { return line.find(word) != std::string_view::npos; };
    return std::any_of(kSigns.begin(), kSigns.end(), has) || (has("[GC ") && has(kArrow));
  });
}

Result<Evidence> read_java8_gc_log(ByteSource& source, std::string_view file) {
  return Java8GcLogReader(source, file).read();
}

}  // namespace

const EvidenceFormat kJava8GcLog{"java8-gc-log", "log of collections of Java 5 to 8 (-verbose:gc, -XX:+PrintGCDetails)",
                                 is_java8_gc_log, read_java8_gc_log};

}  // namespace migplan

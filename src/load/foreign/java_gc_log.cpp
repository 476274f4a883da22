#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_size.hpp"
#include "evidence_formats.hpp"
#include "java_time.hpp"
#include "seen_size.hpp"
#include "source_lines.hpp"

// The log of -Xlog:gc since Java 9 (JEP 158, JEP 271): "[decoration]… GC(n) what BEFORE->AFTER(COMMITTED) time".
namespace migplan {
namespace {

// Decorations may be chosen in any number, none included.
struct LogLine {
  std::string_view decorations, message;
};

LogLine log_line(std::string_view line) noexcept {
  std::string_view rest = line;
  while (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return {line.substr(0, line.size() - rest.size()), trimmed_text(rest)};
}

std::optional<std::int64_t> time_of(std::string_view decorations) {
  while (!decorations.empty()) {
    const std::size_t end = decorations.find(']');
    if (const auto time = parse_java_time(trimmed_text(decorations.substr(1, end - 1)))) return time;
    decorations.remove_prefix(end + 1);
  }
  return std::nullopt;
}

// What follows "GC(n) "; nullopt for messages of other things.
struct GcMessage {
  std::uint64_t id = 0;
  std::string_view what;
};
std::optional<GcMessage> gc_message(std::string_view message) noexcept {
  constexpr std::string_view kBegin = "GC(";
  if (!message.starts_with(kBegin)) return std::nullopt;
  message.remove_prefix(kBegin.size());
  GcMessage found;
  const auto [end, error] = std::from_chars(message.data(), message.data() + message.size(), found.id);
  message.remove_prefix(static_cast<std::size_t>(end - message.data()));
  if (error != std::errc() || !message.starts_with(") ")) return std::nullopt;
  found.what = message.substr(2);
  return found;
}

bool begins_with_any(std::string_view text, std::span<const std::string_view> beginnings) noexcept {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [text](std::string_view beginning) { return text.starts_with(beginning); });
}

// Lines about the whole heap; those about regions, generations and metaspace are written with the same arrow.
bool is_about_heap(std::string_view what) noexcept {
  constexpr std::array<std::string_view, 5> kBeginnings{"Pause ", "Concurrent ", "Garbage Collection ",
                                                        "Major Collection ", "Minor Collection "};
  return begins_with_any(what, kBeginnings);
}

// How much of the heap a line has seen collected.
enum class Extent : std::uint8_t { Part, Whole, LastOfCycle /* the last such line of a collection */ };
Extent extent_of(std::string_view what) noexcept {
  constexpr std::array<std::string_view, 4> kWhole{"Pause Full", "Pause Degenerated GC", "Garbage Collection ",
                                                   "Major Collection "};
  constexpr std::array<std::string_view, 2> kOfGenerations{"(Young)", "(Mixed)"};
  const bool is_of_generation =
      std::any_of(kOfGenerations.begin(), kOfGenerations.end(),
                  [what](std::string_view word) { return what.find(word) != std::string_view::npos; });
  if (is_of_generation) return Extent::Part;
  if (what.starts_with("Concurrent cleanup")) return Extent::LastOfCycle;
  return begins_with_any(what, kWhole) ? Extent::Whole : Extent::Part;
}

std::optional<SizeChange> change_in(std::string_view what) noexcept {
  const std::size_t arrow = what.rfind("->");
  if (arrow == std::string_view::npos) return std::nullopt;
  const std::size_t blank = what.rfind(' ', arrow);
  if (blank == std::string_view::npos) return std::nullopt;
  std::string_view change = what.substr(blank + 1);
  return take_size_change(change);
}

class GcLogReader {
 public:
  GcLogReader(ByteSource& source, std::string_view file) : lines_(source, file) {}

  Result<Evidence> read() {
    while (lines_.next()) add_line();
    end_cycle();
    std::vector<MemoryReading> readings;
    peak_.append_to(readings, MemoryKind::HeapPeak, "greatest before a collection");
    live_.append_to(readings, MemoryKind::LiveHeap, live_note());
    if (readings.empty()) {
      return refusal(lines_.file(), fmt::format("no collection in {} lines of log", lines_.number()),
                     "log with -Xlog:gc, and long enough that the heap is collected");
    }
    times_.date(readings);
    return Evidence(std::move(readings));
  }

 private:
  void add_line() {
    const LogLine line = log_line(lines_.line());
    const auto message = gc_message(line.message);
    if (!message || !is_about_heap(message->what)) return;
    const auto change = change_in(message->what);
    if (!change) return;
    const auto place = [this] { return lines_.place(); };
    peak_.keep_greatest(change->before, place);
    times_.add(time_of(line.decorations));
    if (cycle_ && cycle_->id != message->id) end_cycle();
    switch (extent_of(message->what)) {
      case Extent::Part: break;
      case Extent::Whole:
        live_.keep_latest(change->after, place);
        is_concurrent_ = !message->what.starts_with("Pause ");
        cycle_.reset();
        break;
      case Extent::LastOfCycle: cycle_ = Cycle{message->id, change->after, lines_.place()}; break;
    }
  }

  [[nodiscard]] std::string live_note() const {
    return fmt::format("left by the last collection of the whole heap{}",
                       is_concurrent_ ? ", with what was allocated meanwhile" : "");
  }

  void end_cycle() {
    is_concurrent_ = is_concurrent_ || cycle_;
    if (cycle_) live_.keep_latest(cycle_->after, [this] { return cycle_->place; });
    cycle_.reset();
  }

  // A collection of Shenandoah, which tells what it left more than once.
  struct Cycle {
    std::uint64_t id;
    Bytes after;
    EvidencePlace place;
  };

  SourceLines lines_;
  SeenSize peak_, live_;
  TimeRange times_;
  std::optional<Cycle> cycle_;
  bool is_concurrent_ = false;  // the collection that live_ is of
};

bool is_gc_log(std::string_view beginning) {
  constexpr std::array<std::string_view, 7> kCollectors{
      "Using G1",
      "Using Serial",
      "Using Parallel",
      "Using Concurrent Mark Sweep",
      "Using The Z Garbage Collector",
      "Using Shenandoah",
      "Using Epsilon",
  };
  return has_line(beginning, [&](std::string_view line) {
    const auto [decorations, message] = log_line(line);
    return gc_message(message) || (!decorations.empty() && begins_with_any(message, kCollectors));
  });
}

Result<Evidence> read_gc_log(ByteSource& source, std::string_view file) { return GcLogReader(source, file).read(); }

}  // namespace

const EvidenceFormat kJavaGcLog{"java-gc-log", "log of collections of Java 9 and later (-Xlog:gc), all collectors",
                                is_gc_log, read_gc_log};

}  // namespace migplan

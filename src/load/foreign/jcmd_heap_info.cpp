#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_size.hpp"
#include "evidence_formats.hpp"
#include "source_lines.hpp"

// jcmd PID GC.heap_info: a line a heap or generation that tells what is used of it, indented in Java 17, not in 25.
namespace migplan {
namespace {

struct HeapPart {
  std::string_view beginning;  // of the line that names it
  std::string_view partner;    // the other part of the same heap; empty where it is the whole
};

constexpr std::array<HeapPart, 11> kParts{{
    {"garbage-first heap", ""},
    {"ZHeap", ""},
    {"Shenandoah Heap", ""},
    {"PSYoungGen", "ParOldGen"},
    {"ParOldGen", "PSYoungGen"},
    {"def new generation", "tenured generation"},
    {"tenured generation", "def new generation"},
    {"DefNew", "Tenured"},
    {"Tenured", "DefNew"},
    {"par new generation", "concurrent mark-sweep generation"},
    {"concurrent mark-sweep generation", "par new generation"},
}};

const HeapPart* part_of(std::string_view line) noexcept {
  const std::string_view text = trimmed_text(line);
  for (const HeapPart& part : kParts) {
    if (text.starts_with(part.beginning)) return &part;
  }
  return nullptr;
}

// "…, used 51389K [0x…" and, of Shenandoah, "…, 100M used".
std::optional<Bytes> used_in(std::string_view line) noexcept {
  constexpr std::string_view kBefore = "used ";
  if (const std::size_t at = line.find(kBefore); at != std::string_view::npos) {
    std::string_view size = line.substr(at + kBefore.size());
    if (const auto used = take_size(size, SizeUnit::Required)) return used;
  }
  if (!line.ends_with(" used")) return std::nullopt;
  const std::size_t blank = line.rfind(' ', line.size() - std::string_view(" used").size() - 1);
  if (blank == std::string_view::npos) return std::nullopt;
  std::string_view size = line.substr(blank + 1);
  return take_size(size, SizeUnit::Required);
}

class HeapInfoReader {
 public:
  HeapInfoReader(ByteSource& source, std::string_view file) : lines_(source, file) {}

  Result<Evidence> read() {
    while (lines_.next()) {
      if (auto issue = add_line()) return *std::move(issue);
    }
    if (parts_.empty()) return refusal(lines_.file(), "no heap in the output of GC.heap_info");
    for (const HeapPart* part : parts_) {
      if (!part->partner.empty() && !has_part(part->partner)) {
        return refusal(lines_.file(),
                       fmt::format("found {}, expected {} too", in_quotes(part->beginning), in_quotes(part->partner)),
                       "the text may have been cut short", Cause::Syntax);
      }
    }
    reading_.kind = MemoryKind::HeapNow;
    reading_.note = "one instant, no peak";
    return Evidence(std::vector<MemoryReading>{std::move(reading_)});
  }

 private:
  [[nodiscard]] bool has_part(std::string_view beginning) const noexcept {
    return std::any_of(parts_.begin(), parts_.end(),
                       [beginning](const HeapPart* part) { return part->beginning == beginning; });
  }

  std::optional<Issue> add_line() {
    const HeapPart* const part = part_of(lines_.line());
    if (part == nullptr) return std::nullopt;
    if (has_part(part->beginning)) {
      return lines_.issue(0, fmt::format("a second {} stands here", in_quotes(part->beginning)),
                          "give the output of one call");
    }
    if (parts_.empty()) reading_.place = lines_.place(std::string(part->beginning));
    parts_.push_back(part);
    auto used = used_in(lines_.line());
    // Shenandoah tells it a line below.
    if (!used && lines_.next()) used = used_in(lines_.line());
    if (!used) return lines_.issue(0, fmt::format("expected how much of {} is used", in_quotes(part->beginning)));
    reading_.size += *used;
    return std::nullopt;
  }

  SourceLines lines_;
  MemoryReading reading_;
  std::vector<const HeapPart*> parts_;
};

// jcmd names the process first; what follows is the same without it.
bool is_heap_info(std::string_view beginning) {
  bool is_it = false;
  visit_lines(beginning, [&is_it](std::string_view line) {
    const std::string_view text = trimmed_text(line);
    const bool is_process = text.ends_with(':') && text.find_first_not_of("0123456789:") == std::string_view::npos;
    is_it = part_of(text) != nullptr;
    return text.empty() || is_process;
  });
  return is_it;
}

Result<Evidence> read_heap_info(ByteSource& source, std::string_view file) {
  return HeapInfoReader(source, file).read();
}

}  // namespace

const EvidenceFormat kJcmdHeapInfo{"jcmd-heap-info", "jcmd GC.heap_info, all collectors", is_heap_info, read_heap_info};

}  // namespace migplan

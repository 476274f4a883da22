#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "byte_size.hpp"
#include "evidence_formats.hpp"
#include "source_lines.hpp"

// /proc/PID/status of Linux (proc_pid_status(5)): VmHWM is the peak of the resident set, VmRSS its size now.
namespace migplan {
namespace {

constexpr std::string_view kPeak = "VmHWM:";
constexpr std::string_view kNow = "VmRSS:";

std::string_view key_of(std::string_view line) noexcept {
  return line.starts_with(kPeak) ? kPeak : line.starts_with(kNow) ? kNow : std::string_view();
}

bool has_reading(const std::vector<MemoryReading>& readings, MemoryKind kind) {
  for (const MemoryReading& reading : readings) {
    if (reading.kind == kind) return true;
  }
  return false;
}

Result<Evidence> read_status(ByteSource& source, std::string_view file) {
  SourceLines lines(source, file);
  std::vector<MemoryReading> readings;
  while (lines.next()) {
    const std::string_view key = key_of(lines.line());
    if (key.empty()) continue;
    const MemoryKind kind = key == kPeak ? MemoryKind::ResidentPeak : MemoryKind::ResidentNow;
    if (has_reading(readings, kind)) {
      return lines.issue(0, fmt::format("a second {} stands here", key), "give the status of one process");
    }
    std::string_view text = trimmed_text(lines.line().substr(key.size()));
    const std::size_t offset = static_cast<std::size_t>(text.data() - lines.line().data());
    const std::string_view found = text;
    const auto size = take_size(text, SizeUnit::Required);
    if (!size || !text.empty()) {
      return lines.issue(offset, fmt::format("found {}, expected a size in kB", in_quotes(found)));
    }
    MemoryReading& reading = readings.emplace_back();
    reading.place = lines.place(std::string(key.substr(0, key.size() - 1)));
    reading.kind = kind;
    reading.size = *size;
    if (kind == MemoryKind::ResidentNow) reading.note = "one instant, no peak";
  }
  if (!readings.empty()) return Evidence(std::move(readings));
  return refusal(file, "neither VmHWM nor VmRSS: a thread of the kernel has no memory of its own");
}

bool is_status(std::string_view beginning) {
  if (beginning.starts_with("Name:\t")) return true;
  return beginning.starts_with("Vm") &&
         has_line(beginning, [](std::string_view line) { return !key_of(line).empty(); });
}

}  // namespace

const EvidenceFormat kProcStatus{"proc-status", "/proc/PID/status of Linux", is_status, read_status};

}  // namespace migplan

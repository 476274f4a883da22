#include <string>
#include <string_view>
#include <vector>

#include "byte_size.hpp"
#include "evidence_formats.hpp"
#include "source_lines.hpp"

// jcmd PID VM.native_memory summary, detail and their .diff, in any scale: "Total: reserved=1671MB, committed=325MB".
namespace migplan {
namespace {

constexpr std::string_view kTitle = "Native Memory Tracking:";
constexpr std::string_view kNotEnabled = "Native memory tracking is not enabled";
constexpr std::string_view kTotal = "Total:";
constexpr std::string_view kCommitted = "committed=";

Result<Evidence> reading_of_total(const SourceLines& lines) {
  const std::size_t at = lines.line().find(kCommitted);
  std::string_view rest = at == std::string_view::npos ? "" : lines.line().substr(at + kCommitted.size());
  const auto size = take_size(rest);
  if (!size) return lines.issue(0, "found no committed=… in the line of totals");
  MemoryReading reading;
  reading.place = lines.place("Total committed");
  reading.kind = MemoryKind::Committed;
  reading.size = *size;
  reading.note = "promised to the process, resident or not";
  return Evidence(std::vector<MemoryReading>{std::move(reading)});
}

Result<Evidence> read_native_memory(ByteSource& source, std::string_view file) {
  SourceLines lines(source, file);
  while (lines.next()) {
    const std::string_view line = trimmed_text(lines.line());
    if (line.starts_with(kTotal)) return reading_of_total(lines);
    if (line.starts_with(kNotEnabled)) {
      return lines.issue(0, "native memory tracking is not enabled",
                         "start java with -XX:NativeMemoryTracking=summary");
    }
  }
  return refusal(file, "the text ends, expected the line of totals", "the text may have been cut short", Cause::Syntax);
}

bool is_native_memory(std::string_view beginning) {
  return has_line(beginning, [](std::string_view line) {
    const std::string_view text = trimmed_text(line);
    return text == kTitle || text.starts_with(kNotEnabled);
  });
}

}  // namespace

const EvidenceFormat kJcmdNativeMemory{"jcmd-native-memory", "jcmd VM.native_memory, any scale", is_native_memory,
                                       read_native_memory};

}  // namespace migplan

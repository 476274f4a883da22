#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence_formats.hpp"
#include "migplan/base/decimal.hpp"
#include "source_lines.hpp"

// jcmd PID GC.class_histogram and jmap -histo: "num: #instances #bytes class name" a class, and a line of totals.
namespace migplan {
namespace {

constexpr std::string_view kHeapDump = "JAVA PROFILE 1.0.";

// The words of a row that are numbers: of a class its place, instances and bytes, of the totals the latter two.
struct Row {
  bool is_total = false;
  std::int64_t bytes = 0;
};

std::optional<std::int64_t> take_number(std::string_view& text) noexcept {
  text = trimmed_text(text);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<Row> row_of(std::string_view line) noexcept {
  constexpr std::string_view kTotal = "Total ";
  Row row;
  std::string_view rest = trimmed_text(line);
  row.is_total = rest.starts_with(kTotal);
  if (row.is_total) {
    rest.remove_prefix(kTotal.size());
  } else if (!take_number(rest) || !rest.starts_with(':')) {
    return std::nullopt;
  } else {
    rest.remove_prefix(1);
  }
  const auto instances = take_number(rest);
  const auto bytes = instances ? take_number(rest) : std::nullopt;
  if (!bytes) return std::nullopt;
  row.bytes = *bytes;
  return row;
}

Result<Evidence> reading_of(const SourceLines& lines, std::int64_t total, Int128 sum) {
  if (sum != total || total > Bytes::max().steps()) {
    return lines.issue(0, fmt::format("found a total of {} bytes, expected the sum of the rows above", total),
                       "give the histogram as a whole");
  }
  MemoryReading reading;
  reading.place = lines.place("Total #bytes");
  reading.kind = MemoryKind::LiveHeap;
  reading.size = Bytes::from_steps(total);
  reading.note =
      "behind a full collection, which GC.class_histogram runs unless -all is given (jmap -histo: only with :live)";
  return Evidence(std::vector<MemoryReading>{std::move(reading)});
}

Result<Evidence> read_histogram(ByteSource& source, std::string_view file) {
  SourceLines lines(source, file);
  Int128 sum = 0;
  while (lines.next()) {
    if (lines.line().starts_with(kHeapDump)) {
      return refusal(file, "a heap dump, which holds every object", "give the output of jcmd PID GC.class_histogram");
    }
    const auto row = row_of(lines.line());
    if (!row) continue;
    if (row->is_total) return reading_of(lines, row->bytes, sum);
    sum += row->bytes;
  }
  return refusal(file, "the text ends, expected the line of totals", "the text may have been cut short", Cause::Syntax);
}

bool is_histogram(std::string_view beginning) {
  if (beginning.starts_with(kHeapDump)) return true;
  return has_line(beginning, [](std::string_view line) {
    return line.find("#instances") != std::string_view::npos && line.find("#bytes") != std::string_view::npos;
  });
}

}  // namespace

const EvidenceFormat kJcmdClassHistogram{"jcmd-class-histogram", "jcmd GC.class_histogram or jmap -histo", is_histogram,
                                         read_histogram};

}  // namespace migplan

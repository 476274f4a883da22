#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "line_chunks.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/evidence.hpp"

namespace migplan {

// The lines of a source in bounded memory, with their places. Both ends of line are understood.
class SourceLines {
 public:
  SourceLines(ByteSource& source, std::string_view file) : chunks_(source), file_(file) {}

  // The next line; false at the end. The line before is then gone.
  bool next();
  [[nodiscard]] std::string_view line() const noexcept { return line_; }
  // Whether the line has an end; only the last one may have none.
  [[nodiscard]] bool is_whole() const noexcept { return is_whole_; }
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

  // Of a byte of the line; lines beyond what a Position can hold keep its greatest number.
  [[nodiscard]] Position at(std::size_t offset = 0) const noexcept;
  [[nodiscard]] EvidencePlace place(std::string field = {}) const { return {file_, at(), std::move(field)}; }
  // An error at a byte of the line.
  [[nodiscard]] Issue issue(std::size_t offset, std::string message, std::string hint = {},
                            Cause cause = Cause::Content) const;

 private:
  LineChunks chunks_;
  std::string file_;
  LineChunk chunk_;
  std::size_t next_end_ = 0;  // of the chunk's line ends
  std::size_t used_ = 0;      // of the chunk's bytes
  std::uint64_t number_ = 0;
  std::string_view line_;
  bool is_whole_ = true;
};

// The first lines of a text that may be cut short; at most `most`, without their ends.
template <class Visit>
void visit_lines(std::string_view beginning, const Visit& visit) {
  while (!beginning.empty()) {
    const std::size_t end = beginning.find('\n');
    std::string_view line = beginning.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!visit(line)) return;
    beginning.remove_prefix(end == std::string_view::npos ? beginning.size() : end + 1);
  }
}

// Whether one of the lines is as `is_it` says.
template <class Predicate>
[[nodiscard]] bool has_line(std::string_view beginning, const Predicate& is_it) {
  bool has = false;
  visit_lines(beginning, [&](std::string_view line) { return !(has = is_it(line)); });
  return has;
}

[[nodiscard]] std::string_view trimmed_text(std::string_view text) noexcept;

}  // namespace migplan

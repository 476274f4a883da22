#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace migplan {

// A place in a text, counted from 1; 0 = not known. Columns count bytes.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

enum class Severity : std::uint8_t { Note, Warning, Error };
enum class Cause : std::uint8_t {
  Content,  // what a file says
  Syntax,   // a text that breaks off: what stands behind is not known
  Access,   // a file that could not be read or written
};

[[nodiscard]] std::string_view name_of(Severity severity) noexcept;

// One thing that is wrong with the user's input.
struct Issue {
  Severity severity = Severity::Error;
  std::string file;  // as the user named it; empty where no file is meant
  Position at;
  std::string path;     // inside the document: services[12].impact.sla_30d
  std::string message;  // what was found, what was expected
  std::string hint{};   // what to do about it; may be empty
  Cause cause = Cause::Content;
};

// "services.yaml:12:7: error: services[3].debt: found 5, expected a map (did you mean …?)". Control characters of the
// input are shown as escapes, so that no file can steer a terminal.
[[nodiscard]] std::string to_string(const Issue& issue);

// Text of the input made safe for one line of a terminal and shortened to `limit` bytes at a character's edge.
[[nodiscard]] std::string in_quotes(std::string_view text, std::size_t limit = 60);
[[nodiscard]] std::string printable(std::string_view text);

// The problems of a run in the order they were found. Keeps the first `kKept` of each severity and counts the rest.
class Issues {
 public:
  static constexpr std::size_t kKept = 100;

  [[nodiscard]] static Issues of(Issue issue);
  void add(Issue issue);
  void append(Issues other);

  // By the order of `files`, then by place; others behind. The order in which a reader of the files meets them.
  void sort(std::span<const std::string> files);

  [[nodiscard]] const std::vector<Issue>& kept() const noexcept { return kept_; }
  [[nodiscard]] std::size_t errors() const noexcept { return found_[static_cast<std::size_t>(Severity::Error)]; }
  [[nodiscard]] std::size_t warnings() const noexcept { return found_[static_cast<std::size_t>(Severity::Warning)]; }
  [[nodiscard]] bool has_errors() const noexcept { return errors() != 0; }
  [[nodiscard]] bool has_access_errors() const noexcept { return has_cause_[static_cast<std::size_t>(Cause::Access)]; }
  [[nodiscard]] bool has_syntax_errors() const noexcept { return has_cause_[static_cast<std::size_t>(Cause::Syntax)]; }
  [[nodiscard]] bool is_empty() const noexcept { return found() == 0; }
  // Found but not kept.
  [[nodiscard]] std::size_t dropped() const noexcept { return found() - kept_.size(); }

 private:
  [[nodiscard]] std::size_t found() const noexcept { return found_[0] + found_[1] + found_[2]; }

  std::vector<Issue> kept_;
  std::array<std::size_t, 3> found_{}, kept_of_{};  // by severity
  std::array<bool, 3> has_cause_{};                 // of errors
};

}  // namespace migplan

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "program.hpp"

namespace migplan::test {

// A recorded session with the program. The head says what is given, one line each, before the first command:
//   # the one point that is made
//   file PATH from NAME       a file as in tests/golden/inputs/NAME
//   file PATH, stdin          lines that follow, indented by two spaces, are its text
//   folder PATH, device PATH
//   env NAME VALUE, terminal WIDTH
//   needs html                is played only by a build that has the page
//   mask REGEX REPLACEMENT    what differs between machines; applied to standard output
// Then, per command:
//   $ migplan ARGUMENTS       quoted as in a shell; may end in "| head N", "| grep TEXT", or "| sheets", which tells
//                             what is in a workbook; "$ cat PATH" shows a file
//   standard output           as it is; a line that begins with $ ! or = has a \ before it
//   ! standard error
//   = exit code
// In outputs, \\ \r \e and \xNN stand for those bytes, and a last line without an end is marked by a single \ at its
// end.
struct Transcript {
  struct Command {
    std::string line;      // after "$ "
    std::string expected;  // what follows it, as recorded
  };

  std::string head;
  Files files;
  std::vector<std::string> folders, devices;
  std::string in;
  ProgramOptions options;
  std::vector<std::pair<std::string, std::string>> masks;
  std::vector<Command> commands;
  bool is_for_this_build = true;
};

// Throws std::runtime_error for a file that is no transcript.
[[nodiscard]] Transcript parse_transcript(std::string_view text);
// What is given, put on a disk.
void put_on(MemoryDisk& disk, const Transcript& transcript);
// What each command really does, recorded in the same way; commands see the files that earlier ones left.
[[nodiscard]] std::vector<std::string> replay(const Transcript& transcript);
// The words of a command line.
[[nodiscard]] std::vector<std::string> shell_words(std::string_view line);

// Paths of all transcripts below tests/golden, sorted: "score/top.transcript".
[[nodiscard]] std::vector<std::string> transcript_paths();

}  // namespace migplan::test

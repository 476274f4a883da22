#include "transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <stdexcept>

#include "migplan/report/report.hpp"
#include "workbook_parts.hpp"

namespace migplan::test {
namespace {

namespace fs = std::filesystem;

// The next line of `text`, without its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string_view take_word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

class HeadParser {
 public:
  explicit HeadParser(Transcript& transcript) : transcript_(transcript) {}

  void line(std::string_view line) {
    transcript_.head += std::string(line) + "\n";
    if (line.starts_with("  ")) {
      if (text_ == nullptr) throw std::runtime_error("text that belongs to no file");
      *text_ += std::string(line.substr(2)) + "\n";
      return;
    }
    text_ = nullptr;
    if (!line.empty() && !line.starts_with('#')) directive(line);
  }

 private:
  void directive(std::string_view rest) {
    const std::string_view name = take_word(rest);
    if (name == "file") return file(rest);
    if (name == "stdin") {
      text_ = &transcript_.in;
    } else if (name == "folder") {
      transcript_.folders.emplace_back(rest);
    } else if (name == "device") {
      transcript_.devices.emplace_back(rest);
    } else if (name == "env") {
      const std::string variable(take_word(rest));
      transcript_.options.variables[variable] = rest;
    } else if (name == "terminal") {
      transcript_.options.is_out_terminal = true;
      transcript_.options.terminal_width = std::stoul(std::string(rest));
    } else if (name == "needs") {
      if (rest != "html") throw std::runtime_error(fmt::format("unknown need: {}", rest));
      transcript_.is_for_this_build = find_format("html") != nullptr;
    } else if (name == "mask") {
      const std::string pattern(take_word(rest));
      transcript_.masks.emplace_back(pattern, rest);
    } else {
      throw std::runtime_error(fmt::format("unknown line: {}", name));
    }
  }

  void file(std::string_view rest) {
    const std::string path(take_word(rest));
    std::string& text = transcript_.files[path];
    if (rest.starts_with("from ")) {
      text = input_file(std::string(rest.substr(5)));
    } else {
      text_ = &text;
    }
  }

  Transcript& transcript_;
  std::string* text_ = nullptr;
};

std::string shown(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::string out;
  if (bytes.starts_with(kMark)) {
    out = "\\xEF\\xBB\\xBF";
    bytes.remove_prefix(kMark.size());
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool ends_line = i + 1 == bytes.size() || bytes[i + 1] == '\n';
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\x1b') {
      out += "\\e";
    } else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || (c == ' ' && ends_line)) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  if (!bytes.empty() && bytes.back() != '\n') out += "\\\n";
  return out;
}

std::string record(const Outcome& outcome) {
  std::string out;
  const std::string out_text = shown(outcome.out), err_text = shown(outcome.err);
  for (std::string_view left = out_text; !left.empty();) {
    const std::string_view line = take_line(left);
    if (!line.empty() && (line[0] == '$' || line[0] == '!' || line[0] == '=')) out += '\\';
    out += std::string(line) + "\n";
  }
  for (std::string_view left = err_text; !left.empty();) {
    const std::string_view line = take_line(left);
    out += line.empty() ? "!\n" : fmt::format("! {}\n", line);
  }
  return out + fmt::format("= {}\n", outcome.code);
}

std::string filtered(std::string_view text, const std::vector<std::string>& filter) {
  if (filter.size() == 1 && filter[0] == "sheets") return sheets_told(text);
  if (filter.size() != 2 || (filter[0] != "head" && filter[0] != "grep"))
    throw std::runtime_error("expected head N, grep TEXT or sheets");
  std::string out;
  const std::size_t most = filter[0] == "head" ? std::stoul(filter[1]) : SIZE_MAX;
  for (std::size_t count = 0; !text.empty() && count < most;) {
    const std::string_view line = take_line(text);
    if (filter[0] == "grep" && line.find(filter[1]) == std::string_view::npos) continue;
    out += std::string(line) + "\n";
    ++count;
  }
  return out;
}

Outcome run_line(const std::string& line, const Transcript& transcript, MemoryDisk& disk) {
  std::vector<std::string> words = shell_words(line), filter;
  if (const auto bar = std::find(words.begin(), words.end(), "|"); bar != words.end()) {
    filter.assign(bar + 1, words.end());
    words.erase(bar, words.end());
  }
  Outcome outcome;
  if (words.size() == 2 && words[0] == "cat") {
    const Files files = disk.files();
    const auto found = files.find(words[1]);
    if (found == files.end()) return {1, "", fmt::format("cat: {}: No such file or directory\n", words[1]), {}};
    outcome.out = found->second;
  } else if (!words.empty() && words[0] == "migplan") {
    outcome = run_program({words.begin() + 1, words.end()}, disk, transcript.in, transcript.options);
  } else {
    throw std::runtime_error("unknown command: " + line);
  }
  for (const auto& [pattern, replacement] : transcript.masks) {
    outcome.out = std::regex_replace(outcome.out, std::regex(pattern), replacement);
  }
  if (!filter.empty() && !outcome.out.empty()) outcome.out = filtered(outcome.out, filter);
  return outcome;
}

}  // namespace

Transcript parse_transcript(std::string_view text) {
  Transcript transcript;
  HeadParser head(transcript);
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.starts_with("$ ")) {
      transcript.commands.push_back({std::string(line.substr(2)), ""});
    } else if (transcript.commands.empty()) {
      head.line(line);
    } else {
      transcript.commands.back().expected += std::string(line) + "\n";
    }
  }
  if (!transcript.head.starts_with("# ")) throw std::runtime_error("the first line must say the point, after #");
  if (transcript.commands.empty()) throw std::runtime_error("no command");
  return transcript;
}

void put_on(MemoryDisk& disk, const Transcript& transcript) {
  for (const auto& [path, bytes] : transcript.files) disk.add_file(path, bytes);
  for (const std::string& folder : transcript.folders) disk.add_folder(folder);
  for (const std::string& device : transcript.devices) disk.add_device(device);
}

std::vector<std::string> replay(const Transcript& transcript) {
  MemoryDisk disk;
  put_on(disk, transcript);
  std::vector<std::string> records;
  for (const Transcript::Command& command : transcript.commands) {
    records.push_back(record(run_line(command.line, transcript, disk)));
  }
  return records;
}

std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> words;
  bool is_in_word = false;
  char quote = 0;
  for (const char c : line) {
    if (quote == 0 && c == ' ') {
      is_in_word = false;
      continue;
    }
    if (!is_in_word) words.emplace_back();
    is_in_word = true;
    if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) throw std::runtime_error(fmt::format("a quote is not closed: {}", line));
  return words;
}

std::vector<std::string> transcript_paths() {
  const fs::path folder = MIGPLAN_SOURCE_DIR "/tests/golden";
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".transcript") paths.push_back(fs::relative(entry.path(), folder).string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace migplan::test

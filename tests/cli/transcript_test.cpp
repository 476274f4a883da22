#include "transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>

#include "command_tree.hpp"

namespace {

using namespace migplan;
using namespace migplan::test;

Transcript transcript_at(const std::string& path) { return parse_transcript(source_file("tests/golden/" + path)); }

void rewrite(const std::string& path, const Transcript& transcript, const std::vector<std::string>& records) {
  std::string text = transcript.head;
  for (std::size_t i = 0; i < records.size(); ++i) text += "$ " + transcript.commands[i].line + "\n" + records[i];
  std::ofstream(MIGPLAN_SOURCE_DIR "/tests/golden/" + path, std::ios::binary) << text;
}

// The words of every command line that stands in a transcript of `command`.
std::vector<std::vector<std::string>> lines_of(const std::string& command) {
  std::vector<std::vector<std::string>> lines;
  for (const std::string& path : transcript_paths()) {
    if (!path.starts_with(command + "/")) continue;
    for (const Transcript::Command& line : transcript_at(path).commands) {
      auto words = shell_words(line.line);
      if (words.size() > 1 && words[0] == "migplan" && words[1] == command) lines.push_back(std::move(words));
    }
  }
  return lines;
}

bool shows_option(const std::vector<std::vector<std::string>>& lines, const std::string& option) {
  return std::any_of(lines.begin(), lines.end(), [&](const auto& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word == option || word.starts_with(option + "="); });
  });
}

bool shows_format(const std::vector<std::vector<std::string>>& lines, std::string_view format) {
  return std::any_of(lines.begin(), lines.end(), [&](const auto& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if ((words[i] == "-f" || words[i] == "--format") && words[i + 1] == format) return true;
    }
    return false;
  });
}

bool shows_format_option(const CLI::App& command, std::string_view format) {
  return command.get_option("--format")->get_option_text().find(format) != std::string::npos;
}

std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) {
      if (name != "h") names.push_back("-" + name);
    }
  }
  return names;
}

constexpr std::size_t kParts = 4;

void replay_part(std::size_t part) {
  const bool is_approved = std::getenv("MIGPLAN_APPROVE") != nullptr;
  const std::vector<std::string> paths = transcript_paths();
  for (std::size_t number = part; number < paths.size(); number += kParts) {
    const std::string& path = paths[number];
    INFO(path);
    const Transcript transcript = transcript_at(path);
    if (!transcript.is_for_this_build) continue;
    const auto records = replay(transcript);
    if (is_approved) {
      rewrite(path, transcript, records);
      continue;
    }
    for (std::size_t i = 0; i < records.size(); ++i) {
      INFO("$ " << transcript.commands[i].line);
      CHECK(records[i] == transcript.commands[i].expected);
    }
  }
}

}  // namespace

// In parts, which ctest runs side by side: each takes every kParts-th transcript.
TEST_CASE("transcripts: the program does what is recorded, part 1", "[golden]") { replay_part(0); }
TEST_CASE("transcripts: the program does what is recorded, part 2", "[golden]") { replay_part(1); }
TEST_CASE("transcripts: the program does what is recorded, part 3", "[golden]") { replay_part(2); }
TEST_CASE("transcripts: the program does what is recorded, part 4", "[golden]") { replay_part(3); }

TEST_CASE("transcripts: every command, option and format owns one", "[golden]") {
  cli::Options options;
  cli::Action action;
  const auto app = cli::make_app(options, action);
  std::vector<std::string> missing;
  for (const CLI::App* command : app->get_subcommands([](const CLI::App*) { return true; })) {
    const auto lines = lines_of(command->get_name());
    for (const std::string& name : names_of(*command)) {
      if (!shows_option(lines, name)) missing.push_back(command->get_name() + " " + name);
    }
    if (command->get_option_no_throw("--format") == nullptr) continue;
    for (const Format& format : formats()) {
      if (format.view != View::Projections && !shows_format_option(*command, format.name)) continue;
      if (!shows_format(lines, format.name))
        missing.push_back(fmt::format("{} --format {}", command->get_name(), format.name));
    }
  }
  CHECK(missing == std::vector<std::string>{});
}

TEST_CASE("transcripts: a changed output is noticed", "[golden]") {
  Transcript transcript = parse_transcript("# a point\n$ migplan --version\nmigplan 0\n= 0\n");
  CHECK(replay(transcript)[0] != transcript.commands[0].expected);
  CHECK(replay(transcript)[0].starts_with("migplan "));
}

TEST_CASE("transcripts: words are split as a shell does") {
  CHECK(shell_words("migplan score --filter 'a==\"b c\"' x\"y z\"") ==
        std::vector<std::string>{"migplan", "score", "--filter", "a==\"b c\"", "xy z"});
  CHECK_THROWS(shell_words("migplan 'open"));
  CHECK_THROWS(parse_transcript("$ migplan\n"));
  CHECK_THROWS(parse_transcript("# no command\n"));
}

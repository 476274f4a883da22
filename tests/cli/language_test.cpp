// One catalogue a language, and nothing of it missing or left over.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>

#include "command_tree.hpp"
#include "migplan/load/catalogue_reader.hpp"
#include "transcript.hpp"

namespace {

using namespace migplan;
using namespace migplan::test;
namespace fs = std::filesystem;

using Texts = std::set<std::string>;

// Entries to be filled in and put into the catalogue.
std::string to_paste(const Texts& missing, std::string_view context) {
  std::string out;
  for (const std::string& english : missing) {
    std::string escaped;
    for (const char c : english) {
      if (c == '"' || c == '\\') escaped += '\\';
      escaped += c;
    }
    if (!context.empty()) out += fmt::format("msgctxt \"{}\"\n", context);
    out += fmt::format("msgid \"{}\"\nmsgstr \"\"\n\n", escaped);
  }
  return out;
}

Catalogue chinese() { return builtin_catalogue("zh").value(); }

// ---- the sources

// A string literal, or several that the compiler joins, at the beginning of `text`; what was read is taken off.
std::string take_literals(std::string_view& text, char quote) {
  std::string out;
  for (;;) {
    const std::size_t begin = text.find_first_not_of(" \n\t");
    if (begin == std::string_view::npos || text[begin] != quote) return out;
    std::size_t i = begin + 1;
    for (; i < text.size() && text[i] != quote; ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) {
        ++i;
        out += text[i] == 'n' ? '\n' : text[i] == 't' ? '\t' : text[i];
      } else {
        out += text[i];
      }
    }
    text.remove_prefix(std::min(i + 1, text.size()));
  }
}

// Every text that stands in quotes in a source, but in comments and includes.
Texts literals_in(std::string_view source, std::string_view quotes) {
  Texts found;
  while (!source.empty()) {
    if (source.starts_with("//") || source.starts_with("#include")) {
      source.remove_prefix(std::min(source.find('\n'), source.size()));
    } else if (source.starts_with("'\"'") || source.starts_with("'\\\"'")) {
      source.remove_prefix(3);
    } else if (quotes.find(source.front()) != std::string_view::npos) {
      const std::size_t before = source.size();
      found.insert(take_literals(source, source.front()));
      if (source.size() == before) source.remove_prefix(1);
    } else {
      source.remove_prefix(1);
    }
  }
  return found;
}

std::vector<std::string> sources(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
  std::vector<std::string> paths;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(MIGPLAN_SOURCE_DIR "/" + folder)) {
      const std::string ending = entry.path().extension().string();
      if (std::find(endings.begin(), endings.end(), ending) == endings.end()) continue;
      paths.push_back(fs::relative(entry.path(), MIGPLAN_SOURCE_DIR).string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The first argument of each call of `function`.
Texts first_arguments(std::string_view source, const std::string& function, std::string_view quotes) {
  Texts found;
  const auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; };
  for (std::size_t at = source.find(function); at != std::string_view::npos; at = source.find(function, at + 1)) {
    if (at > 0 && is_name(source[at - 1])) continue;
    std::string_view rest = source.substr(at + function.size());
    const std::size_t begin = rest.find_first_not_of(" \n");
    if (begin == std::string_view::npos || quotes.find(rest[begin]) == std::string_view::npos) continue;
    found.insert(take_literals(rest, rest[begin]));
  }
  return found;
}

// Behind the bracket that closes the one in front of `at`.
std::size_t end_of_call(std::string_view source, std::size_t at) {
  for (int depth = 1; at < source.size() && depth != 0; ++at)
    depth += source[at] == '(' ? 1 : source[at] == ')' ? -1 : 0;
  return at;
}

// Texts with {} in the calls of `function`: both patterns of a count, which stand behind it.
Texts patterns_in_calls(std::string_view source, std::string_view function, std::string_view quotes) {
  Texts patterns;
  for (std::size_t at = source.find(function); at != std::string_view::npos; at = source.find(function, at + 1)) {
    const std::size_t end = end_of_call(source, at + function.size());
    for (const std::string& literal : literals_in(source.substr(at, end - at), quotes)) {
      if (literal.find("{}") != std::string::npos) patterns.insert(literal);
    }
  }
  return patterns;
}

// Patterns that our code says, reached by a transcript or not. Readers and what is merged say errors, in English.
Texts patterns_of_sources() {
  Texts patterns;
  for (const std::string& path : sources({"src", "include"}, {".cpp", ".hpp"})) {
    if (path == "include/migplan/base/text.hpp" || path.starts_with("src/load/") || path.starts_with("src/merge/")) {
      continue;
    }
    const std::string source = source_file(path);
    patterns.merge(first_arguments(source, "say(", "\""));
    patterns.merge(patterns_in_calls(source, "counted(", "\""));
  }
  return patterns;
}

Texts patterns_of_page() {
  Texts patterns;
  for (const std::string& path : sources({"src/report/page"}, {".js"})) {
    const std::string source = source_file(path);
    patterns.merge(first_arguments(source, "t(", "'"));
    patterns.merge(patterns_in_calls(source, "count_of(", "'"));
  }
  return patterns;
}

// ---- the program

bool takes_format(const std::string& command) {
  cli::Options options;
  cli::Action action;
  const auto app = cli::make_app(options, action);
  const auto found = app->get_subcommands([&](const CLI::App* one) { return one->get_name() == command; });
  return !found.empty() && found.front()->get_option_no_throw("--format") != nullptr;
}

// A command line without the options that choose format and place, or silence.
Arguments shown_in_chinese(const Arguments& words) {
  static const Texts kWithValue{"-f", "--format", "-o", "--output", "--log-format", "--lang", "--color"};
  static const Texts kFlags{"-q", "--quiet", "--bom"};
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string name = words[i].substr(0, words[i].find('='));
    if (kWithValue.contains(name)) {
      if (name == words[i]) ++i;
    } else if (!kFlags.contains(name)) {
      arguments.push_back(words[i]);
    }
  }
  arguments.insert(arguments.end(), {"--lang", "zh", "--verbose"});
  if (takes_format(arguments.front())) arguments.insert(arguments.end(), {"--format", "text"});
  return arguments;
}

void add_missing(const std::string& errors, Texts& missing) {
  constexpr std::string_view kMark = "--lang zh: not translated: ";
  std::size_t at = 0;
  while ((at = errors.find(kMark, at)) != std::string::npos) {
    std::string_view rest = std::string_view(errors).substr(at + kMark.size());
    missing.insert(take_literals(rest, '"'));
    at += kMark.size();
  }
}

bool is_data(const Arguments& words) {
  static const Texts kData{"json", "jsonl", "csv", "junit", "sarif", "ics", "mermaid", "tjp", "msproject"};
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if ((words[i] == "-f" || words[i] == "--format") && kData.contains(words[i + 1])) return true;
  }
  return false;
}

// The same files on another disk.
void copy_files(const MemoryDisk& from, const Transcript& transcript, MemoryDisk& to) {
  for (const std::string& folder : transcript.folders) to.add_folder(folder);
  for (const std::string& device : transcript.devices) to.add_device(device);
  for (const auto& [path, bytes] : from.files()) to.add_file(path, bytes);
}

Outcome outcome_on_copy(const Arguments& words, const MemoryDisk& disk, const Transcript& transcript) {
  MemoryDisk copy;
  copy_files(disk, transcript, copy);
  return run_program(words, copy, transcript.in, transcript.options);
}

// Plays a transcript, and each of its commands in Chinese besides.
void play_in_chinese(const Transcript& transcript, Texts& missing) {
  MemoryDisk disk;
  put_on(disk, transcript);
  for (const Transcript::Command& command : transcript.commands) {
    Arguments words = shell_words(command.line);
    words.erase(std::find(words.begin(), words.end(), "|"), words.end());
    if (words.size() < 2 || words[0] != "migplan" || words[1].starts_with('-')) continue;
    words.erase(words.begin());
    const bool is_shown = words[0] != "completion" && words[0] != "init";
    const bool has_language = std::find(words.begin(), words.end(), "--lang") != words.end();
    std::optional<Outcome> same;
    if (is_shown) add_missing(outcome_on_copy(shown_in_chinese(words), disk, transcript).err, missing);
    if (is_shown && is_data(words) && !has_language) {
      Arguments in_chinese = words;
      in_chinese.insert(in_chinese.end(), {"--lang", "zh"});
      same = outcome_on_copy(in_chinese, disk, transcript);
    }
    const bool leaves_files = &command != &transcript.commands.back();  // for those behind it
    if (!same && !leaves_files) continue;
    const Outcome english = run_program(words, disk, transcript.in, transcript.options);
    if (!same) continue;
    INFO(command.line);
    CHECK(english.out == same->out);
    CHECK(english.files == same->files);
  }
}

constexpr std::size_t kParts = 4;

void play_part(std::size_t part) {
  const std::vector<std::string> paths = transcript_paths();
  Texts missing;
  for (std::size_t number = part; number < paths.size(); number += kParts) {
    const Transcript transcript = parse_transcript(source_file("tests/golden/" + paths[number]));
    if (transcript.is_for_this_build) play_in_chinese(transcript, missing);
  }
  INFO("data/lang/zh.po lacks\n\n" << to_paste(missing, ""));
  CHECK(missing.empty());
}

Texts keys_of(const Catalogue& catalogue, std::string_view context) {
  Texts keys;
  for (const auto& [key, translation] : catalogue.texts()) {
    if (key.first == context) keys.insert(key.second);
  }
  return keys;
}

Texts difference(const Texts& a, const Texts& b) {
  Texts out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

Texts help_texts() {
  cli::Options options;
  cli::Action action;
  Texts texts;
  Catalogue nothing;
  nothing.tell_missing([&texts](std::string_view english, std::string_view) { texts.emplace(english); });
  const auto app = cli::make_app(options, action);
  cli::translate_help(*app, nothing);
  return texts;
}

}  // namespace

// In parts, which ctest runs side by side: each takes every kParts-th transcript.
TEST_CASE("language: all that transcripts show is there in Chinese, and data are the same, part 1", "[replay]") {
  play_part(0);
}
TEST_CASE("language: all that transcripts show is there in Chinese, and data are the same, part 2", "[replay]") {
  play_part(1);
}
TEST_CASE("language: all that transcripts show is there in Chinese, and data are the same, part 3", "[replay]") {
  play_part(2);
}
TEST_CASE("language: all that transcripts show is there in Chinese, and data are the same, part 4", "[replay]") {
  play_part(3);
}

TEST_CASE("language: every pattern of the sources is there in Chinese") {
  const Texts patterns = patterns_of_sources();
  CHECK(patterns.size() > 250);
  const Texts missing = difference(patterns, keys_of(chinese(), ""));
  INFO("data/lang/zh.po lacks\n\n" << to_paste(missing, ""));
  CHECK(missing.empty());
}

TEST_CASE("language: help is there in Chinese, and the catalogue has no other help") {
  const Texts texts = help_texts(), keys = keys_of(chinese(), "help");
  CHECK(texts.size() > 150);
  const Texts missing = difference(texts, keys);
  INFO("data/lang/zh.po lacks\n\n" << to_paste(missing, "help"));
  CHECK(missing.empty());
  CHECK(difference(keys, texts) == Texts{});
}

TEST_CASE("language: the page is there in Chinese, and the catalogue has no other page") {
  const Texts texts = patterns_of_page(), keys = keys_of(chinese(), "page");
  CHECK(texts.size() > 100);
  const Texts missing = difference(texts, keys);
  INFO("data/lang/zh.po lacks\n\n" << to_paste(missing, "page"));
  CHECK(missing.empty());
  CHECK(difference(keys, texts) == Texts{});
}

TEST_CASE("language: every entry of the catalogue is said by some source") {
  Texts literals;
  for (const std::string& path : sources({"src", "include"}, {".cpp", ".hpp"})) {
    literals.merge(literals_in(source_file(path), "\""));
  }
  const std::string policy = source_file("data/policy.yaml");
  Texts left;
  for (const std::string& key : keys_of(chinese(), "")) {
    // A fact is headed by the end of its path.
    const bool is_fact = std::any_of(literals.begin(), literals.end(),
                                     [&](const std::string& literal) { return literal.ends_with("." + key); });
    if (!literals.contains(key) && !is_fact && policy.find(key) == std::string::npos) left.insert(key);
  }
  CHECK(left == Texts{});
}

TEST_CASE("language: help is in the language asked for, wherever that stands") {
  const std::string english = run_program({"score", "--help"}).out;
  const std::string chinese = run_program({"score", "--help", "--lang", "zh"}).out;
  CHECK(english != chinese);
  CHECK(chinese.find("用法") != std::string::npos);
  CHECK(run_program({"--lang", "zh", "score", "--help"}).out == chinese);
  CHECK(run_program({"score", "--lang=zh", "--help"}).out == chinese);
  CHECK(run_program({"score", "--help", "--lang", "en"}).out == english);
  CHECK(run_program({"--lang", "zh", "--help"}).out.find("退出码") != std::string::npos);
  CHECK(run_program({"--lang", "zh", "scroe"}).err.find("did you mean score?") != std::string::npos);
  CHECK(run_program({"score", "--lang", "fr"}).code == 2);
}

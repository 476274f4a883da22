#include "migplan/load/catalogue_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "embedded.hpp"
#include "migplan/base/assert.hpp"

namespace migplan {
namespace {

// Numbers of the arguments that a pattern shows, in rising order: {} is the next one, {2} the third. Null where braces
// are anything else, or where both kinds are mixed.
std::optional<std::vector<std::size_t>> places_in(std::string_view pattern) {
  std::vector<std::size_t> places;
  std::size_t plain = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '}') return std::nullopt;
    if (pattern[i] != '{') continue;
    const std::size_t close = pattern.find('}', i);
    const std::string_view inside = pattern.substr(i + 1, close == std::string_view::npos ? 0 : close - i - 1);
    const bool is_digit = inside.size() == 1 && inside.front() >= '0' && inside.front() <= '9';
    if (close == std::string_view::npos || (!inside.empty() && !is_digit)) return std::nullopt;
    places.push_back(is_digit ? static_cast<std::size_t>(inside.front() - '0') : plain++);
    i = close;
  }
  if (plain != 0 && plain != places.size()) return std::nullopt;
  std::sort(places.begin(), places.end());
  return places;
}

class PoReader {
 public:
  PoReader(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

  Result<Catalogue> run() {
    while (!rest_.empty()) {
      const std::string_view line = rest_.substr(0, rest_.find('\n'));
      rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
      ++number_;
      take(line);
    }
    finish();
    if (issues_.has_errors()) return std::move(issues_);
    return std::move(catalogue_);
  }

 private:
  enum class Part : std::uint8_t { None, Context, English, Translation };

  void reject(std::uint32_t line, std::string message) {
    issues_.add({Severity::Error, std::string(file_), {line, 1}, "", std::move(message), ""});
  }

  void take(std::string_view line) {
    if (line.empty()) return;
    if (line.starts_with("#~")) return reject(number_, "found an obsolete entry, expected none");
    if (line.starts_with("#,") && line.find("fuzzy") != std::string_view::npos) {
      return reject(number_, "found a fuzzy entry, expected a translation that somebody has read");
    }
    if (line.starts_with('#')) return;
    constexpr std::array<std::pair<std::string_view, Part>, 3> kKeywords{
        {{"msgctxt ", Part::Context}, {"msgid ", Part::English}, {"msgstr ", Part::Translation}}};
    for (const auto& [keyword, part] : kKeywords) {
      if (!line.starts_with(keyword)) continue;
      begin(part);
      return append(line.substr(keyword.size()));
    }
    if (line.starts_with('"')) return append(line);
    reject(number_, fmt::format("found {}, expected msgctxt, msgid, msgstr, a text or a comment", in_quotes(line, 20)));
  }

  void begin(Part part) {
    const bool begins_entry = part == Part::Context || (part == Part::English && part_ != Part::Context);
    if (begins_entry) {
      finish();
      line_ = number_;
    }
    if (part <= part_ || (part == Part::Translation && part_ != Part::English)) {
      reject(number_, "found a part of an entry out of its order, expected msgctxt or none, msgid, msgstr");
    }
    part_ = part;
  }

  std::string& target() { return part_ == Part::Context ? context_ : part_ == Part::English ? english_ : translation_; }

  void append(std::string_view quoted) {
    const bool is_quoted = quoted.size() >= 2 && quoted.starts_with('"') && quoted.ends_with('"');
    if (!is_quoted || part_ == Part::None) return reject(number_, "found no text in double quotes that belongs here");
    quoted = quoted.substr(1, quoted.size() - 2);
    constexpr std::string_view kEscapes = "nt\"\\", kMeanings = "\n\t\"\\";
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      char c = quoted[i];
      if (c == '"') reject(number_, "found a double quote, expected it as \\\"");
      if (c == '\\') {
        const std::size_t which = i + 1 < quoted.size() ? kEscapes.find(quoted[++i]) : std::string_view::npos;
        if (which == std::string_view::npos) return reject(number_, R"(found an unknown escape, expected \n \t \" \\)");
        c = kMeanings[which];
      }
      target() += c;
    }
  }

  void finish() {
    if (part_ == Part::None) return;
    if (part_ != Part::Translation) {
      reject(line_, "found an entry without msgstr");
    } else if (english_.empty()) {
      check_head();
    } else {
      add();
    }
    part_ = Part::None;
    context_.clear();
    english_.clear();
    translation_.clear();
  }

  void check_head() {
    if (has_head_) reject(line_, "found a second head, expected one");
    if (translation_.find("charset=UTF-8\n") == std::string::npos) reject(line_, "expected charset=UTF-8 in the head");
    has_head_ = true;
  }

  void add() {
    const std::string shown = in_quotes(english_, 60);
    if (!has_head_) reject(line_, "expected the head before the first entry");
    if (translation_.empty()) return reject(line_, fmt::format("{} has no translation", shown));
    const auto wanted = places_in(english_), found = places_in(translation_);
    if (!wanted || !found || *wanted != *found) {
      return reject(line_, fmt::format("{}: the translation does not show the same arguments", shown));
    }
    if (!catalogue_.add({context_, english_}, translation_)) reject(line_, fmt::format("{} stands there twice", shown));
  }

  std::string_view rest_, file_;
  std::uint32_t number_ = 0, line_ = 0;
  Part part_ = Part::None;
  bool has_head_ = false;
  std::string context_, english_, translation_;
  Catalogue catalogue_;
  Issues issues_;
};

constexpr std::array<std::string_view, 2> kLanguages{"en", "zh"};

}  // namespace

Result<Catalogue> read_catalogue(std::string_view po, std::string_view file) { return PoReader(po, file).run(); }

std::span<const std::string_view> languages() noexcept { return kLanguages; }

std::string_view builtin_catalogue_text(std::string_view language) noexcept {
  return language == "zh" ? embedded::catalogue_zh_po() : std::string_view();
}

std::optional<Catalogue> builtin_catalogue(std::string_view language) {
  const std::string_view text = builtin_catalogue_text(language);
  if (text.empty()) return std::nullopt;
  auto catalogue = read_catalogue(text, "zh.po");
  MIGPLAN_ASSERT(catalogue.is_ok());
  return std::move(catalogue).value();
}

}  // namespace migplan

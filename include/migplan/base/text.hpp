#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace migplan {

// What a program says to people, in one other language: the words and patterns of that language by the English ones.
// Where a text stands on its own (help, the page) its key has a context, as in gettext's catalogues.
class Catalogue {
 public:
  using Key = std::pair<std::string, std::string>;  // context, English

  // False: there is one of this key already.
  bool add(Key key, std::string translation) { return texts_.emplace(std::move(key), std::move(translation)).second; }
  // Null where the catalogue does not have it, after telling so to whoever asked for that.
  [[nodiscard]] const std::string* find(std::string_view english, std::string_view context = "") const;
  // The same without telling: for what may be somebody's own word.
  [[nodiscard]] const std::string* find_quietly(std::string_view english, std::string_view context = "") const;
  [[nodiscard]] const std::map<Key, std::string>& texts() const noexcept { return texts_; }

  using Tell = std::function<void(std::string_view english, std::string_view context)>;
  void tell_missing(Tell tell) { tell_ = std::move(tell); }

 private:
  std::map<Key, std::string> texts_;
  Tell tell_;
};

// English with {} for what stands in its places, one for each argument; anything else does not compile.
template <std::size_t Places>
class Pattern {
 public:
  consteval Pattern(const char* english) : english_(english) {  // NOLINT: implicit by design
    if (count(english_) != Places) throw "a pattern has one {} for each argument, and no other brace";
  }
  [[nodiscard]] constexpr std::string_view english() const noexcept { return english_; }

 private:
  static constexpr std::size_t count(std::string_view text) {
    std::size_t places = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '}') return SIZE_MAX;
      if (text[i] != '{') continue;
      if (i + 1 == text.size() || text[++i] != '}') return SIZE_MAX;
      ++places;
    }
    return places;
  }
  std::string_view english_;
};

// Something to be read by people: a pattern of ours with its arguments, so that the format that prints it can say it in
// the language asked for; data take its English. Words of ours are literals or names of enumerations, which a catalogue
// must have; what comes from the input is verbatim in every language.
class Text {
 public:
  Text() = default;                             // empty
  Text(const char* words) : pattern_(words) {}  // NOLINT: implicit by design; words of ours, a literal

  // Words of ours; they must outlive the text.
  [[nodiscard]] static Text word(std::string_view words);
  // Perhaps words of ours: of the built-in policy, or of the user's. They must outlive the text.
  [[nodiscard]] static Text perhaps(std::string_view words);
  [[nodiscard]] static Text verbatim(std::string text);
  [[nodiscard]] static Text of(std::string_view pattern, std::vector<Text> arguments);
  // `between` is words of ours, too: ", " is not the same in every language.
  [[nodiscard]] static Text joined(std::vector<Text> parts, const char* between);
  Text& operator+=(Text more);

  [[nodiscard]] bool empty() const noexcept { return pattern_.empty() && parts_ == nullptr; }
  // The English words where they are fixed; null where they have to be put together.
  [[nodiscard]] std::optional<std::string_view> fixed() const noexcept;
  // Null = English.
  void append(std::string& out, const Catalogue* language) const;
  [[nodiscard]] std::string in(const Catalogue* language) const;
  [[nodiscard]] std::string english() const { return in(nullptr); }
  // By the English. A friend: whoever compares two other texts is not asked to make a `Text` of one.
  [[nodiscard]] friend bool operator==(const Text& text, std::string_view english) { return text.english() == english; }

 private:
  enum class Kind : std::uint8_t { Pattern, Perhaps, Verbatim, Joined };
  struct Parts {
    Kind kind;
    std::string own;
    std::vector<Text> arguments;
  };
  void append_pattern(std::string& out, std::string_view pattern, const Catalogue* language) const;

  std::string_view pattern_;            // or what stands between joined ones
  std::shared_ptr<const Parts> parts_;  // null: a word of ours
};

[[nodiscard]] inline Text operator+(Text first, Text second) {
  first += std::move(second);
  return first;
}

namespace text_argument {
inline Text of(Text text) { return text; }
inline Text of(const char* words) { return words; }
inline Text of(std::string text) { return Text::verbatim(std::move(text)); }
inline Text of(std::string_view text) { return Text::verbatim(std::string(text)); }
template <std::integral Count>
Text of(Count count) {
  static_assert(!std::is_same_v<Count, bool> && !std::is_same_v<Count, char>);
  return Text::verbatim(std::to_string(count));
}
}  // namespace text_argument

// "{} of {} pairs are equal". Arguments: whole numbers and strings, which are data; literals and texts, which are ours.
template <class... Arguments>
[[nodiscard]] Text say(Pattern<sizeof...(Arguments)> pattern, Arguments&&... arguments) {
  if constexpr (sizeof...(Arguments) == 0) {
    return Text::word(pattern.english());
  } else {
    std::vector<Text> texts;
    texts.reserve(sizeof...(Arguments));
    (texts.push_back(text_argument::of(std::forward<Arguments>(arguments))), ...);
    return Text::of(pattern.english(), std::move(texts));
  }
}
// "1 service", "2 services": the pattern that fits a count, with the count in its place.
template <std::integral Count>
[[nodiscard]] Text counted(Count count, Pattern<1> one, Pattern<1> many) {
  return Text::of(count == 1 ? one.english() : many.english(), {text_argument::of(count)});
}
// Names and the like, as they are.
[[nodiscard]] Text joined_names(std::span<const std::string> names, const char* between = ", ");

}  // namespace migplan

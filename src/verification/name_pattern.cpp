#include "name_pattern.hpp"

#include <algorithm>
#include <vector>

#include "migplan/base/ascii.hpp"

namespace migplan {
namespace {

// Whether the pattern may have come up to a place of the text: one for each character, and the end.
using Places = std::vector<bool>;

bool is_word(char c) { return is_alphanumeric(c) || c == '_'; }

// Reads the pattern while it follows every way through the text at once.
class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view text) : pattern_(pattern), text_(text) {}

  bool is_match() {
    Places begin(text_.size() + 1);
    begin.front() = true;
    return alternatives(begin).back() && at_ == pattern_.size() && !is_broken_;
  }

 private:
  static constexpr int kMostDepth = 4;

  [[nodiscard]] bool is_at(char c) const { return at_ < pattern_.size() && pattern_[at_] == c; }

  Places alternatives(const Places& from) {
    Places all = sequence(from);
    while (is_at('|')) {
      ++at_;
      const Places other = sequence(from);
      for (std::size_t i = 0; i < all.size(); ++i) all[i] = all[i] || other[i];
    }
    return all;
  }
  Places sequence(Places from) {
    while (at_ < pattern_.size() && pattern_[at_] != '|' && !(depth_ > 0 && pattern_[at_] == ')'))
      from = repeated(from);
    return from;
  }
  Places repeated(const Places& from) {
    const std::size_t begin = at_;
    Places once = atom(from);
    const char mark = at_ < pattern_.size() ? pattern_[at_] : ' ';
    if (mark != '*' && mark != '+' && mark != '?') return once;
    const std::size_t behind = at_ + 1;
    if (mark != '?') {
      for (Places more = once; std::find(more.begin(), more.end(), true) != more.end();) {
        at_ = begin;
        more = atom(more);
        for (std::size_t i = 0; i < once.size(); ++i) {
          more[i] = more[i] && !once[i];
          once[i] = once[i] || more[i];
        }
      }
    }
    at_ = behind;
    for (std::size_t i = 0; mark != '+' && i < once.size(); ++i) once[i] = once[i] || from[i];
    return once;
  }
  Places atom(const Places& from) {
    if (is_at('(') && depth_ < kMostDepth) {
      ++at_;
      ++depth_;
      if (pattern_.substr(at_).starts_with("?:")) at_ += 2;
      Places inside = alternatives(from);
      --depth_;
      is_broken_ = is_broken_ || !is_at(')');
      if (!is_broken_) ++at_;
      return inside;
    }
    const std::size_t begin = at_;
    at_ = atom_end();
    const std::string_view one = pattern_.substr(begin, at_ - begin);
    // Anchors: the whole is asked for.
    if (one == "^" || one == "$") return from;
    Places to(from.size());
    for (std::size_t i = 0; i < text_.size(); ++i) to[i + 1] = from[i] && is_of(one, text_[i]);
    return to;
  }
  [[nodiscard]] std::size_t atom_end() const {
    if (pattern_[at_] == '\\') return std::min(at_ + 2, pattern_.size());
    const std::size_t close = is_at('[') ? pattern_.find(']', at_ + 2) : std::string_view::npos;
    return close == std::string_view::npos ? at_ + 1 : close + 1;
  }
  // "a", ".", "\.", "\d", "[a-z0-9]", "[^x]"
  static bool is_of(std::string_view atom, char c) {
    if (atom == ".") return true;
    if (atom == "\\d") return is_digit(c);
    if (atom == "\\w") return is_word(c);
    if (atom.size() < 3) return atom.back() == c;
    std::string_view set = atom.substr(1, atom.size() - 2);
    const bool is_other = set.front() == '^';
    if (is_other) set.remove_prefix(1);
    bool is_in = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
      const bool is_range = i + 2 < set.size() && set[i + 1] == '-';
      is_in = is_in || (is_range ? set[i] <= c && c <= set[i + 2] : set[i] == c);
      if (is_range) i += 2;
    }
    return is_in != is_other;
  }

  std::string_view pattern_, text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool is_broken_ = false;  // a group has no end
};

}  // namespace

bool is_pattern_match(std::string_view pattern, std::string_view text) {
  return pattern.empty() || pattern == text || Matcher(pattern, text).is_match();
}

}  // namespace migplan

#include "migplan/model/ignore_comment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "migplan/base/assert.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/model/check_rule.hpp"

namespace migplan {
namespace {

constexpr std::string_view kUsage = R"(write migplan:ignore RULE until=2027-01-31 owner=NAME reason="WORDS")";

class Words {
 public:
  Words(std::string_view text, std::string_view file, Position at) : text_(text), file_(file), at_(at) {}

  Result<Exemption> exemption() {
    skip_blanks();
    exemption_.at = here();
    exemption_.check = bare_word();
    check_rule();
    while (skip_blanks(), used_ < text_.size()) take_pair();
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
      if (!seen_[i]) reject(exemption_.at, fmt::format("the ignore comment has no {}=", kKeys[i]));
    }
    if (issues_.has_errors()) return issues_;
    return exemption_;
  }

 private:
  static constexpr std::array<std::string_view, 3> kKeys{"until", "owner", "reason"};

  void skip_blanks() {
    while (used_ < text_.size() && std::string_view(" \t\r\n").find(text_[used_]) != std::string_view::npos) ++used_;
  }
  std::string bare_word() {
    const std::size_t begin = used_;
    while (used_ < text_.size() && std::string_view(" \t\r\n=\"").find(text_[used_]) == std::string_view::npos) ++used_;
    return std::string(text_.substr(begin, used_ - begin));
  }
  // Text in quotes, in which \" stands for one, or a word.
  std::string value() {
    if (used_ == text_.size() || text_[used_] != '"') return bare_word();
    std::string out;
    for (++used_; used_ < text_.size() && text_[used_] != '"'; ++used_) {
      if (text_[used_] == '\\' && used_ + 1 < text_.size()) ++used_;
      out += text_[used_];
    }
    if (used_ < text_.size()) ++used_;
    return out;
  }
  // A comment of XML may have several lines.
  [[nodiscard]] Position here() const {
    const std::string_view before = text_.substr(0, used_);
    const auto lines = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    const auto column = static_cast<std::uint32_t>(used_ - (before.rfind('\n') + 1));  // npos + 1 = 0
    return {at_.line + lines, lines == 0 ? at_.column + column : column + 1};
  }
  void reject(Position at, std::string message, std::string hint = std::string(kUsage)) {
    issues_.add({Severity::Error, std::string(file_), at, "", std::move(message), std::move(hint)});
  }

  void check_rule() {
    if (exemption_.check.empty()) return reject(exemption_.at, "the ignore comment names no rule");
    if (find_check_rule(exemption_.check) != nullptr) return;
    std::vector<std::string_view> known;
    for (const CheckRule& rule : check_rules()) known.push_back(rule.check);
    const std::string_view near = nearest_name(exemption_.check, known);
    reject(exemption_.at, fmt::format("{} is no check", in_quotes(exemption_.check)),
           near.empty() ? std::string(kUsage) : fmt::format("did you mean {}?", near));
  }

  void take_pair() {
    const Position at = here();
    const std::string key = bare_word();
    const auto* const known = std::find(kKeys.begin(), kKeys.end(), key);
    if (known == kKeys.end() || used_ == text_.size() || text_[used_] != '=') {
      reject(at, fmt::format("found {}, expected until=, owner= or reason=",
                             in_quotes(key.empty() ? text_.substr(used_, 1) : key)));
      used_ = text_.size();
      return;
    }
    ++used_;
    const std::string text = value();
    const auto number = static_cast<std::size_t>(known - kKeys.begin());
    if (seen_[number]) return reject(at, fmt::format("{}= stands here twice", key));
    seen_[number] = true;
    if (key == "until") return set_day(at, text);
    if (text.find_first_not_of(' ') == std::string::npos) {
      return reject(at, fmt::format("{}=: found an empty text, expected words", key));
    }
    (key == "owner" ? exemption_.owner : exemption_.reason) = text;
  }
  void set_day(Position at, const std::string& text) {
    if (const auto day = Date::parse(text)) {
      exemption_.expires = *day;
    } else {
      reject(at, fmt::format("until=: found {}, expected a date such as 2027-01-31", in_quotes(text)));
    }
  }

  std::string_view text_, file_;
  Position at_;
  std::size_t used_ = 0;
  Exemption exemption_;
  std::array<bool, kKeys.size()> seen_{};
  Issues issues_;
};

}  // namespace

Result<Exemption> parse_ignore_comment(std::string_view words, std::string_view file, Position at) {
  return Words(words, file, at).exemption();
}

IgnoreUse::IgnoreUse(std::span<const IgnoreComment> comments, std::optional<Date> as_of)
    : comments_(comments), as_of_(as_of), is_used_(comments.size()) {
  MIGPLAN_ASSERT(as_of || comments.empty());
  for (std::size_t i = 0; i < comments.size(); ++i) by_file_[comments[i].file].push_back(i);
}

const Exemption* IgnoreUse::claim(std::string_view check, std::string_view file, std::uint32_t line) {
  const auto found = by_file_.find(file);
  if (found == by_file_.end()) return nullptr;
  for (const std::size_t i : found->second) {
    const IgnoreComment& comment = comments_[i];
    const bool is_here = comment.exemption.check == check && comment.first_line <= line && line <= comment.last_line;
    if (!is_here || comment.exemption.expires < *as_of_) continue;
    is_used_[i] = true;
    return &comment.exemption;
  }
  return nullptr;
}

Issues IgnoreUse::leftovers() const {
  Issues issues;
  for (std::size_t i = 0; i < comments_.size(); ++i) {
    if (is_used_[i]) continue;
    const Exemption& exemption = comments_[i].exemption;
    const bool is_over = exemption.expires < *as_of_;
    issues.add({Severity::Warning, comments_[i].file, exemption.at, "",
                fmt::format("the ignore comment of {} {}", exemption.check,
                            is_over ? "expired on " + exemption.expires.to_string() : "met no failure"),
                is_over ? "" : "take it out"});
  }
  return issues;
}

}  // namespace migplan

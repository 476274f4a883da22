#include "migplan/base/text.hpp"

#include "migplan/base/assert.hpp"

namespace migplan {

const std::string* Catalogue::find_quietly(std::string_view english, std::string_view context) const {
  const auto found = texts_.find(Key{std::string(context), std::string(english)});
  return found == texts_.end() ? nullptr : &found->second;
}

const std::string* Catalogue::find(std::string_view english, std::string_view context) const {
  const std::string* const found = find_quietly(english, context);
  if (found == nullptr && tell_) tell_(english, context);
  return found;
}

Text Text::word(std::string_view words) {
  Text text;
  text.pattern_ = words;
  return text;
}

Text Text::perhaps(std::string_view words) {
  Text text = word(words);
  if (!words.empty()) text.parts_ = std::make_shared<const Parts>(Parts{Kind::Perhaps, {}, {}});
  return text;
}

Text Text::verbatim(std::string own) {
  Text text;
  if (!own.empty()) text.parts_ = std::make_shared<const Parts>(Parts{Kind::Verbatim, std::move(own), {}});
  return text;
}

Text Text::of(std::string_view pattern, std::vector<Text> arguments) {
  Text text = word(pattern);
  text.parts_ = std::make_shared<const Parts>(Parts{Kind::Pattern, {}, std::move(arguments)});
  return text;
}

Text Text::joined(std::vector<Text> parts, const char* between) {
  Text text = word(between);
  if (parts.empty()) return {};
  text.parts_ = std::make_shared<const Parts>(Parts{Kind::Joined, {}, std::move(parts)});
  return text;
}

Text& Text::operator+=(Text more) {
  if (more.empty()) return *this;
  if (empty()) return *this = std::move(more);
  return *this = joined({std::move(*this), std::move(more)}, "");
}

std::optional<std::string_view> Text::fixed() const noexcept {
  if (parts_ == nullptr || parts_->kind == Kind::Perhaps) return pattern_;
  return parts_->kind == Kind::Verbatim ? std::optional<std::string_view>(parts_->own) : std::nullopt;
}

namespace {

std::string_view translated(std::string_view english, const Catalogue* language) {
  if (language == nullptr || english.empty()) return english;
  const std::string* const found = language->find(english);
  return found != nullptr ? std::string_view(*found) : english;
}

}  // namespace

void Text::append(std::string& out, const Catalogue* language) const {
  if (parts_ == nullptr) {
    out += translated(pattern_, language);
    return;
  }
  switch (parts_->kind) {
    case Kind::Verbatim: out += parts_->own; return;
    case Kind::Perhaps: {
      const std::string* const found = language == nullptr ? nullptr : language->find_quietly(pattern_);
      out += found != nullptr ? std::string_view(*found) : pattern_;
      return;
    }
    case Kind::Joined:
      for (std::size_t i = 0; i < parts_->arguments.size(); ++i) {
        if (i != 0) out += translated(pattern_, language);
        parts_->arguments[i].append(out, language);
      }
      return;
    case Kind::Pattern: return append_pattern(out, translated(pattern_, language), language);
  }
}

// {} stands for the next argument, {0} for the first: languages order them as they need.
void Text::append_pattern(std::string& out, std::string_view pattern, const Catalogue* language) const {
  std::size_t next = 0;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) return;
    const std::size_t close = pattern.find('}', open);
    MIGPLAN_ASSERT(close != std::string_view::npos && close - open <= 2);
    const std::size_t which = close == open + 1 ? next++ : static_cast<std::size_t>(pattern[open + 1] - '0');
    MIGPLAN_ASSERT(which < parts_->arguments.size());
    parts_->arguments[which].append(out, language);
    pattern.remove_prefix(close + 1);
  }
}

std::string Text::in(const Catalogue* language) const {
  std::string out;
  append(out, language);
  return out;
}

Text joined_names(std::span<const std::string> names, const char* between) {
  std::vector<Text> parts;
  for (const std::string& name : names) parts.push_back(Text::verbatim(name));
  return Text::joined(std::move(parts), between);
}

}  // namespace migplan

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "migplan/base/nearest.hpp"
#include "migplan/playbook/template_variables.hpp"

namespace migplan {
namespace {

constexpr std::size_t kDeepest = 16;
constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed_text(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

bool is_name(std::string_view text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string_view::npos;
}

// A tag and what stands between its braces.
struct Tag {
  std::size_t at = 0, end = 0;
  char sort = 0;  // # ^ / & > ! = or 0 of a plain one; "&" of three braces, too
  std::string_view name;
};

class TemplateCheck {
 public:
  TemplateCheck(std::string_view text, TemplatePlace place) : text_(text), place_(place) {}

  std::vector<TemplateFault> run() {
    for (std::size_t at = text_.find("{{"); at != std::string_view::npos; at = text_.find("{{", at)) {
      const auto tag = tag_at(at);
      if (!tag) break;
      take(*tag);
      at = tag->end;
    }
    for (const Open& open : open_) add(open.tag.at, fmt::format("section {} is not closed", in_quotes(open.tag.name)));
    std::stable_sort(faults_.begin(), faults_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return std::move(faults_);
  }

 private:
  struct Open {
    Tag tag;
    const TemplateVariable* variable;  // null where it is not known
  };

  void add(std::size_t at, std::string message, std::string hint = {}) {
    faults_.push_back({at, std::move(message), std::move(hint)});
  }

  std::optional<Tag> tag_at(std::size_t at) {
    const bool is_triple = text_.substr(at).starts_with("{{{");
    const std::string_view closing = is_triple ? "}}}" : "}}";
    const std::size_t begin = at + closing.size();
    const std::size_t end = text_.find(closing, begin);
    if (end == std::string_view::npos) {
      add(at, fmt::format("this tag is not closed: found {}", in_quotes(text_.substr(at), 30)));
      return std::nullopt;
    }
    Tag tag{.at = at, .end = end + closing.size(), .name = trimmed_text(text_.substr(begin, end - begin))};
    if (is_triple) {
      tag.sort = '&';
    } else if (!tag.name.empty() && std::string_view("#^/&>!=").find(tag.name.front()) != std::string_view::npos) {
      tag.sort = tag.name.front();
      tag.name = trimmed_text(tag.name.substr(1));
    }
    return tag;
  }

  void take(const Tag& tag) {
    switch (tag.sort) {
      case '!': return;
      case '>': return add(tag.at, "partials are not offered", "write the text where it is shown");
      case '=': return add(tag.at, "other delimiters are not offered");
      case '/': return close(tag);
      case '#':
      case '^': return open(tag);
      default: return show(tag);
    }
  }

  void open(const Tag& tag) {
    const TemplateVariable* const variable = find(tag);
    if (open_.size() == kDeepest) add(tag.at, fmt::format("more than {} sections within each other", kDeepest));
    open_.push_back({tag, variable});
  }

  void close(const Tag& tag) {
    if (open_.empty()) return add(tag.at, fmt::format("section {} is closed, but not open", in_quotes(tag.name)));
    if (open_.back().tag.name != tag.name) {
      add(tag.at, fmt::format("found the end of section {}, expected that of {}", in_quotes(tag.name),
                              in_quotes(open_.back().tag.name)));
    }
    open_.pop_back();
  }

  void show(const Tag& tag) {
    if (tag.name == ".") {
      const bool is_in_texts = !open_.empty() && open_.back().tag.sort == '#' && open_.back().variable != nullptr &&
                               open_.back().variable->type == VariableType::Texts;
      if (!is_in_texts) return add(tag.at, "{{.}} stands for an item of a list of texts, and this is within none");
      return expect_safe(tag, *open_.back().variable);
    }
    const TemplateVariable* const variable = find(tag);
    if (variable == nullptr) return;
    if (variable->type != VariableType::Value) {
      return add(tag.at,
                 fmt::format("{} is {}, no text", in_quotes(tag.name),
                             variable->type == VariableType::Flag ? "true or false" : "a list"),
                 fmt::format("{{{{#{0}}}}}…{{{{/{0}}}}}", tag.name));
    }
    expect_safe(tag, *variable);
  }

  void expect_safe(const Tag& tag, const TemplateVariable& variable) {
    if (variable.is_safe) return;
    if (place_ == TemplatePlace::Script) {
      return add(tag.at, fmt::format("{} may hold any text, and a shell would run it", in_quotes(variable.name)),
                 "sh -c SCRIPT sh TEXT hands it over as \"$1\"; ssh and eval have no place for it");
    }
    if (tag.sort != '&') return;
    add(tag.at, fmt::format("{} may hold markup, so it cannot be shown raw", in_quotes(variable.name)),
        fmt::format("{{{{{}}}}}", variable.name));
  }

  // Looked for from the innermost section outwards.
  const TemplateVariable* find(const Tag& tag) {
    if (!is_name(tag.name)) {
      add(tag.at, tag.name.empty() ? std::string("found an empty tag, expected the name of a variable")
                                   : fmt::format("found {}, expected the name of a variable", in_quotes(tag.name)));
      return nullptr;
    }
    std::vector<std::string_view> known;
    for (auto scope = open_.rbegin(); scope != open_.rend(); ++scope) {
      if (scope->variable == nullptr || scope->tag.sort != '#') continue;
      if (const auto* const found = find_in(scope->variable->inner, tag.name, known)) return found;
    }
    if (const auto* const found = find_in(template_variables(), tag.name, known)) return found;
    const std::string_view near = nearest_name(tag.name, known);
    add(tag.at, fmt::format("unknown variable {}", in_quotes(tag.name)),
        near.empty() ? "docs/formats.md lists the variables" : fmt::format("did you mean {}?", near));
    return nullptr;
  }

  static const TemplateVariable* find_in(std::span<const TemplateVariable> all, std::string_view name,
                                         std::vector<std::string_view>& known) {
    for (const TemplateVariable& one : all) {
      if (one.name == name) return &one;
      known.emplace_back(one.name);
    }
    return nullptr;
  }

  std::string_view text_;
  TemplatePlace place_;
  std::vector<Open> open_;
  std::vector<TemplateFault> faults_;
};

}  // namespace

std::vector<TemplateFault> template_faults(std::string_view text, TemplatePlace place) {
  return TemplateCheck(text, place).run();
}

}  // namespace migplan

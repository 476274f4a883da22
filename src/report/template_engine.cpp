#include "template_engine.hpp"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "code_text.hpp"
#include "markdown_text.hpp"
#include "migplan/base/assert.hpp"

namespace migplan {
namespace {

namespace mustache = kainjow::mustache;

mustache::data data_of(const TemplateObject& object);

mustache::data data_of(const TemplateValue& value) {
  if (const auto* const text = std::get_if<std::string>(&value.value)) return mustache::data(*text);
  if (const auto* const flag = std::get_if<bool>(&value.value)) return mustache::data(*flag);
  if (const auto* const texts = std::get_if<std::vector<std::string>>(&value.value)) {
    mustache::data list(mustache::data::type::list);
    for (const std::string& text : *texts) list.push_back(mustache::data(text));
    return list;
  }
  if (const auto* const objects = std::get_if<std::vector<TemplateObject>>(&value.value)) {
    mustache::data list(mustache::data::type::list);
    for (const TemplateObject& object : *objects) list.push_back(data_of(object));
    return list;
  }
  return mustache::data(false);
}

mustache::data data_of(const TemplateObject& object) {
  mustache::data made(mustache::data::type::object);
  for (const auto& [name, value] : object.members) made.set(std::string(name), data_of(value));
  return made;
}

constexpr std::string_view kOpen = "{{", kClose = "}}";

// # ^ / ! & or the first letter of the name.
char sort_of_tag(std::string_view text, std::size_t at) {
  return text[std::min(text.find_first_not_of(" \t\r\n", at + kOpen.size()), text.size() - 1)];
}
// The byte behind the tag; of one in three braces one brace short.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  return std::min(text.find(kClose, at + kOpen.size()), text.size() - kClose.size()) + kClose.size();
}

// The library leaves out a line that holds nothing but tags of sections, except where the section is not shown: then
// the line's end stays. An empty section that is shown, in front of each, has the line left out in both cases.
constexpr const char* kShown = "_";
std::string with_lines_of_tags_left_out(std::string_view text) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, end_of_tag(text, at))) {
    const char sort = sort_of_tag(text, at);
    if (sort != '#' && sort != '^') continue;
    out += text.substr(copied, at - copied);
    out += "{{#_}}{{/_}}";
    copied = at;
  }
  return out += text.substr(copied);
}

// Whole lines, with tags or as they are. Most of a rule is the same for all services, and the library takes its time
// with every single space.
struct Stretch {
  std::string_view text;
  bool has_tags = false;
};

// Cut where lines begin outside of all sections.
std::vector<Stretch> stretches_of(std::string_view text) {
  std::vector<Stretch> stretches;
  const auto add = [&](std::size_t begin, std::size_t end, bool has_tags) {
    if (begin != end) stretches.push_back({text.substr(begin, end - begin), has_tags});
  };
  std::size_t copied = 0;
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos;) {
    const std::size_t begin = std::max(copied, text.rfind('\n', at) + 1), none = std::string_view::npos;
    add(copied, begin, false);
    copied = text.size();
    for (int depth = 0; at != none;) {
      const char sort = sort_of_tag(text, at);
      depth += sort == '#' || sort == '^' ? 1 : sort == '/' ? -1 : 0;
      const std::size_t tag_end = end_of_tag(text, at), line_end = text.find('\n', tag_end);
      at = text.find(kOpen, tag_end);
      if (depth != 0 || line_end == none || line_end > at) continue;
      copied = line_end + 1;
      break;
    }
    add(begin, copied, true);
  }
  add(copied, text.size(), false);
  return stretches;
}

std::function<std::string(const std::string&)> escape_for(ValuesAs values, std::string language) {
  switch (values) {
    case ValuesAs::Marked: return [](const std::string& value) { return marked(value); };
    case ValuesAs::Plain: break;
    case ValuesAs::Mermaid: return [](const std::string& value) { return mermaid_value(value); };
    case ValuesAs::Code:
      return [language = std::move(language)](const std::string& value) { return code_value(language, value); };
  }
  return [](const std::string& value) { return value; };
}

// A parsed template: what has tags, and what is text as it is.
struct ParsedStretch {
  std::string text;
  std::optional<mustache::mustache> parsed;
};

std::vector<ParsedStretch> parsed(std::string_view text, const std::function<std::string(const std::string&)>& escape) {
  std::vector<ParsedStretch> made;
  for (const Stretch& stretch : stretches_of(text)) {
    ParsedStretch& one = made.emplace_back(ParsedStretch{std::string(stretch.text), std::nullopt});
    if (!stretch.has_tags) continue;
    one.parsed.emplace(with_lines_of_tags_left_out(stretch.text));
    // The reader of rules has refused what the library would.
    MIGPLAN_ASSERT(one.parsed->is_valid());
    one.parsed->set_custom_escape(escape);
  }
  return made;
}

}  // namespace

struct TemplateEngine::Parts {
  std::map<std::pair<const std::string*, ValuesAs>, std::vector<ParsedStretch>> templates;
  mustache::data service{mustache::data::type::object};
  mustache::data step{mustache::data::type::object};
};

TemplateEngine::TemplateEngine() : parts_(std::make_unique<Parts>()) { parts_->step.set(kShown, mustache::data(true)); }
TemplateEngine::~TemplateEngine() = default;

void TemplateEngine::enter(const Runbook& runbook) { parts_->service = data_of(runbook.variables); }

void TemplateEngine::enter(const ChosenStep& step) {
  const auto text = [&step](const auto& date) {
    return step.dates ? mustache::data(date().to_string()) : mustache::data(false);
  };
  parts_->step.set("scheduled", mustache::data(step.dates.has_value()));
  parts_->step.set("phase_start", text([&step] { return step.dates->start; }));
  parts_->step.set("phase_finish", text([&step] { return step.dates->finish; }));
}

std::string TemplateEngine::render(const std::string& text, ValuesAs values, std::string_view language) {
  if (text.find(kOpen) == std::string::npos) return text;
  const auto [known, is_new] = parts_->templates.try_emplace({&text, values});
  if (is_new) known->second = parsed(text, escape_for(values, std::string(language)));
  std::string out;
  for (ParsedStretch& stretch : known->second) {
    if (!stretch.parsed) {
      out += stretch.text;
      continue;
    }
    mustache::context<std::string> context(&parts_->service);
    context.push(&parts_->step);
    out += stretch.parsed->render(context);
  }
  return out;
}

}  // namespace migplan

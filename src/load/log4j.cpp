#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "logging_configs.hpp"

namespace migplan {
namespace {

// The type of an appender: its element, or the strict form <Appender type="Console">.
std::string_view type_of(const LogElement& appender) {
  const std::string_view stated = appender.attribute("type");
  return is_same_word(appender.name, "appender") && !stated.empty() ? stated : std::string_view(appender.name);
}

std::string name_of(const LogElement& appender) {
  const std::string_view name = appender.attribute("name");
  return std::string(name.empty() ? std::string_view(appender.name) : name);
}

bool is_layout(const LogElement& element) {
  constexpr std::string_view kLayout = "layout";
  return element.name.size() >= kLayout.size() &&
         is_same_word(std::string_view(element.name).substr(element.name.size() - kLayout.size()), kLayout);
}

void add_references(const LogElement& element, std::vector<std::string>& used) {
  if (const std::string_view ref = element.attribute("ref"); !ref.empty()) used.emplace_back(ref);
  for (const LogElement& child : element.children) add_references(child, used);
}

// "rootLogger = INFO, FILE, STDOUT"
void add_short_references(const LogElement& logger, std::vector<std::string>& used) {
  std::string_view rest = logger.text;
  for (bool is_level = true; !rest.empty(); is_level = false) {
    const std::string_view part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    const std::size_t begin = part.find_first_not_of(" \t\r\n");
    if (is_level || begin == std::string_view::npos) continue;
    used.emplace_back(part.substr(begin, part.find_last_not_of(" \t\r\n") - begin + 1));
  }
}

LogOutput output_of(const LogElement& appender, const TemplateKeys& templates) {
  LogOutput output;
  const auto layout = std::find_if(appender.children.begin(), appender.children.end(), is_layout);
  if (is_same_word(type_of(appender), "OpenTelemetry")) {
    output.is_structured = true;
    output.fields = {"trace_id", "service_name", "level"};
    output.encoder = "OpenTelemetry";
  } else if (layout != appender.children.end()) {
    output = log4j_output(*layout, templates);
  }
  output.name = name_of(appender);
  output.place = appender.place;
  return output;
}

}  // namespace

std::vector<LogOutput> log4j_outputs(const LogElement& root, const TemplateKeys& templates) {
  std::vector<LogOutput> outputs;
  const LogElement* const appenders = root.child("Appenders");
  if (appenders == nullptr) return outputs;
  std::vector<std::string> used;
  if (const LogElement* const loggers = root.child("Loggers")) {
    add_references(*loggers, used);
    for (const LogElement& logger : loggers->children) add_short_references(logger, used);
  } else {
    for (const LogElement& appender : appenders->children) used.push_back(name_of(appender));
  }
  std::map<std::string, const LogElement*> by_name;
  for (const LogElement& appender : appenders->children) by_name.emplace(name_of(appender), &appender);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < used.size(); ++i) {
    const std::string name = used[i];
    const auto found = by_name.find(name);
    if (found == by_name.end() || !seen.insert(name).second) continue;
    const LogElement& appender = *found->second;
    const std::size_t before = used.size();
    add_references(appender, used);
    const bool is_front = used.size() != before;
    if (is_front || is_same_word(type_of(appender), "Null")) continue;
    outputs.push_back(output_of(appender, templates));
  }
  return outputs;
}

}  // namespace migplan

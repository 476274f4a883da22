#include <algorithm>
#include <map>
#include <memory>

#include "log_element.hpp"

namespace migplan {
namespace {

constexpr std::string_view kBlanks = " \t\f\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_continued(std::string_view line) {
  const std::size_t last = line.find_last_not_of('\\');
  const std::size_t slashes = line.size() - (last == std::string_view::npos ? 0 : last + 1);
  return slashes % 2 == 1;
}

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

// Where the key ends: at "=", ":" or a blank that no backslash is in front of.
std::size_t key_end(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (std::string_view("=: \t").find(line[i]) != std::string_view::npos) {
      return i;
    }
  }
  return line.size();
}

Property property_of(std::string_view line, Position at) {
  const std::size_t end = key_end(line);
  std::string_view value = trimmed(line.substr(end));
  if (!value.empty() && (value.front() == '=' || value.front() == ':')) value = trimmed(value.substr(1));
  return {without_escapes(line.substr(0, end)), without_escapes(value), at};
}

// The properties below a prefix as a tree.
struct Branch {
  std::string value;
  Position at;
  std::map<std::string, Branch> below;
  std::vector<std::string> order;  // of the keys, as in the file

  Branch& operator[](const std::string& key) {
    const auto [found, is_new] = below.try_emplace(key);
    if (is_new) order.push_back(key);
    return found->second;
  }
};

void put(Branch& root, const Property& property) {
  constexpr int kMostDepth = 32;
  Branch* branch = &root;
  std::string_view key = property.key;
  for (int depth = 0; depth < kMostDepth; ++depth) {
    const std::size_t point = key.find('.');
    branch = &(*branch)[std::string(key.substr(0, point))];
    if (branch->at.line == 0) branch->at = property.at;
    if (point == std::string_view::npos) break;
    key.remove_prefix(point + 1);
  }
  branch->value = property.value;
}

// A component is called by its type, a group such as appenderRef by its key.
LogElement element_of(const std::string& key, const Branch& branch, std::string_view file) {
  LogElement out;
  const auto type = branch.below.find("type");
  out.name = type == branch.below.end() ? key : type->second.value;
  out.text = branch.value;
  out.place = {std::string(file), branch.at, ""};
  for (const std::string& name : branch.order) {
    const Branch& one = branch.below.at(name);
    if (one.below.empty()) {
      out.attributes.emplace_back(name, one.value);
    } else {
      out.children.push_back(element_of(name, one, file));
    }
  }
  return out;
}

LogElement group_of(std::string name, const Branch* branch, std::string_view file) {
  LogElement group;
  group.name = std::move(name);
  if (branch == nullptr) return group;
  group.place = {std::string(file), branch->at, ""};
  for (const std::string& key : branch->order) group.children.push_back(element_of(key, branch->below.at(key), file));
  return group;
}

}  // namespace

std::vector<Property> read_properties(std::string_view text) {
  std::vector<Property> properties;
  std::uint32_t number = 0;
  std::string joined;
  Position at;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    ++number;
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const std::size_t first = std::min(line.find_first_not_of(kBlanks), line.size());
    line.remove_prefix(first);
    if (joined.empty()) {
      if (line.empty() || line.front() == '#' || line.front() == '!') continue;
      at = {number, static_cast<std::uint32_t>(first + 1)};
    }
    const bool goes_on = is_continued(line);
    joined += line.substr(0, line.size() - (goes_on ? 1 : 0));
    if (goes_on && !text.empty()) continue;
    if (!joined.empty()) properties.push_back(property_of(joined, at));
    joined.clear();
  }
  return properties;
}

std::optional<LogElement> log_element_of(const std::vector<Property>& properties, std::string_view file) {
  const bool is_log4j = std::any_of(properties.begin(), properties.end(), [](const Property& one) {
    return one.key.starts_with("appender.") || one.key.starts_with("rootLogger");
  });
  if (!is_log4j) return std::nullopt;
  Branch root;
  for (const Property& property : properties) put(root, property);
  const auto branch = [&root](const std::string& key) -> const Branch* {
    const auto found = root.below.find(key);
    return found == root.below.end() ? nullptr : &found->second;
  };
  LogElement out;
  out.name = "Configuration";
  out.place = {std::string(file), {1, 1}, ""};
  out.children.push_back(group_of("Properties", branch("property"), file));
  out.children.push_back(group_of("Appenders", branch("appender"), file));
  LogElement loggers = group_of("Loggers", branch("logger"), file);
  if (const Branch* const of_root = branch("rootLogger"))
    loggers.children.push_back(element_of("Root", *of_root, file));
  out.children.push_back(std::move(loggers));
  return out;
}

}  // namespace migplan

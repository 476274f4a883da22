#include "log_element.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>

#include "migplan/base/ascii.hpp"

namespace migplan {
namespace {

// Deeper than any configuration that somebody wrote.
constexpr int kMostDepth = 64;

class LineStarts {
 public:
  explicit LineStarts(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }
  [[nodiscard]] Position at(std::size_t offset) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return {static_cast<std::uint32_t>(next - starts_.begin()), static_cast<std::uint32_t>(offset - *(next - 1) + 1)};
  }

 private:
  std::vector<std::size_t> starts_{0};
};

class XmlElements {
 public:
  XmlElements(std::string_view text, std::string_view file) : lines_(text), file_(file) {}

  [[nodiscard]] LogElement element(const pugi::xml_node& node, int depth = 0) const {
    LogElement out;
    out.name = node.name();
    out.text = node.text().get();
    const auto offset = node.offset_debug();
    // Of the name, behind the bracket.
    out.place = {std::string(file_), lines_.at(offset > 0 ? static_cast<std::size_t>(offset) - 1 : 0), ""};
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      out.attributes.emplace_back(attribute.name(), attribute.value());
    }
    for (const pugi::xml_node& child : node.children()) {
      const bool is_element = child.type() == pugi::node_element;
      if (is_element && depth < kMostDepth) out.children.push_back(element(child, depth + 1));
    }
    return out;
  }

 private:
  LineStarts lines_;
  std::string_view file_;
};

}  // namespace

bool is_same_word(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view LogElement::attribute(std::string_view key) const noexcept {
  for (const auto& [name_of, value_of] : attributes) {
    if (is_same_word(name_of, key)) return value_of;
  }
  return {};
}

const LogElement* LogElement::child(std::string_view key) const noexcept {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [key](const LogElement& one) { return is_same_word(one.name, key); });
  return found == children.end() ? nullptr : &*found;
}

std::string_view LogElement::value(std::string_view key) const noexcept {
  const LogElement* const found = child(key);
  return found != nullptr && !found->text.empty() ? std::string_view(found->text) : attribute(key);
}

std::optional<LogElement> read_log_xml(std::string_view text, std::string_view file, Issues& issues) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(text.data(), text.size());
  if (!result) {
    const std::size_t offset =
        std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), text.size());
    issues.add({Severity::Error, std::string(file), LineStarts(text).at(offset), "",
                fmt::format("not XML: {}", result.description()), "", Cause::Syntax});
    return std::nullopt;
  }
  const pugi::xml_node root = document.document_element();
  constexpr std::array<std::string_view, 4> kRoots{"configuration", "included", "Appenders", "Loggers"};
  const bool is_logging = std::any_of(kRoots.begin(), kRoots.end(),
                                      [&root](std::string_view name) { return is_same_word(root.name(), name); });
  if (!is_logging) return std::nullopt;
  return XmlElements(text, file).element(root);
}

LogElement log_element_of(const YamlValue& value, std::string_view file) {
  LogElement out;
  out.name = value.key();
  out.place = {std::string(file), value.key_at(), ""};
  if (!value.is_map()) out.text = value.text();
  if (!value.is_map()) return out;
  value.for_each_item([&](const YamlValue& item) {
    // "JsonTemplateLayout:" by itself is an element, too.
    if (item.is_map() || item.is_null()) {
      out.children.push_back(log_element_of(item, file));
    } else if (item.is_list()) {
      for (const YamlValue& one : item.items()) {
        LogElement element = log_element_of(one, file);
        element.name = item.key();
        element.place.at = one.at();
        out.children.push_back(std::move(element));
      }
    } else {
      out.attributes.emplace_back(item.key(), item.text());
    }
  });
  return out;
}

}  // namespace migplan

#include "text_style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "migplan/base/ascii.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

// Words that YAML 1.2, or an older reader, takes for something else than a text.
constexpr std::array<std::string_view, 10> kWords{"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"};

// Whether it is a text without quotes, in brackets too.
bool is_plain(std::string_view text) {
  if (text.empty() || !is_alphanumeric(text.front()) || text.back() == ' ') return false;
  const bool is_clean = std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == ' ' || c == '+' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
  if (!is_clean || parse_decimal(text, 9).status != DecimalStatus::NotANumber) return false;
  const bool is_digit_first = is_digit(text.front());  // dates, 0x1F, 1_000
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), lower);
  return !is_digit_first && std::find(kWords.begin(), kWords.end(), low) == kWords.end();
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

TextStyle::TextStyle(const InventoryText& layout) : layout_(layout), newline_(layout.newline()) {
  if (!is_json() || layout.services.empty()) return;
  const TextIndex first = layout[layout.services.front()].first_child;
  if (first == TextNode::kNone) return;
  const std::size_t colon = layout.text.find(':', layout[first].key_end);
  if (colon != std::string_view::npos && colon + 1 == layout[first].begin) colon_ = ":";
}

bool TextStyle::is_flow_somewhere(std::string_view key) const {
  const bool is_list = key == kDependsOn || key == "stack" || key == "payloads";
  for (const TextIndex service : layout_.services) {
    const auto node = layout_.find(service, key);
    if (!node || layout_[*node].first_child == TextNode::kNone) continue;
    return layout_[*node].is_flow;
  }
  return is_list && key != kDependsOn;
}

bool TextStyle::is_flow(std::string_view key) {
  if (is_json()) return true;
  const auto known = flow_.find(key);
  if (known != flow_.end()) return known->second;
  return flow_.emplace(std::string(key), is_flow_somewhere(key)).first->second;
}

std::string TextStyle::key(std::string_view name) const {
  return is_json() ? fmt::format("\"{}\"{}", name, colon_) : fmt::format("{}: ", name);
}

std::string TextStyle::text(std::string_view value) const {
  return !is_json() && is_plain(value) ? std::string(value) : quoted(value);
}

std::string TextStyle::value(const ObservedValue& value) const {
  if (const auto* number = std::get_if<ObservedNumber>(&value)) return number->text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* single = std::get_if<ObservedText>(&value)) {
    // Dates and quarters are written without quotes, as everywhere.
    const bool is_date = single->text.size() == 10 && single->text[4] == '-' && single->text[7] == '-';
    const bool is_quarter = single->text.size() == 7 && single->text.find("-Q") == 4;
    return (is_date || is_quarter) && !is_json() ? single->text : text(single->text);
  }
  std::string items;
  for (const std::string& item : std::get<std::vector<std::string>>(value)) {
    items += (items.empty() ? "" : ", ") + text(item);
  }
  return "[" + items + "]";
}

std::string TextStyle::dependency(const StatedDependency& one) const {
  std::string item("{");
  item += key("service") + text(one.service);
  if (one.strength == Strength::Weak) item += ", " + key("strength") + text("weak");
  if (one.is_external) item += ", " + key("external") + "true";
  return item + "}";
}

}  // namespace migplan

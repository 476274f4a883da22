#include "migplan/merge/fact_text.hpp"

#include "migplan/base/decimal_text.hpp"

namespace migplan {
namespace {

std::string joined(const std::vector<std::string>& items) {
  if (items.empty()) return "[]";
  std::string all;
  for (const std::string& item : items) all += (all.empty() ? "" : "; ") + item;
  return all;
}

std::string canonical(std::string_view number) { return canonical_number(number).value_or(std::string(number)); }

}  // namespace

std::string plain_text(const ObservedValue& value) {
  if (const auto* number = std::get_if<ObservedNumber>(&value)) return canonical(number->text);
  if (const auto* text = std::get_if<ObservedText>(&value)) return text->text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  return joined(std::get<std::vector<std::string>>(value));
}

std::optional<std::string> plain_text(const InventoryText& layout, TextIndex node) {
  const TextNode& value = layout[node];
  switch (value.kind) {
    case TextKind::Null:
    case TextKind::Map:
    case TextKind::Alias: return std::nullopt;
    case TextKind::Boolean: return value.text.starts_with('t') || value.text.starts_with('T') ? "true" : "false";
    case TextKind::Number: return canonical(value.text);
    case TextKind::Text: {
      // "99.95%" is the number of a percentage.
      const auto number =
          value.text.ends_with('%') ? canonical_number(value.text.substr(0, value.text.size() - 1)) : std::nullopt;
      return number ? *number : std::string(value.text);
    }
    case TextKind::Sequence: break;
  }
  std::vector<std::string> items;
  for (TextIndex i = value.first_child; i != TextNode::kNone; i = layout[i].next) {
    items.push_back(plain_text(layout, i).value_or(""));
  }
  return joined(items);
}

std::string plain_text(const StatedDependency& dependency) {
  std::string text(name_of(dependency.strength));
  if (dependency.is_external) text += " external";
  return text;
}

std::vector<PlacedDependency> stated_dependencies(const InventoryText& layout, TextIndex list) {
  std::vector<PlacedDependency> all;
  for (TextIndex i = layout[list].first_child; i != TextNode::kNone; i = layout[i].next) {
    StatedDependency one;
    if (const auto service = layout.find(i, "service")) one.service = layout[*service].text;
    if (const auto strength = layout.find(i, "strength"); strength && layout[*strength].text == "weak") {
      one.strength = Strength::Weak;
    }
    if (const auto external = layout.find(i, "external")) {
      const std::string_view text = layout[*external].text;
      one.is_external = text.starts_with('t') || text.starts_with('T') || text == "1";
    }
    all.push_back({std::move(one), i});
  }
  return all;
}

FactOrder::FactOrder(std::span<const std::string> keys, std::span<const std::string> facts) {
  for (const std::string& key : keys) keys_.emplace(key, keys_.size());
  for (const std::string& fact : facts) facts_.emplace(fact, facts_.size());
}

std::size_t FactOrder::key(std::string_view fact) const noexcept {
  const auto at = keys_.find(fact.substr(0, fact.find('.')));
  return at == keys_.end() ? keys_.size() : at->second;
}

FactOrder::Rank FactOrder::rank(std::string_view fact) const noexcept {
  const auto at = facts_.find(fact);
  return {key(fact), at == facts_.end() ? facts_.size() : at->second};
}

}  // namespace migplan

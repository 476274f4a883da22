#include "migplan/merge/inventory_text.hpp"

#include <algorithm>

namespace migplan {

std::optional<TextIndex> InventoryText::find(TextIndex map, std::string_view key) const noexcept {
  for (TextIndex child = nodes[map].first_child; child != TextNode::kNone; child = nodes[child].next) {
    if (nodes[child].key == key) return child;
  }
  return std::nullopt;
}

std::optional<TextIndex> InventoryText::fact(TextIndex service, std::string_view path) const noexcept {
  const std::size_t point = path.find('.');
  const auto first = find(service, path.substr(0, point));
  if (!first || point == std::string_view::npos) return first;
  return nodes[*first].kind == TextKind::Map ? find(*first, path.substr(point + 1)) : std::nullopt;
}

bool InventoryText::holds_tied(TextIndex node) const noexcept {
  if (nodes[node].is_tied) return true;
  for (TextIndex child = nodes[node].first_child; child != TextNode::kNone; child = nodes[child].next) {
    if (holds_tied(child)) return true;
  }
  return false;
}

bool InventoryText::is_tied(TextIndex service, std::string_view path) const noexcept {
  if ((list && nodes[*list].is_tied) || nodes[service].is_tied) return true;
  const auto first = find(service, path.substr(0, path.find('.')));
  return first && holds_tied(*first);
}

std::string_view InventoryText::name(TextIndex service) const noexcept {
  const auto node = find(service, "name");
  return node ? nodes[*node].text : std::string_view{};
}

std::size_t InventoryText::line_begin(std::size_t at) const noexcept {
  const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

std::size_t InventoryText::line_end(std::size_t at) const noexcept {
  const std::size_t newline = text.find('\n', at);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

std::string_view InventoryText::newline() const noexcept {
  const std::size_t first = text.find('\n');
  return first != std::string_view::npos && first != 0 && text[first - 1] == '\r' ? "\r\n" : "\n";
}

TextIndex TextNodes::add(TextNode node) {
  const auto index = static_cast<TextIndex>(nodes_.size());
  if (!open_.empty()) {
    TextNode& parent = nodes_[open_.back()];
    node.parent = open_.back();
    if (parent.first_child == TextNode::kNone) parent.first_child = index;
    if (parent.last_child != TextNode::kNone) nodes_[parent.last_child].next = index;
    parent.last_child = index;
  }
  nodes_.push_back(node);
  return index;
}

}  // namespace migplan

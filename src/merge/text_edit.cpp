#include "migplan/merge/text_edit.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "dependency_edit.hpp"
#include "edit_list.hpp"
#include "text_style.hpp"

namespace migplan {
namespace {

std::string_view key_of(std::string_view fact) { return fact.substr(0, fact.find('.')); }
std::string_view field_of(std::string_view fact) {
  const std::size_t point = fact.find('.');
  return point == std::string_view::npos ? std::string_view{} : fact.substr(point + 1);
}

using Changes = std::span<const FactChange>;

class InventoryEditor {
 public:
  InventoryEditor(const InventoryText& layout, const FactOrder& order)
      : layout_(layout), order_(order), style_(layout), edits_(layout, style_), lists_(layout, style_, edits_) {}

  std::vector<TextEdit> edit(Changes changes, std::span<const std::string> new_services) {
    std::unordered_map<std::string_view, TextIndex> nodes;
    for (const TextIndex service : layout_.services) nodes.emplace(layout_.name(service), service);
    std::unordered_map<std::string_view, Changes> of_new;
    for_each_run(
        changes, [](const FactChange& c) { return std::string_view(c.service); },
        [&](Changes same) {
          const auto node = nodes.find(same.front().service);
          if (node == nodes.end()) {
            of_new.emplace(same.front().service, same);
          } else {
            edit_service(node->second, same);
          }
        });
    if (!new_services.empty()) add_services(new_services, of_new);
    return edits_.in_order();
  }

 private:
  template <class Key, class Use>
  static void for_each_run(Changes changes, const Key& key, const Use& use) {
    for (std::size_t i = 0; i < changes.size();) {
      std::size_t end = i + 1;
      while (end < changes.size() && key(changes[end]) == key(changes[i])) ++end;
      use(changes.subspan(i, end - i));
      i = end;
    }
  }

  void edit_service(TextIndex service, Changes changes) {
    for_each_run(
        changes, [](const FactChange& c) { return key_of(c.fact); },
        [&](Changes same) {
          const std::string key(key_of(same.front().fact));
          const auto node = layout_.find(service, key);
          if (!node) return add_key(service, key, same);
          if (key == kDependsOn) return lists_.edit(*node, same);
          if (field_of(same.front().fact).empty()) return replace(*node, *same.front().value);
          edit_group(*node, same);
        });
  }

  void replace(TextIndex node, const ObservedValue& value) {
    const TextNode& old = layout_[node];
    const auto* items = std::get_if<std::vector<std::string>>(&value);
    if (items == nullptr || old.kind != TextKind::Sequence || old.is_flow || items->empty()) {
      return edits_.replace_value(node, style_.value(value));
    }
    std::string text;
    const std::string indent(layout_.column(old.begin), ' ');
    for (const std::string& item : *items) {
      text += (text.empty() ? "" : std::string(style_.newline()) + indent) + "- " + style_.text(item);
    }
    edits_.replace(old.begin, old.end, std::move(text));
  }

  void edit_group(TextIndex group, Changes changes) {
    const bool is_empty = layout_[group].first_child == TextNode::kNone;
    if (layout_[group].kind != TextKind::Map || is_empty) return edits_.replace_value(group, flow_group(changes));
    for (const FactChange& change : changes) {
      const std::string_view field = field_of(change.fact);
      if (const auto node = layout_.find(group, field)) {
        replace(*node, *change.value);
      } else {
        edits_.add_entry(group, layout_[group].last_child, style_.key(field) + style_.value(*change.value));
      }
    }
  }

  [[nodiscard]] std::string flow_group(Changes changes) const {
    std::string inner;
    for (const FactChange& change : changes) {
      inner += (inner.empty() ? "" : ", ") + style_.key(field_of(change.fact)) + style_.value(*change.value);
    }
    return "{" + inner + "}";
  }

  // The entry of a key that a service does not have yet: one or more lines without indentation of the first, or one
  // piece within braces.
  [[nodiscard]] std::string entry(std::string_view key, Changes changes, std::size_t indent, bool in_flow) {
    if (key == kDependsOn) return lists_.entry(changes, indent, in_flow);
    if (field_of(changes.front().fact).empty()) return style_.key(key) + style_.value(*changes.front().value);
    if (in_flow || style_.is_flow(key)) return style_.key(key) + flow_group(changes);
    std::string lines = std::string(key) + ":";
    const std::string inner = std::string(style_.newline()) + std::string(indent + 2, ' ');
    for (const FactChange& change : changes) {
      lines += inner + style_.key(field_of(change.fact)) + style_.value(*change.value);
    }
    return lines;
  }

  void add_key(TextIndex service, std::string_view key, Changes changes) {
    const TextNode& map = layout_[service];
    edits_.add_entry(service, entry_before(service, key),
                     entry(key, changes, map.is_flow ? 0 : layout_.column(map.begin), map.is_flow));
  }

  // The last entry that comes before this key in the order of facts, or the name.
  [[nodiscard]] TextIndex entry_before(TextIndex service, std::string_view key) const {
    const std::size_t rank = order_.key(key);
    TextIndex before = layout_.find(service, "name").value_or(layout_[service].last_child);
    for (TextIndex i = layout_[service].first_child; i != TextNode::kNone; i = layout_[i].next) {
      if (order_.key(layout_[i].key) < rank) before = i;
    }
    return before;
  }

  // A service as it is written in braces, or in lines behind a dash.
  [[nodiscard]] std::string new_service(const std::string& name, Changes changes, std::size_t indent, bool in_flow) {
    std::string text = style_.key("name") + style_.text(name);
    const std::string between =
        in_flow ? std::string(", ") : std::string(style_.newline()) + std::string(indent + 2, ' ');
    for_each_run(
        changes, [](const FactChange& c) { return key_of(c.fact); },
        [&](Changes same) { text += between + entry(key_of(same.front().fact), same, indent + 2, in_flow); });
    return in_flow ? "{" + text + "}" : std::string(indent, ' ') + "- " + text;
  }

  void add_services(std::span<const std::string> names, const std::unordered_map<std::string_view, Changes>& changes) {
    const bool in_flow =
        style_.is_json() || (layout_.list && layout_[*layout_.list].is_flow && !layout_.services.empty());
    const std::size_t indent = list_indent();
    std::vector<std::string> texts;
    for (const std::string& name : names) {
      const auto of_name = changes.find(name);
      texts.push_back(new_service(name, of_name == changes.end() ? Changes{} : of_name->second, indent, in_flow));
    }
    in_flow ? edits_.add_items(texts) : add_blocks(texts);
  }

  [[nodiscard]] std::size_t list_indent() const {
    if (!layout_.list || layout_[*layout_.list].is_flow || layout_.services.empty()) return 2;
    return layout_.column(layout_[*layout_.list].begin);
  }

  void add_blocks(const std::vector<std::string>& texts) {
    const std::string newline(style_.newline());
    const std::string between = newline + (has_blank_lines() ? newline : "");
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : between) + text;
    if (layout_.services.empty()) return edits_.replace_behind_colon(*layout_.list, newline + all);
    const TextNode& last = layout_[layout_.services.back()];
    edits_.insert_lines(layout_.line_end(last.end), (has_blank_lines() ? newline : "") + all);
  }

  // Whether services stand apart, as the last two do.
  [[nodiscard]] bool has_blank_lines() const {
    if (layout_.services.size() < 2) return true;
    const std::size_t from = layout_.line_end(layout_[layout_.services.end()[-2]].end);
    const std::size_t to = layout_.line_begin(edits_.dash_of(layout_.services.back()));
    return from < to && layout_.text.substr(from, to - from).find_first_not_of(" \t\r\n") == std::string_view::npos;
  }

  const InventoryText& layout_;
  const FactOrder& order_;
  TextStyle style_;
  EditList edits_;
  DependencyEditor lists_;
};

}  // namespace

std::vector<TextEdit> inventory_edits(const InventoryText& layout, std::span<const FactChange> changes,
                                      std::span<const std::string> new_services, const FactOrder& order) {
  return InventoryEditor(layout, order).edit(changes, new_services);
}

std::string with_edits(std::string_view text, std::span<const TextEdit> edits) {
  std::string made;
  made.reserve(text.size() + edits.size() * 16);
  std::size_t at = 0;
  for (const TextEdit& edit : edits) {
    made += text.substr(at, edit.begin - at);
    made += edit.text;
    at = edit.end;
  }
  made += text.substr(at);
  return made;
}

std::string_view empty_inventory(TextSyntax syntax) noexcept {
  switch (syntax) {
    case TextSyntax::Yaml: return "schema: migplan/inventory/v1\nservices: []\n";
    case TextSyntax::Json: return "{\"schema\": \"migplan/inventory/v1\", \"services\": []}\n";
    case TextSyntax::JsonLines: break;
  }
  return "";
}

}  // namespace migplan

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "yaml_tree.hpp"

namespace migplan {
namespace {

ScalarKind scalar_kind_of(YamlKind kind) noexcept {
  switch (kind) {
    case YamlKind::Null: return ScalarKind::Null;
    case YamlKind::Boolean: return ScalarKind::Boolean;
    case YamlKind::Number: return ScalarKind::Number;
    default: return ScalarKind::Text;
  }
}

std::string_view name_of(YamlKind kind) noexcept {
  switch (kind) {
    case YamlKind::Null: return "nothing";
    case YamlKind::Boolean: return "true or false";
    case YamlKind::Number: return "a number";
    case YamlKind::Text: return "a text";
    case YamlKind::List: return "a list";
    case YamlKind::Map: return "a map";
  }
  return "";
}

}  // namespace

YamlKind YamlValue::kind() const noexcept { return tree_->nodes_[index_].kind; }
std::string_view YamlValue::text() const noexcept { return tree_->nodes_[index_].text; }
std::string_view YamlValue::key() const noexcept { return tree_->nodes_[index_].key; }
Position YamlValue::key_at() const noexcept { return tree_->nodes_[index_].key_at; }
Position YamlValue::at() const noexcept { return tree_->nodes_[index_].at; }

std::optional<Position> YamlValue::block_at() const noexcept {
  const auto& blocks = tree_->blocks_;
  const auto found = std::lower_bound(blocks.begin(), blocks.end(), index_,
                                      [](const auto& block, std::uint32_t index) { return block.first < index; });
  return found != blocks.end() && found->first == index_ ? std::optional(found->second) : std::nullopt;
}

std::string YamlValue::path() const {
  const std::uint32_t parent = tree_->nodes_[index_].parent;
  if (parent == index_) return {};
  std::string out = YamlValue(tree_, parent).path();
  if (tree_->nodes_[parent].kind == YamlKind::Map) {
    return out.empty() ? std::string(key()) : fmt::format("{}.{}", out, key());
  }
  std::size_t before = 0;
  for (std::uint32_t i = tree_->nodes_[parent].first_child; i != index_; i = tree_->nodes_[i].next) ++before;
  return fmt::format("{}[{}]", out, before);
}

std::optional<YamlValue> YamlValue::find(std::string_view key) const noexcept {
  if (!is_map()) return std::nullopt;
  for (std::uint32_t child = tree_->nodes_[index_].first_child; child != YamlTree::kNone;
       child = tree_->nodes_[child].next) {
    const YamlValue value(tree_, child);
    if (value.key() == key) return value.is_null() ? std::nullopt : std::optional(value);
  }
  return std::nullopt;
}

std::optional<YamlValue> YamlValue::find_in(std::initializer_list<std::string_view> keys) const noexcept {
  std::optional<YamlValue> value = *this;
  for (const std::string_view key : keys) {
    value = value->find(key);
    if (!value) return std::nullopt;
  }
  return value;
}

std::string_view YamlValue::text_of(std::string_view key) const noexcept {
  const auto value = find(key);
  return value && value->is_text() ? value->text() : std::string_view();
}

std::vector<YamlValue> YamlValue::items() const {
  std::vector<YamlValue> items;
  for_each_item([&items](const YamlValue& item) { items.push_back(item); });
  return items;
}

Issue YamlValue::issue(std::string message, std::string hint) const {
  return {Severity::Error, tree_->file_, at(), path(), std::move(message), std::move(hint)};
}

Issue YamlValue::unexpected(std::string_view expected, std::string hint) const {
  const bool is_shown_as_is = is_number() || kind() == YamlKind::Boolean;
  const std::string found = is_text()        ? in_quotes(text())
                            : is_shown_as_is ? printable(text())
                                             : std::string(name_of(kind()));
  return issue(fmt::format("found {}, expected {}", found, expected), std::move(hint));
}

void feed_value(const YamlValue& value, FieldReader& reader) {
  if (!value.is_list() && !value.is_map()) {
    reader.scalar({scalar_kind_of(value.kind()), value.text(), value.at()});
    return;
  }
  value.is_map() ? reader.begin_map(value.at()) : reader.begin_list(value.at());
  for (const YamlValue& item : value.items()) {
    if (value.is_map()) reader.key(item.key(), item.key_at());
    feed_value(item, reader);
  }
  value.is_map() ? reader.end_map() : reader.end_list();
}

}  // namespace migplan

#include "yaml_layout.hpp"

#include <algorithm>

#include "yaml_scalar.hpp"

namespace migplan {
namespace {

constexpr std::size_t kBytesANode = 12;  // of usual inventories, or more

TextKind kind_of(std::string_view text) {
  switch (kind_of_plain(text)) {
    case ScalarKind::Null: return TextKind::Null;
    case ScalarKind::Boolean: return TextKind::Boolean;
    case ScalarKind::Number: return TextKind::Number;
    default: return TextKind::Text;
  }
}

std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      const bool is_doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == quote;
      if (!is_doubled) return at + 1;
      ++at;
    }
  }
  return text.size();
}

// Behind the bracket that ends a list or map in brackets, of which nothing but blanks, commas and comments is left.
std::size_t end_of_flow(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (text[at] == '}' || text[at] == ']') return at + 1;
    if (text[at] == '#') at = std::min(text.find('\n', at), text.size() - 1);
  }
  return text.size();
}

bool has_tag(const std::string& tag) { return !tag.empty() && tag != "?" && tag != "!"; }

}  // namespace

YamlLayout::YamlLayout(InventoryText& into)
    : into_(into), nodes_(into.nodes), mark_bytes_(into.text.starts_with("\xEF\xBB\xBF") ? 3 : 0) {
  into_.nodes.reserve(into_.text.size() / kBytesANode);
}

std::size_t YamlLayout::offset(const YAML::Mark& mark) const noexcept {
  return std::min(mark.is_null() ? 0 : static_cast<std::size_t>(mark.pos) + mark_bytes_, into_.text.size());
}

bool YamlLayout::takes_key() const noexcept {
  const auto top = nodes_.top();
  return top && into_[*top].kind == TextKind::Map && !key_;
}

std::string_view YamlLayout::kept(std::size_t begin, std::string_view value) {
  const std::string_view written = into_.text.substr(begin, value.size());
  return written == value ? written : into_.texts.keep(value);
}

// Of a block scalar, or a plain one over several lines: the lines that are indented more than what holds it.
std::size_t YamlLayout::end_of_indented(std::size_t begin, bool is_block) const noexcept {
  const std::string_view text = into_.text;
  const auto top = nodes_.top();
  const std::size_t outer = key_ ? into_.column(key_->key_begin) : top ? into_.column(into_[*top].begin) : 0;
  std::size_t line = into_.line_end(begin), end = line;
  while (line < text.size()) {
    const std::size_t first = std::min(text.find_first_not_of(' ', line), text.size());
    const bool is_blank = first == text.size() || text[first] == '\n' || text[first] == '\r';
    if (!is_blank && (first - line <= outer || (!is_block && text[first] == '#'))) break;
    line = into_.line_end(line);
    if (!is_blank) end = line;
  }
  while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  return end;
}

std::size_t YamlLayout::end_of_scalar(std::size_t begin, std::string_view value) const noexcept {
  const std::string_view text = into_.text;
  if (begin >= text.size()) return begin;
  if (text[begin] == '"' || text[begin] == '\'') return end_of_quoted(text, begin);
  if (text[begin] == '|' || text[begin] == '>') return end_of_indented(begin, true);
  if (text.substr(begin, value.size()) == value) return begin + value.size();
  return end_of_indented(begin, false);
}

void YamlLayout::add(TextNode node) {
  if (key_) {
    node.key_begin = key_->key_begin;
    node.key_end = key_->key_end;
    node.key = key_->key;
    key_.reset();
  }
  nodes_.add(node);
}

void YamlLayout::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  std::size_t begin = offset(mark);
  std::size_t end = begin;
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (into_.text.substr(begin).starts_with(word)) end = begin + word.size();
  }
  if (end == begin && key_) {
    const std::size_t colon = into_.text.find(':', key_->key_end);
    begin = end = std::min(colon, into_.text.size() - 1) + 1;
  }
  TextNode node{.kind = TextKind::Null, .is_tied = anchor != 0};
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = static_cast<std::uint32_t>(end);
  add(node);
}

void YamlLayout::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  const std::size_t begin = offset(mark);
  TextNode node{.kind = TextKind::Alias, .is_tied = true};
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = static_cast<std::uint32_t>(std::min(into_.text.find_first_of(" \t\r\n,]}", begin), into_.text.size()));
  add(node);
}

void YamlLayout::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                          const std::string& value) {
  const std::size_t begin = offset(mark), end = end_of_scalar(begin, value);
  const bool is_plain = tag == "?" || tag.empty();
  TextNode node{.is_tied = anchor != 0 || has_tag(tag)};
  if (takes_key()) {
    node.key_begin = static_cast<std::uint32_t>(begin);
    node.key_end = static_cast<std::uint32_t>(end);
    node.key = kept(begin, value);
    if (node.key == "<<") into_.nodes[*nodes_.top()].is_tied = true;
    key_ = node;
    return;
  }
  node.kind = is_plain ? kind_of(value) : TextKind::Text;
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = static_cast<std::uint32_t>(end);
  node.text = kept(begin, value);
  add(node);
}

void YamlLayout::begin_collection(std::size_t begin, TextKind kind, bool is_tied) {
  TextNode node{.kind = kind, .is_tied = is_tied};
  node.is_flow = begin < into_.text.size() && into_.text[begin] == (kind == TextKind::Map ? '{' : '[');
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = node.begin;
  // A pair without braces in a list in brackets, [a: 1]: there is no place of its own to put another key.
  if (const auto top = nodes_.top(); top && into_[*top].is_flow && !node.is_flow) node.is_tied = true;
  add(node);
  nodes_.open(static_cast<TextIndex>(into_.nodes.size() - 1));
}

void YamlLayout::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                 YAML::EmitterStyle::value) {
  begin_collection(offset(mark), TextKind::Sequence, anchor != 0 || has_tag(tag));
}

void YamlLayout::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                            YAML::EmitterStyle::value) {
  begin_collection(offset(mark), TextKind::Map, anchor != 0 || has_tag(tag));
}

void YamlLayout::end_collection() {
  TextNode& node = into_.nodes[*nodes_.top()];
  std::size_t end = node.begin;
  if (node.last_child != TextNode::kNone) {
    end = into_[node.last_child].end;
  } else if (node.is_flow) {
    ++end;
  }
  node.end = static_cast<std::uint32_t>(node.is_flow ? end_of_flow(into_.text, end) : end);
  nodes_.close();
  key_.reset();
}

void YamlLayout::finish() {
  if (into_.nodes.empty()) return;
  into_.list = into_.find(0, "services");
  if (!into_.list) return;
  for (TextIndex i = into_[*into_.list].first_child; i != TextNode::kNone; i = into_[i].next) {
    into_.services.push_back(i);
  }
}

}  // namespace migplan

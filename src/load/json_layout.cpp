#include "json_layout.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace migplan {
namespace {

class JsonScan {
 public:
  explicit JsonScan(InventoryText& into)
      : into_(into), text_(into.text), nodes_(into.nodes), at_(text_.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

  void document() {
    pass_blanks();
    if (at_ < text_.size()) value({});
    into_.list = into_.nodes.empty() ? std::nullopt : into_.find(0, "services");
    if (!into_.list) return;
    for (TextIndex i = into_[*into_.list].first_child; i != TextNode::kNone; i = into_[i].next) {
      into_.services.push_back(i);
    }
  }

  void lines() {
    for (pass_blanks(); at_ < text_.size(); pass_blanks()) {
      into_.services.push_back(static_cast<TextIndex>(into_.nodes.size()));
      value({});
    }
  }

 private:
  void pass_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  void value(TextNode node) {
    node.begin = static_cast<std::uint32_t>(at_);
    const char first = at_ < text_.size() ? text_[at_] : '\0';
    if (first == '{' || first == '[') return collection(node, first);
    const std::size_t end =
        first == '"' ? end_of_text() : std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
    node.end = static_cast<std::uint32_t>(end);
    node.kind = first == '"'                   ? TextKind::Text
                : first == 't' || first == 'f' ? TextKind::Boolean
                : first == 'n'                 ? TextKind::Null
                                               : TextKind::Number;
    node.text = first == '"' ? unquoted(at_, end) : text_.substr(at_, end - at_);
    nodes_.add(node);
    at_ = end;
  }

  void collection(TextNode node, char first) {
    node.kind = first == '{' ? TextKind::Map : TextKind::Sequence;
    node.is_flow = true;
    const TextIndex index = nodes_.add(node);
    nodes_.open(index);
    ++at_;
    for (pass_blanks(); at_ < text_.size() && text_[at_] != '}' && text_[at_] != ']'; pass_blanks()) {
      if (text_[at_] == ',') {
        ++at_;
      } else if (first == '{') {
        entry();
      } else {
        value({});
      }
    }
    at_ = std::min(at_ + 1, text_.size());
    into_.nodes[index].end = static_cast<std::uint32_t>(at_);
    nodes_.close();
  }

  void entry() {
    TextNode node;
    const std::size_t end = end_of_text();
    node.key_begin = static_cast<std::uint32_t>(at_);
    node.key_end = static_cast<std::uint32_t>(end);
    node.key = unquoted(at_, end);
    at_ = std::min(text_.find(':', end), text_.size() - 1) + 1;
    pass_blanks();
    value(node);
  }

  [[nodiscard]] std::size_t end_of_text() const {
    for (std::size_t at = at_ + 1; at < text_.size(); ++at) {
      if (text_[at] == '\\') {
        ++at;
      } else if (text_[at] == '"') {
        return at + 1;
      }
    }
    return text_.size();
  }

  std::string_view unquoted(std::size_t begin, std::size_t end) {
    const std::string_view inner = text_.substr(begin + 1, end - begin - 2);
    if (inner.find('\\') == std::string_view::npos) return inner;
    const auto parsed = nlohmann::json::parse(text_.substr(begin, end - begin), nullptr, false);
    return into_.texts.keep(parsed.is_string() ? parsed.get<std::string>() : std::string());
  }

  InventoryText& into_;
  std::string_view text_;
  TextNodes nodes_;
  std::size_t at_;
};

}  // namespace

void note_json(InventoryText& into) {
  JsonScan scan(into);
  into.syntax == TextSyntax::JsonLines ? scan.lines() : scan.document();
}

}  // namespace migplan

#include "json_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <utility>

#include "csv_rows.hpp"
#include "json_walk.hpp"

namespace migplan {
namespace {

std::string_view name_of(JsonKind kind) noexcept {
  switch (kind) {
    case JsonKind::Null: return "null";
    case JsonKind::Boolean: return "true or false";
    case JsonKind::Number: return "a number";
    case JsonKind::Text: return "a text";
    case JsonKind::List: return "a list";
    case JsonKind::Map: return "a map";
  }
  return "";
}

}  // namespace

// Takes the events of a JsonWalk.
class JsonTree::Builder {
 public:
  Builder(JsonTree& tree, RepeatedKeys repeated) : tree_(tree), repeated_(repeated) {}

  void begin_map(Position at) { open(JsonKind::Map, at); }
  void begin_list(Position at) { open(JsonKind::List, at); }
  void end_map() {
    if (repeated_ == RepeatedKeys::Refused) refuse_repeated(open_.back());
    close();
  }
  void end_list() { close(); }
  [[nodiscard]] static bool quoted_key(const char*, Position) noexcept { return false; }
  void key(std::string_view name, Position at) {
    key_ = kept(name);
    key_at_ = at;
  }
  void scalar(const Scalar& found) {
    Node& node = add(kind_of(found.kind), found.at);
    node.text = found.kind == ScalarKind::Null ? std::string_view() : kept(found.text);
    node.end = static_cast<std::uint32_t>(tree_.nodes_.size());
  }

 private:
  static JsonKind kind_of(ScalarKind kind) noexcept {
    switch (kind) {
      case ScalarKind::Null: return JsonKind::Null;
      case ScalarKind::Boolean: return JsonKind::Boolean;
      case ScalarKind::Number: return JsonKind::Number;
      default: return JsonKind::Text;
    }
  }

  // Texts stand in the tree's own text unless they had escapes.
  std::string_view kept(std::string_view text) {
    const char* const first = tree_.text_.data();
    if (std::less_equal<>()(first, text.data()) && std::less<>()(text.data(), first + tree_.text_.size())) return text;
    tree_.unescaped_.push_back(std::make_unique<std::string>(text));
    return *tree_.unescaped_.back();
  }

  Node& add(JsonKind kind, Position at) {
    Node& node = tree_.nodes_.emplace_back();
    node.kind = kind;
    node.parent = open_.empty() ? 0 : open_.back();
    node.at = at;
    node.key = std::exchange(key_, {});
    return node;
  }
  void open(JsonKind kind, Position at) {
    add(kind, at);
    open_.push_back(static_cast<std::uint32_t>(tree_.nodes_.size() - 1));
  }
  void close() {
    tree_.nodes_[open_.back()].end = static_cast<std::uint32_t>(tree_.nodes_.size());
    open_.pop_back();
  }

  void refuse_repeated(std::uint32_t map) {
    keys_.clear();
    for (std::uint32_t i = map + 1; i < tree_.nodes_.size(); i = tree_.nodes_[i].end) {
      keys_.emplace_back(tree_.nodes_[i].key, i);
    }
    std::sort(keys_.begin(), keys_.end());
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      if (keys_[i].first != keys_[i - 1].first) continue;
      tree_.nodes_[map].end = static_cast<std::uint32_t>(tree_.nodes_.size());
      const JsonValue again(&tree_, keys_[i].second);
      tree_.issues_.add(again.issue(fmt::format("key {} stands here twice, first at line {}", in_quotes(keys_[i].first),
                                                tree_.nodes_[keys_[i - 1].second].at.line)));
    }
  }

  JsonTree& tree_;
  RepeatedKeys repeated_;
  std::vector<std::uint32_t> open_;
  std::vector<std::pair<std::string_view, std::uint32_t>> keys_;
  std::string_view key_;
  Position key_at_;
};

JsonTree::JsonTree(std::string text, std::string_view file, RepeatedKeys repeated, std::uint32_t first_line)
    : text_(std::move(text)), file_(file) {
  const std::string_view clean = without_mark(text_);
  const auto begin = static_cast<std::size_t>(clean.data() - text_.data());
  text_.append(JsonTokenizer::kPadding, '\0');
  const char* const first = text_.data() + begin;
  const std::size_t length = text_.size() - begin - JsonTokenizer::kPadding;
  JsonTokenizer tokenizer;
  Builder builder(*this, repeated);
  JsonLocator locate(first, first_line);
  try {
    const JsonTokens tokens = tokenizer.tokens_of(first, length);
    JsonWalk<Builder, JsonLocator>(builder, locate, tokens, tokenizer.unescaper, first + length).document();
  } catch (const JsonSyntaxError& fault) {
    issues_.add(
        {Severity::Error, file_, JsonLocator(first, first_line)(fault.place), "", fault.what, "", Cause::Syntax});
  }
}

JsonKind JsonValue::kind() const noexcept { return tree_->nodes_[index_].kind; }
std::string_view JsonValue::text() const noexcept { return tree_->nodes_[index_].text; }
std::string_view JsonValue::key() const noexcept { return tree_->nodes_[index_].key; }
Position JsonValue::at() const noexcept { return tree_->nodes_[index_].at; }

std::string JsonValue::path() const {
  if (index_ == 0) return {};
  const JsonValue parent(tree_, tree_->nodes_[index_].parent);
  std::string out = parent.path();
  if (parent.is_map()) return out.empty() ? std::string(key()) : fmt::format("{}.{}", out, key());
  std::size_t place = 0;
  for (const JsonValue item : parent) {
    if (item.index_ == index_) break;
    ++place;
  }
  return fmt::format("{}[{}]", out, place);
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const noexcept {
  if (!is_map()) return std::nullopt;
  std::optional<JsonValue> found;  // the last one counts where keys may be repeated
  for (const JsonValue value : *this) {
    if (value.key() == key) found = value;
  }
  return found;
}

std::optional<JsonValue> JsonValue::find_in(std::initializer_list<std::string_view> keys) const noexcept {
  std::optional<JsonValue> value = *this;
  for (const std::string_view key : keys) {
    value = value->find(key);
    if (!value) return std::nullopt;
  }
  return value;
}

JsonValue::Iterator& JsonValue::Iterator::operator++() noexcept {
  index_ = tree_->nodes_[index_].end;
  return *this;
}

JsonValue::Iterator JsonValue::begin() const noexcept {
  return {tree_, is_map() || is_list() ? index_ + 1 : tree_->nodes_[index_].end};
}
JsonValue::Iterator JsonValue::end() const noexcept { return {tree_, tree_->nodes_[index_].end}; }

Issue JsonValue::issue(std::string message, std::string hint) const {
  return {Severity::Error, tree_->file_, at(), path(), std::move(message), std::move(hint)};
}

Issue JsonValue::unexpected(std::string_view expected) const {
  const std::string found = is_text()                                    ? in_quotes(text())
                            : is_number() || kind() == JsonKind::Boolean ? std::string(text())
                                                                         : std::string(name_of(kind()));
  return issue(fmt::format("found {}, expected {}", found, expected));
}

std::optional<std::int64_t> read_steps(const JsonValue& value, int decimals, std::int64_t least, std::int64_t greatest,
                                       Issues& issues) {
  if (value.is_null()) return std::nullopt;
  if (value.is_number()) {
    const Decimal read = parse_decimal(value.text(), decimals);
    if (read.status == DecimalStatus::Ok && least <= read.steps && read.steps <= greatest) return read.steps;
  }
  issues.add(value.unexpected(fmt::format("a {}number, {} to {}", decimals == 0 ? "whole " : "",
                                          trimmed(least, decimals), trimmed(greatest, decimals))));
  return std::nullopt;
}

std::optional<std::uint64_t> read_whole(const JsonValue& value, Issues& issues) {
  const auto steps = read_steps(value, 0, 0, std::numeric_limits<std::int64_t>::max(), issues);
  return steps ? std::optional(static_cast<std::uint64_t>(*steps)) : std::nullopt;
}

std::optional<double> read_real(const JsonValue& value, Issues& issues) {
  if (value.is_null()) return std::nullopt;
  double number = 0;
  const std::string_view text = value.text();
  if (value.is_number() && std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{}) {
    return number;
  }
  issues.add(value.unexpected("a number"));
  return std::nullopt;
}

std::optional<std::string_view> read_text(const JsonValue& value, Issues& issues) {
  if (value.is_null()) return std::nullopt;
  if (value.is_text()) return value.text();
  issues.add(value.unexpected("a text"));
  return std::nullopt;
}

}  // namespace migplan

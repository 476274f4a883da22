#include "yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <utility>

#include "utf8_stream.hpp"
#include "yaml_scalar.hpp"

namespace migplan {
namespace {

constexpr std::size_t kMostNodes = 1'000'000;
constexpr std::string_view kMergeKey = "<<";

// Thrown through yaml-cpp to stop it; caught in this file.
struct TooManyNodes {
  Position at;
};

YamlKind kind_of(ScalarKind kind) noexcept {
  switch (kind) {
    case ScalarKind::Null: return YamlKind::Null;
    case ScalarKind::Boolean: return YamlKind::Boolean;
    case ScalarKind::Number: return YamlKind::Number;
    default: return YamlKind::Text;
  }
}

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

class YamlTree::Builder final : public YAML::EventHandler {
 public:
  explicit Builder(YamlTree& tree) : tree_(tree) {}

  void OnDocumentStart(const YAML::Mark&) override { anchors_.clear(); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    take_scalar({}, YamlKind::Null, position_of(mark), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Position at = position_of(mark);
    const auto found = anchors_.find(anchor);
    const bool is_open = found == anchors_.end() || std::any_of(open_.begin(), open_.end(), [&found](const Open& open) {
                           return open.node == found->second;
                         });
    if (is_open) reject(at, "found an alias inside the value that it stands for");
    if (!wants_key()) {
      is_open ? void(add(YamlKind::Null, at)) : attach(copy_of(found->second, at));
      return;
    }
    reject(at, "found an alias as a key, expected text");
    set_key("?", at);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    const bool is_quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    take_scalar(text, is_quoted ? YamlKind::Text : kind_of(kind_of_plain(text)), position_of(mark), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(YamlKind::List, position_of(mark), anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(YamlKind::Map, position_of(mark), anchor);
  }
  void OnMapEnd() override {
    refuse_repeated(open_.back().node);
    merge(open_.back().node);
    end();
  }

 private:
  struct Open {
    std::uint32_t node;
    bool is_key = false;       // of the map around it, which is an error
    bool is_key_read = false;  // of a map: its value comes next
    std::string key;
    Position key_at;
  };

  void reject(Position at, std::string message) {
    tree_.issues_.add({Severity::Error, tree_.file_, at, "", std::move(message), "", Cause::Syntax});
  }

  [[nodiscard]] bool wants_key() const {
    return !open_.empty() && tree_.nodes_[open_.back().node].kind == YamlKind::Map && !open_.back().is_key_read;
  }
  void set_key(std::string_view key, Position at) {
    open_.back().key = key;
    open_.back().key_at = at;
    open_.back().is_key_read = true;
  }

  std::uint32_t make(YamlKind kind, Position at) {
    if (tree_.nodes_.size() >= kMostNodes) throw TooManyNodes{at};
    Node& node = tree_.nodes_.emplace_back();
    node.kind = kind;
    node.at = at;
    return static_cast<std::uint32_t>(tree_.nodes_.size() - 1);
  }
  // Puts a node where the next value is due.
  void attach(std::uint32_t index) {
    Node& node = tree_.nodes_[index];
    if (open_.empty()) {
      node.parent = index;
      if (node.kind != YamlKind::Null) tree_.roots_.push_back(index);
      return;
    }
    Open& around = open_.back();
    node.parent = around.node;
    node.key.clear();
    if (around.is_key_read) {
      node.key = std::exchange(around.key, {});
      node.key_at = around.key_at;
      around.is_key_read = false;
    }
    tree_.nodes_[around.node].children.push_back(index);
  }
  std::uint32_t add(YamlKind kind, Position at) {
    const std::uint32_t index = make(kind, at);
    attach(index);
    return index;
  }

  void take_scalar(std::string_view text, YamlKind kind, Position at, YAML::anchor_t anchor) {
    if (wants_key()) return set_key(text, at);
    const std::uint32_t index = add(kind, at);
    tree_.nodes_[index].text = text;
    if (anchor != 0) anchors_[anchor] = index;
  }

  void begin(YamlKind kind, Position at, YAML::anchor_t anchor) {
    const bool is_key = wants_key();
    if (is_key) reject(at, "found a map or list as a key, expected text");
    const std::uint32_t index = is_key ? make(kind, at) : add(kind, at);
    if (anchor != 0) anchors_[anchor] = index;
    open_.push_back({index, is_key, false, {}, {}});
  }
  void end() {
    const Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.is_key) set_key("?", tree_.nodes_[closed.node].at);
  }

  // The children of the copy are its own.
  std::uint32_t copy_of(std::uint32_t from, Position at) {
    const std::uint32_t copy = make(tree_.nodes_[from].kind, at);
    tree_.nodes_[copy].at = tree_.nodes_[from].at;
    tree_.nodes_[copy].text = tree_.nodes_[from].text;
    tree_.nodes_[copy].key = tree_.nodes_[from].key;
    tree_.nodes_[copy].key_at = tree_.nodes_[from].key_at;
    for (std::size_t i = 0; i < tree_.nodes_[from].children.size(); ++i) {
      const std::uint32_t child = copy_of(tree_.nodes_[from].children[i], at);
      tree_.nodes_[child].parent = copy;
      tree_.nodes_[copy].children.push_back(child);
    }
    return copy;
  }

  void refuse_repeated(std::uint32_t map) {
    std::map<std::string_view, std::uint32_t> seen;
    for (const std::uint32_t child : tree_.nodes_[map].children) {
      const Node& node = tree_.nodes_[child];
      const auto [first, is_new] = seen.emplace(node.key, child);
      if (is_new || node.key == kMergeKey) continue;
      tree_.issues_.add({Severity::Error, tree_.file_, node.key_at, YamlValue(&tree_, child).path(),
                         fmt::format("key {} stands here twice, first at line {}", in_quotes(node.key),
                                     tree_.nodes_[first->second].key_at.line),
                         ""});
    }
  }

  // Keys of merged maps count where the map itself, or an earlier merge, has none of that name.
  void merge(std::uint32_t map) {
    std::vector<std::uint32_t> merged;
    std::vector<std::uint32_t>& children = tree_.nodes_[map].children;
    for (const std::uint32_t child : children) {
      if (tree_.nodes_[child].key == kMergeKey) merged.push_back(child);
    }
    if (merged.empty()) return;
    std::erase_if(children, [this](std::uint32_t child) { return tree_.nodes_[child].key == kMergeKey; });
    for (const std::uint32_t value : merged) {
      const Node& node = tree_.nodes_[value];
      if (node.kind == YamlKind::List) {
        for (const std::uint32_t item : node.children) take_over(map, item);
      } else {
        take_over(map, value);
      }
    }
  }
  [[nodiscard]] bool has_key(std::uint32_t map, std::string_view key) const {
    const auto& children = tree_.nodes_[map].children;
    return std::any_of(children.begin(), children.end(),
                       [&](std::uint32_t child) { return tree_.nodes_[child].key == key; });
  }
  void take_over(std::uint32_t map, std::uint32_t from) {
    if (tree_.nodes_[from].kind != YamlKind::Map) {
      return reject(tree_.nodes_[from].at, "found no map behind the merge key <<, expected an alias of one");
    }
    for (const std::uint32_t child : tree_.nodes_[from].children) {
      if (has_key(map, tree_.nodes_[child].key)) continue;
      tree_.nodes_[child].parent = map;
      tree_.nodes_[map].children.push_back(child);
    }
  }

  YamlTree& tree_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, std::uint32_t> anchors_;
};

YamlTree::YamlTree(ByteSource& source, std::string_view file) : file_(file) {
  Utf8Stream buffer(source);
  std::istream stream(&buffer);
  Builder builder(*this);
  const auto refuse = [this](Position at, std::string message, Cause cause = Cause::Syntax) {
    issues_.add({Severity::Error, file_, at, "", std::move(message), "", cause});
  };
  try {
    YAML::Parser parser(stream);
    buffer.stop_at_fault();
    while (!buffer.has_fault() && parser.HandleNextDocument(builder)) {
    }
  } catch (const Utf8Stream::Stopped&) {
    // Told below.
  } catch (const TooManyNodes& fault) {
    refuse(fault.at, "the text unfolds to more than 1,000,000 values");
  } catch (const YAML::Exception& error) {
    if (!buffer.has_fault()) refuse(position_of(error.mark), fmt::format("not YAML: {}", printable(error.msg)));
  }
  if (buffer.has_fault()) refuse(buffer.fault().at, buffer.fault().what, buffer.fault().cause);
}

std::vector<YamlValue> YamlTree::documents() const {
  std::vector<YamlValue> documents;
  if (issues_.has_errors()) return documents;
  for (const std::uint32_t root : roots_) documents.push_back({this, root});
  return documents;
}

YamlKind YamlValue::kind() const noexcept { return tree_->nodes_[index_].kind; }
std::string_view YamlValue::text() const noexcept { return tree_->nodes_[index_].text; }
std::string_view YamlValue::key() const noexcept { return tree_->nodes_[index_].key; }
Position YamlValue::key_at() const noexcept { return tree_->nodes_[index_].key_at; }
Position YamlValue::at() const noexcept { return tree_->nodes_[index_].at; }

std::string YamlValue::path() const {
  const std::uint32_t parent = tree_->nodes_[index_].parent;
  if (parent == index_) return {};
  std::string out = YamlValue(tree_, parent).path();
  if (tree_->nodes_[parent].kind == YamlKind::Map) {
    return out.empty() ? std::string(key()) : fmt::format("{}.{}", out, key());
  }
  const auto& siblings = tree_->nodes_[parent].children;
  return fmt::format("{}[{}]", out, std::find(siblings.begin(), siblings.end(), index_) - siblings.begin());
}

std::optional<YamlValue> YamlValue::find(std::string_view key) const noexcept {
  if (!is_map()) return std::nullopt;
  for (const std::uint32_t child : tree_->nodes_[index_].children) {
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
  for (const std::uint32_t child : tree_->nodes_[index_].children) items.push_back({tree_, child});
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

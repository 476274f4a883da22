#include "yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <map>
#include <set>
#include <streambuf>
#include <utility>

#include "utf8_stream.hpp"
#include "yaml_scalar.hpp"

namespace migplan {
namespace {

constexpr std::size_t kMostUnfolded = 1'000'000;
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

YamlKind kind_of(JsonKind kind) noexcept {
  switch (kind) {
    case JsonKind::Null: return YamlKind::Null;
    case JsonKind::Boolean: return YamlKind::Boolean;
    case JsonKind::Number: return YamlKind::Number;
    case JsonKind::Text: return YamlKind::Text;
    case JsonKind::List: return YamlKind::List;
    case JsonKind::Map: return YamlKind::Map;
  }
  return YamlKind::Null;
}

// A text in memory as a stream, without a copy.
class TextStream final : public std::streambuf {
 public:
  explicit TextStream(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // NOLINT: a get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

class YamlTree::Builder final : public YAML::EventHandler {
 public:
  Builder(YamlTree& tree, std::string_view text) : tree_(tree), text_(text) {
    // Most documents are small, and many: for these the lists need not grow.
    constexpr std::size_t kUsual = 16;
    open_.reserve(kUsual);
    children_.reserve(kUsual);
  }

  [[nodiscard]] Position place_of(const YAML::Mark& mark) const {
    const Position at = position_of(mark);
    if (at.line == 0) return at;
    return {at.line + tree_.begin_.line - 1, at.column + tree_.begin_.column - 1};
  }

  // yaml-cpp reads what no document can begin with, such as a comma behind one, as empty documents without end.
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (mark.pos == document_begin_) throw YAML::ParserException(mark, "unexpected content behind a document");
    document_begin_ = mark.pos;
    anchors_.clear();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    take_scalar({}, YamlKind::Null, place_of(mark), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Position at = place_of(mark);
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
    const std::size_t before = tree_.nodes_.size();
    take_scalar(kept(text, is_quoted, mark), is_quoted ? YamlKind::Text : kind_of(kind_of_plain(text)), place_of(mark),
                anchor);
    if (is_quoted && tree_.nodes_.size() != before) note_block(mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(YamlKind::List, place_of(mark), anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(YamlKind::Map, place_of(mark), anchor);
  }
  void OnMapEnd() override {
    const std::uint32_t map = open_.back().node;
    children_.clear();
    for (std::uint32_t child = tree_.nodes_[map].first_child; child != kNone; child = tree_.nodes_[child].next) {
      children_.push_back(child);
    }
    refuse_repeated();
    const bool is_merging = std::any_of(children_.begin(), children_.end(),
                                        [this](std::uint32_t child) { return tree_.nodes_[child].key == kMergeKey; });
    if (is_merging) merge(map);
    end();
  }

 private:
  struct Open {
    std::uint32_t node;
    bool is_key = false;       // of the map around it, which is an error
    bool is_key_read = false;  // of a map: its value comes next
    std::string_view key;
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
    node.key = {};
    if (around.is_key_read) {
      node.key = std::exchange(around.key, {});
      node.key_at = around.key_at;
      around.is_key_read = false;
    }
    tree_.append_child(around.node, index);
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

  // What stands in the text as it is, and most does, needs no copy.
  std::string_view kept(std::string_view value, bool is_quoted, const YAML::Mark& mark) {
    const auto offset = static_cast<std::size_t>(std::max(mark.pos, 0)) + (is_quoted ? 1 : 0);
    const std::string_view there = text_.substr(std::min(offset, text_.size()), value.size());
    return there == value ? there : tree_.texts_.keep(value);
  }

  // Of a literal block, which begins with "|", the node that was made last: its text begins on the next line.
  void note_block(const YAML::Mark& mark) {
    const auto offset = static_cast<std::size_t>(std::max(mark.pos, 0));
    if (offset >= text_.size() || text_[offset] != '|') return;
    const std::size_t line = std::min(text_.find('\n', offset), text_.size());
    const std::size_t first = std::min(text_.find_first_not_of(" \t\r\n", line), text_.size());
    const std::size_t begin = text_.rfind('\n', first == 0 ? 0 : first - 1) + 1;  // npos + 1 = 0
    tree_.blocks_.emplace_back(
        static_cast<std::uint32_t>(tree_.nodes_.size() - 1),
        Position{place_of(mark).line + 1, tree_.begin_.column + static_cast<std::uint32_t>(first - begin)});
  }

  void begin(YamlKind kind, Position at, YAML::anchor_t anchor) {
    const bool is_key = wants_key();
    if (is_key) reject(at, "found a map or list as a key, expected text");
    const std::uint32_t index = is_key ? make(kind, at) : add(kind, at);
    if (anchor != 0) anchors_[anchor] = index;
    open_.push_back({index, is_key, false, {}, {}});
  }
  void end() {
    const Open closed = open_.back();
    open_.pop_back();
    if (closed.is_key) set_key("?", tree_.nodes_[closed.node].at);
  }

  // The children of the copy are its own.
  std::uint32_t copy_of(std::uint32_t from, Position at) {
    if (++unfolded_ > kMostUnfolded) throw TooManyNodes{at};
    const std::uint32_t copy = make(tree_.nodes_[from].kind, tree_.nodes_[from].at);
    tree_.nodes_[copy].text = tree_.nodes_[from].text;
    tree_.nodes_[copy].key = tree_.nodes_[from].key;
    tree_.nodes_[copy].key_at = tree_.nodes_[from].key_at;
    for (std::uint32_t child = tree_.nodes_[from].first_child; child != kNone; child = tree_.nodes_[child].next) {
      const std::uint32_t copied = copy_of(child, at);
      tree_.nodes_[copied].parent = copy;
      tree_.append_child(copy, copied);
    }
    return copy;
  }

  void tell_repeated(std::uint32_t first, std::uint32_t second) const {
    const Node& node = tree_.nodes_[second];
    if (node.key == kMergeKey) return;
    tree_.issues_.add({Severity::Error, tree_.file_, node.key_at, YamlValue(&tree_, second).path(),
                       fmt::format("key {} stands here twice, first at line {}", in_quotes(node.key),
                                   tree_.nodes_[first].key_at.line),
                       ""});
  }
  // Most maps are small, and comparing each with each is faster there than a set of what was seen.
  void refuse_repeated() const {
    constexpr std::size_t kFew = 16;
    if (children_.size() <= kFew) {
      for (std::size_t i = 1; i < children_.size(); ++i) {
        const auto is_same = [&](std::uint32_t other) {
          return tree_.nodes_[other].key == tree_.nodes_[children_[i]].key;
        };
        const auto end = children_.begin() + static_cast<std::ptrdiff_t>(i);
        const auto first = std::find_if(children_.begin(), end, is_same);
        if (first != end) tell_repeated(*first, children_[i]);
      }
      return;
    }
    std::map<std::string_view, std::uint32_t> seen;
    for (const std::uint32_t child : children_) {
      const auto [first, is_new] = seen.emplace(tree_.nodes_[child].key, child);
      if (!is_new) tell_repeated(first->second, child);
    }
  }

  // Keys of merged maps count where the map itself, or an earlier merge, has none of that name.
  // `map` is the one at hand.
  void merge(std::uint32_t map) {
    std::vector<std::uint32_t> merged, own;
    for (const std::uint32_t child : children_) (tree_.nodes_[child].key == kMergeKey ? merged : own).push_back(child);
    tree_.nodes_[map].first_child = tree_.nodes_[map].last_child = kNone;
    std::set<std::string_view> keys;
    for (const std::uint32_t child : own) {
      keys.insert(tree_.nodes_[child].key);
      tree_.append_child(map, child);
    }
    for (const std::uint32_t value : merged) {
      if (tree_.nodes_[value].kind != YamlKind::List) {
        take_over(map, value, keys);
        continue;
      }
      for (std::uint32_t item = tree_.nodes_[value].first_child; item != kNone; item = tree_.nodes_[item].next) {
        take_over(map, item, keys);
      }
    }
  }
  void take_over(std::uint32_t map, std::uint32_t from, std::set<std::string_view>& keys) {
    if (tree_.nodes_[from].kind != YamlKind::Map) {
      return reject(tree_.nodes_[from].at, "found no map behind the merge key <<, expected an alias of one");
    }
    std::uint32_t child = tree_.nodes_[from].first_child;
    while (child != kNone) {
      const std::uint32_t next = tree_.nodes_[child].next;
      if (keys.insert(tree_.nodes_[child].key).second) {
        tree_.nodes_[child].parent = map;
        tree_.append_child(map, child);
      }
      child = next;
    }
  }

  std::size_t unfolded_ = 0;
  int document_begin_ = -1;              // of the last one
  std::vector<std::uint32_t> children_;  // of the map at hand
  YamlTree& tree_;
  std::string_view text_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, std::uint32_t> anchors_;
};

void YamlTree::append_child(std::uint32_t parent, std::uint32_t child) noexcept {
  nodes_[child].next = kNone;
  Node& node = nodes_[parent];
  (node.first_child == kNone ? node.first_child : nodes_[node.last_child].next) = child;
  node.last_child = child;
}

void YamlTree::refuse(Position at, std::string message, Cause cause) {
  issues_.add({Severity::Error, file_, at, "", std::move(message), "", cause});
}

// `begin` is called once the parser has read ahead; documents are read until `is_over`.
void YamlTree::parse(std::istream& stream, std::string_view text, const std::function<void()>& begin,
                     const std::function<bool()>& is_over) {
  Builder builder(*this, text);
  try {
    YAML::Parser parser(stream);
    begin();
    while (!is_over() && parser.HandleNextDocument(builder)) {
    }
  } catch (const TooManyNodes& fault) {
    refuse(fault.at, "the text unfolds to more than 1,000,000 values");
  } catch (const YAML::Exception& error) {
    if (!is_over()) refuse(builder.place_of(error.mark), fmt::format("not YAML: {}", printable(error.msg)));
  }
}

YamlTree::YamlTree(ByteSource& source, std::string_view file) : file_(file) {
  Utf8Stream buffer(source);
  std::istream stream(&buffer);
  try {
    parse(
        stream, {}, [&buffer] { buffer.stop_at_fault(); }, [&buffer] { return buffer.has_fault(); });
  } catch (const Utf8Stream::Stopped&) {
    // Told below.
  }
  if (buffer.has_fault()) refuse(buffer.fault().at, buffer.fault().what, buffer.fault().cause);
}

YamlTree::YamlTree(std::string_view text, std::string_view file, Position begin) : file_(file), begin_(begin) {
  const std::size_t clean = clean_prefix(text);
  if (clean != text.size()) {
    const std::string_view before = text.substr(0, clean);
    const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 = 0
    refuse({begin.line + line, begin.column + static_cast<std::uint32_t>(clean - line_begin)}, fault_at(text, clean));
    return;
  }
  // A line holds about one value.
  nodes_.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 8);
  TextStream buffer(text);
  std::istream stream(&buffer);
  parse(
      stream, text, [] {}, [] { return false; });
}

YamlTree::YamlTree(const JsonTree& json) : file_(json.file()) {
  roots_.push_back(copy_of_json(json.root(), 0));
  if (nodes_.front().kind == YamlKind::Null) roots_.clear();
}

// Places of keys are those of their values: JsonTree keeps no others.
std::uint32_t YamlTree::copy_of_json(const JsonValue& value, std::uint32_t parent) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  Node& node = nodes_.emplace_back();
  node.kind = kind_of(value.kind());
  node.parent = parent;
  node.at = node.key_at = value.at();
  if (value.is_map() || value.is_list()) {
    for (const JsonValue item : value) {
      const std::uint32_t child = copy_of_json(item, index);
      nodes_[child].key = texts_.keep_shared(item.key());
      append_child(index, child);
    }
  } else {
    node.text = texts_.keep(value.text());
  }
  return index;
}

std::vector<YamlValue> YamlTree::documents() const {
  std::vector<YamlValue> documents;
  if (issues_.has_errors()) return documents;
  for (const std::uint32_t root : roots_) documents.push_back({this, root});
  return documents;
}

}  // namespace migplan

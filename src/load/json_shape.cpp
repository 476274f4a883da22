#include "json_shape.hpp"

#include <fmt/format.h>

#include <utility>

#include "json_windows.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/base/short_text.hpp"

namespace migplan {
namespace {

constexpr std::string_view kItem = "[]", kAnyKey = "*";

// "a[].'b.c'" is a, [], b.c.
std::string_view take_step(std::string_view& path) noexcept {
  if (path.starts_with('.')) path.remove_prefix(1);
  if (path.starts_with('\'')) {
    const std::size_t quote = path.find('\'', 1);
    const std::string_view key = path.substr(1, quote - 1);
    path.remove_prefix(quote + 1);
    return key;
  }
  const std::size_t end = path.starts_with(kItem) ? kItem.size() : std::min(path.find_first_of(".["), path.size());
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(end);
  return step;
}

// Follows the events of a walk down the tree of wanted paths; what nobody wants is counted and passed over.
class ShapeFollower final : public JsonPlace {
 public:
  ShapeFollower(const JsonShape& shape, std::string_view file, JsonVisitor& visitor)
      : shape_(shape), file_(file), visitor_(visitor) {}

  // Events of JsonWalk.
  void begin_map(Position at) { begin(at, false); }
  void end_map() { end(); }
  void begin_list(Position at) { begin(at, true); }
  void end_list() { end(); }
  // A key below something that is passed over needs no reading.
  [[nodiscard]] bool quoted_key(const char*, Position) const noexcept { return passed_ != 0; }
  void key(std::string_view text, Position at);
  void scalar(const Scalar& scalar);

  [[nodiscard]] Position at() const noexcept override { return at_; }
  [[nodiscard]] std::string_view key() const noexcept override { return key_; }
  [[nodiscard]] std::string path() const override;
  void add(Severity severity, std::string message, std::string hint) override {
    issues_.add({severity, std::string(file_), at_, path(), std::move(message), std::move(hint)});
  }
  [[nodiscard]] Issues& issues() noexcept { return issues_; }

 private:
  struct Frame {
    std::uint16_t node = 0;
    bool is_list = false;
    std::uint64_t items = 0;  // of a list, the one that is read included
    std::uint64_t seen = 0;   // of a map: a bit for each key that is wanted
    std::string key{};        // under which it stands, where any key is wanted
  };

  void begin(Position at, bool is_list);
  void end();
  // The node of the value that begins; kNone where it is not wanted.
  std::uint16_t next_node();
  void note_repeated(std::uint16_t map, std::uint16_t child, Position at);
  void found(const JsonShape::Node& node, std::string_view what);

  const JsonShape& shape_;
  std::string_view file_;
  JsonVisitor& visitor_;
  Issues issues_;
  std::vector<Frame> frames_;
  std::uint64_t passed_ = 0;  // open lists and maps that are passed over
  std::uint16_t next_ = 0;    // the node of the key that was read; the root at first
  std::string key_;
  Position at_;
};

void ShapeFollower::key(std::string_view text, Position at) {
  Frame& frame = frames_.back();
  next_ = shape_.below(frame.node, text);
  if (next_ == JsonShape::kNone) return;
  key_.assign(text);
  if (shape_.refuses_repeated() && shape_.node(frame.node).any_key == JsonShape::kNone) {
    note_repeated(frame.node, next_, at);
  }
}

void ShapeFollower::note_repeated(std::uint16_t map, std::uint16_t child, Position at) {
  const auto& keys = shape_.node(map).keys;
  std::size_t bit = 0;
  while (keys[bit] != child) ++bit;
  Frame& frame = frames_.back();
  const std::uint64_t mask = std::uint64_t{1} << bit;
  if ((frame.seen & mask) != 0) {
    at_ = at;
    add(Severity::Error, fmt::format("key {} stands here twice", in_quotes(key_)), "");
  }
  frame.seen |= mask;
}

std::uint16_t ShapeFollower::next_node() {
  if (frames_.empty() || !frames_.back().is_list) return std::exchange(next_, JsonShape::kNone);
  ++frames_.back().items;
  key_.clear();
  return shape_.node(frames_.back().node).item;
}

void ShapeFollower::found(const JsonShape::Node& node, std::string_view what) {
  if (node.may_be_anything) return;
  const std::string_view expected = node.is_value()                                  ? "a single value"
                                    : node.is_map() && node.item != JsonShape::kNone ? "a map or a list"
                                    : node.is_map()                                  ? "a map"
                                                                                     : "a list";
  add(Severity::Error, fmt::format("found {}, expected {}", what, expected), "");
}

void ShapeFollower::begin(Position at, bool is_list) {
  if (passed_ != 0) {
    ++passed_;
    return;
  }
  const std::uint16_t index = next_node();
  if (index == JsonShape::kNone) {
    passed_ = 1;
    return;
  }
  at_ = at;
  const JsonShape::Node& node = shape_.node(index);
  if (is_list ? node.item == JsonShape::kNone : !node.is_map()) {
    found(node, is_list ? "a list" : "a map");
    if (node.may_be_anything && node.what >= 0) visitor_.begin(node.what, *this);
    passed_ = 1;
    return;
  }
  Frame& frame = frames_.emplace_back();
  frame.node = index;
  frame.is_list = is_list;
  if (node.key == kAnyKey) frame.key = key_;
  if (node.what >= 0) visitor_.begin(node.what, *this);
}

void ShapeFollower::end() {
  if (passed_ != 0) {
    --passed_;
    return;
  }
  const int what = shape_.node(frames_.back().node).what;
  key_ = frames_.back().key;
  frames_.pop_back();
  next_ = JsonShape::kNone;
  if (what >= 0) visitor_.end(what, *this);
}

void ShapeFollower::scalar(const Scalar& scalar) {
  if (passed_ != 0) return;
  const std::uint16_t index = next_node();
  if (index == JsonShape::kNone || scalar.kind == ScalarKind::Null) return;
  at_ = scalar.at;
  const JsonShape::Node& node = shape_.node(index);
  if (node.is_value() || (node.may_be_anything && node.what >= 0)) {
    visitor_.value(node.what, scalar.text, *this);
  } else {
    found(node, in_quotes(scalar.text));
  }
}

std::string ShapeFollower::path() const {
  std::string path;
  const auto add_key = [&path](std::string_view key) {
    if (!path.empty()) path += '.';
    path += printable(key);
  };
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    const Frame& frame = frames_[i];
    if (i > 0 && !frames_[i - 1].is_list) add_key(frame.key.empty() ? shape_.node(frame.node).key : frame.key);
    if (frame.is_list && frame.items != 0) path += fmt::format("[{}]", frame.items - 1);
  }
  if (!frames_.empty() && !frames_.back().is_list && !key_.empty()) add_key(key_);
  return path;
}

}  // namespace

JsonShape::JsonShape(std::initializer_list<JsonWant> wants, RepeatedKeys repeated) : nodes_(1), repeated_(repeated) {
  add("", wants);
}

std::uint16_t JsonShape::node_at(std::string_view path, std::uint16_t from) {
  while (!path.empty()) from = child(from, take_step(path));
  return from;
}

void JsonShape::add(std::string_view below, std::initializer_list<JsonWant> wants) {
  const std::uint16_t base = node_at(below, 0);
  for (const JsonWant& want : wants) {
    const std::uint16_t node = node_at(want.path, base);
    MIGPLAN_ASSERT(nodes_[node].what < 0);
    nodes_[node].what = want.what;
    nodes_[node].may_be_anything = want.may_be_anything;
  }
}

std::uint16_t JsonShape::child(std::uint16_t parent, std::string_view step) {
  const auto made = [&] {
    nodes_.emplace_back().key = step;
    return static_cast<std::uint16_t>(nodes_.size() - 1);
  };
  if (step == kItem || step == kAnyKey) {
    std::uint16_t known = step == kItem ? nodes_[parent].item : nodes_[parent].any_key;
    if (known == kNone) {
      known = made();
      (step == kItem ? nodes_[parent].item : nodes_[parent].any_key) = known;
    }
    return known;
  }
  for (const std::uint16_t known : nodes_[parent].keys) {
    if (nodes_[known].key == step) return known;
  }
  const std::uint16_t index = made();
  nodes_[parent].keys.push_back(index);
  MIGPLAN_ASSERT(nodes_[parent].keys.size() <= 64);
  return index;
}

std::uint16_t JsonShape::below(std::uint16_t map, std::string_view key) const noexcept {
  for (const std::uint16_t index : nodes_[map].keys) {
    if (is_same_text(nodes_[index].key, key)) return index;
  }
  return nodes_[map].any_key;
}

Issues visit_json(ByteSource& source, std::string_view file, const JsonShape& shape, JsonVisitor& visitor,
                  std::size_t window) {
  ShapeFollower follower(shape, file, visitor);
  JsonWindows windows(source, window);
  JsonWindowLocator locate;
  JsonTokens tokens;
  const char* end = nullptr;
  try {
    if (!windows(tokens, end, locate)) throw JsonSyntaxError{end, "found nothing, expected a JSON value"};
    JsonWalk<ShapeFollower, JsonWindowLocator&, JsonWindows&>(follower, locate, tokens, windows.unescaper(), end,
                                                              windows)
        .document();
  } catch (const JsonSyntaxError& fault) {
    follower.issues().add({Severity::Error, std::string(file), locate(fault.place), "", fault.what, "", Cause::Syntax});
  }
  return std::move(follower.issues());
}

}  // namespace migplan

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "field_spec.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/base/text_arena.hpp"

namespace migplan {

// The one strict reader of every file that we define: takes parser events, checks each against a MapSpec and stores the
// values. Unknown and repeated keys, wrong types, values out of range and missing fields are reported, each with its
// place and its path; reading goes on behind them. Keys that start with "x-" are free and passed over.
class FieldReader {
 public:
  FieldReader(const MapSpec& root, void* target, std::string_view file, Issues& issues, TextArena& arena);
  FieldReader(const FieldReader&) = delete;
  FieldReader& operator=(const FieldReader&) = delete;
  ~FieldReader() = default;

  // Events, in document order.
  void begin_map(Position at) { pending_ == Pending::Map ? enter_map(at) : other_map(at); }
  void end_map();
  void begin_list(Position at) {
    const bool is_plain = pending_ == Pending::Other &&
                          (pending_field_->shape == Shape::ValueList || pending_field_->shape == Shape::MapList);
    is_plain ? enter_list(at) : other_list(at);
  }
  void end_list();
  void key(std::string_view name, Position at);
  // `key` for the text up to the next quote, with QuotedKey::kBytes readable from `text` on. False, and nothing is
  // done, where that is no key of the current map as it stands: it may be written with escapes.
  [[nodiscard]] bool quoted_key(const char* text, Position at) {
    if (skipped_ != 0 || top_->shape != Shape::Map) return false;
    const std::size_t field = top_->map->find_quoted(text, top_->probable());
    if (field == top_->map->fields.size()) return false;
    take_key(field, at);
    return true;
  }
  void scalar(const Scalar& found) {
    if (pending_ != Pending::Value || found.kind == ScalarKind::Null) return other_scalar(found);
    pending_field_->assign(top_->target, {}, found, *pending_field_, *this);
    value_done();
  }

  // Whether the innermost open map has read this key.
  [[nodiscard]] bool has_key(std::string_view name) const noexcept;
  // Forgets what is open: the text broke off, the next one starts at the root.
  void abandon() noexcept;
  // No map or list is open.
  [[nodiscard]] bool is_at_root() const noexcept { return depth_ == 0; }

  // For specs: where the current map begins, and where one of its keys stands.
  [[nodiscard]] Position map_position() const noexcept;
  // The current map's place in the list that holds it; none at the root.
  [[nodiscard]] std::optional<std::uint32_t> list_index() const noexcept;
  [[nodiscard]] Position key_position(std::string_view name) const noexcept;
  [[nodiscard]] TextArena& arena() noexcept { return *arena_; }
  [[nodiscard]] std::string_view file() const noexcept { return file_; }
  void reject(Position at, std::string message, std::string hint = {});
  // About a field of the current map.
  void reject_field(std::string_view key, std::string message, std::string hint = {});
  void reject_value(const Scalar& found, const FieldSpec& field);
  // About the text itself rather than a field.
  void reject_source(Position at, std::string message, Cause cause = Cause::Syntax);

  // Where each path of the document stands; kept only if asked for, for small documents.
  void keep_positions(std::map<std::string, Position>& positions) noexcept { positions_ = &positions; }

 private:
  static constexpr std::size_t kDeepest = 12;

  struct Frame {
    const MapSpec* map = nullptr;      // Map frames
    const FieldSpec* field = nullptr;  // what the frame is the value of; null at the root
    Shape shape = Shape::Map;
    void* target = nullptr;
    Position at;
    std::uint32_t seen = 0;   // bit a field
    std::int32_t index = -1;  // of lists
    // The number of the last field + 1, 0 before the first; and which field came after each of them when a map stood at
    // this depth the last time: a file mostly keeps one order.
    std::size_t last = 0;
    std::array<std::uint8_t, MapSpec::kMostFields + 1> after{};
    [[nodiscard]] std::size_t probable() const noexcept { return after[last]; }
    std::array<Position, MapSpec::kMostFields> key_at;
  };
  // Of a frame NamedValues or NamedMaps: the current key, and all so far.
  struct FreeKeys {
    std::string name;
    std::vector<std::string> names;
  };

  // What the key that was read last asks for: a single value or a map of known keys, as nearly all do, or else.
  enum class Pending : std::uint8_t { Nothing, Value, Map, Other, Ignored };

  [[nodiscard]] Frame& top() noexcept { return *top_; }
  [[nodiscard]] const Frame& top() const noexcept { return *top_; }
  void push(Shape shape, const MapSpec* map, const FieldSpec* field, void* target, Position at) {
    MIGPLAN_ASSERT(depth_ < kDeepest);
    top_ = &frames_[depth_++];
    top_->map = map;
    top_->field = field;
    top_->shape = shape;
    top_->target = target;
    top_->at = at;
    top_->seen = 0;
    top_->last = 0;
    top_->index = -1;
    value_done();
  }
  void pop() {
    --depth_;
    top_ = depth_ == 0 ? nullptr : &frames_[depth_ - 1];
  }
  [[nodiscard]] FreeKeys& free_keys() noexcept { return free_keys_[depth_ - 1]; }
  [[nodiscard]] const FreeKeys& free_keys() const noexcept { return free_keys_[depth_ - 1]; }
  [[nodiscard]] bool takes_value(Position at, Shape found);
  void take_key(std::size_t field, Position at) {
    Frame& frame = top();
    pending_field_ = &frame.map->fields[field];
    if ((frame.seen >> field & 1U) != 0) return repeated_key(field, at);
    pending_ = pending_of(pending_field_->shape);
    frame.after[frame.last] = static_cast<std::uint8_t>(field);
    frame.last = field + 1;
    frame.seen |= 1U << field;
    frame.key_at[field] = at;
    if (positions_ != nullptr) note_position(at);
  }
  void repeated_key(std::size_t field, Position at);
  void enter_map(Position at);
  void other_map(Position at);
  void enter_list(Position at);
  void other_list(Position at);
  void other_scalar(const Scalar& found);
  void named_key(std::string_view name, Position at);
  void unknown_key(std::string_view name, Position at);
  void report_missing(const Frame& frame);
  void reject_shape(Position at, std::string_view found, const FieldSpec* field);
  void value_done() noexcept { pending_ = Pending::Nothing; }
  // Passes over the map or list that has begun, up to its end.
  void skip() noexcept {
    skipped_ = 1;
    pending_ = Pending::Ignored;
  }
  [[nodiscard]] static Pending pending_of(Shape shape) noexcept {
    return shape == Shape::Value ? Pending::Value : shape == Shape::Map ? Pending::Map : Pending::Other;
  }
  [[nodiscard]] bool is_field_pending() const noexcept {
    return pending_ != Pending::Nothing && pending_ != Pending::Ignored;
  }
  [[nodiscard]] std::string path() const;
  void note_position(Position at);

  const MapSpec* root_;
  void* root_target_;
  std::string_view file_;
  Issues* issues_;
  TextArena* arena_;
  std::map<std::string, Position>* positions_ = nullptr;
  std::array<Frame, kDeepest> frames_;
  std::array<FreeKeys, kDeepest> free_keys_;  // of the frame with the same number
  std::size_t depth_ = 0;
  Frame* top_ = nullptr;     // the last of `depth_` frames, which every event asks for; null at the root
  std::size_t skipped_ = 0;  // open maps and lists inside a value that is passed over
  Pending pending_ = Pending::Nothing;
  const FieldSpec* pending_field_ = nullptr;
};

}  // namespace migplan

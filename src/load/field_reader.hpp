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
#include "migplan/base/issue.hpp"
#include "migplan/base/text_arena.hpp"

namespace migplan {

// The one strict reader of every file that we define: takes parser events, checks each against a MapSpec and stores the
// values. Unknown and repeated keys, wrong types, values out of range and missing fields are reported, each with its
// place and its path; reading goes on behind them. Keys that start with "x-" are free and passed over.
class FieldReader {
 public:
  FieldReader(const MapSpec& root, void* target, std::string_view file, Issues& issues, TextArena& arena);

  // Events, in document order.
  void begin_map(Position at);
  void end_map();
  void begin_list(Position at);
  void end_list();
  void key(std::string_view name, Position at);
  void scalar(const Scalar& scalar);

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
  void reject_source(Position at, std::string message, Cause cause = Cause::Content);

  // Where each path of the document stands; kept only if asked for, for small documents.
  void keep_positions(std::map<std::string, Position>& positions) noexcept { positions_ = &positions; }

 private:
  static constexpr std::size_t kMostFields = 32;
  static constexpr std::size_t kDeepest = 12;

  struct Frame {
    const MapSpec* map = nullptr;      // Map frames
    const FieldSpec* field = nullptr;  // what the frame is the value of; null at the root
    Shape shape = Shape::Map;
    void* target = nullptr;
    Position at;
    std::uint32_t seen = 0;   // bit a field
    std::uint32_t next = 0;   // the field that probably comes next
    std::int32_t index = -1;  // of lists
    std::string name;         // current free key of Named…
    std::vector<std::string> names;
    std::array<Position, kMostFields> key_at;
  };

  enum class Pending : std::uint8_t { Nothing, Field, Ignored };

  [[nodiscard]] Frame& top() noexcept { return frames_[depth_ - 1]; }
  [[nodiscard]] const Frame& top() const noexcept { return frames_[depth_ - 1]; }
  Frame& push(Shape shape, const MapSpec* map, const FieldSpec* field, void* target, Position at);
  void pop() { --depth_; }
  [[nodiscard]] const FieldSpec* find(Frame& frame, std::string_view name) const noexcept;
  [[nodiscard]] bool takes_value(Position at, std::string_view found);
  void named_key(std::string_view name, Position at);
  void unknown_key(std::string_view name, Position at);
  void check_required(const Frame& frame);
  void reject_shape(Position at, std::string_view found, const FieldSpec* field);
  void value_done() noexcept;
  [[nodiscard]] std::string path() const;
  void note_position(Position at);

  const MapSpec* root_;
  void* root_target_;
  std::string_view file_;
  Issues* issues_;
  TextArena* arena_;
  std::map<std::string, Position>* positions_ = nullptr;
  std::array<Frame, kDeepest> frames_;
  std::size_t depth_ = 0;
  std::size_t skipped_ = 0;  // open maps and lists inside a value that is passed over
  Pending pending_ = Pending::Nothing;
  const FieldSpec* pending_field_ = nullptr;
};

}  // namespace migplan

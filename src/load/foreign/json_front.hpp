#pragma once

#include <string_view>
#include <vector>

namespace migplan {

// The keys of the first two levels of maps in the beginning of a JSON text, however far it goes: enough to tell formats
// apart without reading all of it. Keys are compared as they are written, escapes included.
class JsonFront {
 public:
  explicit JsonFront(std::string_view beginning);
  // Of the maps in a list, or in a list of lists: as if each of them stood alone. No keys for other texts.
  [[nodiscard]] static JsonFront of_items(std::string_view beginning);

  // Whether the text is a map that has this key.
  [[nodiscard]] bool has(std::string_view key) const noexcept;
  // Whether a map below one of its keys has it.
  [[nodiscard]] bool has_inner(std::string_view inner) const noexcept;
  // The same, below that key.
  [[nodiscard]] bool has(std::string_view key, std::string_view inner) const noexcept;

 private:
  struct Key {
    std::string_view outer, inner;  // of the first level, "" there; of the second
  };
  JsonFront() = default;
  void take_keys(std::string_view json);
  void take_key(std::string_view key, int depth);

  std::vector<Key> keys_;
};

}  // namespace migplan

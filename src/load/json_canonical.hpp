#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "field_spec.hpp"

namespace migplan {

// A list or map of JSON, written so that two that mean the same are the same text: no blanks, keys sorted, numbers as
// canonical_number writes them. Built from parser events, beginning with the list or map itself.
class CanonicalJson {
 public:
  // Whether the order of the outermost list counts; of lists inside it always does.
  explicit CanonicalJson(bool is_ordered) : is_ordered_(is_ordered) {}

  void begin_map() { open_.push_back({.is_map = true}); }
  void begin_list() { open_.push_back({.is_map = false}); }
  void key(std::string_view name) { open_.back().key = quoted(name); }
  void scalar(const Scalar& found);
  // True when the outermost one has ended; `text` is complete then.
  bool end();
  [[nodiscard]] std::string take() noexcept { return std::move(text_); }

 private:
  struct Level {
    bool is_map = false;
    std::string key{};
    std::vector<std::string> items{};  // of a map with their keys in front
  };
  static std::string quoted(std::string_view text);
  void put(std::string text);

  bool is_ordered_;
  std::vector<Level> open_;
  std::string text_;
};

}  // namespace migplan

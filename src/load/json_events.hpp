#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "field_reader.hpp"

namespace migplan {

// Feeds JSON texts to a FieldReader through simdjson's On-Demand interface, every token checked. Serves any number of
// texts; one text at a time.
class JsonEvents {
 public:
  JsonEvents();
  JsonEvents(const JsonEvents&) = delete;
  JsonEvents& operator=(const JsonEvents&) = delete;
  ~JsonEvents();

  // Bytes that must be readable behind every text.
  static constexpr std::size_t kPadding = 64;

  // One JSON value in text[0, length), readable up to `capacity` >= length + kPadding. Lines count from `first_line`.
  void feed(const char* text, std::size_t length, std::size_t capacity, std::uint32_t first_line, FieldReader& reader);

  // The same for a text without a line's end: finds places faster.
  void feed_line(const char* text, std::size_t length, std::size_t capacity, std::uint32_t line, FieldReader& reader);

  // The same for a text inside something else: everything in it is placed at `at`.
  void feed_cell(const char* text, std::size_t length, std::size_t capacity, Position at, FieldReader& reader);

 private:
  template <class Locate>
  void feed_with(Locate locate, const char* text, std::size_t length, std::size_t capacity, FieldReader& reader);
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace migplan

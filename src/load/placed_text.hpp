#pragma once

#include <cstddef>
#include <string_view>

#include "playbook_spec.hpp"

namespace migplan {

// Where parts of a document's texts stand in it, whichever way YAML or JSON wrote them down.
class PlacedTexts {
 public:
  // `document` must outlive it.
  explicit PlacedTexts(std::string_view document) : document_(document) {}

  // The place of the tag "{{" that begins at byte `at` of the text: braces stand in the document as they are, so it is
  // as far behind the text's begin as there are tags in front of it.
  [[nodiscard]] Position of_tag(const PlacedText& text, std::size_t at) const;
  // The place of byte `at`: exact where the text stands on one line as it is, else where it begins.
  [[nodiscard]] Position of_byte(const PlacedText& text, std::size_t at) const;

 private:
  [[nodiscard]] std::size_t offset_of(Position at) const;
  std::string_view document_;
};

}  // namespace migplan

#pragma once

#include <yaml-cpp/eventhandler.h>

#include <optional>
#include <string>
#include <string_view>

#include "migplan/merge/inventory_text.hpp"

namespace migplan {

// Notes where each value of a YAML text stands, from yaml-cpp's events and their marks.
class YamlLayout final : public YAML::EventHandler {
 public:
  // `into.text` is the text that is parsed.
  explicit YamlLayout(InventoryText& into);

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { end_collection(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { end_collection(); }

  // Finds the services when the document is over.
  void finish();

 private:
  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const noexcept;
  // The end of a scalar that begins there and means `value`.
  [[nodiscard]] std::size_t end_of_scalar(std::size_t begin, std::string_view value) const noexcept;
  [[nodiscard]] std::size_t end_of_indented(std::size_t begin, bool is_block) const noexcept;
  [[nodiscard]] bool takes_key() const noexcept;
  void begin_collection(std::size_t begin, TextKind kind, bool is_tied);
  void end_collection();
  void add(TextNode node);
  [[nodiscard]] std::string_view kept(std::size_t begin, std::string_view value);

  InventoryText& into_;
  TextNodes nodes_;
  std::size_t mark_bytes_;       // a byte-order mark, which yaml-cpp does not count
  std::optional<TextNode> key_;  // read, its value is due
};

}  // namespace migplan

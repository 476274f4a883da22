#pragma once

// Texts in memory for the readers, and what they complain about.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/load/inventory_reader.hpp"

namespace migplan::reading {

// A source that owns its text.
class OwnedText final : public ByteSource {
 public:
  explicit OwnedText(std::string text) : text_(std::move(text)), source_(text_) {}
  std::size_t read(std::span<char> out) override { return source_.read(out); }
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }

 private:
  std::string text_;
  TextSource source_;
};

// A source that fails behind its text.
class FailingSource final : public ByteSource {
 public:
  explicit FailingSource(std::string text) : text_(std::move(text)), source_(text_) {}
  std::size_t read(std::span<char> out) override {
    const std::size_t count = source_.read(out.first(std::min<std::size_t>(out.size(), 100)));
    has_failed_ = count == 0;
    return count;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return has_failed_ ? "Input/output error" : ""; }

 private:
  std::string text_;
  TextSource source_;
  bool has_failed_ = false;
};

inline InventorySource named_text(std::string name, std::string text,
                                  std::optional<InventoryFormat> format = std::nullopt) {
  return {std::move(name), std::make_unique<OwnedText>(std::move(text)), format};
}

inline Result<Inventory> read_text(std::string text, InventoryFormat format, unsigned threads = 1,
                                   Profiles profiles = Profiles::Kept) {
  std::vector<InventorySource> sources;
  sources.push_back(named_text("in", std::move(text), format));
  return read_inventory(std::move(sources), threads, profiles);
}
inline Result<Inventory> read_yaml(std::string text) { return read_text(std::move(text), InventoryFormat::Yaml); }
inline Result<Inventory> read_json(std::string text) { return read_text(std::move(text), InventoryFormat::Json); }
inline Result<Inventory> read_jsonl(std::string text, unsigned threads = 1) {
  return read_text(std::move(text), InventoryFormat::JsonLines, threads);
}
inline Result<Inventory> read_csv(std::string text) { return read_text(std::move(text), InventoryFormat::Csv); }

// One line an issue.
inline std::string complaints(const Issues& issues) {
  std::string lines;
  for (const Issue& issue : issues.kept()) lines += (lines.empty() ? "" : "\n") + to_string(issue);
  return lines;
}
template <class T>
std::string complaints(const Result<T>& result) {
  return complaints(result.issues());
}

// The value, if there is one; else the test ends.
template <class T>
T accepted(Result<T>&& result) {
  INFO(complaints(result));
  REQUIRE(result.is_ok());
  return std::move(result).value();
}
template <class T>
const T& accepted(const Result<T>& result) {
  INFO(complaints(result));
  REQUIRE(result.is_ok());
  return result.value();
}

// The YAML of one service; `fields` begin at line 3, column 5.
inline std::string service_yaml(std::string_view fields) {
  return "services:\n  - name: cart\n    " + std::string(fields) + "\n";
}

}  // namespace migplan::reading

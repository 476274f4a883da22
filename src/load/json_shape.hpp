#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "field_spec.hpp"
#include "json_tree.hpp"
#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

// What a reader wants of a JSON text of another tool: paths as "Results[].Vulnerabilities[].Severity". "[]" is each
// item of a list, "*" each key of a map, 'a.b' a key with a dot; a text that begins with a list begins with "[]", its
// root is "".
struct JsonWant {
  std::string_view path;
  int what = 0;  // the reader's name for it, from 0 on
  // Other kinds of value than the paths say are faults, unless they may be anything: then they are passed over, and of
  // a list or map it is told only that it begins.
  bool may_be_anything = false;
};

class JsonShape {
 public:
  // Paths must outlive the shape.
  JsonShape(std::initializer_list<JsonWant> wants, RepeatedKeys repeated = RepeatedKeys::Refused);
  // More of them, below a path.
  void add(std::string_view below, std::initializer_list<JsonWant> wants);

  static constexpr std::uint16_t kNone = UINT16_MAX;
  struct Node {
    std::string_view key;
    int what = -1;
    bool may_be_anything = false;
    std::uint16_t item = kNone, any_key = kNone;
    std::vector<std::uint16_t> keys;  // nodes
    [[nodiscard]] bool is_value() const noexcept { return item == kNone && any_key == kNone && keys.empty(); }
    [[nodiscard]] bool is_map() const noexcept { return any_key != kNone || !keys.empty(); }
  };
  [[nodiscard]] const Node& node(std::uint16_t index) const noexcept { return nodes_[index]; }
  // The node of a key of a map; kNone where nobody wants it.
  [[nodiscard]] std::uint16_t below(std::uint16_t map, std::string_view key) const noexcept;
  [[nodiscard]] bool refuses_repeated() const noexcept { return repeated_ == RepeatedKeys::Refused; }

 private:
  std::uint16_t node_at(std::string_view path, std::uint16_t from);
  std::uint16_t child(std::uint16_t parent, std::string_view step);

  std::vector<Node> nodes_;
  RepeatedKeys repeated_;
};

// Where a reader is in the text.
class JsonPlace {
 public:
  virtual ~JsonPlace() = default;
  [[nodiscard]] virtual Position at() const noexcept = 0;
  // The key of the value under which it stands in a map, also where the path says "*"; valid during the call.
  [[nodiscard]] virtual std::string_view key() const noexcept = 0;
  // "Results[3].Target"
  [[nodiscard]] virtual std::string path() const = 0;
  // The issues of the text, in their order.
  virtual void add(Severity severity, std::string message, std::string hint = {}) = 0;
};

// Is told of what the shape wants, in the order of the text. A null is not told: it counts as absent.
class JsonVisitor {
 public:
  virtual ~JsonVisitor() = default;
  virtual void begin(int /*what*/, JsonPlace& /*place*/) {}  // of a list or map
  virtual void end(int /*what*/, JsonPlace& /*place*/) {}
  // A text without quotes and escapes, else as it is written; valid during the call.
  virtual void value(int what, std::string_view text, JsonPlace& place) = 0;
};

// Reads one JSON value of any size in bounded memory; what is wrong with it is an error. `window`: for tests.
[[nodiscard]] Issues visit_json(ByteSource& source, std::string_view file, const JsonShape& shape, JsonVisitor& visitor,
                                std::size_t window = std::size_t{1} << 18);

}  // namespace migplan

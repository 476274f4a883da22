#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/playbook/go_type.hpp"
#include "migplan/playbook/java_type.hpp"
#include "migplan/playbook/type_aliases.hpp"

namespace migplan {

// Whether the memory of a Go value can go on the wire as it lies.
enum class ZeroCopy : std::uint8_t {
  Yes,
  Partial,  // of a map: its values can, each by itself
  No,
  Unknown,  // depends on the fields of a class that is not known
};
[[nodiscard]] std::string_view name_of(ZeroCopy verdict) noexcept;

// One type within a type, judged as if it were the payload by itself.
struct TypeLevel {
  std::string path;  // "payload", "value.element"
  unsigned depth = 0;
  std::string java;
  GoType go;
  ZeroCopy verdict = ZeroCopy::No;
  std::string reason;
  std::string wire;                  // what goes on the wire instead, or how it does
  std::vector<std::string> notes{};  // what the step to Go loses or asks for
};

// A class of unknown fields.
struct NamedType {
  std::string go, java;
};

struct TypeMap {
  std::vector<TypeLevel> levels;            // the payload first, each in front of its parts
  std::vector<std::string_view> imports{};  // paths of Go packages, sorted
  std::vector<NamedType> named{};           // in the order of the levels
  [[nodiscard]] const TypeLevel& payload() const { return levels.front(); }
};

inline constexpr std::size_t kLongestGoType = 65'536;  // bytes

// The Go type of a Java type and what of it can go without a copy: chapter 4.1 of the migration programme, the rules in
// docs/models.md. Refuses library classes with a wrong number of type arguments and what grows beyond the limits; `at`
// is the place within the text of the type. Everything else has an answer.
[[nodiscard]] Result<TypeMap> type_map(const JavaType& type, const TypeAliases& aliases = {});

// The Go names that classes of unknown fields got in several types.
class GoNames {
 public:
  // "com.a.Order and com.b.Order both become Order" for each class of the type whose name another one has.
  [[nodiscard]] std::vector<std::string> clashes(const TypeMap& map);

 private:
  std::map<std::string, std::string> java_;  // by Go name
};

}  // namespace migplan

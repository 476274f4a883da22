#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"

namespace migplan {

struct JavaType;

// One name of a qualified one, with its type arguments: Outer<A> of Outer<A>.Inner.
struct JavaName {
  std::string name;
  std::vector<JavaType> arguments;
};

enum class JavaKind : std::uint8_t {
  Primitive,
  Class,
  Array,
  AnyWildcard,      // ?
  ExtendsWildcard,  // ? extends T
  SuperWildcard,    // ? super T
};

// A type expression of Java (Java Language Specification 17, chapters 4 and 9.7.4), as it is written: what its classes
// are is not known here.
struct JavaType {
  JavaKind kind = JavaKind::Class;
  std::vector<JavaName> names;           // of a class: packages and classes around it, then itself; of a primitive: one
  std::vector<JavaType> inner;           // the element of an array, the bound of a wildcard
  std::vector<std::string> annotations;  // Nullable, javax.annotation.Nonnull; their arguments are not kept
  Position at;                           // where it begins in its text
  std::string alias{};                   // what stood here before an alias was put in its place; else empty
};

// Places and aliases do not count.
[[nodiscard]] bool operator==(const JavaType& a, const JavaType& b);
[[nodiscard]] bool operator==(const JavaName& a, const JavaName& b);

// One spelling: "@Nullable java.util.Map<K, ? extends V>[]". It is read back as the same type.
[[nodiscard]] std::string to_string(const JavaType& type);

// "java.util.Map.Entry": the names without their arguments; of a class or a primitive.
[[nodiscard]] std::string full_name(const JavaType& type);

inline constexpr std::size_t kLongestJavaType = 4096;  // bytes
inline constexpr unsigned kDeepestJavaType = 64;       // types within types

// The type that a text holds and nothing else. `at` of an issue is the place within the text.
[[nodiscard]] Result<JavaType> parse_java_type(std::string_view text);

}  // namespace migplan

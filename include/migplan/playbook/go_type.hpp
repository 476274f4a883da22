#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/playbook/java_type.hpp"

namespace migplan {

// How a value of a Go type lies in memory.
enum class GoForm : std::uint8_t {
  Fixed,      // a value of fixed size, without pointers
  Text,       // a string: a header, its bytes elsewhere
  Slice,      // a header, its elements elsewhere
  Map,        // a pointer, keys and values scattered
  Pointer,    //
  Interface,  // a type and a pointer
  Opaque,     // a struct that holds pointers
  Shared,     // a value that goroutines load and store as a whole
  Machine,    // a number as wide as the machine's words
  NotData,    // a channel, a function, a stream
  Named,      // a type whose fields are not known
};

struct GoType {
  std::string text;
  GoForm form = GoForm::Fixed;
  std::uint32_t bytes = 0, align = 1;  // of Fixed
  bool is_padded = false;              // of Fixed: some of its bytes belong to no field
  bool is_key = false;                 // equal values are equal keys of a map

  // Whether nil is one of its values already.
  [[nodiscard]] bool is_nilable() const noexcept;
};

// Go types of other Go types.
[[nodiscard]] GoType slice_of(const GoType& element);
[[nodiscard]] GoType pointer_to(const GoType& value);  // what has a nil stays as it is
[[nodiscard]] GoType map_of(std::string_view key, std::string_view value);
[[nodiscard]] GoType pair_of(const GoType& key, const GoType& value);

// The name that a class of unknown fields gets in Go: of com.shop.Order.Line, OrderLine. Packages are the names in
// front of the first that begins with a capital; "$" parts names as "." does; what is a keyword, a predeclared name or
// a package of Go gets a "_" behind it.
[[nodiscard]] std::string go_name(const JavaType& type);

}  // namespace migplan

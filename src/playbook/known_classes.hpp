#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace migplan {

// How a class of the Java libraries looks in Go.
enum class Shape : std::uint8_t {
  Fixed,      // a value of fixed size
  Text,       // a string
  ByteSlice,  // a []byte
  Words,      // a []uint64
  Opaque,     // a struct of Go's libraries that holds pointers, or a pointer to one
  OpaqueKey,  // the same, which == compares by value
  Atomic,     // a value that is read and written as a whole
  AnyValue,   // an interface
  Machine,    // an int: as wide as the machine's words
  NotData,    // something to call, to read from or to close
  List,       // a slice of its argument
  Set,        // a map without values
  Map,        //
  Pair,       // a struct of a key and a value
  Optional,   // a pointer to its argument, or to `go`
  Queue,      // a channel of its argument
  Promise,    // a channel that one value comes from
  Pull,       // a function that gives the next value of its argument, or of `go`
  Function,   // `go` with {0}, {1} … for its arguments
  AtomicRef,  // atomic.Pointer of its argument
  Properties  // map[string]string
};

struct KnownClass {
  std::string_view package, name;
  std::uint8_t arity;  // type arguments
  Shape shape;
  std::string_view go{};              // text of its Go type, where the shape leaves it open
  std::string_view import{};          // path of the Go package that the text names
  std::uint8_t bytes = 0, align = 0;  // of Fixed
  std::string_view why{};             // why its bytes cannot go as they lie: of Opaque, Atomic, NotData
  std::string_view wire{};            // what goes on the wire, where the shape leaves it open
  std::string_view note{};            // what the step to Go loses or asks for
};

// By package and name.
[[nodiscard]] std::span<const KnownClass> known_classes() noexcept;

// `name` as it is written, with its package or without; "Map$Entry" is "Map.Entry". Null = none of them.
[[nodiscard]] const KnownClass* find_known_class(std::string_view name) noexcept;

struct KnownPrimitive {
  std::string_view java, go;
  std::uint8_t bytes;
  std::string_view wire, note;
};
[[nodiscard]] const KnownPrimitive& known_primitive(std::string_view java) noexcept;

}  // namespace migplan

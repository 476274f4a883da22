#include "zero_copy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace migplan {
namespace {

std::string counted_bytes(std::uint32_t bytes) { return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s"); }

// Why slices of such elements do not lie in one piece.
std::string_view why_scattered(GoForm element) noexcept {
  switch (element) {
    case GoForm::Text: return "each element is a string header, its bytes lie elsewhere";
    case GoForm::Slice: return "each element is a slice header, what it holds lies elsewhere";
    case GoForm::Map: return "each element is a map, its keys and values lie elsewhere";
    case GoForm::Pointer: return "each element is a pointer, its value lies elsewhere";
    case GoForm::Interface: return "each element is an interface, its value lies elsewhere";
    case GoForm::Opaque: return "each element holds pointers, what they point to lies elsewhere";
    case GoForm::Shared: return "each element is shared between goroutines and loaded by itself";
    case GoForm::Machine: return "each element is as wide as the machine's words";
    default: return "its elements are no data";
  }
}

constexpr std::string_view kBytesWithOffsets = "one buffer of all bytes and a slice of n + 1 uint32 offsets; protobuf ";

std::string wire_of_elements(const GoType& element) {
  if (element.form == GoForm::Text) return fmt::format("{}repeated string, FlatBuffers [string]", kBytesWithOffsets);
  if (element.text == "[]byte") return fmt::format("{}repeated bytes, FlatBuffers [table]", kBytesWithOffsets);
  if (element.form == GoForm::NotData) return "nothing: make it calls of the interface";
  if (element.form == GoForm::Slice) {
    return "one slice of all their elements and a slice of n + 1 uint32 offsets; protobuf repeated message";
  }
  return "one message an element, each behind its length; protobuf repeated message, FlatBuffers [table]";
}

// Protocol Buffers pack numbers of four and eight bytes and truth values, nothing else; narrower numbers would be
// widened.
std::string wire_of_fixed(const GoType& element) {
  constexpr std::array<std::string_view, 7> kPacked{"bool",  "float32", "float64",      "int32",
                                                    "int64", "uint64",  "time.Duration"};
  constexpr std::array<std::string_view, 3> kNarrow{"int8", "int16", "uint16"};
  const auto is_among = [&element](const auto& names) {
    return std::find(names.begin(), names.end(), element.text) != names.end();
  };
  if (element.bytes == 0) return "the count alone; protobuf uint64";
  const std::string_view wire = is_among(kPacked)               ? "packed repeated"
                                : is_among(kNarrow)             ? "bytes"
                                : element.text.starts_with('[') ? "repeated bytes"
                                                                : "repeated message";
  return fmt::format("the count, then the elements as they lie; protobuf {}", wire);
}

std::string open_reason(const GoType& type) {
  return fmt::format("depends on the fields of {}: yes where all are values of fixed size", type.text);
}

}  // namespace

std::string_view name_of(ZeroCopy verdict) noexcept {
  switch (verdict) {
    case ZeroCopy::Yes: return "yes";
    case ZeroCopy::Partial: return "partial";
    case ZeroCopy::No: return "no";
    case ZeroCopy::Unknown: return "unknown";
  }
  return "";
}

Judgement judged_fixed(const GoType& value, std::string_view wire) {
  return {ZeroCopy::Yes, fmt::format("a value of {}", counted_bytes(value.bytes)), std::string(wire)};
}

Judgement judged_text() {
  return {ZeroCopy::Yes, "its bytes lie one behind the other", "its bytes as they lie; protobuf string"};
}

Judgement judged_named(const GoType& value) {
  return {ZeroCopy::Unknown, open_reason(value), "protobuf message of its fields, FlatBuffers struct or table"};
}

Judgement judged_slice(const GoType& element) {
  if (element.form == GoForm::Fixed) {
    return {ZeroCopy::Yes, fmt::format("values of {} each lie one behind the other", counted_bytes(element.bytes)),
            wire_of_fixed(element)};
  }
  if (element.form == GoForm::Named) {
    return {ZeroCopy::Unknown, open_reason(element), "protobuf repeated message, FlatBuffers [struct] or [table]"};
  }
  return {ZeroCopy::No, std::string(why_scattered(element.form)), wire_of_elements(element)};
}

Judgement judged_bytes() {
  return {ZeroCopy::Yes, "bytes lie one behind the other", "the count, then the bytes as they lie; protobuf bytes"};
}

Judgement judged_set(const GoType& element) {
  return {ZeroCopy::No, "the keys of a Go map lie scattered",
          fmt::format("a preallocated slice of its keys{}; protobuf repeated",
                      element.form == GoForm::Fixed ? ", which goes as it lies" : "")};
}

Judgement judged_map(ZeroCopy value, std::string_view reason) {
  constexpr std::string_view kWire = "two preallocated slices of equal length, keys and values; protobuf map";
  switch (value) {
    case ZeroCopy::Yes:
      return {ZeroCopy::Partial, "a Go map lies scattered; each value goes as it lies", std::string(kWire)};
    case ZeroCopy::Partial:
      return {ZeroCopy::Partial, "a Go map lies scattered; of each value a part goes as it lies", std::string(kWire)};
    case ZeroCopy::Unknown:
      return {ZeroCopy::Unknown, fmt::format("a Go map lies scattered; a value {}", reason), std::string(kWire)};
    case ZeroCopy::No: break;
  }
  return {ZeroCopy::No, "a Go map lies scattered, and its values cannot go as they lie", std::string(kWire)};
}

Judgement judged_pair(const GoType& pair) {
  constexpr std::string_view kWire = "protobuf message of key and value";
  switch (pair.form) {
    case GoForm::Fixed: return judged_fixed(pair, "key and value as they lie; protobuf message of key and value");
    case GoForm::Named: return {ZeroCopy::Unknown, "depends on the fields of its key or value", std::string(kWire)};
    default: return {ZeroCopy::No, "its key or its value is no value of fixed size", std::string(kWire)};
  }
}

Judgement judged_pointer(const Judgement& value) {
  return {ZeroCopy::No, "a pointer: whether there is a value must be told beside it",
          fmt::format("1 byte whether there is a value, then: {}", value.wire)};
}

}  // namespace migplan

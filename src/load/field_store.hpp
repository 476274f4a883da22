#pragma once

// Rows of a MapSpec, written by naming the member that a field fills: value<&ImpactFacts::sla_30d>("sla_30d", …).
// The type of the member decides how the text is read, its range, and what the schema says.

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "field_reader.hpp"
#include "field_spec.hpp"
#include "migplan/base/date.hpp"
#include "migplan/base/label.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/model/fact.hpp"

namespace migplan::fields {

// Names of an enum's values in order; specialised beside each spec that reads one.
template <class E>
struct EnumNames;

enum class TextSort : std::uint8_t { Own, Shared /* recurs in many services */, Label };

// One value read, or nullopt after the reader was told why not.
[[nodiscard]] std::optional<std::int64_t> read_number(const Scalar&, const FieldSpec&, FieldReader&);
[[nodiscard]] inline std::optional<std::string_view> read_text(const Scalar& found, const FieldSpec& field,
                                                               FieldReader& reader) {
  const bool is_text = found.kind == ScalarKind::Text || found.kind == ScalarKind::Untyped;
  if (is_text && (field.value.type != ValueType::Label || is_label(found.text))) return found.text;
  reader.reject_value(found, field);
  return std::nullopt;
}
[[nodiscard]] std::optional<bool> read_boolean(const Scalar&, const FieldSpec&, FieldReader&);
[[nodiscard]] std::optional<std::size_t> read_name(const Scalar&, const FieldSpec&, FieldReader&);
[[nodiscard]] std::optional<Date> read_date(const Scalar&, const FieldSpec&, FieldReader&);
[[nodiscard]] std::optional<Quarter> read_quarter(const Scalar&, const FieldSpec&, FieldReader&);

template <class T>
struct Unwrapped {
  using type = T;
};
template <class T>
struct Unwrapped<std::optional<T>> {
  using type = T;
};
template <class Q>
struct Unwrapped<Fact<Q>> {
  using type = Q;
};
template <class Q>
struct Unwrapped<Stated<Q>> {
  using type = Q;
};
template <class T>
inline constexpr bool kIsFact = false;
template <class Q>
inline constexpr bool kIsFact<Fact<Q>> = true;
template <class Q>
inline constexpr bool kIsFact<Stated<Q>> = true;
template <class T>
concept IsQuantity = requires {
  T::from_steps(0);
};

template <class T>
constexpr ValueSpec value_spec() {
  using V = typename Unwrapped<T>::type;
  if constexpr (IsQuantity<V>) {
    const bool is_whole = V::kDecimals == 0;
    return {is_whole ? ValueType::Whole : ValueType::Number, V::unit(), V::kDecimals, V::min().steps(),
            V::max().steps()};
  } else if constexpr (std::is_same_v<V, bool>) {
    return {ValueType::Boolean};
  } else if constexpr (std::is_same_v<V, Date>) {
    return {ValueType::Date};
  } else if constexpr (std::is_same_v<V, Quarter>) {
    return {ValueType::Quarter};
  } else if constexpr (std::is_enum_v<V>) {
    ValueSpec spec{ValueType::Enum};
    spec.names = EnumNames<V>::kNames;
    return spec;
  } else {
    return {ValueType::Text};
  }
}

template <class T>
std::optional<typename Unwrapped<T>::type> read(const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  using V = typename Unwrapped<T>::type;
  if constexpr (IsQuantity<V>) {
    if (found.plain.fits(V::kDecimals)) {
      const std::int64_t plain = found.plain.steps(V::kDecimals);
      if (plain >= field.value.min && plain <= field.value.max) return V::from_steps(plain);
    }
    const auto steps = read_number(found, field, reader);
    return steps ? std::optional(V::from_steps(*steps)) : std::nullopt;
  } else if constexpr (std::is_same_v<V, bool>) {
    return read_boolean(found, field, reader);
  } else if constexpr (std::is_same_v<V, Date>) {
    return read_date(found, field, reader);
  } else if constexpr (std::is_same_v<V, Quarter>) {
    return read_quarter(found, field, reader);
  } else if constexpr (std::is_enum_v<V>) {
    const auto place = read_name(found, field, reader);
    return place ? std::optional(static_cast<V>(*place)) : std::nullopt;
  } else if constexpr (std::is_same_v<V, std::string>) {
    const auto text = read_text(found, field, reader);
    return text ? std::optional(std::string(*text)) : std::nullopt;
  } else {
    return read_text(found, field, reader);
  }
}

template <class T, TextSort sort>
void store(T& member, const Scalar& found, const FieldSpec& field, FieldReader& reader) {
  auto value = read<T>(found, field, reader);
  if (!value) return;
  if constexpr (kIsFact<T>) {
    member = T(*value, found.at);
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    member = sort == TextSort::Shared ? reader.arena().keep_shared(*value) : reader.arena().keep(*value);
  } else {
    member = *std::move(value);
  }
}

template <class T>
struct MemberOf;
template <class Owner, class Member>
struct MemberOf<Member Owner::*> {
  using owner = Owner;
  using member = Member;
};
template <auto... Path>
struct OwnerOfPath;
template <auto First, auto... Rest>
struct OwnerOfPath<First, Rest...> : MemberOf<decltype(First)> {};
template <auto... Path>
using OwnerOf = typename OwnerOfPath<Path...>::owner;

template <auto First, auto... Rest>
auto& follow(OwnerOf<First>& owner) {
  if constexpr (sizeof...(Rest) == 0) {
    return owner.*First;
  } else {
    return follow<Rest...>(owner.*First);
  }
}
template <auto... Path>
using FieldType = std::remove_reference_t<decltype(follow<Path...>(std::declval<OwnerOf<Path...>&>()))>;

template <TextSort sort, auto... Path>
constexpr FieldSpec sorted_value(std::string_view key, std::string_view description) {
  using T = FieldType<Path...>;
  FieldSpec field{.key = key, .description = description, .shape = Shape::Value, .value = value_spec<T>()};
  if (sort == TextSort::Label) field.value.type = ValueType::Label;
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    store<T, sort>(follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)), found, spec, reader);
  };
  return field;
}

template <auto... Path>
constexpr FieldSpec value(std::string_view key, std::string_view description) {
  return sorted_value<TextSort::Own, Path...>(key, description);
}
template <auto... Path>
constexpr FieldSpec shared_text(std::string_view key, std::string_view description) {
  return sorted_value<TextSort::Shared, Path...>(key, description);
}
template <auto... Path>
constexpr FieldSpec label(std::string_view key, std::string_view description) {
  return sorted_value<TextSort::Label, Path...>(key, description);
}

// A percentage that may also be written "99.95%".
template <auto... Path>
constexpr FieldSpec percentage(std::string_view key, std::string_view description) {
  FieldSpec field = value<Path...>(key, description);
  field.value.type = ValueType::Percentage;
  return field;
}

// A list of values in a vector.
template <auto... Path>
constexpr FieldSpec list(std::string_view key, std::string_view description) {
  using T = typename FieldType<Path...>::value_type;
  FieldSpec field{.key = key, .description = description, .shape = Shape::ValueList, .value = value_spec<T>()};
  field.begin = [](void* owner, FieldReader&) { follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)).clear(); };
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    T item{};
    store<T, TextSort::Shared>(item, found, spec, reader);
    follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)).push_back(std::move(item));
  };
  return field;
}

// A map with known keys in a member.
template <auto... Path>
constexpr FieldSpec map(std::string_view key, std::string_view description, const MapSpec& spec) {
  FieldSpec field{.key = key, .description = description, .shape = Shape::Map};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* {
    return &follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner));
  };
  field.map = &spec;
  return field;
}

// A map whose fields fill members of the same object.
constexpr FieldSpec same_owner(std::string_view key, std::string_view description, const MapSpec& spec) {
  FieldSpec field{.key = key, .description = description, .shape = Shape::Map};
  field.enter = [](void* owner, std::string_view, FieldReader&) { return owner; };
  field.map = &spec;
  return field;
}

// A list of maps in a vector.
template <auto... Path>
constexpr FieldSpec map_list(std::string_view key, std::string_view description, const MapSpec& spec) {
  FieldSpec field{.key = key, .description = description, .shape = Shape::MapList};
  field.begin = [](void* owner, FieldReader&) { follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)).clear(); };
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* {
    return &follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner)).emplace_back();
  };
  field.map = &spec;
  return field;
}

// A free name as the key of a std::map: a text of its own, or one that the arena keeps.
template <class Map>
typename Map::key_type map_key(std::string_view name, FieldReader& reader) {
  if constexpr (std::is_same_v<typename Map::key_type, std::string>) {
    return std::string(name);
  } else {
    return reader.arena().keep_shared(name);
  }
}

// Free names to maps with known keys, in a std::map.
template <auto... Path>
constexpr FieldSpec named_maps(std::string_view key, std::string_view description, const MapSpec& spec) {
  FieldSpec field{.key = key, .description = description, .shape = Shape::NamedMaps};
  field.enter = [](void* owner, std::string_view name, FieldReader& reader) -> void* {
    auto& all = follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner));
    return &all[map_key<FieldType<Path...>>(name, reader)];
  };
  field.map = &spec;
  return field;
}

template <auto... Path>
constexpr FieldSpec named_values(std::string_view key, std::string_view description) {
  using T = typename FieldType<Path...>::mapped_type;
  FieldSpec field{.key = key, .description = description, .shape = Shape::NamedValues, .value = value_spec<T>()};
  field.assign = [](void* owner, std::string_view name, const Scalar& found, const FieldSpec& spec,
                    FieldReader& reader) {
    T item{};
    store<T, TextSort::Shared>(item, found, spec, reader);
    auto& all = follow<Path...>(*static_cast<OwnerOf<Path...>*>(owner));
    all[map_key<FieldType<Path...>>(name, reader)] = std::move(item);
  };
  return field;
}

// The field that names the file's own format; its one name is the expected text.
constexpr FieldSpec schema(const std::string_view& name) {
  FieldSpec field{.key = "schema", .description = "Names the format and its version.", .shape = Shape::Value};
  field.value = {.type = ValueType::Schema, .names = {&name, 1}};
  field.assign = [](void*, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    if (found.text != spec.value.names.front()) reader.reject_value(found, spec);
  };
  return field;
}

constexpr FieldSpec required(FieldSpec field) {
  field.is_required = true;
  return field;
}

// Numbers within other limits than their type's own.
constexpr FieldSpec within(FieldSpec field, std::int64_t min, std::int64_t max) {
  field.value.min = min;
  field.value.max = max;
  return field;
}

}  // namespace migplan::fields

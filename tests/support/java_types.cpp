#include "java_types.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace migplan::testing {
namespace {

struct Class {
  std::string_view name;  // with its package or without
  unsigned arity;
};

constexpr std::array<std::string_view, 8> kPrimitives{"boolean", "byte", "short", "char",
                                                      "int",     "long", "float", "double"};
constexpr std::array<Class, 40> kClasses{{
    {"Integer", 0},
    {"java.lang.Long", 0},
    {"String", 0},
    {"Object", 0},
    {"Void", 0},
    {"Boolean", 0},
    {"java.util.List", 1},
    {"List", 1},
    {"ArrayList", 1},
    {"Set", 1},
    {"TreeSet", 1},
    {"Map", 2},
    {"java.util.HashMap", 2},
    {"Map.Entry", 2},
    {"Map$Entry", 2},
    {"Optional", 1},
    {"OptionalInt", 0},
    {"UUID", 0},
    {"BitSet", 0},
    {"Instant", 0},
    {"java.time.Duration", 0},
    {"Period", 0},
    {"DayOfWeek", 0},
    {"BigDecimal", 0},
    {"java.math.BigInteger", 0},
    {"ByteBuffer", 0},
    {"InputStream", 0},
    {"Stream", 1},
    {"BlockingQueue", 1},
    {"Future", 1},
    {"AtomicLong", 0},
    {"AtomicReference", 1},
    {"Function", 2},
    {"BinaryOperator", 1},
    {"Runnable", 0},
    {"Class", 1},
    {"com.shop.Order", 0},
    {"Page", 1},
    {"com.商城.订单", 0},
    {"Outer$type", 3},
}};
constexpr std::array<std::string_view, 3> kAnnotations{"Nullable", "NonNull", "javax.annotation.Nullable"};
constexpr std::array<std::string_view, 5> kSpaces{" ", "  ", "\t", "\n", " \r\n "};

bool one_in(RandomStream& random, std::uint64_t n) { return random.below(n) == 0; }

template <class T, std::size_t size>
const T& one_of(const std::array<T, size>& all, RandomStream& random) {
  return all[random.below(size)];
}

JavaType random_reference(RandomStream& random, unsigned depth);

JavaType random_argument(RandomStream& random, unsigned depth) {
  if (!one_in(random, 5)) return random_reference(random, depth);
  JavaType wildcard;
  wildcard.kind = static_cast<JavaKind>(static_cast<unsigned>(JavaKind::AnyWildcard) + random.below(3));
  if (wildcard.kind != JavaKind::AnyWildcard) wildcard.inner.push_back(random_reference(random, depth - 1));
  return wildcard;
}

JavaType random_class(RandomStream& random, unsigned depth) {
  const Class& chosen = one_of(kClasses, random);
  JavaType type;
  std::string_view rest = chosen.name;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    type.names.push_back({std::string(rest.substr(0, end)), {}});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const bool is_raw = depth < 2 || one_in(random, 10);
  for (unsigned i = 0; i < chosen.arity && !is_raw; ++i) {
    type.names.back().arguments.push_back(random_argument(random, depth - 1));
  }
  return type;
}

JavaType array_of(JavaType element) {
  JavaType array;
  array.kind = JavaKind::Array;
  array.inner.push_back(std::move(element));
  return array;
}

JavaType random_primitive(RandomStream& random) {
  JavaType type;
  type.kind = JavaKind::Primitive;
  type.names.push_back({std::string(one_of(kPrimitives, random)), {}});
  return type;
}

JavaType random_reference(RandomStream& random, unsigned depth) {
  JavaType type =
      depth > 1 && one_in(random, 5) ? array_of(random_java_type(random, depth - 1)) : random_class(random, depth);
  if (one_in(random, 6)) type.annotations.emplace_back(one_of(kAnnotations, random));
  return type;
}

void append_space(std::string& out, RandomStream& random) {
  while (one_in(random, 3)) out += one_of(kSpaces, random);
}

}  // namespace

JavaType random_java_type(RandomStream& random, unsigned depth) {
  return one_in(random, 5) ? random_primitive(random) : random_reference(random, depth);
}

std::string spelt_at_random(const JavaType& type, RandomStream& random) {
  constexpr std::string_view kMarks = "<>[],.?@";
  std::string out;
  append_space(out, random);
  for (const char c : to_string(type)) {
    const bool is_mark = kMarks.find(c) != std::string_view::npos;
    if (is_mark) append_space(out, random);
    out += c;
    if (is_mark || c == ' ') append_space(out, random);
  }
  append_space(out, random);
  return out;
}

}  // namespace migplan::testing

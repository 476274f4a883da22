#include "migplan/playbook/type_map.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace migplan;

namespace {

TypeMap mapped(std::string_view java, const TypeAliases& aliases = {}) {
  const auto type = parse_java_type(java);
  INFO(java);
  REQUIRE(type.is_ok());
  const auto map = type_map(type.value(), aliases);
  REQUIRE(map.is_ok());
  return map.value();
}

std::string go(std::string_view java) { return mapped(java).payload().go.text; }

// "[]int32 yes"
std::string answer(std::string_view java) {
  const TypeMap map = mapped(java);
  return fmt::format("{} {}", map.payload().go.text, name_of(map.payload().verdict));
}

// "value.element []byte yes", a level each.
std::vector<std::string> levels(std::string_view java) {
  std::vector<std::string> lines;
  for (const TypeLevel& level : mapped(java).levels) {
    lines.push_back(fmt::format("{} {} {}", level.path, level.go.text, name_of(level.verdict)));
  }
  return lines;
}

std::string refusal(std::string_view java) {
  const auto type = parse_java_type(java);
  REQUIRE(type.is_ok());
  const auto map = type_map(type.value());
  REQUIRE_FALSE(map.is_ok());
  return map.issues().kept().front().message;
}

bool has_note(std::string_view java, std::string_view part) {
  for (const TypeLevel& level : mapped(java).levels) {
    for (const std::string& note : level.notes) {
      if (note.find(part) != std::string::npos) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("type map: the table of the source holds, at the width that survives the wire") {
  CHECK(answer("List<String>") == "[]string no");
  CHECK(answer("List<Long>") == "[]int64 yes");
  CHECK(levels("Map<Integer, byte[]>") ==
        std::vector<std::string>{"payload map[int32][]byte partial", "key int32 yes", "value []byte yes"});
}

TEST_CASE("type map: every level is judged as a payload by itself") {
  CHECK(levels("Map<Integer, List<byte[]>>") == std::vector<std::string>{"payload map[int32][][]byte no",
                                                                         "key int32 yes", "value [][]byte no",
                                                                         "value.element []byte yes"});
  CHECK(levels("Map<String, int[]>") == std::vector<std::string>{"payload map[string][]int32 partial", "key string yes",
                                                                 "value []int32 yes", "value.element int32 yes"});
  CHECK(levels("Map<String, Map<String, Long>>").front() == "payload map[string]map[string]int64 partial");
}

TEST_CASE("type map: primitives and boxed types have the same width; a byte is signed, bytes are bytes") {
  CHECK(answer("byte") == "int8 yes");
  CHECK(answer("Byte") == "int8 yes");
  CHECK(answer("byte[]") == "[]byte yes");
  CHECK(answer("List<Byte>") == "[]int8 yes");
  CHECK(answer("char[]") == "[]uint16 yes");
  CHECK(answer("Character") == "uint16 yes");
  CHECK(answer("boolean") == "bool yes");
  CHECK(answer("int[][]") == "[][]int32 no");
  CHECK(answer("double...") == "[]float64 yes");
}

TEST_CASE("type map: what may be null is a pointer, unless nil is a value of it already") {
  CHECK(answer("@Nullable Integer") == "*int32 no");
  CHECK(answer("List<@Nullable Integer>") == "[]*int32 no");
  CHECK(answer("@NonNull Integer") == "int32 yes");
  CHECK(answer("@org.jetbrains.annotations.Nullable String") == "*string no");
  CHECK(answer("@Nullable List<Integer>") == "[]int32 yes");
  CHECK(answer("@Nullable int") == "int32 yes");
  CHECK(answer("Optional<Long>") == "*int64 no");
  CHECK(answer("OptionalInt") == "*int32 no");
  CHECK(answer("Optional<List<Long>>") == "[]int64 yes");
  CHECK(answer("@Nullable BigInteger") == "*big.Int no");
  CHECK(mapped("@Nullable Long").payload().wire == "1 byte whether there is a value, then: 8 bytes; protobuf sfixed64");
}

TEST_CASE("typemap: protobuf packs numbers of four and eight bytes and truth values, nothing else") {
  const auto wire = [](const char* java) {
    const std::string all = mapped(java).payload().wire;
    return all.substr(all.find("protobuf"));
  };
  for (const char* const java :
       {"int[]", "List<Long>", "boolean[]", "double[]", "BitSet", "List<Duration>", "Year[]"}) {
    INFO(java);
    CHECK(wire(java) == "protobuf packed repeated");
  }
  for (const char* const java : {"short[]", "char[]", "Byte[]", "List<Short>"}) {
    INFO(java);
    CHECK(wire(java) == "protobuf bytes");
  }
  CHECK(wire("List<UUID>") == "protobuf repeated bytes");
  CHECK(wire("List<YearMonth>") == "protobuf repeated message");
  CHECK(wire("List<Map.Entry<Integer, Long>>") == "protobuf repeated message");
  CHECK(wire("List<Void>") == "protobuf uint64");
}

TEST_CASE("type map: the library families have their Go types") {
  CHECK(answer("BigDecimal") == "decimal.Decimal no");
  CHECK(answer("java.math.BigInteger") == "*big.Int no");
  CHECK(answer("Instant") == "time.Time no");
  CHECK(answer("List<Duration>") == "[]time.Duration yes");
  CHECK(answer("java.time.LocalDate") == "time.Time no");
  CHECK(answer("Period[]") == "[]struct{ Years, Months, Days int32 } yes");
  CHECK(answer("List<UUID>") == "[][16]byte yes");
  CHECK(answer("Set<UUID>") == "map[[16]byte]struct{} no");
  CHECK(answer("BitSet") == "[]uint64 yes");
  CHECK(answer("ByteBuffer") == "[]byte yes");
  CHECK(answer("Properties") == "map[string]string partial");
  CHECK(go("BlockingQueue<Future<String>>") == "chan (<-chan string)");
  CHECK(go("CompletableFuture<List<Long>>") == "<-chan []int64");
  CHECK(go("AtomicReference<String>") == "atomic.Pointer[string]");
  CHECK(go("Function<String, Optional<Long>>") == "func(string) *int64");
  CHECK(go("Consumer<? super Integer>") == "func(int32)");
  CHECK(go("Comparator<String>") == "func(string, string) int");
  CHECK(go("Callable<Void>") == "func() (struct{}, error)");
  CHECK(go("IntStream") == "func() (int32, bool)");
  CHECK(go("InputStream") == "io.Reader");
  CHECK(answer("DayOfWeek[]") == "[]time.Weekday no");
  CHECK(go("Map<InetAddress, Instant>") == "map[netip.Addr]time.Time");
  CHECK(answer("@Nullable Class<?>") == "reflect.Type no");
  CHECK(mapped("AtomicLong[]").payload().reason == "each element is shared between goroutines and loaded by itself");
}

TEST_CASE("type map: a pair is laid out as Go does, and padding is told") {
  // int32, 4 bytes of padding, int64: 16 bytes
  const TypeMap padded = mapped("Map.Entry<Integer, Long>");
  CHECK(padded.payload().go.text == "struct{ Key int32; Value int64 }");
  CHECK(padded.payload().go.bytes == 16);
  CHECK(padded.payload().go.is_padded);
  CHECK(has_note("Map.Entry<Integer, Long>", "padding"));
  // int64, int32, then 4 bytes up to the next multiple of 8
  CHECK(mapped("Map.Entry<Long, Integer>").payload().go.bytes == 16);
  const TypeMap tight = mapped("java.util.Map$Entry<Integer, Integer>");
  CHECK(tight.payload().go.bytes == 8);
  CHECK_FALSE(tight.payload().go.is_padded);
  CHECK(answer("List<Map.Entry<Integer, Long>>") == "[]struct{ Key int32; Value int64 } yes");
  CHECK(answer("Map.Entry<String, Long>") == "struct{ Key string; Value int64 } no");
  CHECK(answer("Map.Entry<Order, Long>") == "struct{ Key Order; Value int64 } unknown");
}

TEST_CASE("type map: what is no key of a Go map is told with a remedy") {
  CHECK(go("Map<List<Integer>, Long>") == "map[string]int64");
  CHECK(has_note("Map<List<Integer>, Long>", "[]int32 is no key of a Go map: encode it into a string"));
  CHECK(go("Map<BigDecimal, Long>") == "map[string]int64");
  CHECK(answer("Set<byte[]>") == "[][]byte no");
  CHECK(go("Map<Order, Long>") == "map[Order]int64");
  CHECK(has_note("Map<Order, Long>", "the fields of Order must be comparable"));
  CHECK(has_note("Map<Object, Long>", "a key that cannot be compared panics"));
}

TEST_CASE("type map: orders that Go loses are told") {
  CHECK(has_note("TreeMap<String, Long>", "sorted in Java"));
  CHECK(has_note("LinkedHashSet<String>", "order of insertion"));
  CHECK_FALSE(has_note("HashMap<String, Long>", ""));
}

TEST_CASE("type map: wildcards and raw types hold what they must") {
  CHECK(answer("List<? extends Long>") == "[]int64 yes");
  CHECK(answer("List<? super Long>") == "[]any no");
  CHECK(answer("List<?>") == "[]any no");
  CHECK(answer("Map") == "map[any]any no");
  CHECK(has_note("List", "written without type arguments"));
}

TEST_CASE("type map: an unknown class is a named type, and what it is depends on its fields") {
  CHECK(answer("com.shop.Order") == "Order unknown");
  CHECK(answer("List<Order>") == "[]Order unknown");
  CHECK(answer("Map<String, Order>") == "map[string]Order unknown");
  CHECK(answer("Page<Order, List<Long>>") == "Page[Order, []int64] unknown");
  CHECK(go("com.shop.Outer<A>.Inner<B>") == "OuterInner[A, B]");
  CHECK(go("Outer$inner") == "OuterInner");
  CHECK(go("com.shop.order") == "order");
  CHECK(go("com.shop.type") == "type_");
  CHECK(go("com.shop.String") == "String");
  CHECK(go("string") == "string_");
  CHECK(go("_") == "X_");
  CHECK(go("$1") == "X1");
  CHECK(go("订单") == "订单");
  CHECK(has_note("Sting", "did you mean java.lang.String?"));
  CHECK(has_note("java.util.Hashmap<String, Long>", "did you mean java.util.HashMap?"));
  CHECK_FALSE(has_note("com.shop.Sting", "did you mean"));
}

TEST_CASE("type map: two classes that get one Go name are told, one class with and without its package is not") {
  GoNames names;
  CHECK(names.clashes(mapped("Map<Order, com.a.Order>")).empty());
  CHECK(names.clashes(mapped("List<com.b.Order>")).empty());  // it may be the one without a package
  GoNames others;
  CHECK(others.clashes(mapped("Map<com.a.Order, com.b.Order>")) ==
        std::vector<std::string>{"com.a.Order and com.b.Order both become Order"});
  CHECK(others.clashes(mapped("Outer$Inner")).empty());
  CHECK(others.clashes(mapped("OuterInner")) ==
        std::vector<std::string>{"Outer$Inner and OuterInner both become OuterInner"});
}

TEST_CASE("type map: imports are those of the Go types, sorted") {
  const TypeMap map = mapped("Map<Instant, Map.Entry<BigDecimal, AtomicReference<BigInteger>>>");
  CHECK(map.imports ==
        std::vector<std::string_view>{"github.com/shopspring/decimal", "math/big", "sync/atomic", "time"});
}

TEST_CASE("type map: a library class takes as many type arguments as it has") {
  CHECK(refusal("Map<String>") == "Map takes 2 type arguments, found 1");
  CHECK(refusal("List<String, Long>") == "List takes 1 type argument, found 2");
  CHECK(refusal("String<Long>") == "String takes 0 type arguments, found 1");
  CHECK(parse_java_type("List<Map<String>>").is_ok());
}

TEST_CASE("type map: a Go type that grows out of bounds is refused") {
  std::string java = "Integer";
  for (int i = 0; i < 40; ++i) java = "BinaryOperator<" + java + ">";  // 3^40 times the text
  CHECK(refusal(java) == "its Go type is longer than 65536 bytes");
}

namespace {

std::string alias_refusal(std::vector<TypeAlias> aliases) {
  const auto made = TypeAliases::create(aliases);
  REQUIRE_FALSE(made.is_ok());
  std::string all;
  for (const Issue& issue : made.issues().kept()) all += to_string(issue) + "\n";
  return all;
}

TypeAlias alias(std::string name, std::string type) { return {std::move(name), {.text = std::move(type)}}; }

}  // namespace

TEST_CASE("type map: aliases stand for unknown classes, with or without their package") {
  const auto aliases = TypeAliases::create({alias("Id", "Long"), alias("com.shop.Ids", "List<Id>")});
  REQUIRE(aliases.is_ok());
  const TypeMap map = mapped("Map<com.shop.Id, com.shop.Ids>", aliases.value());
  CHECK(map.payload().go.text == "map[int64][]int64");
  CHECK(map.levels[1].java == "Long");
  CHECK(map.levels[1].notes == std::vector<std::string>{"what com.shop.Id stands for"});
  CHECK(mapped("Ids", aliases.value()).payload().go.text == "Ids");
  CHECK(mapped("@Nullable Id", aliases.value()).payload().go.text == "*int64");
}

TEST_CASE("type map: an alias that comes back to itself is refused, with its way") {
  CHECK(alias_refusal({alias("A", "List<B>"), alias("B", "Map<String, C[]>"), alias("C", "A")}) ==
        "error: the alias A stands for itself: A -> B -> C -> A\n");
  CHECK(alias_refusal({alias("A", "A")}) == "error: the alias A stands for itself: A -> A\n");
}

TEST_CASE("type map: aliases without sense are refused, all at once") {
  CHECK(
      alias_refusal({alias("String", "Long"), alias("int", "Long"), alias("A<B>", "Long"), alias("C", "List<"),
                     alias("D", "Long"), alias("D", "Integer"), alias(" D ", "Integer"), alias("E", "Map<Long>")}) ==
      "error: String is a class of the Java libraries, it stands for itself (name the package of a class of your own)\n"
      "error: found \"int\", expected the name of a class before its type\n"
      "error: found \"A<B>\", expected the name of a class before its type\n"
      "error: column 6: found the end, expected a type\n"
      "error: the alias D is given twice\n"
      "error: the alias  D  is given twice\n"
      "error: column 1: Map takes 2 type arguments, found 1\n");
}

TEST_CASE("type map: aliases that unfold without end in sight are refused") {
  std::vector<TypeAlias> aliases;
  for (int i = 0; i < 30; ++i) aliases.push_back(alias(fmt::format("A{}", i), fmt::format("Map<A{0}, A{0}>", i + 1)));
  const auto made = TypeAliases::create(aliases);  // 2^30 types
  REQUIRE(made.is_ok());
  const auto map = type_map(parse_java_type("A0").value(), made.value());
  REQUIRE_FALSE(map.is_ok());
  CHECK(map.issues().kept().front().message == "unfolds into more than 4096 types, or more than 64 deep");
}

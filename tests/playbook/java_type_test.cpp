#include "migplan/playbook/java_type.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

namespace {

// The type in the one spelling, or the fault with its place in front.
std::string read(std::string_view text) {
  const auto type = parse_java_type(text);
  if (type.is_ok()) return to_string(type.value());
  const Issue& issue = type.issues().kept().front();
  return std::to_string(issue.at.line) + ":" + std::to_string(issue.at.column) + ": " + issue.message +
         (issue.hint.empty() ? "" : " (" + issue.hint + ")");
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("java type: types of every rule of the grammar are read") {
  CHECK(read("int") == "int");
  CHECK(read(" String ") == "String");
  CHECK(read("java.util.List<java.lang.String>") == "java.util.List<java.lang.String>");
  CHECK(read("Map<Integer,List<byte[]>>") == "Map<Integer, List<byte[]>>");
  CHECK(read("Map < Integer\t,\nList<byte [ ] > >") == "Map<Integer, List<byte[]>>");
  CHECK(read("java . util . Map . Entry<K, V>") == "java.util.Map.Entry<K, V>");
  CHECK(read("Outer<A>.Inner<B>") == "Outer<A>.Inner<B>");
  CHECK(read("List<?>") == "List<?>");
  CHECK(read("Map<? extends Number, ? super int[]>") == "Map<? extends Number, ? super int[]>");
  CHECK(read("List<?extends Number>") == "List<? extends Number>");
  CHECK(read("String...") == "String[]");
  CHECK(read("byte[]...") == "byte[][]");
  CHECK(read("Outer$Inner_1") == "Outer$Inner_1");
  CHECK(read("com.商城.订单") == "com.商城.订单");
  CHECK(read("Größe") == "Größe");
}

TEST_CASE("java type: annotations belong to what stands behind them") {
  const auto type = parse_java_type("@Nullable Integer @NonNull [] @Size(max = 3, text = \") \\\" (\") []");
  REQUIRE(type.is_ok());
  const JavaType& outer = type.value();
  CHECK(outer.kind == JavaKind::Array);
  CHECK(outer.annotations == std::vector<std::string>{"NonNull"});
  const JavaType& inner = outer.inner.front();
  CHECK(inner.annotations == std::vector<std::string>{"Size"});
  CHECK(inner.inner.front().annotations == std::vector<std::string>{"Nullable"});
  CHECK(read("java.lang.@javax.annotation.Nullable Integer") == "@javax.annotation.Nullable java.lang.Integer");
  CHECK(read("List<@A ? extends @B T>") == "List<@A ? extends @B T>");
  CHECK(parse_java_type(to_string(outer)).value() == outer);
}

TEST_CASE("java type: a type knows where it begins") {
  const auto type = parse_java_type("Map<\n  String, int[]>");
  REQUIRE(type.is_ok());
  const auto& arguments = type.value().names.back().arguments;
  CHECK(arguments[0].at.line == 2);
  CHECK(arguments[0].at.column == 3);
  CHECK(arguments[1].at.column == 11);
}

TEST_CASE("java type: a fault has its place, what was found and what was expected") {
  CHECK(read("") == "1:1: found the end, expected a type");
  CHECK(read("List<") == "1:6: found the end, expected a type");
  CHECK(read("List<>") == "1:6: found \">\", expected a type");
  CHECK(read("List<String") == "1:12: found the end, expected \",\" or \">\"");
  CHECK(read("List<String>>") == "1:13: found \">\", expected the end");
  CHECK(read("Map<String,\n  ,>") == "2:3: found \",\", expected a type");
  CHECK(read("List[int64]") ==
        "1:6: found \"int64\", expected \"]\" (type arguments stand in < and >, and an array names no length)");
  CHECK(read("List<int>") ==
        "1:6: found \"int\", expected a class or an array (a type argument is no primitive: Integer stands for int)");
  CHECK(read("void") == "1:1: found \"void\", expected a type (Void is a type, void is none)");
  CHECK(read("com.class") == "1:5: found \"class\", expected the name of a class");
  CHECK(read("?") == "1:1: found \"?\", expected a type");
  CHECK(read("A & B") ==
        "1:3: found \"&\", expected the end (bounds joined by & belong to a declaration, they are no type)");
  CHECK(read("String name") == "1:8: found \"name\", expected the end");
  CHECK(read("@ Integer<") == "1:10: found \"<\", expected a type");
  CHECK(read("@Size(max") == "1:10: found the end, expected \")\"");
  CHECK(read("int @A x") ==
        "1:5: found \"@\", expected \"[\" or the end of the type (annotations stand in front of a type)");
  CHECK(read("String... ...") == "1:11: found \".\", expected the end");
}

TEST_CASE("java type: shell and Markdown in a name are no name") {
  CHECK(read("Foo$(rm -rf ~)") == "1:5: found \"(\", expected the end");
  CHECK(read("`id`") == "1:1: found \"`\", expected a type");
  CHECK(read("Foo; ls") == "1:4: found \";\", expected the end");
  CHECK(read("Foo|Bar") == "1:4: found \"|\", expected the end");
  CHECK(read("[link](http://x)") == "1:1: found \"[\", expected a type");
  CHECK(read("**Foo**") == "1:1: found \"*\", expected a type");
  CHECK(read("=1+1") == "1:1: found \"=\", expected a type");
  CHECK(read("Foo\x1b[31m") == "1:4: found \"\\x1b\", expected the end");
  CHECK(read("Foo\xff") == "1:4: found a byte that is no UTF-8, expected the end");
  CHECK(read("Foo\xe2\x80\xae") == "1:4: found \"\\u202e\", expected the end");
  CHECK(read("Foo😀") == "1:4: found \"😀\", expected the end");
}

TEST_CASE("java type: depth and length are bounded") {
  CHECK(parse_java_type(repeated("List<", 63) + "A" + repeated(">", 63)).is_ok());
  CHECK(read(repeated("List<", 64) + "A" + repeated(">", 64)) ==
        "1:321: found \"A\", expected at most 64 types within types");
  CHECK(parse_java_type("int" + repeated("[]", 63)).is_ok());
  CHECK_FALSE(parse_java_type("int" + repeated("[]", 64)).is_ok());
  CHECK_FALSE(parse_java_type(repeated("A<? extends ", 40) + "A" + repeated(">", 40)).is_ok());
  CHECK(parse_java_type(std::string(kLongestJavaType, 'A')).is_ok());
  CHECK(read(std::string(kLongestJavaType + 1, 'A')) == "1:1: found 4097 bytes, expected a type of at most 4096");
}

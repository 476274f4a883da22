// What holds of every Java type, tried on random ones.
#include <catch2/catch.hpp>

#include "java_types.hpp"
#include "migplan/playbook/type_map.hpp"

using namespace migplan;
using migplan::testing::random_java_type;
using migplan::testing::spelt_at_random;

namespace {

constexpr std::uint64_t kTypes = 5'000;
constexpr unsigned kDepth = 6;

bool is_balanced(std::string_view text) {
  std::string open;
  for (const char c : text) {
    if (c == '(' || c == '[' || c == '{') open += c;
    const char opener = c == ')' ? '(' : c == ']' ? '[' : c == '}' ? '{' : '\0';
    if (opener == '\0') continue;
    if (open.empty() || open.back() != opener) return false;
    open.pop_back();
  }
  return open.empty();
}

// The levels right below one of them.
std::vector<const TypeLevel*> parts_of(const TypeMap& map, std::size_t level) {
  std::vector<const TypeLevel*> parts;
  for (std::size_t i = level + 1; i < map.levels.size() && map.levels[i].depth > map.levels[level].depth; ++i) {
    if (map.levels[i].depth == map.levels[level].depth + 1) parts.push_back(&map.levels[i]);
  }
  return parts;
}

void check_level(const TypeMap& map, std::size_t i) {
  const TypeLevel& level = map.levels[i];
  INFO(level.path << " " << level.java << " " << level.go.text);
  REQUIRE_FALSE(level.go.text.empty());
  REQUIRE_FALSE(level.reason.empty());
  REQUIRE_FALSE(level.wire.empty());
  REQUIRE(is_balanced(level.go.text));
  REQUIRE((level.depth == 0) == (level.path == "payload"));
  const auto parts = parts_of(map, i);
  const bool is_slice = level.go.form == GoForm::Slice && parts.size() == 1;
  if (is_slice) {
    const GoForm element = parts.front()->go.form;
    // Raising an element from "no" to a value of fixed size is the only way to "yes".
    if (level.java.find("Optional") == std::string::npos) {
      REQUIRE((level.verdict == ZeroCopy::Yes) == (element == GoForm::Fixed));
      REQUIRE((level.verdict == ZeroCopy::Unknown) == (element == GoForm::Named));
    }
  }
  if (level.verdict == ZeroCopy::Partial) REQUIRE(level.go.form == GoForm::Map);
  if (level.go.form == GoForm::Pointer || level.go.form == GoForm::NotData) REQUIRE(level.verdict == ZeroCopy::No);
}

}  // namespace

TEST_CASE("type map properties: what is printed is read back as the same type, however it is spelt") {
  RandomStream random(1, 0);
  for (std::uint64_t i = 0; i < kTypes; ++i) {
    const JavaType type = random_java_type(random, kDepth);
    const std::string text = spelt_at_random(type, random);
    if (text.size() > kLongestJavaType) continue;
    INFO(text);
    const auto read = parse_java_type(text);
    REQUIRE(read.is_ok());
    REQUIRE(read.value() == type);
    REQUIRE(to_string(read.value()) == to_string(type));
  }
}

TEST_CASE("type map properties: every type has an answer on every level") {
  RandomStream random(2, 0);
  for (std::uint64_t i = 0; i < kTypes; ++i) {
    const JavaType type = random_java_type(random, kDepth);
    INFO(to_string(type));
    const auto map = type_map(type);
    REQUIRE(map.is_ok());
    for (std::size_t level = 0; level < map.value().levels.size(); ++level) check_level(map.value(), level);
  }
}

TEST_CASE("type map properties: a list is what its element says, a wildcard or an alias changes nothing") {
  RandomStream random(3, 0);
  for (std::uint64_t i = 0; i < kTypes; ++i) {
    const JavaType type = random_java_type(random, kDepth - 1);
    if (type.kind == JavaKind::Primitive) continue;
    const std::string text = to_string(type);
    INFO(text);
    const auto plain = type_map(type);
    const auto list = type_map(parse_java_type("List<" + text + ">").value());
    const auto bounded = type_map(parse_java_type("List<? extends " + text + ">").value());
    const auto aliases = TypeAliases::create({{"Alias9", {.text = text}}});
    REQUIRE(aliases.is_ok());
    const auto aliased = type_map(parse_java_type("List<Alias9>").value(), aliases.value());
    REQUIRE(list.is_ok());
    REQUIRE(list.value().payload().go.text == "[]" + plain.value().payload().go.text);
    REQUIRE(bounded.value().payload().go.text == list.value().payload().go.text);
    REQUIRE(aliased.value().payload().go.text == list.value().payload().go.text);
    REQUIRE(aliased.value().payload().verdict == list.value().payload().verdict);
  }
}

TEST_CASE("type map properties: a text that is cut or changed anywhere is a type or a fault with its place") {
  RandomStream random(4, 0);
  for (std::uint64_t i = 0; i < kTypes; ++i) {
    std::string text = spelt_at_random(random_java_type(random, 4), random);
    const std::size_t at = random.below(text.size());
    if (i % 2 == 0) {
      text.resize(at);
    } else {
      text[at] = static_cast<char>(random.below(256));
    }
    const auto read = parse_java_type(text);
    if (read.is_ok()) continue;
    const Issue& issue = read.issues().kept().front();
    REQUIRE(issue.at.line >= 1);
    REQUIRE(issue.at.column >= 1);
    REQUIRE(issue.at.column <= text.size() + 1);
    REQUIRE_FALSE(to_string(issue).empty());
  }
}

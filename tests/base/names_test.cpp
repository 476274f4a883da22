#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/base/block_arena.hpp"
#include "migplan/base/label.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/base/text_arena.hpp"

namespace migplan {
namespace {

constexpr std::array<std::string_view, 4> kKeys{"impact", "debt", "topology", "depends_on"};

TEST_CASE("nearest_name: a slip of the hand finds the name that was meant", "[base]") {
  CHECK(nearest_name("topolgy", kKeys) == "topology");       // a letter left out
  CHECK(nearest_name("topologyy", kKeys) == "topology");     // one too many
  CHECK(nearest_name("impact", kKeys) == "impact");          // the name itself
  CHECK(nearest_name("depends-on", kKeys) == "depends_on");  // another letter
  CHECK(nearest_name("dbet", kKeys) == "debt");              // two letters swapped count once
}

TEST_CASE("nearest_name: a name that is far from all finds none", "[base]") {
  CHECK(nearest_name("owner", kKeys).empty());
  CHECK(nearest_name("dependencies", {}).empty());
}

TEST_CASE("nearest_name: up to a third of the letters may differ", "[base]") {
  const std::array<std::string_view, 1> known{"abcdefghi"};
  CHECK(nearest_name("abcdefxyz", known) == "abcdefghi");  // 3 of 9
  CHECK(nearest_name("abcdewxyz", known).empty());         // 4 of 9
}

TEST_CASE("nearest_name: the nearer one wins and the first of equals", "[base]") {
  const std::array<std::string_view, 3> known{"cart-x1", "cart-x2", "cart-y"};
  CHECK(nearest_name("cart-x3", known) == "cart-x1");
  CHECK(nearest_name("cart-yy", known) == "cart-y");
}

TEST_CASE("nearest_name: an endless text is not searched for", "[base]") {
  CHECK(nearest_name(std::string(1'000'000, 'a'), kKeys).empty());
}

TEST_CASE("is_label: small letters digits and inner hyphens make a label", "[base]") {
  for (const char* text : {"a", "7", "cart", "inventory-core-v2", "a--b", "0-0"}) {
    CAPTURE(text);
    CHECK(is_label(text));
  }
  CHECK(is_label(std::string(63, 'a')));
}

TEST_CASE("is_label: nothing else is a label", "[base]") {
  for (const char* text :
       {"", "-", "-a", "a-", "Cart", "a_b", "a.b", "a b", "a/b", "../a", "$(x)", "é", "交易", "a\n"}) {
    CAPTURE(text);
    CHECK_FALSE(is_label(text));
  }
  CHECK_FALSE(is_label(std::string(64, 'a')));
  CHECK_FALSE(is_label(std::string_view("a\0b", 3)));
}

TEST_CASE("is_label: every byte is judged at every place of a text of any size", "[base]") {
  for (std::size_t size = 1; size <= 30; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(byte);
        const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        const bool is_inside = at != 0 && at + 1 != size;
        CAPTURE(size, at, byte);
        REQUIRE(is_label(text) == (is_letter || (byte == '-' && is_inside)));
      }
    }
  }
}

TEST_CASE("TextArena: kept texts outlive their source and a move of the arena", "[base]") {
  TextArena arena;
  std::vector<std::pair<std::string, std::string_view>> kept;
  for (std::size_t i = 0; i < 2'000; ++i) {
    std::string text(i % 257 == 0 ? 40'000 + i : i % 100, static_cast<char>('a' + i % 26));
    const std::string_view view = arena.keep(text);
    kept.emplace_back(std::move(text), view);
  }
  const TextArena moved = std::move(arena);
  for (const auto& [text, view] : kept) REQUIRE(view == text);
}

TEST_CASE("TextArena: an empty text takes no place", "[base]") {
  TextArena arena;
  CHECK(arena.keep("").empty());
  CHECK(arena.keep_shared("").empty());
}

TEST_CASE("BlockArena: what points into it stays when it grows and is moved", "[base]") {
  BlockArena<std::size_t> arena;
  std::vector<std::span<std::size_t>> kept;
  for (std::size_t count = 0; count < 1'500; ++count)
    kept.push_back(arena.keep(std::vector<std::size_t>(count, count)));
  std::vector<std::size_t*> single;
  for (std::size_t i = 0; i < 10'000; ++i) single.push_back(&arena.emplace(i));
  BlockArena<std::size_t> moved = std::move(arena);
  for (std::size_t count = 0; count < kept.size(); ++count) {
    REQUIRE(kept[count].size() == count);
    REQUIRE(std::all_of(kept[count].begin(), kept[count].end(), [count](std::size_t item) { return item == count; }));
  }
  for (std::size_t i = 0; i < single.size(); ++i) REQUIRE(*single[i] == i);
  std::size_t total = 0;
  for (const auto& block : moved.blocks()) total += block.size();
  CHECK(total == 1'500 * 1'499 / 2 + 10'000);
  const std::size_t of_lists = 1'500 * 1'499 / 2;
  std::vector<std::size_t> visited;
  moved.visit(of_lists + 5, 4'000, [&visited](std::size_t item) { visited.push_back(item); });
  REQUIRE(visited.size() == 4'000);
  CHECK((visited.front() == 5 && visited.back() == 4'004));
  moved.visit(total, 0, [](std::size_t) { FAIL("nothing was asked for"); });
}

TEST_CASE("TextArena: a text that recurs is kept once", "[base]") {
  TextArena arena;
  const std::string first = "payment", second = "payment";
  CHECK(arena.keep_shared(first).data() == arena.keep_shared(second).data());
  CHECK(arena.keep(first).data() != arena.keep(second).data());
}

TEST_CASE("TextArena: shared texts stay right when more recur than it remembers", "[base]") {
  TextArena arena;
  std::vector<std::string_view> views;
  for (int i = 0; i < 20'000; ++i) views.push_back(arena.keep_shared("team-" + std::to_string(i % 3'000)));
  for (int i = 0; i < 20'000; ++i) REQUIRE(views[static_cast<std::size_t>(i)] == "team-" + std::to_string(i % 3'000));
}

}  // namespace
}  // namespace migplan

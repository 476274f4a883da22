#include "migplan/base/short_text.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace migplan;

namespace {

// Texts of every length up to 40 that differ in one place each, the last ones in their size alone.
std::vector<std::string> similar_texts() {
  std::vector<std::string> texts;
  for (std::size_t size = 0; size <= 40; ++size) {
    texts.emplace_back(size, 'a');
    for (std::size_t at = 0; at < size; ++at) {
      texts.emplace_back(size, 'a');
      texts.back()[at] = 'b';
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("short texts: the same is told from the similar, like std::string does", "[base]") {
  const auto texts = similar_texts();
  for (const std::string& a : texts) {
    for (const std::string& b : texts) REQUIRE(is_same_text(a, std::string(b)) == (a == b));
  }
}

TEST_CASE("short texts: size and words tell texts of up to 16 bytes apart", "[base]") {
  std::set<std::tuple<std::size_t, std::uint64_t, std::uint64_t>> seen;
  std::size_t count = 0;
  for (const std::string& text : similar_texts()) {
    if (text.size() > 16) continue;
    const TextWords words = text_words(text.data(), text.size());
    seen.emplace(text.size(), words.low, words.high);
    ++count;
  }
  CHECK(seen.size() == count);
}

TEST_CASE("short texts: hashes of similar texts differ, in both halves", "[base]") {
  const auto texts = similar_texts();
  std::set<std::uint64_t> whole, upper, lower;
  for (const std::string& text : texts) {
    const std::uint64_t hash = text_hash(text);
    REQUIRE(hash == text_hash(std::string(text)));
    whole.insert(hash);
    upper.insert(hash >> 32U);
    lower.insert(hash & 0xFFFF'FFFFU);
  }
  CHECK(whole.size() == texts.size());
  CHECK(upper.size() == texts.size());
  CHECK(lower.size() == texts.size());
}

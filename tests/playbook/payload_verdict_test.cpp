// What a stated payload becomes.

#include "migplan/playbook/payload_verdict.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

TEST_CASE("payload verdict: Go type and verdict are those of the payload as a whole") {
  const PayloadVerdict made = payload_verdict("Map<Integer, byte[]>");
  CHECK(made.go == "map[int32][]byte");
  CHECK(made.zero_copy == "partial");
}

TEST_CASE("payload verdict: slices of numbers count where they go as they lie") {
  for (const char* const java : {"List<Long>", "double[]", "Map<String, List<Integer>>", "BitSet", "List<Duration>"}) {
    INFO(java);
    CHECK(payload_verdict(java).holds_numbers);
  }
  // A single number, a text and bytes need no help; slices within a list do not go; a struct may be padded.
  for (const char* const java : {"Long", "String", "byte[]", "Map<Integer, byte[]>", "List<String>", "List<List<Long>>",
                                 "List<Order>", "List<Map.Entry<Integer, Long>>", "List<Boolean>"}) {
    INFO(java);
    CHECK_FALSE(payload_verdict(java).holds_numbers);
  }
}

TEST_CASE("payload verdict: what cannot be read says why") {
  const PayloadVerdict made = payload_verdict("List<");
  CHECK(made.go.empty());
  CHECK(made.zero_copy == "unknown");
  CHECK(made.reason == "found the end, expected a type");
  CHECK(payload_verdict("Map<String>").reason == "Map takes 2 type arguments, found 1");
}
